"""Signing in with a code and a password, and proving identity again: attempts counted, facts journalled."""

from __future__ import annotations

from datetime import datetime

from flask import request

from webapp.extensions import db
from workflows.clock import business_now, wall_now
from workflows.desk import Desk, system_actor
from workflows.errors import Refusal, Unauthenticated
from workflows.journal.write import note
from workflows.people.attempts import Limits, check_attempts, limits_of_proof, limits_of_sign_in, note_failure
from workflows.people.directory import actor_of, person_by_code
from workflows.people.models import Person
from workflows.people.passwords import person_signing_in
from workflows.people.tokens import proven_method
from workflows.people.tokens import reauthenticate as prove


def check_password(code: str, password: str) -> Person:
    """The person whose code and password these are; refuses when they are not, and after too many failures."""
    session = db.session()
    limits = limits_of_sign_in(code, address())
    check_attempts(session, limits, wall_now())
    person = person_signing_in(session, code, password)
    if person is None:
        _failed(limits, person_by_code(session, code.strip()))
        raise Unauthenticated("sign_in.refused")
    now = business_now(session)
    note(Desk(session, actor_of(session, person, now), now), "person.signed_in")
    session.commit()
    return person


def prove_again(desk: Desk, password: str) -> tuple[str, datetime]:
    """A token that proves that the actor just gave the password again, and when it ends."""
    person = desk.session.get_one(Person, desk.actor.id)
    limits = limits_of_proof(person.id)
    check_attempts(desk.session, limits, wall_now())
    try:
        proof = prove(desk.session, person, password, wall_now())
    except Refusal:
        _failed(limits, person)
        raise
    note(desk, "person.reauthenticated", method="password")
    return proof


def method_proven(desk: Desk, token: str | None) -> str | None:
    """How the actor just proved identity again, by the token that came with a signature; None when it is not good."""
    if not token or desk.actor.id is None:
        return None
    return proven_method(desk.session, desk.actor.id, token, wall_now())


def address() -> str:
    """Where the request comes from, behind as many proxies as the settings say."""
    return request.remote_addr or "?"


def _failed(limits: Limits, person: Person | None) -> None:
    """Remember a failure at once: the refusal that follows rolls back everything else."""
    session = db.session()
    note_failure(session, limits, wall_now())
    if person is not None:
        desk = Desk(session, system_actor(person.organisation_id), business_now(session))
        note(desk, "person.refused", person=person.code)
    session.commit()
