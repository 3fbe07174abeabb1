"""Who may sign an act, with a sentence for whatever keeps someone from it: the same for the API and for pages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from webapp.words import has_words, say
from workflows.delegation.who_signs import who_signs
from workflows.desk import Desk


def signatories(desk: Desk, given: Mapping[str, Any], language: str) -> dict[str, Any]:
    """The answer of the plan, in a language; raises ``Invalid`` for a unit or a person whom the body does not know."""
    found = who_signs(desk, given)
    items = [one if one["may_sign"] else one | {"sentence": why(one["reason"], language)} for one in found["items"]]
    return {**found, "items": items}


def why(reason: str, language: str) -> str:
    """What keeps someone from signing, said of that person to anyone."""
    own = f"signatory.{reason}"
    return say(own if has_words(own) else f"sod.{reason}", language)
