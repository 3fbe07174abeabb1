"""Several requests lived at random, by whoever tries whatever: the rules hold, and no case is ever left hanging."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from tests.bpmn.living import OPEN, Life, Request
from workflows.cases.details import Wait
from workflows.cases.models import Case, CaseAnswers, Task
from workflows.contracts.models import BudgetLine, OpeningBalance
from workflows.errors import Refusal
from workflows.people.hierarchy import line_above
from workflows.people.models import Person
from workflows.signatures.act import content_of
from workflows.signatures.models import Act, Evidence, Recusal

PEOPLE = ["U01", "P01", "P02", "P03", "P04", "P08", "P09", "P10", "P11", "P12", "P28", "P32"]
PRICES = [0, 1, 40_000, 50_001, 249_999, 300_000, 1_000_001]
LADDER = {1: 1_000_000, 2: 2_500_000, 3: 5_000_000, 4: 10_000_000}
"""Up to which total of the year each level of OP-DEMO's plan signs."""
DAYS = [f"2026-12-{day:02}T{hour}:00-05:00" for day in range(7, 32) for hour in ("09", "15")]
WHY = "Le besoin n'est plus le même qu'au départ."
ANSWERS: Mapping[str, list[dict[str, Any]]] = {
    "R07": [{"decision": "CONFIRMER", "imputation": "123-45"}, {"decision": "REFUSER", "motif_decision": WHY}],
    "R08": [{"prestataire": "TELUS", "au_catalogue": True, "modele": "Modèle A"}],
    "R21": [{"decision": "SIGNER_DIRIGEANT"}, {"decision": "REFUSER", "motif": WHY}],
    "R23": [
        {"decision": "SIGNER"},
        {"decision": "SIGNER"},
        {"decision": "REFUSER", "motif_decision": WHY},
        {"decision": "RETOURNER", "destinataire": "DEMANDEUR", "motif_decision": WHY},
        {"decision": "SE_RECUSER", "motif_decision": WHY},
    ],
    "R26": [{"reponse": WHY}, {"reponse": WHY, "modifications": {"quantite": 2}}],
    "R30": [{"no_commande": "TLS-1", "date_commande": "2026-12-07", "prix_confirme_cents": 1}],
}
LIKELY = {"R07": "P08", "R08": "P03", "R21": "P01", "R26": "U01", "R30": "P03"}
"""Who mostly answers a step, so that lives come to a signature; a signature is mostly tried by whom it names."""
moves = some.lists(
    some.tuples(some.integers(0, 99), some.sampled_from(PEOPLE), some.integers(0, 4), some.sampled_from(PRICES)),
    min_size=50,
    max_size=80,
)


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(moves, some.sampled_from(["U01", "P08", "P32", "P09"]))
def test_whatever_is_tried_the_rules_hold(
    demo_engine: Engine, tried: list[tuple[int, str, int, int]], asker: str
) -> None:
    life, day = Life(demo_engine), 0
    for pick, who, choice, cents in tried:
        if pick >= 95 and day < len(DAYS) - 1:
            day += 1
            try:
                life.move(DAYS[day])
            except Refusal:
                continue
        elif pick >= 88:
            begin(life, asker if pick % 2 else "U01")
        else:
            attempt(life, pick, who, choice, cents)
        hold(life)


def begin(life: Life, who: str) -> None:
    """Someone asks for U01."""
    try:
        life.ask(who, manager=None, **({} if who == "U01" else {"imputation": "123-45"}))
    except Refusal:
        return


def attempt(life: Life, pick: int, who: str, choice: int, cents: int) -> None:
    """Someone answers an open task, theirs or not; a refusal changes nothing."""
    with Session(life.engine) as session:
        rows = session.execute(
            select(Case.number, Task.step, Task.id).join(Task, Task.case_id == Case.id).where(Task.state.in_(OPEN))
        ).all()
    if not rows:
        return
    number, step, _ = sorted(rows, key=lambda row: row[2])[pick % len(rows)]
    named = next((people for at, *people in Request(life, number).open if at == step), [])
    if pick % 4:
        who = LIKELY.get(step, named[choice % len(named)] if named else who)
    options = ANSWERS.get(step, [{}])
    answers = dict(options[choice % len(options)])
    if step == "R08":
        answers["prix_appareil_cents"] = cents
    try:
        Request(life, number).do(step, who, proof="password", **answers)
    except Refusal:
        return


def hold(life: Life) -> None:
    """What must be true at every moment."""
    with Session(life.engine) as session:
        for case in session.scalars(select(Case)):
            assert case.state != "EN_ERREUR", case.number
            open_tasks = session.scalars(select(Task.step).where(Task.case_id == case.id, Task.state.in_(OPEN))).all()
            waits = session.scalars(select(Wait.step).where(Wait.case_id == case.id)).all()
            assert bool(open_tasks or waits) == (case.ended_at is None), case.number
            _signed_rightly(session, case)
        _within_the_year(session)


def _signed_rightly(session: Session, case: Case) -> None:
    """Nobody whom a rule excludes signed what stands, no person twice, and it is what is asked now."""
    act = session.scalars(
        select(Act).where(Act.case_id == case.id, Act.voided_at.is_(None)).order_by(Act.sequence.desc()).limit(1)
    ).first()
    if act is None:
        return
    given = session.scalars(select(Evidence.person_id).where(Evidence.act_id == act.id)).all()
    assert len(set(given)) == len(given)
    handled = select(CaseAnswers.person_id).where(CaseAnswers.case_id == case.id, CaseAnswers.step.in_(("R07", "R08")))
    barred = {case.requester_id, case.beneficiary_id, *session.scalars(handled)}
    barred |= set(session.scalars(select(Recusal.person_id).where(Recusal.case_id == case.id)))
    assert not barred & set(given), case.number
    for person_id in given:
        assert case.beneficiary_id not in line_above(session, session.get_one(Person, person_id))
    if given:
        assert content_of(act)["montants"]["cout_net_cents"] == case.facts["cout_net_cents"]


def _within_the_year(session: Session) -> None:
    """What a unit has engaged is within what the level that signed last may bring its year to."""
    units: dict[UUID, list[BudgetLine]] = {}
    for line in session.scalars(select(BudgetLine).where(BudgetLine.state == "ENGAGEMENT")):
        if session.get_one(Case, line.case_id).facts["niveau"] != "N0":
            units.setdefault(line.unit_id, []).append(line)
    for unit_id, lines in units.items():
        last = max(line.signed_at for line in lines if line.signed_at is not None)
        levels = [session.get_one(Case, line.case_id).facts["niveau"] for line in lines if line.signed_at == last]
        opening = session.scalar(select(OpeningBalance.cents).where(OpeningBalance.unit_id == unit_id)) or 0
        assert opening + sum(line.cents for line in lines) <= max(LADDER[int(level[1:])] for level in levels)
