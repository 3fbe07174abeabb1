"""When nobody may sign, the head appoints someone from the derogation itself, which goes on once that is in force."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.orm import Session

from tests.bpmn.living import Life, Request
from tests.bpmn.naming import Register
from workflows.cases.details import CaseLink
from workflows.cases.models import Case
from workflows.errors import Invalid


@pytest.fixture
def life(demo_engine: Engine) -> Life:
    """OP-DEMO on Monday 7 December, 9:00, where nobody holds DERO any more."""
    with demo_engine.begin() as connection:
        connection.execute(text("delete from role_assignments where role = 'DERO'"))
    return Life(demo_engine)


def nomination_of(life: Life, request: Request) -> Request:
    """The nomination that a request has opened."""
    with Session(life.engine) as session:
        query = text("""
            select other.number from case_links join cases mine on mine.id = case_id
            join cases other on other.id = other_id where mine.number = :number order by other.id desc
        """)
        return Request(life, str(session.execute(query, {"number": request.number}).scalars().first()))


def test_a_request_goes_on_once_the_signatory_is_appointed(life: Life) -> None:
    request = life.analysed(cents=64_900)
    assert [step for step, *_ in request.open] == ["R21"]
    request.do("R21", "P01", decision="NOMMER", personne="P09")
    Register(life).jobs()
    assert request.open == []
    naming = nomination_of(life, request)
    assert [step for step, *_ in naming.open] == ["N06"]
    naming.do("N06", "P01", decision="APPROUVER")
    naming.do("N07", "P09", proof="password", decision="ACCEPTER")
    Register(life).jobs()
    assert [step for step, *_ in naming.open] == ["N10"]
    assert request.open == [("R23", "P09")]
    request.sign("P09")
    assert request.facts["niveau"] == "N2"


def test_a_request_comes_back_to_the_head_when_the_person_declines(life: Life) -> None:
    request = life.analysed(cents=64_900)
    request.do("R21", "P01", decision="NOMMER", personne="P09")
    Register(life).jobs()
    naming = nomination_of(life, request)
    naming.do("N06", "P01", decision="APPROUVER")
    naming.do("N07", "P09", decision="REFUSER")
    Register(life).jobs()
    assert [step for step, *_ in request.open] == ["R21"]


def test_who_has_no_entry_of_the_plan_is_refused_at_once(life: Life) -> None:
    request = life.analysed(cents=64_900)
    with pytest.raises(Invalid) as refused:
        request.do("R21", "P01", decision="NOMMER", personne="P27")
    assert [flaw.code for flaw in refused.value.fields["personne"]] == ["card.CARD-07"]
    with Session(life.engine) as session:
        assert session.query(Case).where(Case.process == "nomination_role").count() == 0
        assert session.query(CaseLink).count() == 0
