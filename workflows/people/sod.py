"""Separation of duties, as pure questions: each gives the code of the rule that keeps a person out, or None.

Asked when signatories are resolved, when a task is taken, and again when it is completed.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from uuid import UUID


def sod_01(person_id: UUID, requester_id: UUID | None, beneficiary_id: UUID | None) -> str | None:
    """The requester or the beneficiary of a derogation does not sign it."""
    return "SOD-01" if person_id in (requester_id, beneficiary_id) else None


def sod_02(person_id: UUID, entry: str | None, signed: Collection[tuple[UUID, str | None]]) -> str | None:
    """Joint signatures come from two persons under two entries; ``signed`` holds those already given."""
    again = any(person_id == who or (entry is not None and entry == under) for who, under in signed)
    return "SOD-02" if again else None


def sod_03(person_id: UUID, handled: Mapping[str, UUID], gest_may_sign: bool = False) -> str | None:
    """Who confirmed the need (R07) or made the analysis (R08) does not sign; a setting lifts it for R07 only."""
    steps = ("R08",) if gest_may_sign else ("R07", "R08")
    return "SOD-03" if any(handled.get(step) == person_id for step in steps) else None


def sod_04(person_id: UUID, line_below_beneficiary: Collection[UUID]) -> str | None:
    """A subordinate of the beneficiary, direct or not, does not sign for him."""
    return "SOD-04" if person_id in line_below_beneficiary else None


def sod_14(queues: Collection[str], billing: str) -> str | None:
    """Whoever validates the invoices of a request says why he signs it too; it is not forbidden."""
    return "SOD-14" if billing in queues else None


def sod_17(person_id: UUID, recused: Collection[UUID]) -> str | None:
    """A person who stepped aside stays aside for the whole case."""
    return "SOD-17" if person_id in recused else None
