"""An absence that the personnel system tells: who is away, from when to when; never why."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy.dialects.postgresql import insert

from workflows.cases.authority_moments import refresh_signatures
from workflows.database import new_id
from workflows.desk import Desk
from workflows.errors import Flaw, Invalid
from workflows.journal.write import note
from workflows.people.directory import REFERENCE, person_by_reference
from workflows.people.models import Absence, Organisation, Person

ABSENCE = "absence.enregistree"


def record_absence(desk: Desk, data: Mapping[str, Any]) -> None:
    """Note that a person is away over ``[du, au)``; told again with the same start, it takes the place of the former.

    A date without an hour is midnight there: ``au`` is the day of the return. Raises ``Invalid("message.invalid")``
    for a person whom the body does not know, and for an end that is not after the start.
    """
    organisation = desk.session.get_one(Organisation, desk.actor.organisation_id)
    person = _person(desk, data["matricule"], organisation.id)
    starts, ends = (_moment(data[key], organisation.timezone) for key in ("du", "au"))
    flaws: dict[str, tuple[Flaw, ...]] = {}
    if person is None:
        flaws["data.matricule"] = (Flaw("form.unknown_person", value=data["matricule"]),)
    if ends <= starts:
        flaws["data.au"] = (Flaw("message.wrong_value"),)
    if flaws or person is None:
        raise Invalid("message.invalid", flaws)
    row = {"id": new_id(), "organisation_id": organisation.id, "person_id": person.id, "recorded_at": desk.now}
    told = insert(Absence).values(**row, valid_from=starts, valid_until=ends)
    desk.session.execute(
        told.on_conflict_do_update(
            index_elements=[Absence.person_id, Absence.valid_from],
            set_={"valid_until": told.excluded.valid_until, "recorded_at": told.excluded.recorded_at},
        )
    )
    note(desk, "absence.recorded", person=person.code, starts=starts, ends=ends)
    refresh_signatures(desk, organisation.id)


def _person(desk: Desk, matricule: str, organisation_id: UUID) -> Person | None:
    """The person of a matricule, written with or without ``E-`` before it."""
    return person_by_reference(desk.session, REFERENCE + matricule.removeprefix(REFERENCE), organisation_id)


def _moment(told: str, zone: str) -> datetime:
    if len(told) > len("2026-12-07"):
        return datetime.fromisoformat(told)
    return datetime.combine(date.fromisoformat(told), time(), ZoneInfo(zone))
