"""Writing a fact: the only way into the journal, always within the transaction of what it tells."""

from __future__ import annotations

from typing import Any, Protocol
from uuid import UUID

from sqlalchemy import bindparam, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from workflows.desk import Desk
from workflows.journal.models import JournalChain, JournalEntry, chain_of
from workflows.journal.seal import START, hash_of, plain

LOCKED = "journal.locked"
HEAD = (
    select(JournalChain)
    .where(JournalChain.chain == bindparam("name"))
    .with_for_update()
    .execution_options(populate_existing=True)
)


class OfCase(Protocol):
    """What the journal needs to know of a case."""

    id: Any
    organisation_id: Any


def note(desk: Desk, kind: str, *, case: OfCase | None = None, step: str | None = None, **data: object) -> JournalEntry:
    """Write one fact, who and when taken from the desk, at the end of its case's (or organisation's) chain."""
    organisation_id: UUID | None = case.organisation_id if case is not None else desk.actor.organisation_id
    head = _head(desk.session, chain_name(case, organisation_id))
    entry = JournalEntry(
        organisation_id=organisation_id,
        chain=head.chain,
        position=head.length + 1,
        at=desk.now,
        by=desk.actor.code,
        kind=kind,
        case_id=case.id if case is not None else None,
        step=step,
        data=plain(data),
        previous_hash=head.hash,
    )
    entry.hash = hash_of(entry)
    head.length, head.hash = entry.position, entry.hash
    desk.session.add(entry)
    return entry


def chain_name(case: OfCase | None, organisation_id: UUID | None) -> str:
    """The chain that a fact belongs to: its case's, else its organisation's, else the house's."""
    if case is not None:
        return chain_of(case.id)
    return f"org:{organisation_id}" if organisation_id is not None else "house"


def _head(session: Session, chain: str) -> JournalChain:
    """The chain's head, locked once a transaction: two writers of one chain stand in line."""
    transaction = session.get_nested_transaction() or session.get_transaction() or session.begin()
    holder, locked = session.info.get(LOCKED, (None, {}))
    if holder is not transaction:
        locked = {}
        session.info[LOCKED] = (transaction, locked)
    if chain in locked:
        found: JournalChain = locked[chain]
        return found
    with session.no_autoflush:
        head = session.scalar(HEAD, {"name": chain})
        if head is None:
            fresh = insert(JournalChain).values(chain=chain, length=0, hash=START).on_conflict_do_nothing()
            session.execute(fresh)
            head = session.scalars(HEAD, {"name": chain}).one()
    locked[chain] = head
    return head
