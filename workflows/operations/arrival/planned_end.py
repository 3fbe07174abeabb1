"""The end of an employment that has one: access is granted until then, and the departure is planned ahead of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from workflows.journal.seal import plain
from workflows.operations.arrival.employee import EARLY_DAYS, USUAL_HOUR, calendar_for, file_of
from workflows.operations.asked import organisation_of
from workflows.operations.context import OperationContext

CLOSING = time(16, 30)
"""The hour at which access ends on the last day: the close of business (D01)."""
TRAINEES = frozenset({"STAGIAIRE", "ETUDIANT"})


def end_of_access(context: OperationContext) -> datetime | None:
    """Until when access is granted: the close of business of the planned last day, None without one."""
    day = file_of(context).get("date_fin_prevue")
    if not day:
        return None
    zone = ZoneInfo(organisation_of(context).timezone)
    return datetime.combine(date.fromisoformat(str(day)), CLOSING, zone)


def plan_departure(context: OperationContext) -> Mapping[str, object]:
    """Plan the departure twenty business days before the planned end, at 08:30; RH confirms or prolongs (D01)."""
    end = end_of_access(context)
    if end is None:
        raise LookupError("no end is planned")
    ahead = calendar_for(context).move_days(end.date(), -EARLY_DAYS)
    return {
        "depart_le": datetime.combine(ahead, time.fromisoformat(USUAL_HOUR), end.tzinfo).isoformat(),
        "fin_prevue": "FIN_STAGE" if file_of(context).get("type_lien") in TRAINEES else "FIN_CONTRAT",
        "t_effet": plain(end),
    }
