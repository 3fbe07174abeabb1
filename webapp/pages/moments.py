"""An instant as a page asks it (``datetime-local``: no offset) and as the house keeps it."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

SHAPE = "%Y-%m-%dT%H:%M"


def on_clocks(typed: str, zone: ZoneInfo) -> str:
    """What was typed as an instant on the organisation's clocks; what cannot be read stays as it was typed."""
    try:
        at = datetime.fromisoformat(typed)
    except ValueError:
        return typed
    return at.isoformat() if at.tzinfo is not None else at.replace(tzinfo=zone).isoformat()


def to_type(kept: object, zone: ZoneInfo) -> str:
    """An instant as a field of a page holds it, on the organisation's clocks; "" when there is none."""
    if not kept:
        return ""
    try:
        at = datetime.fromisoformat(str(kept))
    except ValueError:
        return str(kept)
    return (at.astimezone(zone) if at.tzinfo is not None else at).strftime(SHAPE)
