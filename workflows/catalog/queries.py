"""Which processes exist, and in which version each stands."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session, defer

from workflows.catalog.models import ProcessVersion
from workflows.errors import Missing

LIGHT = (defer(ProcessVersion.sources), defer(ProcessVersion.blueprint))


def current(session: Session, key: str) -> ProcessVersion:
    """The version of a process that new cases start on: the highest that is not retired."""
    query = select(ProcessVersion).where(ProcessVersion.key == key, ProcessVersion.retired_at.is_(None))
    found = session.scalar(query.order_by(ProcessVersion.version.desc()).limit(1).options(*LIGHT))
    if found is None:
        raise Missing("process.unknown", process=key)
    return found


def version(session: Session, key: str, number: int) -> ProcessVersion:
    """One version of a process, retired or not."""
    query = select(ProcessVersion).where(ProcessVersion.key == key, ProcessVersion.version == number)
    found = session.scalar(query)
    if found is None:
        raise Missing("process.unknown", process=key, version=number)
    return found


def by_id(session: Session, version_id: UUID) -> ProcessVersion:
    """The version that a case is pinned to."""
    return session.get_one(ProcessVersion, version_id)


def all_current(session: Session) -> Sequence[ProcessVersion]:
    """The current version of every process, by key."""
    latest = select(ProcessVersion.key, func.max(ProcessVersion.version).label("version"))
    latest = latest.where(ProcessVersion.retired_at.is_(None)).group_by(ProcessVersion.key)
    newest = latest.subquery()
    query = select(ProcessVersion).join(
        newest, (newest.c.key == ProcessVersion.key) & (newest.c.version == ProcessVersion.version)
    )
    return session.scalars(query.order_by(ProcessVersion.key).options(*LIGHT)).all()
