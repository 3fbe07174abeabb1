"""Discretion: a case that the person it is about must not know of does not exist for them, at any door (B.2.4).

Whatever roles that person holds, own or by substitution. The actor carries the cases kept from it (``Actor.blind``);
every query that a person's door makes over cases, or what hangs on them, asks ``unhidden``.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, ForeignKey, Index, delete, literal, or_, select, true
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, Session, mapped_column

from workflows.database import Base, Moment
from workflows.desk import Actor, Desk


class Discretion(Base):
    """A case kept from the person it is about: to them it does not exist (B.2.4, ``employe_informe``).

    ``cause_id`` is the case for which it is so: itself, or the one that it was opened by or is linked to.
    """

    __tablename__ = "discretions"
    __table_args__ = (Index(None, "person_id"), Index(None, "cause_id"))
    case_id: Mapped[UUID] = mapped_column(ForeignKey("cases.id"), primary_key=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("persons.id"), primary_key=True)
    cause_id: Mapped[UUID] = mapped_column(ForeignKey("cases.id"), primary_key=True)
    since: Mapped[datetime]


def unhidden(actor: Actor, case_id: Any) -> ColumnElement[bool]:
    """Whether what a row is about may exist for the actor: ``case_id`` is the row's case, or None."""
    return or_(case_id.is_(None), case_id.not_in(actor.blind)) if actor.blind else true()


def is_hidden(actor: Actor, case_id: UUID) -> bool:
    """Whether a case is kept from the actor."""
    return case_id in actor.blind


def kept_from(session: Session, case_id: UUID) -> frozenset[UUID]:
    """The persons from whom a case is kept: they are told nothing of it."""
    return frozenset(session.scalars(select(Discretion.person_id).where(Discretion.case_id == case_id)))


def keep_from(desk: Desk, case_id: UUID, person_id: UUID, cause_id: UUID) -> bool:
    """Keep a case from a person, for the sake of another or its own; False when it was already."""
    row = {"case_id": case_id, "person_id": person_id, "cause_id": cause_id, "since": desk.now}
    written = insert(Discretion).values(row).on_conflict_do_nothing().returning(Discretion.case_id)
    return desk.session.scalar(written) is not None


def inherit(desk: Desk, case_id: UUID, from_id: UUID) -> None:
    """Keep a case from whom another is kept, for the same cause, as long as it lasts."""
    columns = ("case_id", "person_id", "cause_id", "since")
    said = select(literal(case_id), Discretion.person_id, Discretion.cause_id, literal(desk.now, Moment()))
    same = said.where(Discretion.case_id == from_id)
    desk.session.execute(insert(Discretion).from_select(list(columns), same).on_conflict_do_nothing())


def show_caused_by(desk: Desk, cause_id: UUID) -> bool:
    """End what was kept for the sake of a case; False when nothing was."""
    gone = delete(Discretion).where(Discretion.cause_id == cause_id).returning(Discretion.case_id)
    return bool(desk.session.scalars(gone).all())
