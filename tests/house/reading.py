"""Reading the house's own source, for the tests that guard the building."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
REFUSALS = frozenset(
    {"Refusal", "Invalid", "Unauthenticated", "Forbidden", "Missing", "Conflict", "TooMany", "Routed", "Flaw"}
)


def sources(*rooms: str) -> Iterator[Path]:
    """The Python files of some rooms, migrations' versions and npm's packages left out."""
    for room in rooms:
        for path in sorted((ROOT / room).rglob("*.py")):
            if not {"versions", "node_modules"} & set(path.parts):
                yield path


def tree(path: Path) -> ast.Module:
    """A file's syntax."""
    return ast.parse(path.read_text(encoding="utf-8"))


def told(path: Path) -> str:
    """A file's name as people say it."""
    return path.relative_to(ROOT).as_posix()


def refusal_codes() -> dict[str, str]:
    """Every code that a refusal or a flaw is raised with in the source, and a file where it is."""
    found: dict[str, str] = {}
    for path in sources("workflows", "webapp"):
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Call) and _name(node.func) in REFUSALS | {"_refused"} and node.args:
                first = node.args[0]
                if isinstance(first, ast.Constant) and isinstance(first.value, str) and first.value:
                    found.setdefault(first.value, told(path))
    return found


def _name(function: ast.expr) -> str:
    return function.id if isinstance(function, ast.Name) else getattr(function, "attr", "")
