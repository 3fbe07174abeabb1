"""What follows an arrival: the mobile request, notices, groups, the review; changes under way; what is erased."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from decimal import Decimal
from uuid import UUID

from workflows.journal.seal import plain
from workflows.journal.write import note
from workflows.notices.tell import tell
from workflows.notices.whom import holders
from workflows.operations.arrival.employee import (
    FILE,
    NEEDS,
    USUAL_HOUR,
    calendar_for,
    days_before,
    employee_of,
    file_of,
    first_day,
    moments,
)
from workflows.operations.arrival.identify import MOVED, by_matricule, plain_name
from workflows.operations.arrival.needs import CARDS
from workflows.operations.arrival.planned_end import end_of_access
from workflows.operations.arrival.posting import is_coming, repost, superior_to_be
from workflows.operations.context import OperationContext
from workflows.people.models import Person, Unit
from workflows.people.roles import works

MOBILE = "CELLULAIRE"
SHORT = frozenset({"EXPRESS", "RETROACTIF"})
REVIEW_AFTER = timedelta(days=30)
NAMES = frozenset({"first_name", "last_name", "usual_name"})
"""What of the register an announced move writes at once."""
CHANGED, POSTPONED, ENDED_AT = "A50", "A31", "A62a"


def draft_mobile(context: OperationContext) -> Mapping[str, object]:
    """Say for whom and by whom the mobile request is made: the manager who asked for it completes it (A25)."""
    session, person = context.desk.session, employee_of(context)
    manager = session.get(Person, context.actors(NEEDS)) if context.actors(NEEDS) is not None else None
    unit = session.get(Unit, context.case.unit_id) if context.case.unit_id is not None else None
    return {
        "demandeur": manager.code if manager is not None else None,
        "beneficiaire": person.code if person is not None else None,
        "unite_budgetaire": unit.code if unit is not None else None,
        "cellulaire_lance": True,
    }


def tell_unfinished(context: OperationContext) -> Mapping[str, object]:
    """Tell the manager and RH that works are not done half a day before the first day (A27)."""
    person, session = employee_of(context), context.desk.session
    above = superior_to_be(context, person) if person is not None else None
    told = list(holders(session, context.case.organisation_id, "RH", context.desk.now))
    tell(context.desk, "arrival.unfinished", [*told, *([above] if above is not None else [])], context.case, "A27")
    return {}


def note_difference(context: OperationContext) -> Mapping[str, object]:
    """Say whether something is missing, and who looks for it: RCELL for a mobile device, TI for the rest (A34)."""
    said, asked = context.given("A34"), set(context.given(NEEDS).get("equipements") or ())
    received = [plain_name(str(one)) for one in said.get("biens_recus") or ()]
    missing = {code for code in asked if not any(plain_name(code) in one for one in received)}
    mobile = MOBILE in missing
    roles = [*(["RCELL"] if mobile else []), *(["TI"] if missing - {MOBILE, *CARDS} or not mobile else [])]
    return {"ecart_constate": bool(said.get("ecart")), "roles_inventaire": roles, "nb_inventaire": len(roles)}


def join_groups(context: OperationContext) -> Mapping[str, object]:
    """Add the newcomer to the notice groups asked for (A35)."""
    return {"groupes_inscrits": context.case.facts.get("groupes_avis") or []}


def plan_review(context: OperationContext) -> Mapping[str, object]:
    """Say when access is reviewed, thirty days after the first day at 08:30, and whether an end is planned (A36)."""
    entry = datetime.fromisoformat(str(context.known("entree")))
    on = datetime.combine(entry.date() + REVIEW_AFTER, time.fromisoformat(USUAL_HOUR), entry.tzinfo)
    return {"revue_le": on.isoformat(), "fin_prevue": end_of_access(context) is not None}


def postpone(context: OperationContext) -> Mapping[str, object]:
    """Put the first day off to the day that the manager says (A31)."""
    _write(context, {"date_entree": context.given(POSTPONED)["nouvelle_date"]})
    return moments(context)


def change(context: OperationContext) -> Mapping[str, object]:
    """Apply a change told while the arrival is under way: another day, another superior, another unit (A50)."""
    told = dict(context.given(CHANGED))
    context.save_answers(CHANGED, {})
    above = by_matricule(context, told.pop("superieur_matricule", None))
    person = employee_of(context)
    moved, posting = repost(context, person, told, above) if person is not None else (False, {})
    if above is not None:
        told["superieur"] = above.code
    _write(context, told)
    note(context.desk, "arrival.changed", case=context.case, step=CHANGED, keys=sorted(told))
    known = {**moments(context), **_sagir_due(context)} if file_of(context).get("date_entree") else {}
    return {**known, **posting, **_mode(context), "besoins_a_revoir": moved and _reached(context)}


def _mode(context: OperationContext) -> dict[str, object]:
    """The mode that the first day now gives, once one was settled: deadlines follow it."""
    day = file_of(context).get("date_entree")
    if context.known("mode") is None or not day:
        return {"mode_arrivee": context.known("mode_arrivee")}
    left = days_before(context, str(day))
    mode = context.evaluate("TD_DELAI_ARRIVEE", {"jo_avant": left})["mode"]
    return {"mode": mode, "mode_arrivee": mode, "jo_avant": left}


def _sagir_due(context: OperationContext) -> dict[str, object]:
    """Until when the SAGIR user is created, worked out anew: as the drawing does when the works start (A20)."""
    calendar, now = calendar_for(context), context.desk.now
    if context.known("mode") in SHORT:
        return {"echeance_sagir": plain(calendar.add(now, Decimal("3.5")))}
    entry = datetime.fromisoformat(str(moments(context)["entree"]))
    return {"echeance_sagir": plain(max(calendar.add(now, 7), calendar.subtract(entry, 14)))}


def _reached(context: OperationContext) -> bool:
    """Whether the needs are asked for already, so that they are asked again."""
    early = context.known("mode") == "HATIF"
    return context.submitted("A07" if early else "A06") is not None


def _put_back(context: OperationContext, person: Person) -> None:
    """Leave the register as it was before a cancelled arrival: one who never came does not work here."""
    if context.known("cas_identite") != MOVED:
        person.employed_until, person.employed_from = context.desk.now, None
        return
    taken = not is_coming(context)
    for key, value in context.given("A02").items():
        if not taken and key not in NAMES:
            continue
        if key.endswith("_id"):
            setattr(person, key, UUID(str(value)) if value else None)
        elif key == "employed_until":
            person.employed_until = datetime.fromisoformat(str(value)) if value else None
        else:
            setattr(person, key, value)


def _write(context: OperationContext, told: Mapping[str, object]) -> None:
    """Write what changed in the file, and the person's first day with it."""
    context.save_answers(FILE, {**file_of(context), **told})
    person, day = employee_of(context), file_of(context).get("date_entree")
    if person is not None and day and not works(person, context.desk.now):
        person.employed_from = first_day(context, str(day), file_of(context).get("heure_entree"))


def erase(context: OperationContext) -> Mapping[str, object]:
    """Erase the address that served before the first day; one who never came is not employed (A38, A62)."""
    kept = {key: value for key, value in file_of(context).items() if key != "courriel_prearrivee"}
    context.save_answers(FILE, kept)
    person = employee_of(context)
    if context.step == ENDED_AT and person is not None:
        _put_back(context, person)
    return {}
