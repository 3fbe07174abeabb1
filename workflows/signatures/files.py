"""A file as a signature names it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SignedFile:
    """A file joined to what is signed: its id, its name, the SHA-256 of its bytes."""

    id: str
    name: str
    sha256: str
