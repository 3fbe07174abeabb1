"""Reading the journal of a case, in order, page by page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from uuid import UUID

from sqlalchemy import TEXT, cast, select
from sqlalchemy.orm import Session

from workflows.journal.models import JournalEntry, chain_of


def history(
    session: Session, case_id: UUID, *, after: int = 0, limit: int = 50, unspoken: Iterable[str] = ()
) -> Sequence[JournalEntry]:
    """The facts of a case in the order they were written, from the one after ``after`` (an entry's id).

    A fact whose data holds one of the ``unspoken`` words (the number of a case kept from the reader) is left out.
    """
    query = select(JournalEntry).where(JournalEntry.chain == chain_of(case_id), JournalEntry.id > after)
    query = query.where(*(~cast(JournalEntry.data, TEXT).contains(word, autoescape=True) for word in unspoken))
    return session.scalars(query.order_by(JournalEntry.position).limit(limit)).all()
