"""Passwords: argon2id, checked in the same time whether or not the person exists."""

from __future__ import annotations

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy.orm import Session

from workflows.people.directory import person_by_code
from workflows.people.models import Person

HASHER = PasswordHasher()
LONGEST = 1024
NOBODY = HASHER.hash("nobody has this password")


def hash_password(password: str) -> str:
    """What is kept of a password: its argon2id hash, with a salt of its own."""
    return HASHER.hash(password)


def is_password(person: Person | None, password: str) -> bool:
    """Whether a password is a person's; as slow for nobody as for somebody, so that timing tells nothing."""
    kept = person.password_hash if person is not None else None
    try:
        right = HASHER.verify(kept or NOBODY, password[:LONGEST])
    except (VerificationError, InvalidHashError):
        return False
    return right and kept is not None


def person_signing_in(session: Session, code: str, password: str) -> Person | None:
    """The person whose code and password these are, or None."""
    person = person_by_code(session, code.strip())
    return person if is_password(person, password) else None
