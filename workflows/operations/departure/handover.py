"""Handing over: what the manager plans, the roles that end, the open work that changes hands (D09 to D13, D60, D61)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from workflows.errors import Flaw, Invalid
from workflows.journal.seal import plain
from workflows.operations.completion import Completion, Effect
from workflows.operations.context import OperationContext
from workflows.operations.departure.instant import HELD, kept, work_out
from workflows.operations.departure.leaver import HANDOVER, file_of, leaver_of, zone_of
from workflows.operations.departure.stock import roles_of
from workflows.people.directory import person_by_code
from workflows.people.roles import holders_of

MAILBOX_DAYS = 90
EARLY = "D13"
"""The step that moves work before the instant."""


def check_handover(context: OperationContext, completion: Completion) -> Effect:
    """Refuse a successor who is the leaver, and a mailbox delegated for more than ninety days (D09)."""
    said, person = completion.answers, leaver_of(context)
    flaws: dict[str, tuple[Flaw, ...]] = {}
    for key in ("successeur_approbations", "delegue_courriel", "proprietaire_fichiers"):
        if person is not None and said.get(key) == person.code:
            flaws[key] = (Flaw("departure.own_successor"),)
    until, at = said.get("fin_delegation"), context.known("t_revocation")
    if until and at:
        last = (datetime.fromisoformat(str(at)) + timedelta(days=MAILBOX_DAYS)).date()
        if date.fromisoformat(str(until)) > last:
            flaws["fin_delegation"] = (Flaw("departure.mailbox", days=MAILBOX_DAYS),)
    if flaws:
        raise Invalid("form.invalid", flaws)
    return Effect()


def keep_handover(context: OperationContext) -> Mapping[str, object]:
    """Keep what the manager planned; access follows the last presence where no leave needs it (D09)."""
    return kept(context, work_out(context), HELD)


def next_role(context: OperationContext) -> Mapping[str, object]:
    """Take the next role that the person was named to and still holds, for its end to be a nomination of its own."""
    taken = list(context.case.facts.get("roles_lances") or ())
    left = [row for row in roles_of(context) if row["attribution"] not in taken]
    if not left and _nobody_pilots(context):
        return _pilot_to_name(context)
    if not left:
        return {"role_restant": False, "roles_en_cours": int(context.known("roles_en_cours") or 0)}
    row, temporary, person = left[0], context.known("temporaire") is True, leaver_of(context)
    return {
        "personne_code": person.code if person is not None else None,
        "role_restant": True,
        "role_action": "SUSPENDRE" if temporary else "REVOQUER",
        "role_code": row["role"],
        "role_attribution": row["attribution"],
        "role_portee": row["portee"],
        "role_portee_code": row["portee_code"],
        "role_du": context.known("t_revocation"),
        "role_successeur": not temporary,
        "roles_lances": [*taken, row["attribution"]],
        "roles_en_cours": int(context.known("roles_en_cours") or 0) + 1,
    }


def _nobody_pilots(context: OperationContext) -> bool:
    """Whether the last SAGIR security pilot leaves, and nobody has been asked for yet (CARD-09)."""
    if "PILOT" not in (context.case.facts.get("roles_detenus") or ()) or int(context.known("roles_en_cours") or 0):
        return False
    found = holders_of(context.desk.session, context.case.organisation_id, "PILOT", context.desk.now)
    return all(person.id == context.case.beneficiary_id for person in found)


def _pilot_to_name(context: OperationContext) -> Mapping[str, object]:
    """The head names another pilot, asked again until there is one: the departure does not close before (CARD-09)."""
    keys = ("personne_code", "role_attribution", "role_portee_code")
    return {
        **dict.fromkeys(keys),
        "role_restant": True,
        "role_action": "NOMMER",
        "role_code": "PILOT",
        "role_portee": "ORG",
        "role_du": plain(context.desk.now),
        "role_successeur": False,
        "roles_en_cours": 1,
    }


def role_ended(context: OperationContext) -> Mapping[str, object]:
    """Count a role whose end is settled (D12)."""
    return {"roles_en_cours": max(0, int(context.known("roles_en_cours") or 0) - 1)}


def successor_code(context: OperationContext) -> str | None:
    """Who takes over, as the manager said."""
    said = context.given(HANDOVER).get("successeur_approbations")
    return str(said) if said else None


def reassign(context: OperationContext) -> Mapping[str, object]:
    """Move the open tasks, pending signatures and designations of the leaver, one by one (D13).

    Of someone who has not been told nothing moves before the instant itself: it would tell.
    """
    person, code = leaver_of(context), successor_code(context)
    if person is None or context.case.facts.get("annulation"):
        return {}
    if context.step == EARLY and file_of(context).get("employe_informe") is not True:
        return {}
    session, own = context.desk.session, context.case.organisation_id
    successor = person_by_code(session, code, own) if code else None
    moved = context.hand_over(person, successor)
    return {"reaffectations": [*(context.case.facts.get("reaffectations") or ()), *moved]}


def prepare_move(context: OperationContext) -> Mapping[str, object]:
    """Say what the arrival in the new unit is opened with: the person, the unit, the day (D61)."""
    person, told = leaver_of(context), file_of(context)
    at = str(context.known("t_revocation"))
    unit = told.get("unite_destination")
    above = told.get("superieur_destination")
    session, own = context.desk.session, context.case.organisation_id
    superior = person_by_code(session, str(above), own) if above else None
    return {
        "matricule_mute": person.matricule if person is not None else None,
        "unite_mute": str(unit) if unit else None,
        "superieur_mute": superior.code if superior is not None else None,
        "entree_mute": datetime.fromisoformat(at).astimezone(zone_of(context)).date().isoformat(),
        "poste_mute": told.get("no_poste_destination"),
        "gestion_mute": False,
        "lien_mute": "REGULIER",
    }
