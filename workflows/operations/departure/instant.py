"""When access ends and until when each piece of work is due: the mode, the instant, the deadlines (D05, D06, D42)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from workflows.accesses.calls import connector_of
from workflows.accesses.ledger import SYSTEMS
from workflows.calendars.hours import BusinessCalendar
from workflows.journal.seal import plain
from workflows.operations.asked import organisation_of
from workflows.operations.context import OperationContext
from workflows.operations.departure.leaver import (
    HANDOVER,
    OPENING,
    TECHNICAL,
    TEMPORARY,
    calendar_for,
    effect_of,
    file_of,
    instant_of,
    nature_of,
    revoked,
    type_of,
)
from workflows.people.absence import away
from workflows.people.settings import setting
from workflows.queue import defer

CANCELLING, DEAD, IMMEDIATE, URGENT = "ANNULATION", "DECES", "IMMEDIAT", "URGENT"
INSIDE, PAUSED, PLANNED = "INTERNE", "TEMPORAIRE", "PLANIFIE"
FOLLOW = "follow_departure"
"""The job that brings the nominations of a departure to its new instant."""
SECURITY = frozenset({CANCELLING, DEAD, IMMEDIATE, URGENT})
"""Modes whose deadlines never sleep (ESC-S)."""
CANCELLED_WITHIN, PROOF_WITHIN = timedelta(hours=4), timedelta(hours=1)
NOTICE = 7
"""Business hours of notice from which a departure is planned."""


def count_notice(context: OperationContext) -> Mapping[str, object]:
    """Count the business hours from now to the effect, in whole hours (D06)."""
    effect = effect_of(context) or context.desk.now
    span = calendar_for(context).between(context.desk.now, effect) if effect > context.desk.now else timedelta()
    return {"preavis_ho": int(span / timedelta(hours=1)), "type_depart": type_of(context), **risk_of(context)}


def risk_of(context: OperationContext) -> dict[str, object]:
    """Whether RH or the announcement says that the risk is high."""
    return {"risque_eleve": file_of(context).get("risque_eleve") is True}


def fix(context: OperationContext) -> Mapping[str, object]:
    """Fix the instant of revocation and every deadline, as the mode says (D06)."""
    return settle(context, str(context.case.facts["mode"]))


def settle(context: OperationContext, mode: str, now_at: datetime | None = None) -> dict[str, object]:
    """The instant and the deadlines that a mode gives now; ``now_at`` brings the instant forward (D14)."""
    kind, calendar, now = type_of(context), calendar_for(context), context.desk.now
    at = now_at or _instant(context, mode, kind)
    temporary = kind in TEMPORARY
    back = instant_of(context, file_of(context).get("date_retour_prevue"), OPENING)
    nature = nature_of(kind)
    return {
        "mode": mode,
        "mode_depart": mode,
        "t_revocation": plain(at),
        "ouverture": plain(_opens(context, mode, at, calendar)),
        "echeance": plain(_due(context, mode, at, calendar)),
        "politique": "ESC-S" if mode in SECURITY else "ESC-A",
        "immediat": mode == IMMEDIATE,
        "temporaire": temporary,
        "interne": mode == INSIDE,
        "releve": mode not in (CANCELLING, INSIDE),
        "declare": _declares(context, mode, kind) and at > now,
        "echeance_releve": plain(_handover_due(mode, at, calendar, now)),
        "echeance_declaration": plain(max(calendar.subtract(at, NOTICE), now)),
        "echeance_biens": plain(calendar.add(at, 35 if mode == DEAD else 14)),
        "echeance_cloture": plain(calendar.add(at, 35)),
        "retour_le": plain(back) if temporary and back is not None else None,
        "retour_rappel": plain(reminder_of(back, calendar)) if temporary and back is not None else None,
        "nature": nature,
        "libelle_technique": TECHNICAL[nature],
    }


def _instant(context: OperationContext, mode: str, kind: str | None) -> datetime:
    """The instant of revocation: now for a death, an abandonment or a cancelled arrival, else the effect if later."""
    now = context.desk.now
    effect = effect_of(context)
    if effect is None or mode in (CANCELLING, DEAD) or kind == "ABANDON_POSTE":
        return now
    last = instant_of(context, context.given(HANDOVER).get("derniere_presence"))
    if last is not None and context.given(HANDOVER).get("aucun_acces_conges") is True:
        effect = min(effect, last)
    return max(now, effect)


def _opens(context: OperationContext, mode: str, at: datetime, calendar: BusinessCalendar) -> datetime:
    """When the work opens: a day before for people, who program the end date; at the instant for connectors (M8)."""
    organisation = organisation_of(context)
    by_hand = any(connector_of(organisation, system) is None for system in SYSTEMS)
    return max(context.desk.now, calendar.subtract(at, NOTICE)) if mode == PLANNED and by_hand else at


def _due(context: OperationContext, mode: str, at: datetime, calendar: BusinessCalendar) -> datetime:
    """Until when the revocation is carried out (the organisation sets the delays: NIST SP 800-53, PS-4)."""
    organisation = organisation_of(context)
    if mode == INSIDE:
        return calendar.add(at, 14)
    if mode == PAUSED:
        return calendar.add(at, 7)
    within = {
        CANCELLING: CANCELLED_WITHIN,
        DEAD: timedelta(hours=int(setting(organisation, "delai_deces_h"))),
        IMMEDIATE: timedelta(minutes=int(setting(organisation, "delai_immediat_min"))),
        URGENT: timedelta(hours=int(setting(organisation, "delai_urgent_h"))),
    }
    return at + within.get(mode, PROOF_WITHIN)


def _handover_due(mode: str, at: datetime, calendar: BusinessCalendar, now: datetime) -> datetime:
    """Until when the handing over is planned: 21 business hours, a day before the end; afterwards when it is urgent."""
    if mode in SECURITY:
        return calendar.add(at, 14)
    return min(calendar.add(now, 21), max(calendar.subtract(at, NOTICE), now))


def _declares(context: OperationContext, mode: str, kind: str | None) -> bool:
    """Whether the person hands over what they have (D10): told, at work, and neither dead, dismissed nor gone."""
    told = file_of(context).get("employe_informe") is True
    person = context.case.beneficiary_id
    if person is not None and away(context.desk.session, [person], context.desk.now):
        return False
    return told and mode not in (IMMEDIATE, DEAD, CANCELLING, INSIDE) and kind != "ABANDON_POSTE"


def reminder_of(back: datetime, calendar: BusinessCalendar) -> datetime:
    """Five business days before a return, at 08:30."""
    return datetime.combine(calendar.move_days(back.date(), -5), OPENING, back.tzinfo)


def work_out(context: OperationContext) -> dict[str, object]:
    """The mode and the deadlines anew, after a change: nothing moves once the revocation has begun."""
    if revoked(context) or context.case.facts.get("t_revocation") is None:
        return {}
    said = {**count_notice(context)}
    mode = str(context.evaluate("TD_MODE_DEPART", said)["mode"])
    return {**said, **settle(context, mode)}


def followed(context: OperationContext, found: Mapping[str, object]) -> Mapping[str, object]:
    """Let the nominations that this departure opened follow its instant, when that has moved."""
    at = found.get("t_revocation")
    if at is not None and at != context.case.facts.get("t_revocation") and context.case.facts.get("roles_lances"):
        own, case_id = str(context.case.organisation_id), str(context.case.id)
        told = {"organisation_id": own, "case_id": case_id, "process": "nomination_role", "instant": str(at)}
        defer(context.desk.session, FOLLOW, at=None, lock=None, **told)
    return found


def kept(context: OperationContext, found: Mapping[str, object], names: str) -> dict[str, object]:
    """What was found, with what stood before under the names that nothing new was found for."""
    followed(context, found)
    return {name: found.get(name, context.known(name)) for name in names.split()} | dict(found)


HELD = (
    "risque_eleve t_revocation ouverture echeance mode_depart temporaire interne immediat echeance_releve "
    "echeance_declaration echeance_biens echeance_cloture retour_rappel retour_le"
)
