"""Reading the journal back with suspicion: every hash, every position, every head, recomputed."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflows.journal.models import JournalChain, JournalEntry
from workflows.journal.seal import START, hash_of


@dataclass(frozen=True, slots=True)
class Break:
    """A place where a chain does not hold: ``altered``, ``missing``, ``cut``, ``headless`` or ``unlinked``."""

    chain: str
    position: int
    reason: str


def verify(session: Session) -> list[Break]:
    """Every place of the journal that was altered, removed or cut off since it was written; none when it is whole."""
    heads = {head.chain: (head.length, head.hash) for head in session.scalars(select(JournalChain))}
    query = select(JournalEntry).order_by(JournalEntry.chain, JournalEntry.position)
    breaks: list[Break] = []
    chain, position, last = "", 0, START
    ends: dict[str, tuple[int, str]] = {}
    for entry in session.scalars(query.execution_options(yield_per=1000)):
        if entry.chain != chain:
            chain, position, last = entry.chain, 0, START
        breaks += _breaks(entry, position + 1, last)
        position, last = entry.position, entry.hash
        ends[chain] = (position, last)
    return breaks + _cut(heads, ends)


def _breaks(entry: JournalEntry, position: int, previous: str) -> list[Break]:
    found = []
    if entry.position != position:
        found.append(Break(entry.chain, position, "missing"))
    elif entry.previous_hash != previous:
        found.append(Break(entry.chain, entry.position, "unlinked"))
    if entry.hash != hash_of(entry):
        found.append(Break(entry.chain, entry.position, "altered"))
    return found


def _cut(heads: dict[str, tuple[int, str]], ends: dict[str, tuple[int, str]]) -> list[Break]:
    found = [Break(chain, end[0], "headless") for chain, end in ends.items() if chain not in heads]
    for chain, (length, last) in heads.items():
        end = ends.get(chain, (0, START))
        if end != (length, last):
            found.append(Break(chain, length, "cut"))
    return found
