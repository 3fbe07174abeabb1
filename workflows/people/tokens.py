"""Bearer tokens, and proof of having just signed in again; only their SHA-256 is kept, times are the wall's."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from workflows.desk import Actor
from workflows.errors import Unauthenticated
from workflows.people.accounts import ApiToken, Integration, Reauthentication
from workflows.people.directory import actor_of, integration_actor
from workflows.people.models import Organisation, Person
from workflows.people.passwords import is_password

TOKEN_LIFE = timedelta(days=30)
PROOF_LIFE = timedelta(minutes=5)
OWNER = (
    select(ApiToken, Person, Organisation)
    .outerjoin(Person, Person.id == ApiToken.person_id)
    .outerjoin(Organisation, Organisation.id == Person.organisation_id)
    .where(ApiToken.sha256 == bindparam("digest"), ApiToken.expires_at > bindparam("wall"))
)
"""Built once: it is asked at every call of the API."""


def digest(token: str) -> str:
    """What is kept of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def issue_token(session: Session, owner: Person | Integration, wall: datetime, life: timedelta = TOKEN_LIFE) -> str:
    """Make a bearer token for a person or an integration account; it is shown once and kept as its hash."""
    token = secrets.token_urlsafe(32)
    session.add(
        ApiToken(
            sha256=digest(token),
            person_id=owner.id if isinstance(owner, Person) else None,
            integration_id=owner.id if isinstance(owner, Integration) else None,
            created_at=wall,
            expires_at=wall + life,
        )
    )
    return token


def actor_for_token(session: Session, token: str, *, wall: datetime, now: datetime) -> Actor | None:
    """Who a bearer token stands for at the business moment, or None when it is not good on the wall clock."""
    found = session.execute(OWNER, {"digest": digest(token), "wall": wall}).first()
    if found is None:
        return None
    row, person, _ = found
    if person is not None:
        return actor_of(session, person, now, str(row.id))
    integration = session.get_one(Integration, row.integration_id)
    return integration_actor(session, integration, str(row.id)) if integration.active else None


def reauthenticate(session: Session, person: Person, password: str, wall: datetime) -> tuple[str, datetime]:
    """Prove identity again with the password; gives a token good for five minutes and when it ends (guard G4)."""
    if not is_password(person, password):
        raise Unauthenticated("sign_in.wrong_password")
    token = secrets.token_urlsafe(32)
    proof = Reauthentication(
        sha256=digest(token),
        person_id=person.id,
        method="password",
        created_at=wall,
        expires_at=wall + PROOF_LIFE,
    )
    session.add(proof)
    return token, proof.expires_at


def proven_method(session: Session, person_id: UUID, token: str, wall: datetime) -> str | None:
    """How a person just proved identity again, by a token of his own that is still good; None otherwise."""
    query = select(Reauthentication.method).where(
        Reauthentication.sha256 == digest(token),
        Reauthentication.person_id == person_id,
        Reauthentication.created_at <= wall,
        Reauthentication.expires_at > wall,
    )
    return session.scalar(query)
