"""What each role does and may do, in full: the text that whoever accepts a role reads and signs (N07)."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

DATA = Path(__file__).parent / "data" / "duties.toml"
SEED = "S0"
"""Said word for word by the document on the respondents of the bodies."""


@dataclass(frozen=True, slots=True)
class Duty:
    """What a role does: French first, English beside; ``source`` says whose words the French ones are."""

    fr: str
    en: str
    source: str

    def said(self, language: str) -> str:
        """The duties in a language (French unless English is asked)."""
        return self.en if language == "en" else self.fr


@cache
def duties() -> Mapping[str, Duty]:
    """The duties of every role that can be given by a nomination, in the order that they are shown."""
    with DATA.open("rb") as opened:
        return {role: Duty(**said) for role, said in tomllib.load(opened).items()}
