"""The words of every refusal: a code and its parameters become a sentence, in French or in English.

Each sentence says what happened, why, and what to do. A test asks one of every code that the house can refuse with.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from flask import g, request

from webapp.words import (
    access,
    calendars,
    cases,
    command,
    deliveries,
    departures,
    doors,
    forms,
    people,
    processes,
    roles,
    signing,
)
from webapp.words.wording import Sentence

LANGUAGES = ("fr", "en")
SENTENCES: Mapping[str, Sentence] = {
    **doors.SENTENCES,
    **access.SENTENCES,
    **people.SENTENCES,
    **roles.SENTENCES,
    **calendars.SENTENCES,
    **cases.SENTENCES,
    **deliveries.SENTENCES,
    **departures.SENTENCES,
    **forms.SENTENCES,
    **signing.SENTENCES,
    **processes.SENTENCES,
    **command.SENTENCES,
}
UNKNOWN = Sentence(
    "La demande a été refusée ({code}). Vérifiez ce que vous avez envoyé.",
    "The request was refused ({code}). Check what you sent.",
)


class _Params(dict[str, Any]):
    """Parameters of a sentence; one that was not given leaves an ellipsis rather than an error."""

    def __missing__(self, key: str) -> str:
        return "…"


def asked_language() -> str:
    """The language that the request asks for in ``Accept-Language``; French by default."""
    return request.accept_languages.best_match(LANGUAGES, "fr") if request.accept_languages else "fr"


def reader_language() -> str:
    """The language to answer in: the one the page chose, else the one the request asks for."""
    return g.get("language") or asked_language()


def has_words(code: str) -> bool:
    """Whether a code has a sentence of its own."""
    return code in SENTENCES


def say(code: str, language: str, params: Mapping[str, Any] | None = None) -> str:
    """The sentence of a code in a language; ``code[name]`` is a fuller one, for when that parameter is known."""
    given = params or {}
    fuller = next((f"{code}[{name}]" for name in given if f"{code}[{name}]" in SENTENCES), code)
    sentence = SENTENCES.get(fuller, UNKNOWN)
    text = sentence.en if language == "en" else sentence.fr
    return text.format_map(_Params({"code": code, **_readable(given)}))


def _readable(params: Mapping[str, Any]) -> dict[str, Any]:
    return {key: _shown(value) for key, value in params.items()}


def _shown(value: Any) -> Any:
    if isinstance(value, list | tuple | set | frozenset):
        return ", ".join(str(one) for one in value)
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M %Z").strip()
    return value
