"""Where a page ended: opaque text for the caller, the sort keys of the last row for the next query."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import orjson

from workflows.errors import Flaw, Invalid

LARGEST_PAGE = 200
LARGEST_KEY = 2**62


def write_cursor(order: str, keys: Sequence[Any]) -> str:
    """The cursor after a row with these sort keys."""
    return base64.urlsafe_b64encode(orjson.dumps([order, *keys])).decode().rstrip("=")


def read_cursor(cursor: str, order: str, shape: Sequence[type]) -> list[Any]:
    """The sort keys in a cursor; one that was not made for this order is refused."""
    try:
        padded = cursor + "=" * (-len(cursor) % 4)
        made_for, *keys = orjson.loads(base64.urlsafe_b64decode(padded))
        if made_for != order or len(keys) != len(shape):
            raise ValueError
        return [_read(key, kind) for key, kind in zip(keys, shape, strict=True)]
    except (ValueError, TypeError, AttributeError, binascii.Error):
        raise Invalid("cursor.invalid", {"cursor": (Flaw("cursor.invalid"),)}) from None


def page_size(limit: int) -> int:
    """How many rows a page holds: 1 to 200."""
    if not 1 <= limit <= LARGEST_PAGE:
        raise Invalid("limit.invalid", {"limit": (Flaw("limit.invalid", largest=LARGEST_PAGE),)})
    return limit


def _read(key: Any, kind: type) -> Any:
    if kind is datetime:
        if key is None:
            return None
        moment = datetime.fromisoformat(key)
        if moment.tzinfo is None:
            raise ValueError("no zone")
        return moment
    if kind is UUID:
        return UUID(key)
    if not isinstance(key, kind) or isinstance(key, bool) or (isinstance(key, int) and abs(key) > LARGEST_KEY):
        raise TypeError(kind)
    return key
