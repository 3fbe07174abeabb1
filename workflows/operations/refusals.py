"""Messages that come too late, or that cannot be, for the case as it stands: refused at the door, changing nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from workflows.errors import Conflict

Told = Callable[[Mapping[str, Any], Mapping[str, Any]], None]
"""Looks at a case's facts and at what is told; raises ``Conflict`` to refuse it."""


def _new_day(facts: Mapping[str, Any], told: Mapping[str, Any]) -> None:
    """Once access is gone, another day changes nothing (D42)."""
    if facts.get("instant_passe"):
        raise Conflict("departure.access_gone")


def _withdrawn(facts: Mapping[str, Any], told: Mapping[str, Any]) -> None:
    """A death is not withdrawn; only a mistaken identity is put right (D40)."""
    if facts.get("type_depart") == "DECES" and told.get("motif") != "ERREUR_D_IDENTITE":
        raise Conflict("departure.death_stays")


def _at_once(facts: Mapping[str, Any], told: Mapping[str, Any]) -> None:
    """What has been executed is not brought forward (D14)."""
    if facts.get("instant_passe"):
        raise Conflict("departure.access_gone")


REFUSALS: Mapping[str, Told] = {"depart.executer": _at_once, "depart.modifie": _new_day, "depart.annule": _withdrawn}


def refuse_late(message: str, facts: Mapping[str, Any], told: Mapping[str, Any]) -> None:
    """Refuse a message that the case can no longer take; raises ``Conflict`` with what to do instead."""
    refusal = REFUSALS.get(message)
    if refusal is not None:
        refusal(facts, told)


def is_refused(message: str, facts: Mapping[str, Any]) -> bool:
    """Whether a message could only be refused, whatever it told: an action is not offered then."""
    try:
        refuse_late(message, facts, {"motif": "ERREUR_D_IDENTITE"})
    except Conflict:
        return True
    return False
