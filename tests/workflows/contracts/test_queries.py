"""Which contract is in force, and whom it ranks."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from sqlalchemy.orm import Session

from tests.builders import NOON, an_organisation
from workflows.contracts.models import Contract
from workflows.contracts.queries import contract_in_force, is_in_force, last_day, rank_of

START = datetime(2025, 4, 1, 4, 0, tzinfo=UTC)
END = datetime(2028, 4, 1, 4, 0, tzinfo=UTC)


@pytest.fixture
def contract(session: Session) -> Contract:
    """The contract of the demonstration."""
    organisation = an_organisation(session)
    contract = Contract(
        organisation_id=organisation.id,
        code="CELL-DEMO",
        title="Services cellulaires",
        valid_from=START,
        valid_until=END,
        ranks={"TELUS": 1, "ROGERS": 2},
    )
    session.add(contract)
    session.flush()
    return contract


def test_a_contract_is_in_force_from_its_start_to_just_before_its_end(session: Session, contract: Contract) -> None:
    assert contract_in_force(session, contract.organisation_id, NOON) is contract
    assert contract_in_force(session, contract.organisation_id, START) is contract
    assert contract_in_force(session, contract.organisation_id, END) is None
    assert (is_in_force(contract, START), is_in_force(contract, END)) == (True, False)


def test_a_provider_outside_the_contract_has_no_rank(contract: Contract) -> None:
    assert [rank_of(contract, code) for code in ("TELUS", "ROGERS", "AUTRE")] == [1, 2, 0]


def test_the_last_day_is_the_one_before_the_end(contract: Contract) -> None:
    assert last_day(contract, "America/Toronto") == date(2028, 3, 31)
