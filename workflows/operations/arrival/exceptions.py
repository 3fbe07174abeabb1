"""Exceptions to what does not go together: kept while they serve and have not ended, and no longer (SOD-08)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from zoneinfo import ZoneInfo

from workflows.operations.arrival.employee import work_of
from workflows.operations.asked import organisation_of
from workflows.operations.context import OperationContext

KEY = "exceptions_sagir"
TABLE = "TD_INCOMPAT_SAGIR"
SAME_CENTRE = "RM_MEME_CENTRE"


def codes(work: Mapping[str, Any]) -> str:
    """The codes asked for, between blanks, as the table of incompatibilities reads them."""
    rows = work.get("responsabilites") or ()
    words = [str(one["code"]) for one in rows]
    centres = [
        {str(one.get("centre") or "") for one in rows if one["code"] == code}
        for code in ("DEMANDE_D_ACHAT", "APPROBATION_D_ACHAT")
    ]
    if centres[0] & centres[1]:
        words.append(SAME_CENTRE)
    words += [f"MODULE_{one['module']}" for one in rows if one["code"] != "SECURITE_SAGIR"]
    return f" {' '.join(words)} "


def exceptions_left(context: OperationContext, granted: Sequence[Mapping[str, Any]] = ()) -> dict[str, object]:
    """The register of exceptions of the case: those of before and those granted now that still serve."""
    known = {one["cumul"]: one for one in [*(context.case.facts.get(KEY) or ()), *granted]}
    if not known:
        return {}
    found = context.evaluate(TABLE, {"codes_sagir": codes(work_of(context))}).get("conflits") or ()
    today = context.desk.now.astimezone(ZoneInfo(organisation_of(context).timezone)).date().isoformat()
    return {KEY: [one for cumul, one in known.items() if cumul in found and str(one["jusqu_au"] or today) >= today]}
