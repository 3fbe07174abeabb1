"""Publishing a process: its folder becomes an immutable version, unless the very same one is there already."""

from __future__ import annotations

import json
from pathlib import Path

from sqlalchemy import func, select

from workflows.catalog.folder import ProcessSources, read_folder
from workflows.catalog.models import ProcessVersion
from workflows.decisions import DecisionError, read_dmn
from workflows.desk import Desk
from workflows.engine import Blueprint, blueprint, check
from workflows.errors import Flaw, Invalid
from workflows.forms import Form
from workflows.journal.write import note


def publish_folder(desk: Desk, path: Path) -> ProcessVersion:
    """Publish a process's folder; a folder that did not change since its last version publishes nothing new."""
    return publish(desk, read_folder(path))


def publish(desk: Desk, sources: ProcessSources) -> ProcessVersion:
    """Publish what was read; a drawing, form or table that cannot run is refused, with what is wrong and where."""
    desk.session.execute(select(func.pg_advisory_xact_lock(func.hashtext(f"publish:{sources.key}"))))
    last = _last(desk, sources.key)
    if last is not None and last.checksum == sources.checksum and last.retired_at is None:
        return last
    drawn = _checked(sources)
    version = ProcessVersion(
        key=sources.key,
        version=last.version + 1 if last is not None else 1,
        checksum=sources.checksum,
        sources=dict(sources.files),
        about=dict(sources.about),
        blueprint=drawn.dump(),
        published_at=desk.now,
    )
    desk.session.add(version)
    desk.session.flush()
    note(desk, "process.published", key=version.key, version=version.version, checksum=version.checksum)
    return version


def _last(desk: Desk, key: str) -> ProcessVersion | None:
    query = select(ProcessVersion).where(ProcessVersion.key == key).order_by(ProcessVersion.version.desc())
    return desk.session.scalar(query.limit(1))


def _checked(sources: ProcessSources) -> Blueprint:
    flaws = {**_drawing_flaws(sources), **_form_flaws(sources), **_table_flaws(sources)}
    if flaws:
        raise Invalid("process.invalid", flaws, process=sources.key)
    return blueprint(sources.drawings, sources.key)


def _drawing_flaws(sources: ProcessSources) -> dict[str, tuple[Flaw, ...]]:
    found: dict[str, tuple[Flaw, ...]] = {}
    for problem in check(sources.drawings):
        if problem.severity == "error":
            where = f"{problem.file or 'process.bpmn'}#{problem.element or ''}"
            flaw = Flaw(problem.code, line=problem.line, message=dict(problem.message))
            found[where] = (*found.get(where, ()), flaw)
    return found


def _form_flaws(sources: ProcessSources) -> dict[str, tuple[Flaw, ...]]:
    found: dict[str, tuple[Flaw, ...]] = {}
    for name, text in sources.forms.items():
        try:
            Form.load(json.loads(text))
        except json.JSONDecodeError:
            found[f"forms/{name}.json"] = (Flaw("form.unreadable", key="", reason="json"),)
        except Invalid as wrong:
            found[f"forms/{name}.json"] = (Flaw(wrong.code, **wrong.params),)
    return found


def _table_flaws(sources: ProcessSources) -> dict[str, tuple[Flaw, ...]]:
    found: dict[str, tuple[Flaw, ...]] = {}
    for name, text in sources.tables.items():
        try:
            read_dmn(text.encode())
        except DecisionError as wrong:
            found[name] = (Flaw(wrong.code, line=wrong.line),)
    return found
