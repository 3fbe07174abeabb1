"""What changes a departure under way: RH's word, another day, an urgency, an order to execute now (D05, D14, D42)."""

from __future__ import annotations

from collections.abc import Mapping

from workflows.journal.seal import plain
from workflows.journal.write import note
from workflows.operations.context import OperationContext
from workflows.operations.departure.instant import HELD, kept, reminder_of, risk_of, settle, work_out
from workflows.operations.departure.leaver import (
    FILE,
    OPENING,
    TECHNICAL,
    TEMPORARY,
    calendar_for,
    effect_of,
    file_of,
    instant_of,
    nature_of,
    type_of,
)


def specify(context: OperationContext) -> Mapping[str, object]:
    """Keep what RH said of the departure; the mode and the deadlines follow, unless access has gone already (D05)."""
    kind = type_of(context)
    _tell_or_hide(context)
    nature = nature_of(kind)
    said: dict[str, object] = {
        **risk_of(context),
        "type_depart": kind,
        "nature": nature,
        "libelle_technique": TECHNICAL[nature],
        "temporaire": kind in TEMPORARY,
    }
    if kind in TEMPORARY:
        said |= _return(context)
    return kept(context, {**said, **work_out(context), "a_revoquer": True}, HELD)


def _tell_or_hide(context: OperationContext) -> None:
    """The case exists for the person once RH says that they have been told, and no longer when RH says not."""
    if file_of(context).get("employe_informe") is True:
        context.show_again()
    elif context.case.beneficiary_id is not None:
        context.hide_from(context.case.beneficiary_id)


def _return(context: OperationContext) -> dict[str, object]:
    back = instant_of(context, file_of(context).get("date_retour_prevue"), OPENING)
    if back is None:
        return {"retour_le": None, "retour_rappel": None}
    return {"retour_le": plain(back), "retour_rappel": plain(reminder_of(back, calendar_for(context)))}


def change(context: OperationContext) -> Mapping[str, object]:
    """Apply another day of effect, told while the departure is under way (D42)."""
    told = dict(context.given("D42"))
    context.save_answers("D42", {})
    context.save_answers(FILE, {**file_of(context), **told})
    note(context.desk, "departure.changed", case=context.case, step="D42", keys=sorted(told))
    effect = effect_of(context)
    announced = plain(effect) if context.known("t_annonce") is not None and effect is not None else None
    return kept(context, {**work_out(context), "t_annonce": announced}, HELD)


def become_urgent(context: OperationContext) -> Mapping[str, object]:
    """Bring forward what was planned for later, never put it off: a second announcement says so (D04)."""
    told = dict(context.given("D42u"))
    context.save_answers("D42u", {})
    urgent, planned = instant_of(context, told.get("t_effet")) or context.desk.now, effect_of(context)
    changed = {"risque_eleve": True, "t_effet": plain(min(urgent, planned) if planned is not None else urgent)}
    context.save_answers(FILE, {**file_of(context), **changed})
    return kept(context, {**work_out(context), **risk_of(context), "a_revoquer": True}, HELD)


def execute_now(context: OperationContext) -> Mapping[str, object]:
    """Bring the instant of revocation forward to now: RH or security says so (D14).

    Before the mode is settled, the effect is now and the mode follows from it.
    """
    context.save_answers("D14m", {})
    note(context.desk, "departure.executed", case=context.case, step="D14")
    if context.case.facts.get("t_revocation") is None:
        context.save_answers(FILE, {**file_of(context), "t_effet": context.desk.now.isoformat()})
        return kept(context, {"a_revoquer": True}, HELD)
    moved = settle(context, str(context.known("mode_depart")), context.desk.now)
    return kept(context, {**moved, "ouverture": plain(context.desk.now), "a_revoquer": True}, HELD)
