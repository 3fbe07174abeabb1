"""Who leaves, what is known of the departure, and what its type means (B.2.1 of the rules, README of the process)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from workflows.calendars.hours import BusinessCalendar
from workflows.calendars.queries import calendar_of
from workflows.operations.asked import organisation_of
from workflows.operations.context import OperationContext
from workflows.people.directory import REFERENCE
from workflows.people.models import Person

ANNOUNCED = ("D01", "D01a", "D01b", "D01c")
"""The starts: by a person, by the personnel system, by a cancelled arrival, by a planned end that comes near."""
FILE, HANDOVER, GOODS = "D05", "D09", "D31"
"""The steps whose answers are the file, the plan of the handing over, the goods that came back."""
CANCELLED, DEATH, MOVE = "ANNULATION_ARRIVEE", "DECES", "MUTATION_INTERNE"
AT_ONCE = frozenset({"CONGEDIEMENT", "SUSPENSION", "DECES", "ABANDON_POSTE"})
"""Types that are acted on as soon as they are told: the file is completed meanwhile (D05 beside D20)."""
WITHOUT_NOTICE = frozenset({"DECES", "ABANDON_POSTE"})
"""Types whose effect is the instant at which they are told."""
TEMPORARY = frozenset({"CONGE_LONGUE_DUREE", "PRET_SERVICE_SORTANT", "SUSPENSION"})
TECHNICAL: Mapping[str, str] = {
    "RETRAIT_DEFINITIF": "Retrait définitif",
    "SUSPENSION_TEMPORAIRE": "Suspension temporaire",
    "CHANGEMENT_DE_DROITS": "Changement de droits",
}
"""All that technicians, and messages that leave the house, are told of a departure's nature."""
OPENING = time(8, 30)
CLOSING = time(16, 30)


def leaver_of(context: OperationContext) -> Person | None:
    """The person who leaves, None when the register does not know whom it is about."""
    person_id = context.case.beneficiary_id
    return context.desk.session.get(Person, person_id) if person_id is not None else None


def file_of(context: OperationContext) -> Mapping[str, Any]:
    """The departure's file, as announced or as RH completed it."""
    return context.given(FILE)


def type_of(context: OperationContext) -> str | None:
    """The type of departure, None while nobody has said it."""
    said = context.case.facts.get("type_depart") if context.case.facts.get("annulation") else None
    return str(said or file_of(context).get("type_depart") or "") or None


def nature_of(kind: str | None) -> str:
    """What a departure is technically: a withdrawal for good, a suspension, or other rights."""
    if kind == MOVE:
        return "CHANGEMENT_DE_DROITS"
    return "SUSPENSION_TEMPORAIRE" if kind in TEMPORARY else "RETRAIT_DEFINITIF"


def reference_of(person: Person) -> str:
    """How messages name a person: ``E-`` and the employee number."""
    return f"{REFERENCE}{person.matricule}" if person.matricule else person.code


def zone_of(context: OperationContext) -> ZoneInfo:
    """The organisation's clocks."""
    return ZoneInfo(organisation_of(context).timezone)


def calendar_for(context: OperationContext) -> BusinessCalendar:
    """The calendar of administrative deadlines."""
    return calendar_of(context.desk.session, organisation_of(context))


def instant_of(context: OperationContext, told: object, hour: time = CLOSING) -> datetime | None:
    """An instant as told; a bare date is that day at an hour of the organisation's clocks."""
    if not told:
        return None
    text, zone = str(told), zone_of(context)
    if len(text) == len("2026-12-18"):
        return datetime.combine(date.fromisoformat(text), hour, zone)
    found = datetime.fromisoformat(text)
    return found if found.tzinfo is not None else found.replace(tzinfo=zone)


def effect_of(context: OperationContext) -> datetime | None:
    """When the departure takes effect: as told, else the last day worked at 16:30; None when neither is known."""
    told = file_of(context)
    return instant_of(context, told.get("t_effet") or told.get("dernier_jour"))


def revoked(context: OperationContext) -> bool:
    """Whether the instant of revocation has passed."""
    return bool(context.case.facts.get("instant_passe"))
