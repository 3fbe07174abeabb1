"""Coming back after a suspension: the decision, the needs told anew, the access enabled on the day (D51 to D54)."""

from __future__ import annotations

from collections.abc import Mapping

from workflows.accesses.calls import connector_of
from workflows.accesses.ledger import Grant, accesses_of, create_disabled, enable
from workflows.errors import Flaw, Invalid
from workflows.journal.seal import plain
from workflows.operations.arrival.needs import flags
from workflows.operations.asked import organisation_of
from workflows.operations.completion import Completion, Effect
from workflows.operations.context import OperationContext
from workflows.operations.departure.away import come_back
from workflows.operations.departure.instant import reminder_of
from workflows.operations.departure.leaver import FILE, OPENING, calendar_for, file_of, instant_of, leaver_of

NEEDS, WORK = "A08", "A16"
"""Where the called processes of the arrival look for what is needed and what is approved."""
DECISION, ANEW = "D52", "D53N"
KEYS = ("libre_service", "responsabilites", "acces_ti", "equipements", "groupes_avis")


def note_return(context: OperationContext) -> Mapping[str, object]:
    """Keep the day of return that was confirmed (D51)."""
    told = dict(context.given("D51a"))
    context.save_answers("D51a", {})
    if not told.get("date_retour"):
        return {"retour_le": context.known("retour_le")}
    return {"retour_le": plain(instant_of(context, told["date_retour"], OPENING))}


def check_decision(context: OperationContext, completion: Completion) -> Effect:
    """Refuse a new day of return that is not later than now (D52)."""
    said = completion.answers
    told = instant_of(context, said.get("nouvelle_date_retour"), OPENING)
    if said.get("decision") == "PROLONGER" and (told is None or told <= context.desk.now):
        raise Invalid("form.invalid", {"nouvelle_date_retour": (Flaw("form.date_past"),)})
    return Effect()


def decide(context: OperationContext) -> Mapping[str, object]:
    """Apply what the manager decided: a return, more time, or a departure for good that RH specifies anew (D52)."""
    said = context.given(DECISION)
    decision = str(said.get("decision"))
    now_known: dict[str, object] = {
        "decision_retour": decision,
        "issue": {"RETOUR": "RETOUR", "DEFINITIF": "DEFINITIF"}.get(decision, "COMPLETE"),
        "retour_le": context.known("retour_le") or plain(context.desk.now),
        "retour_rappel": context.known("retour_rappel"),
        "a_revoquer": False,
        "t_annonce": None,
    }
    if decision == "PROLONGER":
        back = instant_of(context, said["nouvelle_date_retour"], OPENING)
        if back is not None:
            now_known |= {"retour_le": plain(back), "retour_rappel": plain(reminder_of(back, calendar_for(context)))}
        context.save_answers(FILE, {**file_of(context), "date_retour_prevue": said["nouvelle_date_retour"]})
    if decision == "DEFINITIF":
        kept = {"type_depart", "date_retour_prevue", "dernier_jour", "t_effet"}
        context.save_answers(FILE, {key: value for key, value in file_of(context).items() if key not in kept})
        now_known |= {"type_depart": None, "t_revocation": None, "instant_passe": False, "mesures": [], "execute": []}
    return now_known


def take_up(context: OperationContext) -> Mapping[str, object]:
    """Take up what access is needed from now on: asked for anew, never the old rights (D53)."""
    step = ANEW if context.known("retablir") is True else DECISION
    said = context.given(step)
    kept = {key: list(said.get(key) or ()) for key in KEYS}
    context.save_answers(NEEDS, {**kept, "besoin_cellulaire": said.get("besoin_cellulaire")})
    context.save_answers(WORK, {**kept, "retours": 0, "exceptions": []})
    return {
        "chaine_approbation": False,
        **flags(context),
        "besoin_cellulaire": said.get("besoin_cellulaire") is True,
        "carte_ou_cle": True,
        "mode_arrivee": "NORMAL",
        "entree": context.known("retour_le") or plain(context.desk.now),
    }


def record_account(context: OperationContext) -> Mapping[str, object]:
    """Record the IT accounts prepared for the return, disabled until then (D53)."""
    person, said = leaver_of(context), context.given("D53T")
    if person is not None:
        granted = tuple(context.given(WORK).get("acces_ti") or ())
        create_disabled(context.desk, context.case, person, Grant("RESEAU", str(said.get("compte_reseau")), granted))
    return {}


def enable_again(context: OperationContext) -> Mapping[str, object]:
    """Enable on the day of return what was prepared; the card works again, the person is at work (D53)."""
    person = leaver_of(context)
    if person is None:
        return {"issue": context.known("issue")}
    organisation = organisation_of(context)
    for row in accesses_of(context.desk.session, person.id):
        mine = row.case_id == context.case.id and row.system in ("SAGIR", "RESEAU")
        card = row.system == "BADGE" and connector_of(organisation, row.system) is None
        if mine or card:
            enable(context.desk, context.case, row, row.granted)
    come_back(context, person)
    return {"issue": "RETABLI" if context.known("retablir") is True else "RETOUR"}
