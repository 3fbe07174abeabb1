"""Reading an evidence pack that anyone may have made: nothing in it is believed, and nothing large is opened."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import rfc8785

from workflows.errors import Invalid
from workflows.signatures.seal import SEAL, Seal, read_seal

ACT = "acte.json"
EVIDENCE = "preuves.json"
CERTIFICATE = "certificat.pdf"
MAX_BYTES = 20_000_000
MAX_FILES = 10
UNREADABLE = (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError, ValueError)
WITHOUT_FORM = (rfc8785.CanonicalizationError, RecursionError, ValueError)
"""What a value raises that has no canonical form."""


@dataclass(frozen=True, slots=True)
class Pack:
    """What a pack holds: the act, the records, the hash of each file, the seal if there is one."""

    act: Mapping[str, Any]
    is_canonical: bool
    records: list[dict[str, Any]]
    hashes: Mapping[str, str]
    seal: Seal | None


def unpack(content: bytes) -> Pack:
    """Read a pack; raises ``Invalid("evidence.unreadable")`` when it is not one."""
    files = _files(content)
    act, records = _json(files.get(ACT)), _json(files.get(EVIDENCE))
    if not isinstance(act, dict) or not isinstance(records, list):
        raise Invalid("evidence.unreadable")
    if not all(isinstance(record, dict) for record in records):
        raise Invalid("evidence.unreadable")
    seal = read_seal(_json(files[SEAL])) if SEAL in files else None
    hashes = {name: hashlib.sha256(body).hexdigest() for name, body in files.items() if name != SEAL}
    return Pack(act, _canonical(act) == files[ACT], records, hashes, seal)


def _canonical(value: Any) -> bytes:
    try:
        return rfc8785.dumps(value)
    except WITHOUT_FORM:
        return b""


def _files(content: bytes) -> dict[str, bytes]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
            names = {entry.filename for entry in entries}
            too_large = sum(entry.file_size for entry in entries) > MAX_BYTES
            if too_large or len(entries) > MAX_FILES or len(names) != len(entries):
                raise Invalid("evidence.unreadable")
            return {entry.filename: archive.read(entry) for entry in entries}
    except UNREADABLE as error:
        raise Invalid("evidence.unreadable") from error


def _json(body: bytes | None) -> Any:
    if body is None:
        raise Invalid("evidence.unreadable")
    try:
        return json.loads(body)
    except (ValueError, RecursionError) as error:
        raise Invalid("evidence.unreadable") from error
