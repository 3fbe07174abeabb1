"""How often a password may be wrong, and that nobody shuts another out by guessing."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from tests.builders import NOON
from workflows.database import new_id
from workflows.errors import TooMany
from workflows.people.attempts import (
    PER_ADDRESS,
    PER_NAME,
    PER_NAME_HERE,
    PER_PERSON,
    WINDOW,
    Limits,
    check_attempts,
    limits_of_proof,
    limits_of_sign_in,
    note_failure,
)


def _fail(session: Session, limits: Limits, times: int) -> None:
    for _ in range(times):
        note_failure(session, limits, NOON)


def test_ten_failures_for_a_name_from_one_address_close_it_for_a_while(session: Session) -> None:
    limits = limits_of_sign_in("P09", "10.0.0.1")
    _fail(session, limits, PER_NAME_HERE - 1)
    check_attempts(session, limits, NOON)
    _fail(session, limits, 1)
    with pytest.raises(TooMany) as refused:
        check_attempts(session, limits, NOON + timedelta(minutes=1))
    assert refused.value.params["seconds"] == 14 * 60
    check_attempts(session, limits, NOON + WINDOW)


def test_a_name_is_the_same_in_any_case(session: Session) -> None:
    _fail(session, limits_of_sign_in("P09", "10.0.0.1"), PER_NAME_HERE)
    with pytest.raises(TooMany):
        check_attempts(session, limits_of_sign_in(" p09 ", "10.0.0.1"), NOON)


def test_guessing_at_a_name_does_not_shut_its_owner_out(session: Session) -> None:
    _fail(session, limits_of_sign_in("P09", "10.0.0.1"), PER_NAME_HERE)
    check_attempts(session, limits_of_sign_in("P09", "10.0.0.2"), NOON)


def test_guessing_at_a_name_does_not_keep_its_owner_from_signing(session: Session) -> None:
    _fail(session, limits_of_sign_in("P09", "10.0.0.1"), PER_NAME)
    check_attempts(session, limits_of_proof(new_id()), NOON)


def test_guessing_from_everywhere_is_bounded_too(session: Session) -> None:
    for number in range(PER_NAME):
        note_failure(session, limits_of_sign_in("P09", f"10.0.{number}.1"), NOON)
    with pytest.raises(TooMany):
        check_attempts(session, limits_of_sign_in("P09", "10.9.9.9"), NOON)


def test_guessing_at_many_names_from_one_address_is_bounded(session: Session) -> None:
    for number in range(PER_ADDRESS):
        note_failure(session, limits_of_sign_in(f"T{number}", "10.0.0.1"), NOON)
    with pytest.raises(TooMany):
        check_attempts(session, limits_of_sign_in("P09", "10.0.0.1"), NOON)


def test_proving_identity_again_is_counted_by_person(session: Session) -> None:
    one, other = limits_of_proof(new_id()), limits_of_proof(new_id())
    _fail(session, one, PER_PERSON)
    check_attempts(session, other, NOON)
    with pytest.raises(TooMany):
        check_attempts(session, one, NOON)
