"""Reading the journal of a case, in order, page by page."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflows.journal.models import JournalEntry, chain_of


def history(session: Session, case_id: UUID, *, after: int = 0, limit: int = 50) -> Sequence[JournalEntry]:
    """The facts of a case in the order they were written, from the one after ``after`` (an entry's id)."""
    query = select(JournalEntry).where(JournalEntry.chain == chain_of(case_id), JournalEntry.id > after)
    return session.scalars(query.order_by(JournalEntry.position).limit(limit)).all()
