"""What a schema found wrong with a request, as flat fields with coded flaws."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from workflows.errors import Flaw

WHOLE = "_schema"


def flaws_of(messages: Mapping[str, Any]) -> dict[str, tuple[Flaw, ...]]:
    """The flaws of each field (``answers.motif``), from what webargs reports by place (``json``, ``query`` …)."""
    found: dict[str, tuple[Flaw, ...]] = {}
    for place, inside in messages.items():
        pairs = _walk("", inside) if isinstance(inside, Mapping) else [(place, inside)]
        for key, flaws in pairs:
            found[key or place] = tuple(_flaw(one) for one in flaws)
    return found


def _walk(path: str, inside: Mapping[Any, Any]) -> Iterator[tuple[str, Any]]:
    for key, value in inside.items():
        name = path if key == WHOLE else f"{path}.{key}" if path else str(key)
        if isinstance(value, Mapping):
            yield from _walk(name, value)
        else:
            yield name, value


def _flaw(said: object) -> Flaw:
    return said if isinstance(said, Flaw) else Flaw("field.value")
