"""Replacements in force: a titulaire with one is absent, and acts resolved from then on go to the substitute."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, and_, select
from sqlalchemy.orm import Session

from workflows.people.models import Substitution


def _live(moment: datetime) -> ColumnElement[bool]:
    return and_(Substitution.valid_from <= moment, Substitution.valid_until > moment)


def live_substitute(session: Session, titulaire_id: UUID, moment: datetime) -> Substitution | None:
    """The replacement of a person in force at a moment, or None: the person is there."""
    query = select(Substitution).where(Substitution.titulaire_id == titulaire_id, _live(moment))
    return session.scalars(query.order_by(Substitution.valid_from, Substitution.code)).first()


def live_substitutions(session: Session, organisation_id: UUID, moment: datetime) -> tuple[Substitution, ...]:
    """Every replacement of an organisation in force at a moment."""
    query = select(Substitution).where(Substitution.organisation_id == organisation_id, _live(moment))
    return tuple(session.scalars(query.order_by(Substitution.code)))


def stood_for(session: Session, substitute_id: UUID, moment: datetime) -> tuple[Substitution, ...]:
    """The replacements that a person carries at a moment; depth is one (CARD-14): they are not passed on."""
    query = select(Substitution).where(Substitution.substitute_id == substitute_id, _live(moment))
    return tuple(session.scalars(query.order_by(Substitution.code)))
