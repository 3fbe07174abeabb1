"""What each part of a component must be before it is read: a form comes from a file that anyone may have written."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from workflows.errors import Invalid

Is = Callable[[object], bool]
LONGEST_SAID = 80


def refused(key: object, reason: str) -> Invalid:
    """A form that the house does not support: the key, and what of it."""
    said = str(key)[:LONGEST_SAID].encode("utf-8", "replace").decode()
    return Invalid("form.unreadable", key=said, reason=reason)


def _text(value: object) -> bool:
    return isinstance(value, str)


def _whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _count(value: object) -> bool:
    return _whole(value) or (isinstance(value, str) and len(value) <= 9 and value.isascii() and value.isdigit())


def _mapping(value: object) -> bool:
    return isinstance(value, Mapping)


COMPONENT: Mapping[str, Is] = {
    **dict.fromkeys(("type", "label", "path"), _text),
    **dict.fromkeys(("properties", "validate", "conditional"), _mapping),
    "components": lambda value: isinstance(value, list),
}
PARTS: Mapping[str, Mapping[str, Is]] = {
    "validate": {**dict.fromkeys(("min", "max", "minLength", "maxLength"), _whole), "pattern": _text},
    "properties": {
        **dict.fromkeys(("kind", "source", "class", "unique", "requiredIf", "invalidIf", "invalidCode"), _text),
        "invalidMin": _count,
        "maxItems": _whole,
        "min": lambda value: value == "today" or _whole(value),
    },
    "conditional": {"hide": _text},
}


def check_shape(component: Mapping[str, Any]) -> None:
    """Refuse a component of which a part is not what it must be; what is not there, or null, is not asked about."""
    key = component.get("key") or component.get("path") or ""
    _check(key, component, COMPONENT)
    for name, parts in PARTS.items():
        _check(key, component.get(name) or {}, parts)


def _check(key: object, told: Mapping[str, Any], asked: Mapping[str, Is]) -> None:
    for name, fits in asked.items():
        if told.get(name) is not None and not fits(told[name]):
            raise refused(key, name)
