"""The envelope of a message: CloudEvents 1.0, checked attribute by attribute."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from workflows.errors import Flaw, Invalid

LONGEST = 255
REQUIRED = ("specversion", "id", "source", "type")
TEXTS = (*REQUIRED, "organisme", "subject", "time", "datacontenttype", "dataschema", "correlationid")


@dataclass(frozen=True, slots=True)
class Event:
    """A message as its sender wrote it, known to be well formed."""

    id: str
    source: str
    type: str
    organisation: str | None
    correlation: str | None
    data: Mapping[str, Any]
    body: Mapping[str, Any]


def open_event(body: Mapping[str, Any]) -> Event:
    """Read a CloudEvent; refuse it, attribute by attribute, when it is not one."""
    flaws: dict[str, tuple[Flaw, ...]] = {}
    for key in REQUIRED:
        if key not in body:
            flaws[key] = (Flaw("message.required"),)
    for key in TEXTS:
        if key in body and not _short(body[key]):
            flaws[key] = (Flaw("message.wrong_value"),)
    if "specversion" not in flaws and body["specversion"] != "1.0":
        flaws["specversion"] = (Flaw("message.wrong_value"),)
    if "time" in body and "time" not in flaws and not _instant(body["time"]):
        flaws["time"] = (Flaw("message.wrong_value"),)
    data = body.get("data")
    data = {} if data is None else data
    if not isinstance(data, Mapping):
        flaws["data"] = (Flaw("message.wrong_value"),)
    if flaws:
        raise Invalid("message.invalid", flaws)
    return Event(
        body["id"], body["source"], body["type"], body.get("organisme"), body.get("correlationid"), data, dict(body)
    )


def _short(value: Any) -> bool:
    return isinstance(value, str) and 0 < len(value) <= LONGEST and "\0" not in value


def _instant(value: str) -> bool:
    try:
        return datetime.fromisoformat(value).tzinfo is not None
    except ValueError:
        return False
