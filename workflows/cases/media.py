"""What kind of file it really is, told from its bytes, and a name that is safe to give back."""

from __future__ import annotations

import unicodedata

import filetype

from workflows.errors import Flaw, Invalid

LARGEST = 10 * 1024 * 1024
SUFFIXES = {
    "application/pdf": (".pdf",),
    "image/png": (".png",),
    "image/jpeg": (".jpg", ".jpeg"),
}
LONGEST_NAME = 120
FORBIDDEN = frozenset('<>:"/\\|?*')


def media_type(content: bytes) -> str:
    """The type found in the content: PDF, PNG or JPG, at most 10 Mo; anything else is refused."""
    if not content:
        raise _refused("file.empty")
    if len(content) > LARGEST:
        raise _refused("file.too_large", largest=LARGEST)
    kind = filetype.guess(content)
    if kind is None or kind.mime not in SUFFIXES:
        raise _refused("file.type")
    return str(kind.mime)


def safe_name(filename: str, media: str) -> str:
    """The file's name without folders, control characters or a misleading ending."""
    last = unicodedata.normalize("NFC", filename).replace("\\", "/").rsplit("/", 1)[-1]
    kept = "".join(sign for sign in last if sign.isprintable() and sign not in FORBIDDEN).strip(" .")
    stem, dot, suffix = kept.rpartition(".")
    endings = SUFFIXES[media]
    if not dot or f".{suffix.lower()}" not in endings:
        stem, suffix = kept, endings[0][1:]
    return f"{stem.strip(' .')[:LONGEST_NAME] or 'fichier'}.{suffix}"


def _refused(code: str, **params: object) -> Invalid:
    return Invalid(code, {"file": (Flaw(code, **params),)}, **params)
