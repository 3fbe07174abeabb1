"""How JSON is read and written: strict UTF-8 in, instants in UTC with ``Z`` out."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import orjson
from flask.json.provider import JSONProvider


class StrictJson(JSONProvider):
    """Reads only what the database can keep (no NUL, no half characters, no NaN), writes what the contract says."""

    def dumps(self, obj: Any, **kwargs: Any) -> str:
        """Write a value as JSON."""
        options = orjson.OPT_PASSTHROUGH_DATETIME | orjson.OPT_NON_STR_KEYS
        return orjson.dumps(obj, default=_written, option=options).decode()

    def loads(self, s: str | bytes, **kwargs: Any) -> Any:
        """Read JSON; a NUL anywhere in it is refused, for no text of the database can hold one."""
        value = orjson.loads(s)
        mark: Any = b"\\u0000" if isinstance(s, bytes) else "\\u0000"
        if mark in s and _holds_nul(value):
            raise ValueError("a null character cannot be kept")
        return value


def _written(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
    if isinstance(value, date | UUID):
        return str(value)
    if isinstance(value, set | frozenset | tuple):
        return sorted(value) if not isinstance(value, tuple) else list(value)
    raise TypeError(f"{type(value).__name__} is not written as JSON")


def _holds_nul(value: Any) -> bool:
    if isinstance(value, str):
        return "\0" in value
    if isinstance(value, dict):
        return any(_holds_nul(key) or _holds_nul(inside) for key, inside in value.items())
    return isinstance(value, list) and any(_holds_nul(inside) for inside in value)
