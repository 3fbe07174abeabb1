"""Registering the employee whom RH has described: the person, the position, the first day (A04)."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import select, update

from workflows.errors import Conflict, Flaw, Invalid
from workflows.journal.seal import plain
from workflows.operations.arrival.employee import (
    days_before,
    employee_of,
    file_of,
    first_day,
    moments,
    reference_of,
    unit_of,
)
from workflows.operations.arrival.identify import ARRIVAL, by_matricule, kind_of, register
from workflows.operations.arrival.posting import post
from workflows.operations.completion import Completion, Effect
from workflows.operations.context import OperationContext
from workflows.people.directory import person_by_code
from workflows.people.models import Person, RoleAssignment
from workflows.people.roles import works

PAST = "RETROACTIF"
KEPT = ("first_name", "last_name", "usual_name", "unit_id", "superior_id", "position_no", "employed_until")
"""What an arrival writes in the record of someone who works here already."""


def check_file(context: OperationContext, completion: Completion) -> Effect:
    """Refuse a file that another open case, another person or the calendar speaks against (A04)."""
    said = completion.answers
    own = employee_of(context)
    known = by_matricule(context, said.get("matricule"))
    if known is not None and (own is None or known.id != own.id):
        open_already = context.others(known.id, ARRIVAL)
        if open_already:
            raise Conflict("arrival.open_already", number=open_already[0].number)
        if own is not None and own.matricule is not None:
            raise Invalid("form.invalid", {"matricule": (Flaw("arrival.other_person"),)})
    flaws: dict[str, tuple[Flaw, ...]] = {}
    if _taken(context, said.get("no_poste"), known or own) and said.get("poste_partage") is not True:
        flaws["no_poste"] = (Flaw("arrival.position_taken"),)
    mode = context.evaluate("TD_DELAI_ARRIVEE", {"jo_avant": days_before(context, str(said["date_entree"]))})["mode"]
    if mode == PAST and not said.get("motif_retroactif"):
        flaws["motif_retroactif"] = (Flaw("arrival.late_reason"),)
    if flaws:
        raise Invalid("form.invalid", flaws)
    return Effect()


def _taken(context: OperationContext, position: object, own: Person | None) -> bool:
    """Whether an active employee already has a position."""
    same = (Person.organisation_id == context.case.organisation_id, Person.position_no == str(position))
    holders = context.desk.session.scalars(select(Person).where(*same))
    return any(works(one, context.desk.now) and (own is None or one.id != own.id) for one in holders)


def _remember(context: OperationContext, person: Person) -> None:
    """Keep how someone who works here stood before, for a cancelled move; one who returns has no role of before."""
    if works(person, context.desk.now):
        before = {key: getattr(person, key) for key in KEPT}
        context.save_answers("A02", plain(before) if not context.answers("A02") else dict(context.given("A02")))
        return
    own = (RoleAssignment.person_id == person.id, RoleAssignment.state == "ACTIVE")
    if person.employed_until is not None and person.employed_from is not None:
        context.desk.session.execute(update(RoleAssignment).where(*own).values(state="TERMINEE"))


def keep_mode(context: OperationContext) -> Mapping[str, object]:
    """Keep the mode under a name that expressions can read: ``mode`` is a function of FEEL (A05)."""
    return {"mode_arrivee": context.case.facts["mode"]}


def situate(context: OperationContext) -> Mapping[str, object]:
    """Write the employee's record; say how many business days are left, and when the first day is."""
    told, session = file_of(context), context.desk.session
    person = by_matricule(context, told.get("matricule")) or employee_of(context) or register(context, told)
    kind = context.case.facts.get("cas_identite")
    if person.id != context.case.beneficiary_id:
        kind = kind_of(context, person)
    _remember(context, person)
    person.first_name, person.last_name = str(told["prenom"]), str(told["nom"])
    person.usual_name = str(told.get("nom_usuel") or "").strip() or None
    if told.get("matricule"):
        person.matricule = str(told["matricule"])
    unit = unit_of(context, told["unite"])
    above = person_by_code(session, str(told["superieur"]), context.case.organisation_id)
    posted = post(context, person, unit, above)
    if not posted["unite_prevue"]:
        person.employed_from = first_day(context, str(told["date_entree"]), told.get("heure_entree"))
    session.flush()
    return {
        **posted,
        "cas_identite": kind,
        "jo_avant": days_before(context, str(told["date_entree"])),
        "type_lien": told["type_lien"],
        "est_gestionnaire": told["est_gestionnaire"],
        "employe_ref": reference_of(person),
        "echeance_contrat": told.get("date_fin_prevue"),
        **moments(context),
    }
