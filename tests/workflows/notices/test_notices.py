"""Notices: told once each, read by their own person, in order."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from tests.builders import NOON, a_person, a_plain_actor, a_role, a_system_desk, an_organisation
from workflows.desk import Desk
from workflows.errors import Missing
from workflows.notices.kinds import KINDS, sentence
from workflows.notices.queries import my_notices, unread
from workflows.notices.read import read_notice
from workflows.notices.tell import tell
from workflows.notices.whom import holders
from workflows.people.models import Organisation, Person, Substitution


@pytest.fixture
def organisation(session: Session) -> Organisation:
    """A public body."""
    return an_organisation(session)


@pytest.fixture
def desk(session: Session, organisation: Organisation) -> Desk:
    """Where the house itself works."""
    return a_system_desk(session, organisation)


def desk_of(desk: Desk, person: Person) -> Desk:
    """Where a person works."""
    return Desk(desk.session, a_plain_actor(person), desk.now)


def test_a_person_is_told_once_and_reads_it_once(desk: Desk, organisation: Organisation) -> None:
    person = a_person(desk.session, organisation)
    tell(desk, "task.late", [person, person], None, "R07")
    own = desk_of(desk, person)
    (notice,) = my_notices(own)
    assert unread(own) == 1
    read_notice(own, notice.id)
    later = Desk(own.session, own.actor, own.now + timedelta(hours=1))
    assert read_notice(later, notice.id).read_at == own.now
    assert unread(own) == 0


def test_nobody_reads_someone_elses_notice(desk: Desk, organisation: Organisation) -> None:
    person, other = a_person(desk.session, organisation), a_person(desk.session, organisation)
    tell(desk, "task.late", [person])
    (notice,) = my_notices(desk_of(desk, person))
    assert my_notices(desk_of(desk, other)) == []
    with pytest.raises(Missing):
        read_notice(desk_of(desk, other), notice.id)


def test_notices_are_paged_from_the_latest(desk: Desk, organisation: Organisation) -> None:
    person = a_person(desk.session, organisation)
    for step in ("R01", "R02", "R03"):
        tell(desk, "task.late", [person], None, step)
    own = desk_of(desk, person)
    first = my_notices(own, limit=2)
    rest = my_notices(own, before=first[-1].id)
    assert [notice.step for notice in (*first, *rest)] == ["R03", "R02", "R01"]


def test_a_notice_without_a_sentence_is_not_told(desk: Desk) -> None:
    with pytest.raises(ValueError, match="no sentence"):
        tell(desk, "autre", [])


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_kind_has_its_sentence_in_both_languages(kind: str) -> None:
    assert sentence(kind, "fr") != sentence(kind, "en")


def test_a_notice_to_a_role_reaches_its_scope_and_its_substitutes(desk: Desk, organisation: Organisation) -> None:
    session = desk.session
    everywhere, here, there, away, standin = (a_person(session, organisation) for _ in range(5))
    a_role(session, everywhere, "FACTU")
    a_role(session, here, "FACTU", scope="SUB", scope_code="SF-100")
    a_role(session, there, "FACTU", scope="SUB", scope_code="SF-200")
    a_role(session, away, "FACTU")
    absence = Substitution(
        organisation_id=organisation.id,
        code="SUB-1",
        titulaire_id=away.id,
        substitute_id=standin.id,
        roles=["FACTU"],
        valid_from=NOON,
        valid_until=NOON + timedelta(days=1),
        instrument="note",
    )
    session.add(absence)
    session.flush()
    found = holders(session, organisation.id, "FACTU", NOON, "SF-100")
    assert set(found) == {everywhere, here, standin}
    assert set(holders(session, organisation.id, "FACTU", NOON)) == {everywhere, here, there, standin}
