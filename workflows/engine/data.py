"""The case's data: plain JSON values, checked and copied at the door, replaced key by key and never merged."""

from __future__ import annotations

import math
from collections.abc import Mapping

from workflows.engine.errors import EngineError

DEEPEST = 20
RESERVED = "typename"


def clean(value: object, depth: int = 0) -> object:
    """A copy of a value in which there is nothing but JSON, at most twenty levels deep."""
    if value is None or isinstance(value, (str, bool, int)):
        return value
    if isinstance(value, float) and math.isfinite(value):
        return value
    if depth >= DEEPEST:
        raise EngineError("engine.data_too_deep", limit=DEEPEST)
    if isinstance(value, Mapping):
        return {_key(key): clean(inner, depth + 1) for key, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [clean(inner, depth + 1) for inner in value]
    raise EngineError("engine.data_not_json", type=type(value).__name__)


def clean_mapping(values: Mapping[str, object]) -> dict[str, object]:
    """A checked copy of a set of values by name."""
    if not isinstance(values, Mapping):
        raise EngineError("engine.data_not_json", type=type(values).__name__)
    return {_key(key): clean(value, 1) for key, value in values.items()}


def _key(key: object) -> str:
    if not isinstance(key, str):
        raise EngineError("engine.data_not_json", type=type(key).__name__)
    if key == RESERVED:
        raise EngineError("engine.data_reserved_key", key=key)
    return key
