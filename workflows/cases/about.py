"""What a process's ``process.toml`` says that running its cases needs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class End:
    """How a case may end: the code of the end state, and the state the case is then in."""

    code: str
    state: str


@dataclass(frozen=True, slots=True)
class Cancellation:
    """How a case may be put an end to: who may before a step is done and who after it, and what that leads to."""

    step: str
    end: str
    until: str
    before: frozenset[str]
    after: frozenset[str]
    operation: str


@dataclass(frozen=True, slots=True)
class Seen:
    """What of a case only some roles read (B.0.7, RP2): answers and facts by key, and tables whose rows would tell."""

    by: frozenset[str]
    keys: frozenset[str]
    decisions: frozenset[str]


@dataclass(frozen=True, slots=True)
class About:
    """A process's own facts: titles, prefix of its numbers, who starts it, who sees it, what its ends are called."""

    toml: Mapping[str, Any]

    @property
    def key(self) -> str:
        """The process's key."""
        return str(self.toml["key"])

    @property
    def prefix(self) -> str:
        """The prefix of its case numbers."""
        return str(self.toml.get("prefix") or self.key[:3].upper())

    def title(self, language: str = "fr") -> str:
        """What the process is called."""
        words = self.toml.get("title") or {}
        return str(words.get(language) or words.get("fr") or self.key)

    @property
    def starters(self) -> Mapping[str, str]:
        """Who may start it, and for whom: ``SELF``, ``LINE`` (one's line of reports) or ``ORG``, by role."""
        return self.toml.get("start") or {}

    @property
    def central_may_start(self) -> bool:
        """Whether persons of the central provider may start it or benefit from it."""
        return bool((self.toml.get("starters") or {}).get("central", True))

    @property
    def seen_by(self) -> dict[str, str]:
        """What each role sees of a case: ``V`` or ``V*``; a role that sees its own cases only is left out."""
        found = {}
        for role, words in (self.toml.get("visibility") or {}).items():
            marks = str(words).split()
            if "own" not in marks:
                found[role] = "V*" if "V*" in marks else "V" if "V" in marks else ""
        return {role: mark for role, mark in found.items() if mark}

    @property
    def beneficiary_takes(self) -> frozenset[str] | None:
        """The roles whose tasks the person whom a case is about may have (SOD-09); None when all may be theirs."""
        told = self.toml.get("beneficiary_takes")
        return frozenset(map(str, told)) if told is not None else None

    @property
    def seen(self) -> Seen:
        """What only some roles read of its cases; nothing where the process says nothing."""
        told = self.toml.get("seen") or {}
        by, keys, decisions = (frozenset(map(str, told.get(one) or ())) for one in ("by", "keys", "decisions"))
        return Seen(by, keys, decisions)

    @property
    def failing(self) -> frozenset[str]:
        """The tasks that are only asked because a connector failed: meanwhile the case stands in error."""
        return frozenset(self.toml.get("failing") or ())

    @property
    def inside(self) -> frozenset[str]:
        """The messages that go from case to case and never leave the house."""
        return frozenset((self.toml.get("messages") or {}).get("inside") or ())

    @property
    def policy(self) -> str | None:
        """How a task that names no policy of its own escalates."""
        return self.toml.get("policy")

    @property
    def told(self) -> str | None:
        """The message whose keys a person may tell when starting it; None when nothing is told."""
        found = (self.toml.get("told") or {}).get("message")
        return str(found) if found else None

    def refused_after(self, message: str) -> str | None:
        """The step after which a message comes too late; None when it never does."""
        found = (self.toml.get("refused") or {}).get(message)
        return str(found) if found else None

    @property
    def actions(self) -> Mapping[str, Mapping[str, Any]]:
        """What a person may do on a running case, by code: which roles, and the message that says it."""
        return self.toml.get("actions") or {}

    @property
    def cancellation(self) -> Cancellation | None:
        """How a case may be put an end to from anywhere; None when it may not."""
        told = self.toml.get("cancellation")
        if not told:
            return None
        who = (frozenset(told.get("before") or ()), frozenset(told.get("after") or ()))
        return Cancellation(str(told["step"]), str(told["end"]), str(told["until"]), *who, str(told["operation"]))

    def end(self, step: str) -> End | None:
        """The end state that an end event stands for (``R41``: ``REALISEE``)."""
        found = (self.toml.get("ends") or {}).get(step)
        return End(str(found["code"]), str(found.get("state", "TERMINEE"))) if found else None
