"""How a sentence is written down: French first, English beside it."""

from __future__ import annotations

from typing import NamedTuple


class Sentence(NamedTuple):
    """One sentence in both languages, with ``{names}`` for its parameters."""

    fr: str
    en: str
