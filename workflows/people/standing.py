"""Where a person stands at a moment, read at once: own roles, those of the persons stood for, and what they reach."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, TEXT, Uuid, bindparam, column, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Session

from workflows.database import Moment

STANDING = (
    text("""
        WITH RECURSIVE hand AS (
            SELECT :person AS id, NULL::text[] AS roles, NULL::text AS code
            UNION ALL
            SELECT titulaire_id, roles, code FROM substitutions
            WHERE substitute_id = :person AND valid_from <= :now AND valid_until > :now
        ), held AS (
            SELECT hand.id AS hand, own.id, own.organisation_id, own.role, own.scope, own.scope_code
            FROM hand JOIN role_assignments own ON own.person_id = hand.id
            WHERE own.state = 'ACTIVE' AND own.valid_from <= :now
              AND (own.valid_until IS NULL OR own.valid_until > :now)
              AND (hand.roles IS NULL OR own.role = ANY (hand.roles))
              AND (own.role <> 'DERO' OR EXISTS (
                SELECT 1 FROM delegation_entries entry
                JOIN delegation_plans plan ON plan.id = entry.plan_id
                LEFT JOIN units headed ON headed.id = entry.head_of_id
                WHERE own.person_id = coalesce(entry.person_id, headed.head_id)
                  AND (cardinality(own.entries) = 0 OR entry.code = ANY (own.entries))
                  AND plan.valid_from <= :now AND (plan.valid_until IS NULL OR plan.valid_until > :now)
                  AND entry.valid_from <= :now AND (entry.valid_until IS NULL OR entry.valid_until > :now)))
        ), deputed AS (
            SELECT * FROM held
            UNION ALL
            SELECT held.hand, held.id, held.organisation_id, 'MANDA', held.scope, held.scope_code FROM held
            WHERE held.role = 'MANDA_S' AND NOT EXISTS (
                SELECT 1 FROM role_assignments own JOIN persons person ON person.id = own.person_id
                WHERE own.organisation_id = held.organisation_id AND own.role = 'MANDA'
                  AND own.state = 'ACTIVE' AND own.valid_from <= :now
                  AND (own.valid_until IS NULL OR own.valid_until > :now)
                  AND (person.employed_from IS NULL OR person.employed_from <= :now)
                  AND (person.employed_until IS NULL OR person.employed_until > :now)
                  AND NOT EXISTS (SELECT 1 FROM absences away WHERE away.person_id = own.person_id
                    AND away.valid_from <= :now AND away.valid_until > :now)
                  AND NOT EXISTS (SELECT 1 FROM substitutions given WHERE given.titulaire_id = own.person_id
                    AND 'MANDA' = ANY (given.roles) AND given.valid_from <= :now AND given.valid_until > :now))
        ), below AS (
            SELECT held.id AS held, unit.id, unit.code FROM held
            JOIN units unit ON unit.organisation_id = held.organisation_id AND unit.code = held.scope_code
            WHERE held.scope = 'SEC'
            UNION
            SELECT below.held, unit.id, unit.code FROM below JOIN units unit ON unit.parent_id = below.id
        )
        SELECT hand.id AS hand, held.role, held.scope, held.scope_code,
               ARRAY(SELECT code FROM subdivisions WHERE organisation_id = held.organisation_id ORDER BY code)
                   AS subdivisions,
               (SELECT jsonb_object_agg(below.code, below.id) FROM below WHERE below.held = held.id) AS units,
               ARRAY(SELECT case_id FROM discretions WHERE person_id = :person) AS blind
        FROM hand LEFT JOIN deputed held ON held.hand = hand.id
        ORDER BY hand.code NULLS FIRST, held.role, held.id
    """)
    .bindparams(bindparam("person", type_=Uuid()), bindparam("now", type_=Moment()))
    .columns(
        column("hand", Uuid()),
        column("role", TEXT()),
        column("scope", TEXT()),
        column("scope_code", TEXT()),
        column("subdivisions", ARRAY(TEXT())),
        column("units", JSONB()),
        column("blind", ARRAY(Uuid())),
    )
)
"""One statement: it is asked at every door, before anything else. ``MANDA_S`` has the powers of ``MANDA`` while nobody
who holds that role is there. DERO without a live entry gives nothing (CARD-07)."""


@dataclass(frozen=True, slots=True)
class Held:
    """A role held now, in its scope: the subdivisions of the body, and the units of its own scope, by code."""

    role: str
    scope: str
    scope_code: str | None
    subdivisions: tuple[str, ...]
    units: Mapping[str, UUID]


@dataclass(frozen=True, slots=True)
class Standing:
    """A person's hands (own id first, then the ids of those stood for), the roles of these, the cases kept from it."""

    hands: tuple[UUID, ...]
    held: tuple[Held, ...]
    blind: frozenset[UUID]


def standing_of(session: Session, person_id: UUID, moment: datetime) -> Standing:
    """What a person holds at a moment; depth is one (CARD-14): what is stood for is not passed on."""
    rows = session.execute(STANDING, {"person": person_id, "now": moment}).all()
    return Standing(
        hands=tuple(dict.fromkeys(row.hand for row in rows)),
        held=tuple(_held(row) for row in rows if row.role is not None),
        blind=frozenset(rows[0].blind),
    )


def _held(row: Any) -> Held:
    units = {code: UUID(unit) for code, unit in sorted((row.units or {}).items())}
    return Held(row.role, row.scope, row.scope_code, tuple(row.subdivisions), units)
