"""Several at once over real HTTP: one is first, the others are told so; no two pass under one ceiling."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from tests.builders import LONG_AGO
from tests.journeys.service.people import ANALYSIS, Staff
from tests.journeys.service.server import at_once
from workflows.cases.models import Case, Task
from workflows.contracts.models import BudgetLine
from workflows.journal.models import JournalEntry
from workflows.journal.verify import verify
from workflows.people.directory import organisation_by_code, person_by_code
from workflows.people.models import RoleAssignment
from workflows.people.settings import set_setting

ANALYSTS = [f"P{number:02d}" for number in (3, 4, 13, 14, 15, 16, 17, 18, 19, 20)]


@pytest.fixture
def analysts(demo_engine: Engine) -> list[str]:
    """Ten persons who hold RCELL."""
    with Session(demo_engine) as session, session.begin():
        for code in ANALYSTS[2:]:
            person = person_by_code(session, code)
            assert person is not None
            role = RoleAssignment(organisation_id=person.organisation_id, person_id=person.id, role="RCELL")
            role.scope, role.valid_from = "ORG", LONG_AGO
            session.add(role)
    return ANALYSTS


def facts(session: Session, kind: str, step: str) -> int:
    """How often the journal tells something of a step."""
    query = select(func.count()).where(JournalEntry.kind == kind, JournalEntry.step == step)
    return int(session.scalar(query) or 0)


@pytest.mark.parametrize("together", [True, False], ids=["one person ten times", "ten persons"])
def test_ten_completions_of_one_task_make_one(staff: Staff, demo: Session, analysts: list[str], together: bool) -> None:
    case = staff.to_analyse()
    path, body = f"/tasks/{staff.task(case, 'R08')}/completion", {"answers": ANALYSIS | {"prix_appareil_cents": 100}}
    codes = ["P03"] * 10 if together else analysts
    for code in codes:
        staff.token(code)
    found = at_once([lambda code=code: staff.call(code, "POST", path, body) for code in codes])
    assert Counter((one.status, (one.json or {}).get("code")) for one in found) == {
        (200, None): 1,
        (409, "task.done"): 9,
    }
    assert facts(demo, "task.completed", "R08") == 1
    assert demo.scalar(select(func.count()).select_from(Task).where(Task.step == "R23")) == 1
    assert verify(demo) == []


def test_ten_claims_of_one_task_make_one(staff: Staff, demo: Session, analysts: list[str]) -> None:
    case = staff.to_analyse()
    path = f"/tasks/{staff.task(case, 'R08')}/claim"
    for code in analysts:
        staff.token(code)
    found = at_once([lambda code=code: staff.call(code, "POST", path) for code in analysts])
    told = Counter((one.status, (one.json or {}).get("code")) for one in found)
    assert told == {(200, None): 1, (409, "task.claimed"): 9}
    assert facts(demo, "task.claimed", "R08") == 1
    winner = analysts[[one.status for one in found].index(200)]
    assert staff.done("P05", "GET", f"/cases/{case}")["open_tasks"][0]["assignee"] == winner


def rules(session: Session) -> dict[str, tuple[Any, Any]]:
    """Each case's level and what its amounts weighed."""
    session.rollback()
    return {
        str(case.id): (case.facts["niveau"], case.facts["montant_ref_cents"]) for case in session.scalars(select(Case))
    }


def engaged(session: Session, level: str) -> int:
    """The cents engaged at a level."""
    session.rollback()
    query = select(BudgetLine, Case).join(Case, Case.id == BudgetLine.case_id).where(BudgetLine.state == "ENGAGEMENT")
    return sum(line.cents for line, case in session.execute(query) if case.facts["niveau"] == level)


def test_two_analyses_at_once_never_both_sign_under_the_first_ceiling(staff: Staff, demo: Session) -> None:
    first, second = staff.to_analyse(), staff.to_analyse()
    acts = [staff.analysing("P03", first, 30_000), staff.analysing("P04", second, 30_000)]
    assert [one.status for one in at_once(acts)] == [200, 200]
    levels = rules(demo)
    low = [case for case, (level, _) in levels.items() if level == "N1"]
    found = at_once([staff.signing("P32", case) for case in low])
    assert sorted(one.status for one in found) in ([200], [200, 403])
    assert engaged(demo, "N1") == 30_000
    assert verify(demo) == []


def test_of_two_signatures_at_once_the_younger_request_counts_the_older(staff: Staff, demo: Session) -> None:
    """The younger was analysed first, so that both stand at the first level; together they are above it."""
    older, younger = sorted((staff.to_analyse(), staff.to_analyse()))
    for case in (younger, older):
        assert staff.analysing("P03", case, 30_000)().status == 200
    assert rules(demo) == {older: ("N1", 30_000), younger: ("N1", 30_000)}
    found = at_once([staff.signing("P32", case) for case in (older, younger)])
    assert [(one.status, one.json.get("code")) for one in found] == [(200, None), (403, "guard.G5")]
    assert engaged(demo, "N1") == 30_000
    assert staff.task(younger, "R08")


def test_of_two_signatures_at_once_one_passes_the_year_s_ceiling(staff: Staff, demo: Session) -> None:
    """The unit has 150 $ left at the first level of the year; two of 100 $, not related, were analysed apart."""
    organisation = organisation_by_code(demo, "OP-DEMO")
    assert organisation is not None
    set_setting(organisation, "fenetre_apparentees_jours", 0)
    demo.commit()
    older = staff.to_analyse(unite_budgetaire="SOO")
    staff.done("U01", "PUT", "/simulation/clock", {"now": "2026-12-08T09:00-05:00"})
    younger = staff.to_analyse(unite_budgetaire="SOO")
    for one in (younger, older):
        assert staff.analysing("P03", one, 10_000)().status == 200
    assert rules(demo) == {older: ("N1", 10_000), younger: ("N1", 10_000)}
    found = at_once([staff.signing("P32", one) for one in (older, younger)])
    assert [(one.status, one.json.get("code")) for one in found] == [(200, None), (403, "guard.G6")]
    assert engaged(demo, "N1") == 10_000
    assert rules(demo)[younger] == ("N2", 10_000)
    assert staff.task(younger, "R23")
