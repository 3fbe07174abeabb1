"""Proving the revocation: each system is read back, or one person attaches proof and another confirms (D28 to D30)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from workflows.accesses.ledger import SYSTEMS, disable, narrow
from workflows.accesses.models import AccessState
from workflows.errors import Flaw, Invalid
from workflows.operations.asked import organisation_of
from workflows.operations.completion import Completion, Effect
from workflows.operations.context import OperationContext
from workflows.operations.departure.connectors import ALIVE, is_read_back, still_alive
from workflows.operations.departure.revoke import gaps_of, measured
from workflows.operations.departure.stock import TO_VERIFY, leaving_codes, rows_of
from workflows.people.roles import assignments_of

CORRECTION = "D30"
WORKS = ("D21", "D23", "D24", CORRECTION)


def verify(context: OperationContext) -> Mapping[str, object]:
    """Read every system back where it can be; say who confirms what cannot be (D28).

    A system answers by its connector; what was not answered is not proved, whoever says that it is done. Then security
    confirms, or RH when security carried the work out (SOD-07).
    """
    inside, done = context.known("interne") is True, context.case.facts.get("execute") or ()
    rows = [row for row in rows_of(context) if row.system in SYSTEMS and (not inside or row.system in done)]
    known = {*still_alive(context), *_accepted(context)}
    unread = [row.system for row in rows if row.system not in known and not is_read_back(context, row)]
    unread += _never_listed(context, {row.system for row in rows} | known)
    return {
        **_found(context, gaps_of(context), unread),
        "a_relire": unread,
        "a_confirmer": _by_whom(context, bool(unread)),
    }


def _never_listed(context: OperationContext, known: set[str]) -> list[str]:
    """The systems of which the ledger knows nothing: someone looked there, someone else confirms (D07)."""
    if organisation_of(context).demo:
        return []
    listed = context.case.facts.get("inventaire") or ()
    return [str(one["systeme"]) for one in listed if one["etat"] == TO_VERIFY and one["systeme"] not in known]


def _by_whom(context: OperationContext, anything: bool) -> str:
    if not anything:
        return ""
    executors = {context.actors(step) for step in WORKS} - {None}
    for person_id in executors:
        if person_id is not None:
            roles = assignments_of(context.desk.session, person_id, context.desk.now)
            if any(row.role == "CSEC" for row in roles):
                return "RH"
    return "CSEC"


def _found(context: OperationContext, gaps: list[str], unread: Sequence[str] = ()) -> dict[str, object]:
    """The gaps that count: an account reported alive is one, an exception that security accepted is none any more.

    What nobody has read yet is measured once someone has.
    """
    found = sorted({*gaps, *still_alive(context)} - _accepted(context))
    open_yet = {*found, *unread}
    read = [row for row in rows_of(context) if row.system in SYSTEMS and row.system not in open_yet]
    proved = [row for row in read if row.state == AccessState.DISABLED]
    return {"nb_ecarts": len(found), "ecarts_systemes": found, "mesures": measured(context, proved)}


def _accepted(context: OperationContext) -> set[str]:
    return {str(one["systeme"]) for one in context.case.facts.get("ecarts_acceptes") or ()}


def confirm(context: OperationContext) -> Mapping[str, object]:
    """Take a person's word, with proof, for what no connector reads back: not as it should be is a gap (D28)."""
    said = context.given("D28")
    unread = list(context.case.facts.get("a_relire") or ()) if said.get("conforme") is not True else []
    return _found(context, [*gaps_of(context), *unread])


def check_gaps(context: OperationContext, completion: Completion) -> Effect:
    """Refuse a correction that leaves a gap out, names none, or accepts one without a date to come (D30)."""
    gaps = set(context.case.facts.get("ecarts_systemes") or ())
    rows = completion.answers.get("ecarts") or ()
    named = {str(one["systeme"]) for one in rows}
    flaws: dict[str, tuple[Flaw, ...]] = {}
    if gaps - named or named - gaps:
        flaws["ecarts"] = (Flaw("departure.gaps", expected=", ".join(sorted(gaps))),)
    today = context.desk.now.date()
    for place, one in enumerate(rows):
        told = one.get("date")
        if one.get("decision") == "ACCEPTE" and (not told or date.fromisoformat(str(told)) < today):
            flaws[f"ecarts.{place}.date"] = (Flaw("form.date_past"),)
    if flaws:
        raise Invalid("form.invalid", flaws)
    return Effect()


def correct(context: OperationContext) -> Mapping[str, object]:
    """Apply what security answered for each gap: fixed ones are read back, accepted ones stay as a reserve (D30)."""
    read = dict(context.case.facts.get("etats_lus") or {})
    accepted = list(context.case.facts.get("ecarts_acceptes") or ())
    inside = context.known("interne") is True
    for one in context.given(CORRECTION).get("ecarts") or ():
        system = str(one["systeme"])
        if one["decision"] != "CORRIGE":
            accepted.append({"systeme": system, "date": one.get("date")})
            continue
        if read.get(system) == ALIVE:
            read.pop(system)
        for row in rows_of(context):
            if row.system == system and inside:
                narrow(context.desk, context.case, row, leaving_codes(context, row))
            elif row.system == system:
                disable(context.desk, context.case, row)
    return {"etats_lus": read, "ecarts_acceptes": accepted}
