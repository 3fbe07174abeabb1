"""What the house knows and a drawing may name; None where nobody could say, and then it is not looked at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

LENT = frozenset({"ajouter_ho", "retrancher_ho", "jours_ouvrables_entre", "ajouter_jo", "retrancher_jo"})
"""The functions that the house lends to every drawing, besides those of FEEL."""


@dataclass(frozen=True, slots=True)
class Known:
    """Roles, operations and functions of the house; the forms (with the answers a drawing may read) and tables at hand.

    ``forms`` are by name, ``asked`` says by element which form it has besides what the drawing says; ``tables`` hold
    the names of their outputs.
    """

    roles: frozenset[str] | None = None
    operations: frozenset[str] | None = None
    functions: frozenset[str] = LENT
    forms: Mapping[str, frozenset[str]] | None = None
    asked: Mapping[str, str] = field(default_factory=dict)
    tables: Mapping[str, frozenset[str]] | None = None
