"""Every rule that keeps someone from signing, against every door that leads to a signature: none lets through."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from tests.bpmn.living import Life, Request
from tests.builders import a_role
from tests.webapp.conftest import Caller
from tests.webapp.pages.visitor import Visitor
from workflows.people.directory import person_by_code
from workflows.people.models import Person, Substitution
from workflows.signatures.models import Evidence

SIGNING = {"decision": "SIGNER"}


@dataclass(frozen=True, slots=True)
class Barred:
    """Someone whom a rule keeps out, how the request came to that, and what each door says."""

    who: str
    request: Callable[[Life], Request]
    code: str
    place: int = 0


def confirmed(life: Life) -> Request:
    """P08 confirmed the need."""
    return life.analysed(40_000)


def analysed(life: Life) -> Request:
    """P32 made the analysis."""
    give(life, "P32", "RCELL")
    request = life.ask()
    request.analyse("P32", prix_appareil_cents=40_000)
    return request


def requested(life: Life) -> Request:
    """P32 asked, for someone else."""
    for_another = {"beneficiaire": "P18", "unite_budgetaire": "SRM", "imputation": "123-45"}
    return life.analysed(40_000, who="P32", manager=None, **for_another)


def received(life: Life) -> Request:
    """P32 benefits."""
    return life.analysed(40_000, who="P32", manager="P12", beneficiaire="P32", unite_budgetaire="SRM")


def under(life: Life) -> Request:
    """P08 works under the beneficiary."""
    return life.analysed(40_000, who="P09", manager="P10", beneficiaire="P09")


def aside(life: Life) -> Request:
    """P32 stepped aside."""
    request = life.analysed(40_000)
    request.do("R23", "P32", decision="SE_RECUSER", motif_decision="Un proche vend ces appareils.")
    return request


def joint(life: Life) -> Request:
    """P11 gave one of two joint signatures; replacing P10 does not make two of her."""
    request = life.analysed(1_000_001)
    life.move("2026-12-21T09:00-05:00")
    request.sign("P11", place=1)
    return request


def ended(life: Life) -> Request:
    """P28's entry ended after the request came to her."""
    request = life.analysed(64_900, unite_budgetaire="DTI")
    life.move("2026-12-15T09:00-05:00")
    return request


RULES = {
    "SOD-01, requester": Barred("P32", requested, "sod.SOD-01"),
    "SOD-01, beneficiary": Barred("P32", received, "sod.SOD-01"),
    "SOD-02": Barred("P11", joint, "guard.G3"),
    "SOD-03, need": Barred("P08", confirmed, "sod.SOD-03"),
    "SOD-03, analysis": Barred("P32", analysed, "sod.SOD-03"),
    "SOD-04": Barred("P08", under, "sod.SOD-04"),
    "SOD-17": Barred("P32", aside, "sod.SOD-17"),
    "CARD-07": Barred("P28", ended, "guard.G2"),
}


def give(life: Life, code: str, role: str) -> None:
    with Session(life.engine) as session:
        person = person_by_code(session, code)
        assert person is not None
        a_role(session, person, role)
        session.commit()


def stand_in(life: Life, code: str) -> None:
    """Everyone who holds an entry is replaced by one person, for a month, for all their entries."""
    with Session(life.engine) as session:
        found = {one.code: one for one in session.scalars(select(Person))}
        mine = found[code]
        for place, (titulaire, entry) in enumerate(
            (("P09", "DL-2"), ("P10", "DL-4"), ("P12", "DL-3"), ("P32", "DL-1"))
        ):
            if titulaire != code:
                row = Substitution(organisation_id=mine.organisation_id, code=f"SUB-T{place}", entries=[entry])
                row.titulaire_id, row.substitute_id, row.roles = found[titulaire].id, mine.id, ["DERO"]
                row.valid_from, row.valid_until = (datetime(2026, 12, day, tzinfo=UTC) for day in (1, 31))
                row.instrument = "Autorisation"
                session.add(row)
        session.commit()


def evidence(life: Life, who: str) -> int:
    with Session(life.engine) as session:
        mine = select(Evidence).join(Person, Person.id == Evidence.person_id).where(Person.code == who)
        return len(session.scalars(mine).all())


@pytest.fixture
def life(demo_engine: Engine) -> Life:
    """OP-DEMO on Monday 7 December, 9:00."""
    return Life(demo_engine)


@pytest.mark.parametrize("door", ["claim", "completion", "page", "assignment", "substitution", "job"])
@pytest.mark.parametrize("rule", RULES)
def test_no_door_lets_through(
    rule: str, door: str, life: Life, caller: Callable[[str], Caller], visitor: Callable[[str], Visitor]
) -> None:
    barred = RULES[rule]
    request = barred.request(life)
    before = evidence(life, barred.who)
    task = request.task("R23", barred.place)
    if door == "substitution":
        stand_in(life, barred.who)
    if door == "job":
        life.move("2026-12-23T12:00-05:00")
        assert all(barred.who not in named for _, *named in request.open)
        return
    if door == "page":
        answer = visitor(barred.who).send(f"/taches/{task.id}", decision="SIGNER", mot_de_passe="parcours-demo")
        assert answer.status_code in (403, 404, 409)
    elif door == "assignment":
        told = caller("P02").post(f"/tasks/{task.id}/assignment", {"person": barred.who})
        assert (told.status_code, request.open) == (403, request.open)
    else:
        path = "completion" if door == "substitution" else door
        proof = caller(barred.who).post("/me/reauthentication", {"password": "parcours-demo"}).json["token"]
        body = {"answers": SIGNING, "reauthentication": proof} if path == "completion" else {}
        told = caller(barred.who).post(f"/tasks/{task.id}/{path}", body)
        assert (told.status_code, told.json["code"]) == (403, barred.code)
    assert evidence(life, barred.who) == before
