"""The life of a request's money: reserved, engaged when signed, adjusted, released or reversed."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflows.contracts.fiscal import fiscal_year
from workflows.contracts.models import BudgetLine
from workflows.contracts.weigh import ENGAGED, RESERVED, Request, Weight, hold_unit
from workflows.desk import Desk
from workflows.journal.write import OfCase, note

RELEASED = "LIBEREE"
REVERSED = "RENVERSEE"


def line_of(session: Session, case_id: UUID) -> BudgetLine | None:
    """The money of a case, if it ever had any, with its unit held until the transaction ends."""
    query = select(BudgetLine).where(BudgetLine.case_id == case_id)
    line = session.scalar(query)
    if line is None:
        return None
    hold_unit(session, line.unit_id)
    return session.scalar(query.execution_options(populate_existing=True))


def reserve(desk: Desk, case: OfCase, request: Request, weight: Weight) -> BudgetLine:
    """Bind a weighed request's money to its unit; an earlier reservation of the case gives way and keeps its age."""
    line = desk.session.scalar(select(BudgetLine).where(BudgetLine.case_id == request.case_id))
    line = line or _first_line(desk, request)
    line.unit_id = request.unit_id
    line.fiscal_year = weight.fiscal_year
    line.cents = weight.net_cents
    line.state, line.signed_at = RESERVED, None
    desk.session.flush()
    note(desk, "amount.reserved", case=case, cents=line.cents, fiscal_year=line.fiscal_year)
    return line


def _first_line(desk: Desk, request: Request) -> BudgetLine:
    line = BudgetLine(
        case_id=request.case_id,
        organisation_id=request.organisation_id,
        number=request.number,
        unit_id=request.unit_id,
        age=request.age,
        state=RELEASED,
    )
    desk.session.add(line)
    return line


def engage(desk: Desk, case: OfCase, signed_at: datetime, zone: str) -> BudgetLine | None:
    """Turn the reservation into an engagement of the fiscal year of the last signature."""
    line = line_of(desk.session, case.id)
    if line is None or line.state != RESERVED:
        return None
    line.state, line.signed_at = ENGAGED, signed_at
    line.fiscal_year = fiscal_year(signed_at, zone)
    desk.session.flush()
    note(desk, "amount.engaged", case=case, cents=line.cents, fiscal_year=line.fiscal_year)
    return line


def release(desk: Desk, case: OfCase) -> None:
    """Give the money back: a reservation is released, an engagement reversed; nothing when there is none."""
    line = line_of(desk.session, case.id)
    if line is None or line.state not in (RESERVED, ENGAGED):
        return
    kind = "amount.reversed" if line.state == ENGAGED else "amount.released"
    line.state = REVERSED if line.state == ENGAGED else RELEASED
    desk.session.flush()
    note(desk, kind, case=case, cents=line.cents, fiscal_year=line.fiscal_year)


def reopen(desk: Desk, case: OfCase) -> None:
    """Turn an engagement back into a reservation of the same age: the request is looked at again."""
    line = line_of(desk.session, case.id)
    if line is None or line.state != ENGAGED:
        return
    line.state, line.signed_at = RESERVED, None
    desk.session.flush()
    note(desk, "amount.reserved", case=case, cents=line.cents, fiscal_year=line.fiscal_year)


def charge(desk: Desk, case: OfCase, request: Request, cents: int, zone: str) -> BudgetLine:
    """Bind to the unit's present year what an order costs that is cancelled, in place of what was bound before."""
    hold_unit(desk.session, request.unit_id)
    line = line_of(desk.session, request.case_id) or _first_line(desk, request)
    before = line.cents if line.state in (RESERVED, ENGAGED) else 0
    line.state, line.signed_at = ENGAGED, line.signed_at or desk.now
    line.fiscal_year, line.cents = fiscal_year(desk.now, zone), cents
    desk.session.flush()
    note(desk, "amount.adjusted", case=case, before_cents=before, cents=cents, fiscal_year=line.fiscal_year)
    return line


def adjust_down(desk: Desk, case: OfCase, cents: int) -> None:
    """Lower an engagement to what was finally paid; it never grows this way."""
    line = line_of(desk.session, case.id)
    if line is None or line.state != ENGAGED or cents >= line.cents:
        return
    note(desk, "amount.adjusted", case=case, before_cents=line.cents, cents=cents, fiscal_year=line.fiscal_year)
    line.cents = cents
    desk.session.flush()
