"""Who arrives: a new person, one who returns, one who moves, or one whose case is open already (A02)."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from workflows.forms.values import DAY
from workflows.operations.arrival.employee import (
    FILE,
    days_before,
    place,
    reference_of,
    unit_of,
)
from workflows.operations.arrival.moving import moving
from workflows.operations.context import OperationContext
from workflows.people.directory import REFERENCE, person_by_code
from workflows.people.models import Organisation, Person, Unit
from workflows.people.roles import works

ANNOUNCED = ("A01a", "A01b", "A01")
ARRIVAL, DEPARTURE = "arrivee_employe", "depart_employe"
NEW, BACK, MOVED, LEAVING, TWICE = "NOUVEAU", "REEMBAUCHE", "MUTATION_ENTRANTE", "DEPART_OUVERT", "DOUBLON"
DUPLICATE = "DOUBLON"
FOLLOWED = "SUITE"


def identify(context: OperationContext) -> Mapping[str, object]:
    """Find or register the person announced, say which kind of arrival it is, and prepare the file (A02)."""
    told = moving(context) or _announced(context)
    namesakes = _namesakes(context, told)
    _prepare(context, told, namesakes)
    known = {
        "dossier": context.case.number,
        "dossier_id": str(context.case.id),
        "formation_lancee": False,
        "cellulaire_lance": False,
        "chaine_approbation": False,
        "homonyme": bool(namesakes),
        "mode_annonce": _mode(context, told),
        "dossier_pret": told.get("dossier_pret") is True,
    }
    if not told:
        return {**known, "cas_identite": NEW, "employe_ref": context.case.number}
    person = by_matricule(context, told.get("matricule"))
    kind = NEW if person is None else MOVED if "dossier_pret" in told else kind_of(context, person)
    person = person or register(context, told)
    place(context, person)
    return {**known, "cas_identite": kind, "employe_ref": reference_of(person)}


def _announced(context: OperationContext) -> Mapping[str, Any]:
    """What was announced, taken from the step that caught it: from then on only the file holds it."""
    for step in ANNOUNCED:
        found = context.answers(step)
        if found:
            context.save_answers(step, {})
            return dict(found)
    return {}


def by_matricule(context: OperationContext, matricule: object) -> Person | None:
    """The person of an employee number in the organisation."""
    if not matricule:
        return None
    same = (Person.organisation_id == context.case.organisation_id, Person.matricule == str(matricule))
    return context.desk.session.scalar(select(Person).where(*same))


def register(context: OperationContext, told: Mapping[str, Any]) -> Person:
    """Put a new person in the register: ``E-`` and the number, or a provisional one when there is none yet."""
    session, case = context.desk.session, context.case
    number = str(told.get("matricule") or "") or None
    unit = unit_of(context, told.get("unite"))
    person = Person(
        organisation_id=case.organisation_id,
        code=f"{REFERENCE}{number}" if number else f"{REFERENCE}P{''.join(case.number.rsplit('-', 2)[-2:])}",
        matricule=number,
        first_name=str(told.get("prenom") or ""),
        last_name=str(told.get("nom") or ""),
        usual_name=str(told.get("nom_usuel") or "").strip() or None,
        unit_id=unit.id if unit is not None else None,
        employed_from=None,
        employed_until=context.desk.now,
        password_hash=_demo_password(context),
    )
    session.add(person)
    session.flush()
    return person


def _demo_password(context: OperationContext) -> str | None:
    """In a demonstration everyone signs in with the same password; elsewhere nobody gets one here."""
    session, own = context.desk.session, context.case.organisation_id
    if not session.get_one(Organisation, own).demo:
        return None
    same = (Person.organisation_id == own, Person.password_hash.is_not(None))
    return session.scalar(select(Person.password_hash).where(*same).order_by(Person.code).limit(1))


def kind_of(context: OperationContext, person: Person) -> str:
    """What kind of arrival it is for a person whom the register knows."""
    for process, link, kind in ((ARRIVAL, DUPLICATE, TWICE), (DEPARTURE, FOLLOWED, LEAVING)):
        for other in context.others(person.id, process)[:1]:
            context.link(other, link)
            return kind
    if person.employed_until is not None and person.employed_until <= context.desk.now:
        return BACK
    return MOVED if works(person, context.desk.now) else NEW


def _prepare(context: OperationContext, told: Mapping[str, Any], namesakes: list[Person]) -> None:
    """Put what was announced in the file, for RH to complete (A04)."""
    kept = {key: value for key, value in told.items() if key != "superieur_matricule" and value not in (None, "")}
    above = by_matricule(context, told.get("superieur_matricule"))
    above = above or person_by_code(context.desk.session, str(told.get("superieur")), context.case.organisation_id)
    if above is not None:
        kept["superieur"] = above.code
    if namesakes:
        kept["homonymes"] = " ; ".join(_described(context, one) for one in namesakes)
    context.save_answers(FILE, kept)


def _mode(context: OperationContext, told: Mapping[str, Any]) -> str:
    """The mode that the announced day gives today; ``NORMAL`` without a day."""
    day = str(told.get("date_entree") or "")
    if not DAY.fullmatch(day):
        return "NORMAL"
    return str(context.evaluate("TD_DELAI_ARRIVEE", {"jo_avant": days_before(context, day)})["mode"])


def _namesakes(context: OperationContext, told: Mapping[str, Any]) -> list[Person]:
    """Who else in the register bears nearly the same name, under another number."""
    name = plain_name(f"{told.get('prenom', '')} {told.get('nom', '')}")
    if not name:
        return []
    query = select(Person).where(Person.organisation_id == context.case.organisation_id).order_by(Person.code)
    people = [one for one in context.desk.session.scalars(query) if one.matricule != told.get("matricule")]
    return [one for one in people if name in (plain_name(one.full_name), plain_name(one.name))]


def _described(context: OperationContext, person: Person) -> str:
    """Who a namesake is, for RH to tell them apart: the name, the number and the unit."""
    unit = context.desk.session.get(Unit, person.unit_id) if person.unit_id is not None else None
    return ", ".join(word for word in (person.name, person.matricule, unit.code if unit else None) if word)


def plain_name(name: str) -> str:
    """A name without accents, case or punctuation, so that near spellings meet."""
    letters = unicodedata.normalize("NFKD", name.casefold())
    return "".join(letter for letter in letters if letter.isalpha())


__all__ = ["by_matricule", "identify", "kind_of", "plain_name", "register"]
