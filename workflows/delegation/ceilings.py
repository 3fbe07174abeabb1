"""Whether the entries of a plan carry what its thresholds ask of each level."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from uuid import UUID

from workflows.delegation.draft import LEVELS, Draft, Thresholds
from workflows.delegation.levels import next_of
from workflows.delegation.wording import problem
from workflows.engine import Problem


def check_ceilings(draft: Draft, told: Thresholds, holders: Mapping[str, UUID]) -> Iterator[Problem]:
    """A level that is asked for more than any of its entries may sign, or for more persons than it has."""
    asked = list(told.amounts)
    line = draft.line("entrees")
    for level, most in told.amounts.items():
        joint = told.signatures.get(level, 1) > 1
        own = [one.joint_cents if joint else one.alone_cents for one in draft.entries if _number(level) == one.level]
        ceiling = max((one for one in own if one is not None), default=None)
        if ceiling is not None and ceiling < most:
            jointly = (" conjointement", " jointly") if joint else ("", "")
            told_of = {"asked": _dollars(most), "ceiling": _dollars(ceiling), "jointly": jointly}
            yield problem("plan.ceiling_short", line, None, level=level, next=next_of(level, asked), **told_of)
        if joint and len(_joint_signers(draft, level, holders)) < told.signatures[level]:
            words = {"count": told.signatures[level], "next": next_of(level, asked), "where": ""}
            yield problem("plan.joint_short", line, None, level=level, **words)


def _joint_signers(draft: Draft, level: str, holders: Mapping[str, UUID]) -> frozenset[UUID]:
    """Who may give one of the joint signatures of a level: of that level or of the one below."""
    fit = (one for one in draft.entries if one.level >= _number(level) - 1 and one.joint_cents is not None)
    return frozenset(holders[one.code] for one in fit if one.code in holders)


def _number(level: str) -> int:
    return LEVELS.index(level) + 1


def _dollars(cents: int) -> tuple[str, str]:
    whole, rest = divmod(cents, 100)
    grouped = f"{whole:,}"
    return f"{grouped.replace(',', ' ')},{rest:02} $", f"${grouped}.{rest:02}"
