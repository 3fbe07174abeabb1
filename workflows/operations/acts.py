"""The act of a case: prepared, opened to signature, judged, sealed."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from workflows.contracts.fiscal import fiscal_year
from workflows.contracts.reserve import engage
from workflows.journal.seal import plain
from workflows.journal.write import note
from workflows.operations.asked import ANALYSIS, organisation_of
from workflows.operations.content import act_content
from workflows.operations.context import OperationContext
from workflows.people.settings import setting
from workflows.signatures.act import canonical, content_of, dues_of_act, live_act, prepare, unsigned, void
from workflows.signatures.given import last_signed, signed_by
from workflows.signatures.matter import Due
from workflows.signatures.models import Act, SignatureDue
from workflows.signatures.sign import EXPIRED, RETURNED, SIGNED
from workflows.signatures.signatories import dues_of

VOIDING = frozenset({"GARDE_R08", "GARDE_R16", "GARDE_R04"})
"""Outcomes after which the request itself is looked at again: what was signed does not stand."""

REVIEW_BEFORE = timedelta(days=60)
OPENING = time(8, 30)


def level_of(code: object) -> int:
    """The number of a level: 2 for ``N2``."""
    return int(str(code)[1:]) if code else 0


def prepare_act(context: OperationContext) -> Mapping[str, object]:
    """Prepare the act to be signed; one that already bears a live signature stays as it is (R22)."""
    session, content = context.desk.session, act_content(context)
    act = live_act(session, context.case.id)
    if act is not None and (act.canonical == canonical(content) or _stands(context, act, content)):
        return {"acte_sha256": act.sha256}
    named = _designations(context, act)
    if act is not None:
        void(context.desk, context.case, "renewed")
    fresh = prepare(context.desk, context.case, content, dues_for(context))
    for due in dues_of_act(session, fresh):
        due.designated_id = named.get((due.position, due.level, due.joint))
    session.flush()
    return {"acte_sha256": fresh.sha256}


def _stands(context: OperationContext, act: Act, content: Mapping[str, Any]) -> bool:
    """Whether a signed act still says what is asked: the same amounts, under the same rule."""
    if not signed_by(context.desk.session, act):
        return False
    said = content_of(act)
    return bool(said["delegation"] == plain(content["delegation"]) and said["montants"] == plain(content["montants"]))


def dues_for(context: OperationContext) -> Sequence[Due]:
    """The signatures that the level known now asks for; none outside the plan."""
    level = level_of(context.known("niveau"))
    return dues_of(level, int(context.known("nb_signatures") or 1)) if 1 <= level <= 4 else ()


def _designations(context: OperationContext, act: Act | None) -> dict[tuple[int, int, bool], Any]:
    rows: Sequence[SignatureDue] = dues_of_act(context.desk.session, act) if act is not None else ()
    return {(row.position, row.level, row.joint): row.designated_id for row in rows}


def open_signature(context: OperationContext) -> Mapping[str, object]:
    """Open the wait for the signatures due: how many tasks, and until when (R23)."""
    act = _standing(context)
    waiting = unsigned(context.desk.session, act)
    for due in waiting:
        due.outcome = None
    if act.paused_at is not None and act.expires_at is not None:
        act.expires_at += context.desk.now - act.paused_at
    else:
        days = int(setting(organisation_of(context), "expiration_signature_jours"))
        act.expires_at = _local(context, context.desk.now) + timedelta(days=days)
    act.paused_at = None
    context.desk.session.flush()
    return {"nb_taches": len(waiting), "expiration": plain(act.expires_at)}


def judge_signature(context: OperationContext) -> Mapping[str, object]:
    """Say what came of the signatures (R24); when the request must be looked at again, the act is void."""
    act = _standing(context)
    outcomes = [due.outcome for due in dues_of_act(context.desk.session, act)]
    other = next((outcome for outcome in outcomes if outcome not in (SIGNED, None)), None)
    result = other or (SIGNED if all(outcomes) else EXPIRED)
    if result == RETURNED:
        act.paused_at = context.desk.now
    elif result in VOIDING:
        void(context.desk, context.case, result)
    return {"resultat": result}


def seal_act(context: OperationContext) -> Mapping[str, object]:
    """Seal the act and engage the money, at the instant of the last signature (R27)."""
    act = _standing(context)
    last = last_signed(context.desk.session, act)
    signed_at = last.at if last is not None else context.desk.now
    organisation = organisation_of(context)
    act.sealed_at = context.desk.now
    engage(context.desk, context.case, signed_at, organisation.timezone)
    note(context.desk, "act.sealed", case=context.case, step="R27", sequence=act.sequence, sha256=act.sha256)
    days = int(setting(organisation, "validite_commande_jours"))
    local = _local(context, signed_at)
    return {
        "signe_le": plain(signed_at),
        "validite_commande": plain(local + timedelta(days=days)),
        "exercice": fiscal_year(signed_at, organisation.timezone),
        **_network(context, local),
    }


def _network(context: OperationContext, signed: datetime) -> dict[str, object]:
    """When a network derogation ends, and when it is looked at again (R60)."""
    months = context.given(ANALYSIS).get("duree_derogation_mois")
    if not context.known("derog_reseau") or not months:
        return {"fin_derogation": None, "reevaluation_le": None}
    end = add_months(signed.date(), int(months))
    review = datetime.combine(end - REVIEW_BEFORE, OPENING, signed.tzinfo)
    return {"fin_derogation": end.isoformat(), "reevaluation_le": plain(review)}


def add_months(day: date, months: int) -> date:
    """The same day so many months later, or the last of the month when it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _standing(context: OperationContext) -> Act:
    act = live_act(context.desk.session, context.case.id)
    if act is None:
        raise LookupError(f"case {context.case.number} has no act")
    return act


def _local(context: OperationContext, moment: datetime) -> datetime:
    return moment.astimezone(ZoneInfo(organisation_of(context).timezone))
