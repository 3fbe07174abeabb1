"""The act: what is signed, in canonical JSON (RFC 8785) and its SHA-256; who signs is in the evidence, not in it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

import rfc8785
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from workflows.desk import Desk
from workflows.journal.seal import plain
from workflows.journal.write import OfCase, note
from workflows.signatures.matter import Due
from workflows.signatures.models import Act, SignatureDue


def canonical(content: Mapping[str, Any]) -> str:
    """The one text that a content has."""
    return rfc8785.dumps(plain(content)).decode()


def sha256_of(text: str) -> str:
    """The SHA-256 of a text, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def content_of(act: Act) -> dict[str, Any]:
    """What an act says."""
    content: dict[str, Any] = json.loads(act.canonical)
    return content


def live_act(session: Session, case_id: UUID) -> Act | None:
    """The act of a case that stands: the last one, unless it was voided."""
    query = select(Act).where(Act.case_id == case_id, Act.voided_at.is_(None))
    return session.scalars(query.order_by(Act.sequence.desc()).limit(1)).first()


def dues_of_act(session: Session, act: Act) -> Sequence[SignatureDue]:
    """The signatures that an act needs, in order."""
    query = select(SignatureDue).where(SignatureDue.act_id == act.id)
    return session.scalars(query.order_by(SignatureDue.position)).all()


def unsigned(session: Session, act: Act) -> list[SignatureDue]:
    """The signatures that an act still needs, in order."""
    return [due for due in dues_of_act(session, act) if due.evidence_id is None]


def prepare(desk: Desk, case: OfCase, content: Mapping[str, Any], dues: Sequence[Due]) -> Act:
    """Write a new act and the signatures it needs."""
    text = canonical(content)
    last = desk.session.scalar(select(func.max(Act.sequence)).where(Act.case_id == case.id))
    act = Act(case_id=case.id, sequence=(last or 0) + 1, canonical=text, sha256=sha256_of(text), created_at=desk.now)
    desk.session.add(act)
    desk.session.flush()
    for due in dues:
        row = SignatureDue(act_id=act.id, position=due.position, level=due.level, joint=due.joint)
        desk.session.add(row)
    desk.session.flush()
    note(desk, "act.prepared", case=case, sequence=act.sequence, sha256=act.sha256, signatures=len(dues))
    return act


def void(desk: Desk, case: OfCase, reason: str) -> bool:
    """Void the act that stands, and every signature it bears; whether there was one."""
    act = live_act(desk.session, case.id)
    if act is None:
        return False
    act.voided_at = desk.now
    given = [due.position for due in dues_of_act(desk.session, act) if due.evidence_id is not None]
    desk.session.flush()
    note(desk, "act.voided", case=case, sequence=act.sequence, reason=reason)
    if given:
        note(desk, "signature.voided", case=case, sequence=act.sequence, positions=given)
    return True
