"""The product's clock: the wall, or a simulated instant that stands still until it is moved.

All business time reads this one clock: deadlines, timers, validity of roles and plans, the journal. Transport
checks (webhook signature age, token and session expiry) stay on the wall clock: ``wall_now``.
"""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import CheckConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from workflows.database import Base
from workflows.errors import Conflict


class SimulatedClock(Base):
    """The instant at which a simulated installation stands; no row means the wall clock."""

    __tablename__ = "simulated_clock"
    __table_args__ = (CheckConstraint("id = 1", name="single"),)
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, default=1)
    now: Mapped[datetime]


def wall_now() -> datetime:
    """The wall's instant, in UTC; for transport checks and for the clock itself, never for business time."""
    return datetime.now(UTC)


def business_now(session: Session) -> datetime:
    """The product's instant: the simulated one where there is one, else the wall's."""
    return session.scalar(select(SimulatedClock.now)) or wall_now()


def is_simulated(session: Session) -> bool:
    """Whether the clock stands still until it is moved."""
    return session.scalar(select(SimulatedClock.now)) is not None


def start_simulation(session: Session, instant: datetime) -> datetime:
    """Stand the clock at an instant; on restart the later of this and the stored instant stands."""
    row = session.get(SimulatedClock, 1, with_for_update=True)
    if row is None:
        session.add(SimulatedClock(id=1, now=instant))
        return instant
    row.now = max(row.now, instant)
    return row.now


def set_simulated(session: Session, instant: datetime) -> None:
    """Move the simulated clock forward to an instant; backwards is a conflict (``clock.backwards``)."""
    row = session.get(SimulatedClock, 1, with_for_update=True)
    if row is None:
        raise Conflict("clock.not_simulated")
    if instant < row.now:
        raise Conflict("clock.backwards", now=row.now.astimezone(UTC))
    row.now = instant
