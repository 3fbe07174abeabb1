"""A role begins and ends at an instant: who holds it before and after, whose tasks go back, what a departure asks."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import Engine, select, text

from tests.bpmn.living import Life
from tests.bpmn.naming import Register
from workflows.cases.attach import attach_file
from workflows.cases.claim import claim_task
from workflows.cases.commands import AttachFile, ClaimTask
from workflows.errors import Forbidden, Invalid
from workflows.people.models import Substitution
from workflows.scenarios.play import PDF

INTRL: dict[str, Any] = {"role": "INTRL", "personne": "P16"}


@pytest.fixture
def register(demo_engine: Engine) -> Register:
    """OP-DEMO on Monday 7 December, 9:00."""
    return Register(Life(demo_engine))


def claimed_by_lead(register: Register) -> None:
    """P02 has the portals of another nomination in hand."""
    other = register.accepted("P02", "P32", role="RCELL", personne="P04", du="2026-12-07")
    with register.life.desk("P02") as desk:
        claim_task(desk, ClaimTask(other.task("N10").id))


def test_a_successor_starts_at_the_very_instant_the_other_ends(register: Register) -> None:
    claimed_by_lead(register)
    request = register.accepted("P01", "P01", **INTRL, du="2026-12-08T10:30:00-05:00")
    register.life.move("2026-12-08T10:29:59-05:00")
    assert register.holding("INTRL", "2026-12-08T10:29:59-05:00") == ["P02"]
    assert register.waiting("N10")[0][1] == str(register.person("P02"))
    register.life.move("2026-12-08T10:30:00-05:00")
    assert register.holding("INTRL", "2026-12-08T10:30:00-05:00") == ["P16"]
    ended, begun = register.rows("INTRL")
    assert (ended.state, ended.valid_until) == ("TERMINEE", begun.valid_from)
    assert {holder for _, holder in register.waiting("N10")} == {None}
    assert request.facts["termine_ref"] == "P02"


def test_of_two_nominations_for_one_scope_only_the_first_begins(register: Register) -> None:
    first = register.propose("P01", **INTRL, du="2026-12-14")
    first.do("N05", "P01", decision="REMPLACER")
    second = register.propose("P01", role="INTRL", personne="P23", du="2026-12-14")
    second.do("N05", "P01", decision="REMPLACER")
    for request, person in ((first, "P16"), (second, "P23")):
        request.do("N06", "P01", decision="APPROUVER")
        request.do("N07", person, proof="password", decision="ACCEPTER")
    register.life.move("2026-12-14T00:00:00-05:00")
    holding = register.holding("INTRL", "2026-12-14T00:00:00-05:00")
    assert len(holding) == 1
    loser = second if holding == ["P16"] else first
    assert [step for step, *_ in loser.open] == ["N05"]
    assert [fact["rules"] for fact in register.facts(loser.number, "role.blocked")] == [["CARD-01"]]


@pytest.mark.parametrize(
    ("day", "instant"),
    [
        ("2027-03-14", "2027-03-14T00:00:00-05:00"),
        ("2027-03-15", "2027-03-15T00:00:00-04:00"),
        ("2027-11-07", "2027-11-07T00:00:00-04:00"),
        ("2027-11-08", "2027-11-08T00:00:00-05:00"),
    ],
)
def test_a_day_begins_at_local_midnight_also_when_the_clocks_change(register: Register, day: str, instant: str) -> None:
    request = register.accepted("P02", "P32", role="RCELL", personne="P04", du=day)
    with register.life.desk("P02") as desk:
        due = desk.session.execute(
            text("select due_at from waits join cases on cases.id = case_id where number = :n and step = 'N08'"),
            {"n": request.number},
        ).scalar()
    assert due is not None
    assert due.isoformat() == _utc(instant)


def _utc(instant: str) -> str:
    return datetime.fromisoformat(instant).astimezone(UTC).isoformat()


def test_a_role_ends_at_midnight_of_its_end_and_its_end_is_told_thirty_days_before(register: Register) -> None:
    request = register.accepted("P02", "P32", role="RCELL", personne="P18", du="2026-12-07", au="2027-02-01")
    request.do("N10", "P02")
    register.life.move("2027-01-02T08:29:00-05:00")
    assert register.facts(request.number, "role.reminded") == []
    register.life.move("2027-01-02T08:30:00-05:00")
    assert [fact["person"] for fact in register.facts(request.number, "role.reminded")] == ["P18"]
    register.life.move("2027-01-31T23:59:59-05:00")
    assert "P18" in register.holding("RCELL", "2027-01-31T23:59:59-05:00")
    register.life.move("2027-02-01T00:00:00-05:00")
    assert "P18" not in register.holding("RCELL", "2027-02-01T00:00:00-05:00")
    assert [row.state for row in register.rows("RCELL") if row.case_id] == ["TERMINEE"]


def test_a_longer_period_is_granted_before_the_end(register: Register) -> None:
    register.accepted("P02", "P32", role="RCELL", personne="P18", du="2026-12-07", au="2027-02-01").do("N10", "P02")
    told = {"action": "PROLONGER", "role": "RCELL", "personne": "P18", "du": "2026-12-07", "au": "2027-03-01"}
    request = register.accepted("P02", "P32", **told)
    register.life.move("2027-02-01T00:00:00-05:00")
    assert "P18" in register.holding("RCELL", "2027-02-01T00:00:00-05:00")
    assert request.end == "ROLE_EN_VIGUEUR"


def test_a_suspended_role_comes_back_by_itself(register: Register) -> None:
    told = {"action": "SUSPENDRE", "role": "RCELL", "personne": "P03", "du": "2026-12-09", "au": "2026-12-16"}
    request = register.propose("P02", **told, motif="Le temps d'une vérification.")
    request.do("N06", "P32", decision="APPROUVER")
    register.life.move("2026-12-09T00:00:00-05:00")
    assert register.holding("RCELL", "2026-12-09T00:00:00-05:00") == ["P04"]
    register.life.move("2026-12-16T00:00:00-05:00")
    assert register.holding("RCELL", "2026-12-16T00:00:00-05:00") == ["P03", "P04"]


def test_a_derogation_signatory_is_bound_to_the_entry_told(register: Register) -> None:
    register.life.move("2026-12-08T09:00:00-05:00")
    row = next(one for one in register.rows("DERO") if one.person_id == register.person("P28"))
    with register.life.desk("P01") as desk:
        desk.session.execute(text("delete from role_assignments where id = :id"), {"id": row.id})
        another = text("update delegation_entries set person_id = :who where code = 'DL-1'")
        desk.session.execute(another, {"who": register.person("P28")})
    register.accepted("P01", "P01", role="DERO", personne="P28", du="2026-12-09", entree_delegation="DL-6")
    register.life.move("2026-12-09T00:00:00-05:00")
    assert "P28" in register.holding("DERO", "2026-12-14T23:59:00-05:00")
    register.life.move("2026-12-15T00:00:00-05:00")
    assert "P28" not in register.holding("DERO", "2026-12-15T00:00:00-05:00")


def test_who_is_named_accepts_only_with_proof_of_identity(register: Register) -> None:
    request = register.propose("P02", role="RCELL", personne="P18", du="2026-12-09")
    request.do("N06", "P32", decision="APPROUVER")
    with pytest.raises(Forbidden, match=r"guard\.G4"):
        request.do("N07", "P18", decision="ACCEPTER")
    seen = request.seen_by("P18", "N07")
    assert seen.signature is not None
    assert "soutien technique des prestataires" in seen.signature.act["responsabilites"]["fr"]
    assert seen.signature.act["responsabilites"]["en"]
    request.do("N07", "P18", decision="REFUSER")
    assert request.end == "NOMINATION_ABANDONNEE"
    assert [row for row in register.rows("RCELL") if row.case_id] == []


def test_dates_and_scopes_that_make_no_sense_are_refused_at_once(register: Register) -> None:
    request = register.begin("P02")
    for wrong, field in (
        ({"role": "RCELL", "personne": "P18", "du": "2026-12-09", "au": "2026-12-09"}, "au"),
        (
            {"role": "MANDA", "personne": "P18", "du": "2026-12-09", "portee": {"type": "SUB", "code": "SF-100"}},
            "portee",
        ),
        ({"role": "RCELL", "personne": "P21", "du": "2026-12-09"}, "personne"),
        ({"action": "REVOQUER", "role": "RCELL", "personne": "P18", "du": "2026-12-09"}, "personne"),
    ):
        with pytest.raises(Invalid) as refused:
            request.do("N02", "P02", **wrong)
        assert list(refused.value.fields) == [field]


def test_a_signatory_is_replaced_for_the_entries_that_the_plan_lets_be(register: Register) -> None:
    told = {"action": "SUBSTITUER", "role": "DERO", "personne": "P27", "titulaire": "P12", "du": "2026-12-09"}
    with register.life.desk("P01") as desk:
        desk.session.execute(text("update delegation_entries set substitutable = false where code = 'DL-3'"))
    request = register.propose("P01", **told, au="2026-12-16")
    assert [one["regle"] for one in request.facts["violations"]] == ["CARD-13", "CARD-13S"]
    with register.life.desk("P01") as desk:
        desk.session.execute(text("update delegation_entries set substitutable = true where code = 'DL-3'"))
        paper = str(attach_file(desk, AttachFile(request.number, "autorisation.pdf", PDF)).id)
    request.do("N05", "P01", decision="CORRIGER", instrument=[paper])
    request.do("N06", "P01", decision="APPROUVER")
    request.do("N07", "P27", proof="password", decision="ACCEPTER")
    register.life.move("2026-12-09T00:00:00-05:00")
    with register.life.desk("P27") as desk:
        row = desk.session.scalars(select(Substitution).where(Substitution.case_id.is_not(None))).one()
        assert (row.roles, row.entries, row.instrument) == (["DERO"], ["DL-3"], "autorisation.pdf")
        assert "DERO" in desk.actor.roles
