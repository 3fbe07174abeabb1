"""When versions of a plan are in force: one at any instant, no time without one but for a written reason (CARD-12)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflows.delegation.draft import Draft
from workflows.delegation.wording import problem
from workflows.engine import Problem
from workflows.people.models import DelegationPlan, Organisation

APRIL = 4


@dataclass(frozen=True, slots=True)
class Term:
    """One version and its half-open period; None: without end."""

    version: str
    starts: datetime
    ends: datetime | None

    def meets(self, other: Term) -> bool:
        """Whether both are in force at some instant."""
        return (other.ends is None or self.starts < other.ends) and (self.ends is None or other.starts < self.ends)


def at_home(local: datetime | None, organisation: Organisation) -> datetime | None:
    """An instant, from a date and hour of the body's own zone."""
    return local.replace(tzinfo=ZoneInfo(organisation.timezone)) if local is not None else None


def term_of(draft: Draft, organisation: Organisation) -> Term:
    """The period that a plan asks for."""
    zone = ZoneInfo(organisation.timezone)
    return Term(draft.version, draft.starts.replace(tzinfo=zone), at_home(draft.ends, organisation))


def published(session: Session, organisation: Organisation) -> list[Term]:
    """The versions that were published, the oldest first."""
    query = select(DelegationPlan).where(DelegationPlan.organisation_id == organisation.id)
    rows = session.scalars(query.order_by(DelegationPlan.valid_from, DelegationPlan.version))
    return [Term(row.version, row.valid_from, row.valid_until) for row in rows]


def check_validity(draft: Draft, term: Term, known: Sequence[Term], now: datetime, zone: str) -> Iterator[Problem]:
    """What is wrong with the period of a plan, beside those already published."""
    before = next((one for one in known if one.version == term.version), None)
    if before is not None and before.starts <= now:
        yield problem("plan.immutable", draft.line("plan"), version=term.version)
        return
    if term.starts.astimezone(ZoneInfo(zone)).date() < now.astimezone(ZoneInfo(zone)).date():
        yield problem("plan.past", draft.line("du"))
    elif term.starts <= now:
        yield problem("plan.begun", draft.line("du"))
    others = [one for one in known if one.version != term.version]
    yield from _succession(draft, term, others, now)
    left = [shortened(one, term) if one.version == draft.succeeds else one for one in others]
    yield from _overlaps(draft, term, left, zone)
    yield from _gaps(draft, term, left, zone)


def shortened(one: Term, by: Term) -> Term:
    """A version that ends where another begins, when it would go on."""
    goes_on = one.starts < by.starts and (one.ends is None or one.ends > by.starts)
    return Term(one.version, one.starts, by.starts) if goes_on else one


def _succession(draft: Draft, term: Term, others: Sequence[Term], now: datetime) -> Iterator[Problem]:
    if draft.succeeds is None:
        return
    before = next((one for one in others if one.version == draft.succeeds), None)
    line = draft.line("succede_a")
    if before is None or not before.starts < term.starts or (before.ends is not None and before.ends < term.starts):
        yield problem("plan.succession", line, version=draft.succeeds)
    elif term.starts <= now and (before.ends is None or before.ends > term.starts):
        yield problem("plan.succession_past", line)


def _overlaps(draft: Draft, term: Term, others: Sequence[Term], zone: str) -> Iterator[Problem]:
    for one in others:
        if term.meets(one):
            since, until = said(one.starts, zone), said(one.ends, zone)
            yield problem("plan.overlap", draft.line("du"), version=one.version, since=since, until=until)


def _gaps(draft: Draft, term: Term, others: Sequence[Term], zone: str) -> Iterator[Problem]:
    """A time without any plan, just before this one or just after it, that no reason explains."""
    if draft.gap_reason is not None:
        return
    before = [one.ends for one in others if one.ends is not None and one.ends <= term.starts]
    if before and max(before) < term.starts:
        yield problem("plan.gap", draft.line("du"), since=said(max(before), zone), until=said(term.starts, zone))
    after = [one.starts for one in others if term.ends is not None and one.starts >= term.ends]
    if term.ends is not None and after and min(after) > term.ends:
        yield problem("plan.gap", draft.line("au"), since=said(term.ends, zone), until=said(min(after), zone))
    elif term.ends is not None and not after and not _is_new_year(term.ends, zone):
        yield problem("plan.ends_early", draft.line("au"), until=said(term.ends, zone))


def _is_new_year(moment: datetime, zone: str) -> bool:
    local = moment.astimezone(ZoneInfo(zone))
    return (local.month, local.day, local.hour, local.minute) == (APRIL, 1, 0, 0)


def said(moment: datetime | None, zone: str) -> str | tuple[str, str]:
    """A moment as its file would write it, in the body's zone."""
    if moment is None:
        return ("(sans fin)", "(no end)")
    local = moment.astimezone(ZoneInfo(zone))
    return local.strftime("%Y-%m-%d" if (local.hour, local.minute) == (0, 0) else "%Y-%m-%dT%H:%M")
