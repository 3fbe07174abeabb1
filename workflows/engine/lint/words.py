"""What a person reads for each problem of a drawing, in French and in English."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches

from workflows.engine.lint.sentences_drawing import DRAWING
from workflows.engine.lint.sentences_events import EVENTS
from workflows.engine.lint.sentences_rest import REST
from workflows.engine.wording import OTHER, WORDS

SENTENCES: Mapping[str, tuple[str, str]] = {**WORDS, **DRAWING, **EVENTS, **REST}
INSTEAD: Mapping[str, tuple[str, str]] = {
    "": ("dessinez-le autrement", "draw it otherwise"),
    "transaction": (
        "dessinez un sous-processus, et les tâches qui défont ce qui a été fait",
        "draw a sub-process, and the tasks that undo what was done",
    ),
    "adHocSubProcess": (
        "dessinez les tâches côte à côte entre deux passerelles parallèles",
        "draw the tasks side by side between two parallel gateways",
    ),
    "complexGateway": (
        "dessinez des passerelles exclusives, parallèles ou inclusives",
        "draw exclusive, parallel or inclusive gateways",
    ),
    "compensation": ("dessinez les tâches qui défont", "draw the tasks that undo"),
    "cancel": (
        "dessinez un événement d'erreur et l'événement frontière qui l'attrape",
        "draw an error event and the boundary event that catches it",
    ),
    "endEvent.link": (
        "dessinez un lien intermédiaire, ou une flèche",
        "draw an intermediate link, or an arrow",
    ),
    "startEvent.timer": (
        "commencez par un début simple suivi d'une attente : rien ne démarre un dossier à l'heure dite",
        "begin with a plain start and a wait: nothing starts a case at a given hour",
    ),
    "startEvent": ("commencez par un début simple ou par un message", "begin with a plain start or a message"),
    "startEvent.conditional": (
        "commencez par un début simple suivi d'un événement conditionnel",
        "begin with a plain start and a conditional event",
    ),
    "startEvent.signal": ("commencez par un message", "begin with a message"),
    "intermediateThrowEvent.error": ("une erreur se lance à un événement de fin", "an error is thrown by an end event"),
    "intermediateCatchEvent.error": (
        "une erreur s'attrape par un événement frontière sur ce qui peut échouer",
        "an error is caught by a boundary event on what may fail",
    ),
    "intermediateCatchEvent.escalation": (
        "une escalade s'attrape par un événement frontière sur un sous-processus",
        "an escalation is caught by a boundary event on a sub-process",
    ),
}


LONGEST = 200
"""How much of a value of the file stands in a sentence, in characters."""


class _Given(dict[str, object]):
    def __missing__(self, key: str) -> str:
        return "…"


def sentence(code: str, tongue: str, params: Mapping[str, object]) -> str:
    """The sentence of a problem's code in one language; a value given as a pair says itself in each."""
    at = 0 if tongue == "fr" else 1
    given = _Given({key: _short(value[at] if isinstance(value, tuple) else value) for key, value in params.items()})
    given["code"] = code
    return SENTENCES.get(code, OTHER)[at].format_map(given)


def _short(value: object) -> object:
    """A value as a sentence can hold it; what a file says may be as long as a book."""
    return f"{value[:LONGEST]}…" if isinstance(value, str) and len(value) > LONGEST else value


def words(code: str, params: Mapping[str, object]) -> Mapping[str, str]:
    """The sentence of a problem's code in both languages."""
    return {tongue: sentence(code, tongue, params) for tongue in ("fr", "en")}


def likely(name: str, names: frozenset[str]) -> tuple[str, str]:
    """The known names that are most like one that is not known, as the end of a sentence in both languages."""
    found = get_close_matches(name, sorted(names), 2, 0.6)
    if not found:
        return "", ""
    french, english = (" ou ".join(f"« {one} »" for one in found), " or ".join(f"“{one}”" for one in found))
    return f" Voulait-on dire {french} ?", f" Was {english} meant?"
