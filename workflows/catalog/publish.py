"""Publishing a process: its folder becomes an immutable version, unless the very same one is there already."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import func, select

from workflows.catalog.apart import APART
from workflows.catalog.folder import ProcessSources, read_folder
from workflows.catalog.models import ProcessVersion
from workflows.desk import Desk
from workflows.engine import Blueprint, blueprint
from workflows.errors import Flaw, Invalid
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
    flaws: dict[str, tuple[Flaw, ...]] = {}
    for name, problems in APART.folder({name: text.encode() for name, text in sources.files.items()}).items():
        for one in problems:
            if one.severity == "error":
                where = f"{name}#{one.element or ''}"
                flaws[where] = (*flaws.get(where, ()), Flaw(one.code, line=one.line, message=dict(one.message)))
    if flaws:
        raise Invalid("process.invalid", flaws, process=sources.key)
    return blueprint(sources.drawings, sources.key)
