"""Which contract is in force, how it ranks its providers, and what the catalogue proposes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from workflows.contracts.models import CatalogueItem, Contract


def _in_force(instant: datetime) -> ColumnElement[bool]:
    until = or_(Contract.valid_until.is_(None), Contract.valid_until > instant)
    return (Contract.valid_from <= instant) & until


def contract_in_force(session: Session, organisation_id: UUID, instant: datetime) -> Contract | None:
    """The framework contract in force at an instant, the most recent when several are."""
    query = select(Contract).where(Contract.organisation_id == organisation_id, _in_force(instant))
    return session.scalars(query.order_by(Contract.valid_from.desc(), Contract.code).limit(1)).first()


def contracts_in_force(session: Session, organisation_id: UUID, instant: datetime) -> Sequence[Contract]:
    """Every framework contract in force at an instant."""
    query = select(Contract).where(Contract.organisation_id == organisation_id, _in_force(instant))
    return session.scalars(query.order_by(Contract.code)).all()


def is_in_force(contract: Contract, instant: datetime) -> bool:
    """Whether a contract is in force at an instant."""
    return contract.valid_from <= instant and (contract.valid_until is None or instant < contract.valid_until)


def contract_named(session: Session, organisation_id: UUID, code: str) -> Contract | None:
    """The contract that an organisation knows by a code."""
    query = select(Contract).where(Contract.organisation_id == organisation_id, Contract.code == code)
    return session.scalar(query)


def rank_of(contract: Contract, provider: str) -> int:
    """The rank of a provider in a contract; 0 for one that the contract does not know."""
    return int(contract.ranks.get(provider, 0))


def last_day(contract: Contract, zone: str) -> date | None:
    """The last day on which a contract is in force, in local time; None when no end is set."""
    if contract.valid_until is None:
        return None
    return (contract.valid_until - timedelta(microseconds=1)).astimezone(ZoneInfo(zone)).date()


def catalogue(session: Session, organisation_id: UUID, kind: str) -> Sequence[CatalogueItem]:
    """What the catalogue proposes of a kind (``modele``, ``prestataire``, ``site`` …), by label."""
    query = select(CatalogueItem).where(CatalogueItem.organisation_id == organisation_id, CatalogueItem.kind == kind)
    return session.scalars(query.order_by(CatalogueItem.label_fr, CatalogueItem.code)).all()
