"""The installation's seal on a pack: an Ed25519 signature over the hashes of its files, and the key to check it."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import rfc8785
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

SEAL = "sceau.json"


@dataclass(frozen=True, slots=True)
class Seal:
    """The hashes that a seal covers, the public key (raw), and the signature."""

    files: Mapping[str, str]
    key: bytes
    signature: bytes

    @property
    def fingerprint(self) -> str:
        """The SHA-256 of the public key: what to compare with the installation's."""
        return fingerprint_of(self.key)


def fingerprint_of(key: bytes) -> str:
    """The fingerprint of a raw public key."""
    return hashlib.sha256(key).hexdigest()


def raw_public(key: Ed25519PublicKey) -> bytes:
    """The 32 bytes of a public key."""
    return key.public_bytes(Encoding.Raw, PublicFormat.Raw)


def write_seal(files: Mapping[str, str], key: Ed25519PrivateKey) -> bytes:
    """The seal over some files' hashes, as a pack holds it."""
    public = raw_public(key.public_key())
    signature = key.sign(_sealed(files))
    return rfc8785.dumps(
        {
            "algorithme": "Ed25519",
            "fichiers": dict(files),
            "cle": base64.b64encode(public).decode(),
            "empreinte": fingerprint_of(public),
            "signature": base64.b64encode(signature).decode(),
        }
    )


def read_seal(value: Any) -> Seal | None:
    """A seal as it was written; None when it is not one."""
    try:
        files = {str(name): str(hash_) for name, hash_ in value["fichiers"].items()}
        key = base64.b64decode(value["cle"], validate=True)
        return Seal(files, key, base64.b64decode(value["signature"], validate=True))
    except (KeyError, TypeError, ValueError, AttributeError):
        return None


def is_sealed(seal: Seal) -> bool:
    """Whether the signature is that of the key, over these hashes."""
    try:
        Ed25519PublicKey.from_public_bytes(seal.key).verify(seal.signature, _sealed(seal.files))
    except (InvalidSignature, ValueError):
        return False
    return True


def _sealed(files: Mapping[str, str]) -> bytes:
    return b"parcours/preuve/1\n" + rfc8785.dumps(dict(files))
