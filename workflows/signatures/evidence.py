"""Evidence: one record a signature, each naming the hash of the one before it in its case."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import rfc8785
from sqlalchemy import select
from sqlalchemy.orm import Session

from workflows.desk import Desk
from workflows.journal.seal import plain
from workflows.journal.write import OfCase
from workflows.signatures.files import SignedFile
from workflows.signatures.models import Act, Evidence
from workflows.signatures.statement import Pen

FIRST = ""
"""What the first evidence of a case names as the hash before it."""


@dataclass(frozen=True, slots=True)
class Alert:
    """A rule that speaks against a signature without forbidding it, and why it was given all the same."""

    rule: str
    reason: str


@dataclass(frozen=True, slots=True)
class Declaration:
    """What a person declares: in which quality, in which words, deciding what at which step, on which files."""

    kind: str
    decision: str
    pen: Pen
    text: str
    language: str
    step: str
    reason: str | None = None
    files: tuple[SignedFile, ...] = ()
    alert: Alert | None = None


def hash_of_record(record: Mapping[str, Any]) -> str:
    """The hash that a record must bear."""
    return hashlib.sha256(rfc8785.dumps(plain(record))).hexdigest()


def evidence_of(session: Session, case_id: UUID) -> Sequence[Evidence]:
    """The evidence of a case, in order."""
    query = select(Evidence).where(Evidence.case_id == case_id)
    return session.scalars(query.order_by(Evidence.position)).all()


def keep(desk: Desk, case: OfCase, act: Act, declaration: Declaration) -> Evidence:
    """Write what the actor declared about an act, chained to the evidence before it."""
    person_id = desk.actor.id
    if person_id is None:
        raise ValueError("only a person signs")
    before = evidence_of(desk.session, case.id)
    previous = before[-1].hash if before else FIRST
    record = _record(desk, act, declaration, previous)
    row = Evidence(
        case_id=case.id,
        act_id=act.id,
        position=len(before) + 1,
        kind=declaration.kind,
        record=record,
        person_id=person_id,
        at=desk.now,
        previous_hash=previous,
        hash=hash_of_record(record),
    )
    desk.session.add(row)
    desk.session.flush()
    return row


def _record(desk: Desk, act: Act, declaration: Declaration, previous: str) -> dict[str, Any]:
    pen = declaration.pen
    record: dict[str, Any] = plain(
        {
            "nature": declaration.kind,
            "acte_sha256": act.sha256,
            "personne": desk.actor.code,
            "nom": desk.actor.name,
            "qualite": pen.quality,
            "titulaire": pen.titulaire,
            "substitution": pen.substitution,
            "entree": pen.entry,
            "plan": pen.plan,
            "plafond_cents": pen.ceiling_cents,
            "declaration": declaration.text,
            "langue": declaration.language,
            "decision": declaration.decision,
            "motif_malgre_avis": declaration.reason,
            "a": desk.now,
            "methode": desk.reauthenticated,
            "session": desk.actor.session_id,
            "fichiers": [{"id": one.id, "nom": one.name, "sha256": one.sha256} for one in declaration.files],
            "precedent": previous,
        }
    )
    if declaration.alert is not None:
        record["alerte"] = {"regle": declaration.alert.rule, "motif": declaration.alert.reason}
    return record
