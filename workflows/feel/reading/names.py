"""Which names an expression may use, also those with spaces, dashes or a word of the language inside."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from workflows.feel.errors import FeelSyntaxError
from workflows.feel.limits import MAX_NAMES

MAX_NAME_CHARS = 200
SPACES = re.compile(r"\s+")
PLAIN = re.compile(r"[^\W\d][\w'’]*(?: [\w'’]+)*")
PIECES = re.compile(r"[\w'’]+|\s+|.", re.DOTALL)
KEYWORDS = {
    "if": "IF", "then": "THEN", "else": "ELSE", "for": "FOR", "in": "IN", "return": "RETURN",
    "some": "SOME", "every": "EVERY", "satisfies": "SATISFIES", "function": "FUNCTION",
    "between": "BETWEEN", "and": "AND", "or": "OR", "true": "TRUE", "false": "FALSE", "null": "NULL",
}  # fmt: skip
LANGUAGE_PHRASES = ("date and time", "years and months duration", "days and time duration")


def tidy(name: str) -> str:
    """A name as it is compared: one space between words, accents in one form."""
    return SPACES.sub(" ", unicodedata.normalize("NFC", name)).strip()


def _is_plain(name: str) -> bool:
    return PLAIN.fullmatch(name) is not None and not any(
        word in KEYWORDS or word == "instance" for word in name.split(" ")
    )


def _pattern_of(name: str) -> str:
    pieces = (r"\s+" if piece.isspace() else re.escape(piece) for piece in PIECES.findall(name))
    return "".join(pieces) + (r"(?![\w'’])" if name[-1].isalnum() else "")


@lru_cache(maxsize=256)
def phrases(names: frozenset[str]) -> re.Pattern[str]:
    """What finds the names that plain words would not find, the longest first."""
    if len(names) > MAX_NAMES:
        raise FeelSyntaxError("feel.too_many_names", {"limit": MAX_NAMES})
    odd = {name for name in names if name and len(name) <= MAX_NAME_CHARS and not _is_plain(name)}
    ordered = sorted(odd | set(LANGUAGE_PHRASES), key=lambda name: (-len(name), name))
    return re.compile("|".join(_pattern_of(name) for name in ordered))


def tidied(names: Iterable[str]) -> frozenset[str]:
    """The declared names, each in the form in which it is compared."""
    return frozenset(tidy(name) for name in names)
