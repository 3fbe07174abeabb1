"""The installation's own key: made once, replaced when its keeper says so."""

from __future__ import annotations

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from workflows.clock import business_now
from workflows.errors import Invalid
from workflows.signatures.models import InstallationKey
from workflows.signatures.seal import fingerprint_of, raw_public

LOCK = 7_203_412


def installation_key(session: Session) -> Ed25519PrivateKey:
    """The key in use; made when there is none yet, by one transaction at a time."""
    row = _current(session)
    if row is None:
        session.execute(select(func.pg_advisory_xact_lock(LOCK)))
        row = _current(session) or _write(session, Ed25519PrivateKey.generate())
    return _read(row.private_pem.encode())


def replace_key(session: Session, pem: bytes) -> str:
    """Seal from now on with another key (Ed25519, PEM); its fingerprint. Packs already handed out stay valid."""
    key = _read(pem)
    session.execute(select(func.pg_advisory_xact_lock(LOCK)))
    row = _current(session)
    if row is not None and row.fingerprint == fingerprint_of(raw_public(key.public_key())):
        return row.fingerprint
    if row is not None:
        row.retired_at = business_now(session)
    return _write(session, key).fingerprint


def fingerprints(session: Session) -> list[str]:
    """The fingerprints of this installation's keys, the one in use first."""
    query = select(InstallationKey.fingerprint)
    return list(session.scalars(query.order_by(InstallationKey.retired_at.desc().nulls_first())))


def _current(session: Session) -> InstallationKey | None:
    query = select(InstallationKey).where(InstallationKey.retired_at.is_(None))
    return session.scalars(query.order_by(InstallationKey.id.desc()).limit(1)).first()


def _write(session: Session, key: Ed25519PrivateKey) -> InstallationKey:
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    public = key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    row = InstallationKey(
        private_pem=private.decode(),
        public_pem=public.decode(),
        fingerprint=fingerprint_of(raw_public(key.public_key())),
        created_at=business_now(session),
    )
    session.add(row)
    session.flush()
    return row


def _read(pem: bytes) -> Ed25519PrivateKey:
    try:
        key = load_pem_private_key(pem, password=None)
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise Invalid("key.unreadable") from error
    if not isinstance(key, Ed25519PrivateKey):
        raise Invalid("key.unreadable")
    return key
