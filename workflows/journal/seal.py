"""The seal of a fact: the SHA-256 of its canonical JSON (RFC 8785), which names the fact before it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any
from uuid import UUID

import rfc8785

from workflows.journal.models import JournalEntry

START = ""
"""What the first fact of a chain names as the hash before it."""


def plain(value: object) -> Any:
    """The same value as JSON has it: moments in UTC with ``Z``, identifiers and codes as text."""
    if isinstance(value, Enum):
        return plain(value.value)
    if value is None or isinstance(value, bool | str | int | float):
        return value
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
    if isinstance(value, date | UUID):
        return str(value)
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(item) for item in value]
    return str(value)


def hash_of(entry: JournalEntry) -> str:
    """The hash that a fact must bear, recomputed from what it says."""
    fact = {
        "organisation": plain(entry.organisation_id),
        "chain": entry.chain,
        "position": entry.position,
        "at": plain(entry.at),
        "by": entry.by,
        "kind": entry.kind,
        "case": plain(entry.case_id),
        "step": entry.step,
        "data": entry.data,
        "previous": entry.previous_hash,
    }
    return hashlib.sha256(rfc8785.dumps(fact)).hexdigest()
