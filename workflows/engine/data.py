"""The case's data: plain JSON values, checked and copied at the door, replaced key by key and never merged."""

from __future__ import annotations

import math
from collections.abc import Mapping

from workflows.engine.errors import EngineError
from workflows.feel import FUNCTION_NAMES

DEEPEST = 20
LARGEST = 2**63 - 1
RESERVED = "typename"


def clean(value: object, depth: int = 0) -> object:
    """A copy of a value in which there is nothing but JSON, at most twenty levels deep."""
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, int):
        return _number(value)
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
    return {_name(key): clean(value, 1) for key, value in values.items()}


def _name(key: object) -> str:
    """The name of a value that expressions read bare: one that a function has would hide behind it."""
    name = _key(key)
    if name in FUNCTION_NAMES:
        raise EngineError("engine.data_reserved_key", key=name)
    return name


def _key(key: object) -> str:
    if not isinstance(key, str):
        raise EngineError("engine.data_not_json", type=type(key).__name__)
    if key == RESERVED:
        raise EngineError("engine.data_reserved_key", key=key)
    return _text(key)


def _text(value: str) -> str:
    """A text that can be stored: no half characters, no zero byte."""
    if "\0" in value or (not value.isascii() and any("\ud800" <= letter <= "\udfff" for letter in value)):
        raise EngineError("engine.data_not_json", type="str")
    return value


def _number(value: int) -> int:
    if not -LARGEST <= value <= LARGEST:
        raise EngineError("engine.data_number_too_large", limit=LARGEST)
    return value
