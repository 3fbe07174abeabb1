"""« Vérifier la signature »: hashes, chain and seal recomputed, from a case's rows or from a pack alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflows.signatures.act import sha256_of
from workflows.signatures.evidence import FIRST, evidence_of, hash_of_record
from workflows.signatures.models import Act
from workflows.signatures.seal import is_sealed
from workflows.signatures.unpack import WITHOUT_FORM, Pack, unpack

SENTENCES = {
    "act.canonical": ("L'acte est écrit sous sa forme canonique.", "The act is written in its canonical form."),
    "act.hash": ("Les preuves portent sur cet acte.", "The evidence is about this act."),
    "chain.hashes": ("Chaque preuve a l'empreinte de son contenu.", "Each piece of evidence bears its content's hash."),
    "chain.links": ("Chaque preuve nomme celle qui la précède.", "Each piece of evidence names the one before it."),
    "seal.files": ("Le sceau couvre ces fichiers.", "The seal covers these files."),
    "seal.signature": ("Le sceau est celui de la clé indiquée.", "The seal was made with the key shown."),
    "seal.key": ("La clé est celle de l'installation attendue.", "The key is that of the installation expected."),
}
"""What is checked, in both languages."""

VERDICTS = {True: ("Intégrité confirmée", "Integrity confirmed"), False: ("Document altéré", "Document altered")}


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was checked, and whether it holds."""

    code: str
    holds: bool

    def sentence(self, language: str) -> str:
        """What was checked, in words."""
        return SENTENCES[self.code][language == "en"]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What verifying found: every check, the act, the signatures, and the fingerprint of the sealing key."""

    checks: tuple[Check, ...]
    act: Mapping[str, Any]
    signatures: tuple[Mapping[str, Any], ...]
    fingerprint: str | None = None

    @property
    def intact(self) -> bool:
        """Whether everything holds."""
        return all(check.holds for check in self.checks)

    def sentence(self, language: str) -> str:
        """« Intégrité confirmée » or « Document altéré »."""
        return VERDICTS[self.intact][language == "en"]


def verify_pack(content: bytes, trusted: str | None = None) -> Verdict:
    """Verify an evidence pack by itself; ``trusted`` is the fingerprint of the key that it should be sealed with."""
    pack = unpack(content)
    checks = [
        Check("act.canonical", pack.is_canonical),
        Check("act.hash", _about(pack)),
        *_chain(pack.records),
        Check("seal.files", pack.seal is not None and pack.seal.files == pack.hashes),
        Check("seal.signature", pack.seal is not None and is_sealed(pack.seal)),
    ]
    if trusted is not None:
        checks.append(Check("seal.key", pack.seal is not None and pack.seal.fingerprint == trusted))
    fingerprint = pack.seal.fingerprint if pack.seal is not None else None
    return Verdict(tuple(checks), pack.act, tuple(pack.records), fingerprint)


def _about(pack: Pack) -> bool:
    """Whether the last evidence is about this very act; earlier ones may be about acts voided since."""
    return bool(pack.records) and pack.records[-1].get("acte_sha256") == pack.hashes["acte.json"]


def _chain(records: Sequence[Mapping[str, Any]]) -> tuple[Check, Check]:
    hashes = all(_holds(record) for record in records)
    before = [FIRST, *(record.get("hash") for record in records)]
    links = all(record.get("precedent") == previous for record, previous in zip(records, before, strict=False))
    return Check("chain.hashes", hashes), Check("chain.links", links)


def _holds(record: Mapping[str, Any]) -> bool:
    bare = {key: value for key, value in record.items() if key != "hash"}
    try:
        return bool(record.get("hash") == hash_of_record(bare))
    except WITHOUT_FORM:
        return False


def verify_case(session: Session, case_id: UUID) -> Verdict:
    """Verify what the database holds of a case's signatures."""
    acts = session.scalars(select(Act).where(Act.case_id == case_id).order_by(Act.sequence)).all()
    rows = evidence_of(session, case_id)
    by_id = {act.id: act for act in acts}
    records = [{**row.record, "hash": row.hash} for row in rows]
    about = all(by_id[row.act_id].sha256 == row.record.get("acte_sha256") for row in rows)
    placed = all(row.previous_hash == row.record.get("precedent") for row in rows)
    hashes, links = _chain(records)
    checks = (
        Check("act.canonical", all(act.sha256 == sha256_of(act.canonical) for act in acts)),
        Check("act.hash", about),
        hashes,
        Check("chain.links", links.holds and placed),
    )
    return Verdict(checks, {}, tuple(records))
