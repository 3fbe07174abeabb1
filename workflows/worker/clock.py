"""Moving the simulated clock: everything that falls due on the way happens, in order, each at its own instant."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from uuid import UUID

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from workflows.clock import business_now, is_simulated, set_simulated
from workflows.desk import Desk, at_desk, system_actor
from workflows.errors import Conflict, Stopped
from workflows.worker.due import next_due
from workflows.worker.outbound import OpenDesk

MakeSession = Callable[[], Session]
MOST = 100_000
"""How many moments one move may go through; beyond it something re-arms itself without end."""


def move_clock(where: Engine | MakeSession, target: datetime) -> datetime:
    """Move the clock to an instant, firing on the way what falls due; backwards is a conflict and moves nothing."""
    make_session: MakeSession = (lambda: Session(where)) if isinstance(where, Engine) else where
    with make_session() as session:
        if not is_simulated(session):
            raise Conflict("clock.not_simulated")
        now = business_now(session)
    if target < now:
        raise Conflict("clock.backwards", now=now.astimezone(UTC))
    for _ in range(MOST):
        if not _advance(make_session, target):
            return target
    raise RuntimeError("the clock never gets there")


def _advance(make_session: MakeSession, target: datetime) -> bool:
    """Go to the next moment at which something falls due, and let it happen; False once the target is reached."""
    with make_session() as session:
        due = next_due(session, target)
        if due is None:
            now = business_now(session)
            with at_desk(Desk(session, system_actor(), max(now, target))):
                set_simulated(session, max(now, target))
            return False
        now, held = max(business_now(session), due.at), None
        with suppress(Stopped), at_desk(Desk(session, system_actor(due.organisation_id), now)) as desk:
            set_simulated(session, now)
            held = due.happen(desk)
    if due.after is not None and held is not None:
        due.after(_desks(make_session), held)
    return True


def _desks(make_session: MakeSession) -> OpenDesk:
    @contextmanager
    def open_desk(organisation_id: UUID | None) -> Iterator[Desk]:
        with make_session() as session:
            actor = system_actor(organisation_id)
            with at_desk(Desk(session, actor, business_now(session))) as desk:
                yield desk

    return open_desk
