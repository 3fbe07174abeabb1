"""Sessions on pages: a cookie carries them, and one that was ended stays so for as long as its cookie could live."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import delete
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from workflows.people.accounts import EndedSession

KEPT = timedelta(days=2)
"""Longer than any cookie of a session is good for."""


def end_session(session: Session, session_id: str, wall: datetime) -> None:
    """End a session for good; those ended long ago, whose cookies are void anyhow, are forgotten."""
    session.execute(delete(EndedSession).where(EndedSession.ended_at < wall - KEPT))
    session.execute(insert(EndedSession).values(id=session_id, ended_at=wall).on_conflict_do_nothing())


def is_ended(session: Session, session_id: str) -> bool:
    """Whether a session was ended."""
    return session.get(EndedSession, session_id) is not None
