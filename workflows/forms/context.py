"""What a check may know besides the answers: the moment, what the form shows, and the registers it may ask."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

Lookup = Callable[[str, str], Mapping[str, object] | None]
"""``lookup(source, code)``: what is known of a code in a register, or None when it may not be chosen there."""


def nothing_known(source: str, code: str) -> Mapping[str, object] | None:
    """A register in which nothing is found: what is asked of it is refused."""
    return None


@dataclass(frozen=True, slots=True)
class FormContext:
    """Where a form is answered.

    ``shown``: the values that the form shows by its own keys; a key left out of the answers keeps its value here.
    ``known``: what expressions may read besides: the answers of each finished step by its number (``R05.motif``),
    the case's facts (``niveau``), and what the form's own README names (``demandeur``, ``intrl_portee`` …).
    ``lookups(source, code)`` answers what a register knows of a code, None for a code that may not be chosen:
    ``persons`` (``superieur``, ``central``, ``permis``), ``units``, ``subdivisions``, ``providers`` (``rang`` and
    ``fin``, the contract's last day), ``contracts``, ``files`` (ids of the case's attachments), ``related`` (cases
    that may be unlinked). ``zone`` is the organisation's.
    """

    now: datetime
    language: str = "fr"
    shown: Mapping[str, Any] = field(default_factory=dict)
    lookups: Lookup = nothing_known
    known: Mapping[str, Any] = field(default_factory=dict)
    zone: str = "America/Toronto"
    _found: dict[tuple[str, str], Mapping[str, object] | None] = field(default_factory=dict, compare=False, repr=False)

    @property
    def local_now(self) -> datetime:
        """The moment, as the organisation's clocks show it."""
        return self.now.astimezone(ZoneInfo(self.zone))

    @property
    def today(self) -> date:
        """The organisation's day."""
        return self.local_now.date()

    def look_up(self, source: str, code: str) -> Mapping[str, object] | None:
        """What a register knows of a code; asked once a check."""
        if (source, code) not in self._found:
            self._found[(source, code)] = self.lookups(source, code)
        return self._found[(source, code)]
