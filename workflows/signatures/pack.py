"""The evidence pack of a signed case: a ZIP that can be verified anywhere, without this house."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Mapping
from uuid import UUID

import rfc8785
from sqlalchemy import select
from sqlalchemy.orm import Session

from workflows.errors import Missing
from workflows.signatures.evidence import evidence_of
from workflows.signatures.key import installation_key
from workflows.signatures.models import Act
from workflows.signatures.seal import SEAL, write_seal
from workflows.signatures.unpack import ACT, CERTIFICATE, EVIDENCE

STILL = (1980, 1, 1, 0, 0, 0)
"""The date of every file in a pack: the same evidence gives the same bytes."""


def evidence_pack(session: Session, case_id: UUID, certificate: bytes | None = None) -> bytes:
    """The pack of a case's sealed act; raises ``Missing("evidence.unknown")`` when none is sealed."""
    query = select(Act).where(Act.case_id == case_id, Act.sealed_at.is_not(None), Act.voided_at.is_(None))
    act = session.scalars(query.order_by(Act.sequence.desc()).limit(1)).first()
    if act is None:
        raise Missing("evidence.unknown")
    records = [{**row.record, "hash": row.hash} for row in evidence_of(session, case_id)]
    files = {ACT: act.canonical.encode(), EVIDENCE: rfc8785.dumps(records)}
    if certificate is not None:
        files[CERTIFICATE] = certificate
    hashes = {name: hashlib.sha256(body).hexdigest() for name, body in files.items()}
    return _zip({**files, SEAL: write_seal(hashes, installation_key(session))})


def _zip(files: Mapping[str, bytes]) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in files.items():
            entry = zipfile.ZipInfo(name, STILL)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, body)
    return written.getvalue()
