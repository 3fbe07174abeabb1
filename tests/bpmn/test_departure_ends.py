"""What someone carried for others ends with a departure, once, and each end is one line of the departure's journal."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from tests.bpmn.leaving import announced, employ
from tests.bpmn.living import Life
from workflows.cases.models import Case
from workflows.journal.models import JournalEntry, chain_of
from workflows.people.directory import person_by_code
from workflows.people.models import Substitution

AT = "2026-12-08T10:00:00-05:00"
PERIODS = {"SUB-NOW": ("2026-11-01", "2027-03-01"), "SUB-LATER": ("2027-01-10", "2027-03-01")}


def test_a_replacement_ends_once_and_one_that_had_not_begun_never_does(demo_engine: Engine) -> None:
    life = Life(demo_engine)
    code = employ(life, "201977")
    with Session(demo_engine) as session, session.begin():
        person, holder = person_by_code(session, code), person_by_code(session, "P03")
        assert person is not None
        assert holder is not None
        for name, (since, until) in PERIODS.items():
            row = Substitution(organisation_id=person.organisation_id, code=name, roles=["RCELL"], entries=[])
            row.titulaire_id, row.substitute_id, row.instrument = holder.id, person.id, "AUT-1"
            row.valid_from, row.valid_until = (datetime.fromisoformat(f"{one}T00:00-05:00") for one in (since, until))
            session.add(row)
    said = {"type_depart": "CONGEDIEMENT", "t_effet": AT, "dernier_jour": "2026-12-08", "employe_informe": False}
    leaving = announced(life, matricule="201977", **said)
    life.move("2026-12-08T10:30:00-05:00")
    with Session(demo_engine) as session:
        case = session.scalars(select(Case).where(Case.number == leaving.number)).one()
        ended = select(JournalEntry).where(JournalEntry.kind == "substitution.ended").order_by(JournalEntry.id)
        told = [(entry.data["substitution"], entry.chain) for entry in session.scalars(ended)]
        left = select(Substitution.code, Substitution.valid_until).where(Substitution.code.in_(PERIODS))
        assert told == [("SUB-LATER", chain_of(case.id)), ("SUB-NOW", chain_of(case.id))]
        assert session.execute(left).all() == [("SUB-NOW", datetime.fromisoformat(AT))]
