"""The codes of every role: what a lane of a drawing may be called."""

from __future__ import annotations

HOUSE = "SYS"
"""The lane of what the house does by itself."""
DEPUTIES = {"MANDA": "MANDA_S"}
"""The role that has the powers of another while nobody who holds that one is there."""
ROLE_CODES = frozenset(
    {
        "INTRL",
        "RCELL",
        "MANDA",
        "MANDA_S",
        "GAPCO",
        "FACTU",
        "DERO",
        "DIR",
        "GEST",
        "EMPLO",
        "RH",
        "PILOT",
        "PILFM",
        "PROP",
        "TI",
        "SECPH",
        "CSEC",
        "RPRP",
        "FORMA",
        "AVIS",
        "AGCA",
        "SUPCA",
        "RSECT",
        "FINMC",
        "CONC",
        "EXPL",
        "AUDIT",
        "ADMIN",
        "INTEG",
    }
)
