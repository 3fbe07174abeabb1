"""What ``parcours process check`` looks at: files and folders as they were named, each with its problems."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from webapp.cli.problems import shown
from webapp.words import say
from workflows.catalog.apart import APART
from workflows.catalog.examine import problem, source_of
from workflows.catalog.examine_folder import read_all
from workflows.catalog.folder import ABOUT, process_folders
from workflows.engine import Problem
from workflows.errors import Invalid
from workflows.operations.registry import OPERATIONS
from workflows.scenarios.script import read_script, scripts_of

SCENARIO = frozenset({".yaml", ".yml"})


@dataclass(frozen=True, slots=True)
class Examined:
    """One file, and what is wrong with it."""

    file: str
    problems: tuple[Problem, ...]

    @property
    def ok(self) -> bool:
        """Whether nothing keeps it from running."""
        return not any(one.severity == "error" for one in self.problems)

    def shown(self) -> dict[str, Any]:
        """As the contract writes it."""
        return {"file": self.file, "ok": self.ok, "problems": [shown(one) for one in self.problems]}


def examine(named: Iterable[str]) -> Iterator[Examined]:
    """Everything that was named, in that order; a folder stands for its files."""
    paths = [Path(one) for one in named]
    for path in paths:
        if path.is_dir():
            yield from _folder(path)
        else:
            yield Examined(str(path), _file(path, paths))


def folders_of(named: Iterable[str]) -> list[Path]:
    """The process folders among what was named; a folder of folders stands for those in it."""
    found: list[Path] = []
    for path in map(Path, named):
        found += [path] if (path / ABOUT).is_file() else process_folders(path) or [path]
    return found


def _folder(path: Path) -> Iterator[Examined]:
    inner = [] if (path / ABOUT).is_file() else process_folders(path)
    if inner:
        for one in inner:
            yield from _folder(one)
    elif not (path / ABOUT).is_file():
        yield Examined(str(path), (problem("process.no_folder", str(path), folder=str(path)),))
    else:
        sources, unread = read_all(path)
        found = {**unread, **APART.folder(sources, frozenset(OPERATIONS))}
        yield from (Examined(str(path / name), problems) for name, problems in sorted(found.items()))
        yield from (Examined(str(script), _scenario(script)) for script in scripts_of(path))


def _file(path: Path, paths: Iterable[Path]) -> tuple[Problem, ...]:
    """One file; a drawing may call those of its own process's folder, and those named beside it."""
    source = source_of(path)
    if isinstance(source, tuple):
        return source
    return _scenario(path) if path.suffix in SCENARIO else APART.file(path.name, source, _beside(path, paths))


def _beside(path: Path, paths: Iterable[Path]) -> Mapping[str, bytes]:
    others = [one for one in paths if one.suffix == ".bpmn" and one != path]
    if (path.parent / ABOUT).is_file():
        others += [one for one in sorted(path.parent.glob("*.bpmn")) if one != path]
    found = {str(one.resolve()): source_of(one) for one in others if one.resolve() != path.resolve()}
    return {name: source for name, source in found.items() if isinstance(source, bytes)}


def _scenario(path: Path) -> tuple[Problem, ...]:
    source = source_of(path)
    if isinstance(source, tuple):
        return source
    try:
        read_script(path)
    except Invalid as refusal:
        words = {language: say(refusal.code, language, refusal.params) for language in ("fr", "en")}
        return (Problem(refusal.code, "error", None, int(str(refusal.params["line"])), words, path.name),)
    return ()
