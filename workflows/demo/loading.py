"""An organisation on its way in: its data, its zone, and what was made so far by code."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from workflows.people.models import Organisation, Person, Unit


class Loading:
    """One organisation being loaded: its data, its zone, and what was made so far by code."""

    def __init__(self, session: Session, data: dict[str, Any]) -> None:
        self.session = session
        self.data = data
        self.zone = ZoneInfo(data["timezone"])
        self.organisation = Organisation(
            code=data["code"], name=data["name"], timezone=data["timezone"], demo=True, settings=data["settings"]
        )
        self.units: dict[str, Unit] = {}
        self.persons: dict[str, Person] = {}
        session.add(self.organisation)
        session.flush()

    def moment(self, value: Any) -> Any:
        """A local date (at midnight) or date-time as an instant; None stays None."""
        if value is None:
            return None
        if isinstance(value, str):
            value = datetime.fromisoformat(value)
        if not isinstance(value, datetime):
            value = datetime.combine(value, time())
        return value.replace(tzinfo=self.zone)
