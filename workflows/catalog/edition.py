"""A published version ready to run: its blueprint, forms and tables read once a process and shared by its threads."""

from __future__ import annotations

import json
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from workflows.catalog.models import ProcessVersion
from workflows.catalog.queries import all_current, by_id, current
from workflows.engine import Blueprint
from workflows.errors import Missing
from workflows.forms import Form


@dataclass(frozen=True, slots=True)
class Edition:
    """One version of a process, immutable: what its cases run on for as long as they live."""

    id: UUID
    key: str
    number: int
    about: Mapping[str, Any]
    sources: Mapping[str, str]
    blueprint: Blueprint
    forms: dict[str, Form] = field(default_factory=dict)

    def form(self, name: str) -> Form:
        """A form by its name (``F-R1``)."""
        if name not in self.forms:
            text = self.sources.get(f"forms/{name}.json")
            if text is None:
                raise Missing("form.unknown", form=name)
            self.forms[name] = Form.load(json.loads(text))
        return self.forms[name]

    def table(self, decision: str) -> str | None:
        """The text of the process's own decision table of a name, None when it has none."""
        return self.sources.get(f"{decision}.dmn")


_shelf: dict[UUID, Edition] = {}
_lock = threading.Lock()


def edition_of(session: Session, version_id: UUID) -> Edition:
    """The version that a case is pinned to, ready to run; read once, then shared."""
    found = _shelf.get(version_id)
    if found is None:
        with _lock:
            found = _shelf.get(version_id) or _shelf.setdefault(version_id, _edition(by_id(session, version_id)))
    return found


def current_edition(session: Session, key: str) -> Edition:
    """The version of a process that new cases start on; ``Missing`` when there is no such process."""
    return edition_of(session, current(session, key).id)


def editions_started_by(session: Session, message: str) -> list[Edition]:
    """The processes that a message starts."""
    found = [row for row in all_current(session) if message in ((row.about.get("messages") or {}).get("start") or ())]
    return [edition_of(session, row.id) for row in found]


def _edition(row: ProcessVersion) -> Edition:
    return Edition(row.id, row.key, row.version, row.about, row.sources, Blueprint.load(row.blueprint))
