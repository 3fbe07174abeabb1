"""How often a password may be wrong, within a quarter of an hour.

Signing in: ten times for one name from one address, a hundred for one name from everywhere, fifty for one address.
Someone who guesses at another's name is stopped long before the other's own sign-in is. Proving identity again is
counted apart, by person: only who is signed in can fail it, so nobody keeps another from signing.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from workflows.errors import TooMany
from workflows.people.accounts import SignInAttempt

WINDOW = timedelta(minutes=15)
PER_NAME_HERE = 10
PER_NAME = 100
PER_ADDRESS = 50
PER_PERSON = 10
Limits = Mapping[str, int]
"""How many failures each key may have within the window."""


def limits_of_sign_in(name: str, address: str) -> Limits:
    """What bounds a sign-in with a name from an address."""
    named = f"name:{name.strip().upper()[:80]}"
    return {f"{named}@{address}": PER_NAME_HERE, named: PER_NAME, f"address:{address}": PER_ADDRESS}


def limits_of_proof(person_id: UUID) -> Limits:
    """What bounds a signed-in person who gives the password again."""
    return {f"proof:{person_id}": PER_PERSON}


def check_attempts(session: Session, limits: Limits, wall: datetime) -> None:
    """Refuse when too many failed just before; raises ``TooMany("sign_in.too_many", seconds=…)``."""
    for key, most in limits.items():
        query = select(func.count(), func.min(SignInAttempt.at)).where(
            SignInAttempt.key == key, SignInAttempt.at > wall - WINDOW
        )
        failed, first = session.execute(query).one()
        if failed >= most:
            raise TooMany("sign_in.too_many", seconds=max(1, int((first + WINDOW - wall).total_seconds())))


def note_failure(session: Session, limits: Limits, wall: datetime) -> None:
    """Remember a failure, and forget those that are too old to count."""
    session.execute(delete(SignInAttempt).where(SignInAttempt.at <= wall - WINDOW))
    session.add_all(SignInAttempt(key=key, at=wall) for key in limits)
