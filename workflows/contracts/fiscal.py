"""The fiscal year: 1 April to 31 March, in the organisation's time zone."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

APRIL = 4


def fiscal_year(instant: datetime, zone: str) -> str:
    """The label of the fiscal year that an instant falls in: ``2026-2027``."""
    local = instant.astimezone(ZoneInfo(zone))
    first = local.year if local.month >= APRIL else local.year - 1
    return f"{first}-{first + 1}"
