"""The journal keeps every fact, in order, and shows when someone touched it."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from uuid import UUID

import pytest
from sqlalchemy import Engine, Executable, delete, select, text, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from tests.builders import NOON, a_system_desk, an_organisation
from workflows.database import new_id
from workflows.desk import Desk
from workflows.journal.kinds import KINDS
from workflows.journal.models import JournalChain, JournalEntry
from workflows.journal.queries import history
from workflows.journal.verify import Break, verify
from workflows.journal.write import note


@dataclass(frozen=True)
class ACase:
    """Enough of a case for the journal."""

    id: UUID
    organisation_id: UUID


@pytest.fixture
def desk(session: Session) -> Desk:
    return a_system_desk(session, an_organisation(session))


@pytest.fixture
def case(desk: Desk) -> ACase:
    assert desk.actor.organisation_id is not None
    return ACase(new_id(), desk.actor.organisation_id)


def test_facts_of_a_case_follow_one_another(desk: Desk, case: ACase) -> None:
    first = note(desk, "case.started", case=case, process="essai")
    second = note(desk, "task.opened", case=case, step="R05", at_the=NOON, cents=120)
    desk.session.commit()
    assert [(entry.kind, entry.position) for entry in history(desk.session, case.id)] == [
        ("case.started", 1),
        ("task.opened", 2),
    ]
    assert second.previous_hash == first.hash
    assert second.data == {"at_the": "2026-12-07T17:00:00Z", "cents": 120}
    assert verify(desk.session) == []


def test_facts_outside_a_case_go_to_the_organisation(desk: Desk) -> None:
    entry = note(desk, "setting.changed", key="fuseau")
    assert entry.chain == f"org:{desk.actor.organisation_id}"


def tamper(desk: Desk, statement: Executable) -> None:
    """Change the journal as only someone who owns the database could."""
    desk.session.execute(text("ALTER TABLE journal_entries DISABLE TRIGGER USER"))
    desk.session.execute(statement)
    desk.session.execute(text("ALTER TABLE journal_entries ENABLE TRIGGER USER"))


def test_the_database_refuses_to_change_a_fact(desk: Desk, case: ACase) -> None:
    note(desk, "case.started", case=case)
    desk.session.commit()
    with pytest.raises(IntegrityError):
        desk.session.execute(update(JournalEntry).values(by="P99"))
    desk.session.rollback()
    with pytest.raises(IntegrityError):
        desk.session.execute(delete(JournalEntry))
    desk.session.rollback()
    with pytest.raises(IntegrityError):
        desk.session.execute(text("TRUNCATE journal_entries"))


def test_an_altered_fact_is_found(desk: Desk, case: ACase) -> None:
    for step in ("R05", "R06", "R07"):
        note(desk, "task.completed", case=case, step=step)
    desk.session.commit()
    tamper(desk, update(JournalEntry).where(JournalEntry.step == "R06").values(by="P99"))
    desk.session.commit()
    desk.session.expire_all()
    assert [(found.position, found.reason) for found in verify(desk.session)] == [(2, "altered")]


def test_a_removed_fact_is_found(desk: Desk, case: ACase) -> None:
    for step in ("R05", "R06", "R07"):
        note(desk, "task.completed", case=case, step=step)
    desk.session.commit()
    tamper(desk, delete(JournalEntry).where(JournalEntry.step == "R06"))
    desk.session.commit()
    assert [(found.position, found.reason) for found in verify(desk.session)] == [(2, "missing")]


def test_a_cut_tail_is_found(desk: Desk, case: ACase) -> None:
    for step in ("R05", "R06", "R07"):
        note(desk, "task.completed", case=case, step=step)
    desk.session.commit()
    tamper(desk, delete(JournalEntry).where(JournalEntry.step == "R07"))
    desk.session.commit()
    assert verify(desk.session) == [Break(f"case:{case.id}", 3, "cut")]


def test_a_rolled_back_fact_leaves_no_gap(desk: Desk, case: ACase) -> None:
    note(desk, "case.started", case=case)
    desk.session.commit()
    note(desk, "task.opened", case=case)
    desk.session.rollback()
    kept = note(desk, "task.claimed", case=case)
    desk.session.commit()
    assert kept.position == 2
    assert verify(desk.session) == []


def test_a_rolled_back_savepoint_leaves_no_gap(desk: Desk, case: ACase) -> None:
    note(desk, "case.started", case=case)
    with pytest.raises(RuntimeError), desk.session.begin_nested():
        note(desk, "task.opened", case=case)
        raise RuntimeError
    note(desk, "task.claimed", case=case)
    desk.session.commit()
    assert verify(desk.session) == []
    assert len(desk.session.scalars(select(JournalEntry)).all()) == 2


def test_writers_of_one_chain_stand_in_line(engine: Engine) -> None:
    with Session(engine) as session:
        organisation = an_organisation(session)
        session.commit()
        case = ACase(new_id(), organisation.id)

    def write() -> None:
        for _ in range(10):
            with Session(engine) as session:
                note(a_system_desk(session), "comment.added", case=case)
                session.commit()

    threads = [threading.Thread(target=write) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with Session(engine) as session:
        assert session.scalars(select(JournalChain.length)).one() == 40
        assert verify(session) == []


def test_every_kind_has_words_in_both_languages() -> None:
    assert all(kind.fr and kind.en for kind in KINDS.values())
