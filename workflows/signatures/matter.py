"""What deciding on signatories needs to know, and what it answers: frozen facts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from workflows.people.delegation import Entry


@dataclass(frozen=True, slots=True)
class Standin:
    """A replacement in force: whoever it replaces is absent."""

    code: str
    titulaire_id: UUID
    substitute_id: UUID
    entries: frozenset[str]
    until: datetime


@dataclass(frozen=True, slots=True)
class Bench:
    """Who there is: the live entries and replacements, who holds DERO in scope, who is at work, who is away."""

    entries: tuple[Entry, ...]
    standins: tuple[Standin, ...]
    signers: frozenset[UUID]
    at_work: frozenset[UUID]
    codes: Mapping[UUID, str]
    away: frozenset[UUID] = frozenset()


@dataclass(frozen=True, slots=True)
class Matter:
    """What is to be signed, and whom the separation of duties keeps from it."""

    types: frozenset[str]
    unit: str | None
    cents: int
    requester_id: UUID | None = None
    beneficiary_id: UUID | None = None
    handled: Mapping[str, UUID] = field(default_factory=dict)
    below: frozenset[UUID] = frozenset()
    recused: frozenset[UUID] = frozenset()
    signed: tuple[tuple[UUID, str | None], ...] = ()
    gest_may_sign: bool = False


@dataclass(frozen=True, slots=True)
class Due:
    """One signature due: the lowest level that may give it, whether jointly, and who alone may when one was named."""

    position: int
    level: int
    joint: bool = False
    designated_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Ground:
    """Why a person may sign: the entry, in his own right or standing in for its titulaire, and until when."""

    entry: Entry
    standin: Standin | None
    ceiling_cents: int
    until: datetime | None

    @property
    def order(self) -> tuple[bool, int, bool, str]:
        """Own right first, then the lowest level, then the entry nearest to the unit."""
        return (self.standin is not None, self.entry.level, self.entry.sectors is None, self.entry.code)


@dataclass(frozen=True, slots=True)
class Eligible:
    """A person who may sign, and the grounds to do so, the one to sign under first."""

    person_id: UUID
    grounds: tuple[Ground, ...]

    @property
    def ground(self) -> Ground:
        """The ground that the evidence will name."""
        return self.grounds[0]


@dataclass(frozen=True, slots=True)
class Kept:
    """What keeps a person from signing (``SOD-03``, ``PLAFOND`` …), and the level of the entry that it concerns."""

    reason: str
    level: int


@dataclass(frozen=True, slots=True)
class Resolution:
    """Who may give one signature, all of one level (0 when nobody may), and who may not and why."""

    due: Due
    level: int
    eligible: tuple[Eligible, ...]
    kept: Mapping[UUID, Kept]

    def of(self, person_id: UUID) -> Eligible | None:
        """What a person may sign under, if at all."""
        return next((one for one in self.eligible if one.person_id == person_id), None)

    @property
    def rules(self) -> dict[UUID, str]:
        """Those who would be among the eligible but for a rule of separation of duties, and the rule."""
        return {
            person: kept.reason
            for person, kept in self.kept.items()
            if kept.reason.startswith("SOD-") and (self.level == 0 or kept.level <= self.level)
        }
