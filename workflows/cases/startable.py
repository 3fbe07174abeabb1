"""Which processes there are, and which of them the actor may start (« Commencer »)."""

from __future__ import annotations

from workflows.cases.about import About
from workflows.cases.access import may_start
from workflows.cases.views import ProcessRow
from workflows.catalog.queries import all_current
from workflows.desk import Desk


def processes(desk: Desk) -> tuple[ProcessRow, ...]:
    """Every process in its current version, and whether the actor may start it."""
    rows = []
    for version in all_current(desk.session):
        about = About(version.about)
        rows.append(
            ProcessRow(
                key=version.key,
                title=about.title("fr"),
                title_en=about.title("en"),
                version=version.version,
                may_start=may_start(desk, about),
                about=version.about,
            )
        )
    return tuple(rows)
