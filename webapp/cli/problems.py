"""Problems of files at a terminal: as the contract writes them, or a line each with its place."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from webapp.cli.said import language, told
from workflows.engine import Problem


def shown(one: Problem) -> dict[str, Any]:
    """A problem as the contract writes it."""
    places = {"element": one.element, "line": one.line}
    return {"code": one.code, "severity": one.severity, **places, "message": dict(one.message)}


def tell(file: str, problems: Iterable[Problem]) -> None:
    """Say each problem of a file on standard error, with its place, its code and whether it is an error."""
    for one in problems:
        place = f"{file}:{one.line or ''}{f' ({one.element})' if one.element else ''}"
        told(f"  {place} : {one.message[language()]} [{one.code}, {one.severity}]")
