"""Whose departure it is, what was announced of it, and what is open already about that person (D02)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from workflows.accesses.ledger import accesses_of
from workflows.accesses.models import AccessState
from workflows.journal.seal import plain
from workflows.notices.tell import tell
from workflows.notices.whom import holders
from workflows.operations.arrival.identify import by_matricule
from workflows.operations.context import OperationContext
from workflows.operations.departure.leaver import (
    ANNOUNCED,
    AT_ONCE,
    CANCELLED,
    FILE,
    TECHNICAL,
    WITHOUT_NOTICE,
    instant_of,
    nature_of,
    reference_of,
)
from workflows.people.directory import person_by_code
from workflows.people.models import Person, Unit
from workflows.people.roles import assignments_of, works

ARRIVAL, DEPARTURE = "arrivee_employe", "depart_employe"
NEW, TWICE, ARRIVING, UNKNOWN = "NOUVEAU", "DOUBLON", "ARRIVEE_EN_COURS", "INCONNU"
BY_ARRIVAL = "D01b"
STARTED = "D01"
KEPT = ("type_depart", "dernier_jour", "t_effet", "date_retour_prevue", "risque_eleve", "motif_risque")
MORE = (
    "employe_informe",
    "organisme_destination",
    "acces_pendant_conges",
    "unite_destination",
    "superieur_destination",
)
"""What is announced under the names that the file has (D05)."""


def identify(context: OperationContext) -> Mapping[str, object]:
    """Take up whose departure it is, say what is open about that person, and prepare the file for RH (D02)."""
    step, told = _announced(context)
    person = _leaver(context, step, told)
    cancelled = step == BY_ARRIVAL
    known: dict[str, object] = {
        "annulation": cancelled,
        "arrivee": told.get("arrivee"),
        "arrivee_id": told.get("arrivee_id"),
        "chaine": told.get("chaine"),
        "dossier": context.case.number,
        "retablir": False,
    }
    if person is None:
        return {**known, "cas": UNKNOWN, "employe_ref": context.case.number, **_when(context, {}, False)}
    _place(context, person, cancelled)
    emergency = _is_emergency(context, step, told)
    file = _file(person, told, emergency)
    if cancelled:
        file |= {"type_depart": CANCELLED, "risque_eleve": False}
    context.save_answers(FILE, file)
    if not cancelled and file.get("employe_informe") is not True:
        context.hide_from(person.id)
    cas, earlier = (NEW, None) if cancelled else _situation(context, person)
    return {
        **known,
        "cas": cas,
        "depart_precedent": earlier,
        "employe_ref": reference_of(person),
        "personne_code": person.code,
        **_when(context, file, cancelled),
    }


def _announced(context: OperationContext) -> tuple[str, dict[str, Any]]:
    """What was announced and by which start, taken from it: from then on only the file holds it."""
    for step in ANNOUNCED:
        found = context.answers(step)
        if found:
            context.save_answers(step, {})
            return step, dict(found)
    return STARTED, {}


def _leaver(context: OperationContext, step: str, told: Mapping[str, Any]) -> Person | None:
    """The person by employee number only (a name never starts a revocation); a linked case brings its own."""
    if step in (BY_ARRIVAL, "D01c") and context.case.beneficiary_id is not None:
        return context.desk.session.get(Person, context.case.beneficiary_id)
    said = told.get("matricule")
    found = by_matricule(context, said)
    return found or (person_by_code(context.desk.session, str(said), context.case.organisation_id) if said else None)


def _place(context: OperationContext, person: Person, cancelled: bool) -> None:
    case = context.case
    unit = context.desk.session.get(Unit, person.unit_id) if person.unit_id is not None else None
    case.beneficiary_id, case.unit_id = person.id, person.unit_id
    what = "Annulation de l'arrivée de" if cancelled else "Départ de"
    case.subject = f"{what} {person.name}" + (f", {unit.code}" if unit is not None else "")


def _is_emergency(context: OperationContext, step: str, told: Mapping[str, Any]) -> bool:
    """Whether a manager or security told no more than who and when: access goes first, RH says the rest (D01)."""
    starter = context.case.requester_id
    if step != STARTED or told.get("type_depart") or starter is None:
        return False
    roles = {row.role for row in assignments_of(context.desk.session, starter, context.desk.now)}
    return "RH" not in roles and bool(roles & {"CSEC", "GEST"})


def _file(person: Person, told: Mapping[str, Any], emergency: bool) -> dict[str, Any]:
    kept = {key: told[key] for key in (*KEPT, *MORE) if told.get(key) is not None}
    kept = {"risque_eleve": False, **kept, "matricule": person.code}
    if emergency:
        kept |= {"risque_eleve": True, "employe_informe": False}
    return kept


def _when(context: OperationContext, file: Mapping[str, Any], cancelled: bool) -> dict[str, object]:
    """What the first choices turn on: is there something to revoke at once, else from when there is."""
    kind, risky = file.get("type_depart"), file.get("risque_eleve") is True
    at_once = cancelled or risky or kind in AT_ONCE
    effect = instant_of(context, file.get("t_effet") or file.get("dernier_jour"))
    nature = nature_of(kind)
    return {
        "urgence": at_once and not cancelled,
        "a_revoquer": at_once,
        "t_annonce": plain(effect) if effect is not None and not at_once else None,
        "instant_annonce": plain(effect) if effect is not None else None,
        "t_effet_annonce": plain(_at_once(context, kind, effect)) if at_once else None,
        "risque_eleve": risky,
        "type_depart": kind,
        "nature": nature,
        "libelle_technique": TECHNICAL[nature],
        "politique_d05": "ESC-S" if risky else "ESC-A",
        "politique": "ESC-S" if at_once else "ESC-A",
    }


def _at_once(context: OperationContext, kind: object, effect: datetime | None) -> datetime:
    """When something told as immediate takes effect: now for a death or an abandonment, whatever day was told (D06)."""
    return context.desk.now if effect is None or kind in WITHOUT_NOTICE else effect


def _situation(context: OperationContext, person: Person) -> tuple[str, str | None]:
    """What is open about the person: one departure at a time (CARD-11), an arrival that did not take place yet."""
    for other in context.others(person.id, DEPARTURE):
        if not other.facts.get("annulation"):
            context.link(other, TWICE)
            return TWICE, str(other.number)
    now = context.desk.now
    if works(person, now):
        return NEW, None
    for other in context.others(person.id, ARRIVAL)[:1]:
        context.link(other, "SUITE")
        return ARRIVING, str(other.number)
    live = any(row.state == AccessState.ENABLED for row in accesses_of(context.desk.session, person.id))
    return (NEW if live else UNKNOWN), None


def tell_unknown(context: OperationContext) -> Mapping[str, object]:
    """Tell RH that a departure names nobody who works here: nothing is revoked (D91)."""
    told = holders(context.desk.session, context.case.organisation_id, "RH", context.desk.now)
    tell(context.desk, "departure.unknown", told, context.case, "D91")
    return {}
