"""Service windows and holidays, dated, per organisation and channel."""

from __future__ import annotations

from datetime import date, time
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from workflows.database import Base, new_id


class Calendar(Base):
    """A named calendar: ``CAL_ORG`` (support, deadlines), ``CAL_TEL`` (telephone), ``CAL_24_7`` (security clocks)."""

    __tablename__ = "calendars"
    __table_args__ = (UniqueConstraint("organisation_id", "code"),)
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisations.id"))
    code: Mapped[str]
    always: Mapped[bool] = mapped_column(default=False)


class CalendarWindow(Base):
    """One opening of a weekday (0 is Monday), local time, in effect over ``[valid_from, valid_until)``."""

    __tablename__ = "calendar_windows"
    __table_args__ = (
        Index(None, "calendar_id"),
        CheckConstraint("weekday between 0 and 6", name="weekday"),
        CheckConstraint("closes > opens", name="order"),
    )
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    calendar_id: Mapped[UUID] = mapped_column(ForeignKey("calendars.id"))
    weekday: Mapped[int]
    opens: Mapped[time]
    closes: Mapped[time]
    valid_from: Mapped[date | None]
    valid_until: Mapped[date | None]


class CalendarException(Base):
    """A date that does not follow its weekday: closed when ``opens`` is None, else open for these hours.

    Without ``calendar_code`` it stands for every calendar of the organisation that ever closes.
    """

    __tablename__ = "calendar_exceptions"
    __table_args__ = (Index(None, "organisation_id", "on"),)
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisations.id"))
    calendar_code: Mapped[str | None]
    on: Mapped[date]
    opens: Mapped[time | None]
    closes: Mapped[time | None]
    name: Mapped[str]
    name_en: Mapped[str | None]
