"""How often a sign-in may fail: ten times a quarter of an hour for one name, fifty for one address."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from workflows.errors import TooMany
from workflows.people.accounts import SignInAttempt

WINDOW = timedelta(minutes=15)
PER_NAME = 10
PER_ADDRESS = 50


def check_attempts(session: Session, name: str, address: str, wall: datetime) -> None:
    """Refuse a sign-in when too many failed just before; raises ``TooMany("sign_in.too_many", seconds=…)``."""
    for key, most in _keys(name, address):
        query = select(func.count(), func.min(SignInAttempt.at)).where(
            SignInAttempt.key == key, SignInAttempt.at > wall - WINDOW
        )
        failed, first = session.execute(query).one()
        if failed >= most:
            raise TooMany("sign_in.too_many", seconds=max(1, int((first + WINDOW - wall).total_seconds())))


def note_failure(session: Session, name: str, address: str, wall: datetime) -> None:
    """Remember a failed sign-in, and forget those that are too old to count."""
    session.execute(delete(SignInAttempt).where(SignInAttempt.at <= wall - WINDOW))
    for key, _ in _keys(name, address):
        session.add(SignInAttempt(key=key, at=wall))


def _keys(name: str, address: str) -> tuple[tuple[str, int], tuple[str, int]]:
    return (f"name:{name.strip().upper()[:80]}", PER_NAME), (f"address:{address}", PER_ADDRESS)
