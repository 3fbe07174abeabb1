"""Functions on texts."""

from __future__ import annotations

from decimal import Decimal

from workflows.feel.library.registry import builtin
from workflows.feel.limits import checked_length
from workflows.feel.run import Run
from workflows.feel.values.numbers import whole


@builtin("substring", "string", "start position", "length?")
def substring(_run: Run, string: object, start: object, length: object = None) -> str | None:
    """Part of a text, from a position counted from one, or from the end with a minus."""
    position, count = whole(start), whole(length)
    if not isinstance(string, str) or not position or (length is not None and count is None):
        return None
    first = position - 1 if position > 0 else len(string) + position
    if first < 0 or first >= len(string) or (count is not None and count < 1):
        return None if first < 0 or (count is not None and count < 1) else ""
    return string[first:] if count is None else string[first : first + count]


@builtin("string length", "string")
def string_length(_run: Run, string: object) -> Decimal | None:
    """How many characters a text has."""
    return Decimal(len(string)) if isinstance(string, str) else None


@builtin("upper case", "string")
def upper_case(_run: Run, string: object) -> str | None:
    """The text in capitals."""
    return string.upper() if isinstance(string, str) else None


@builtin("lower case", "string")
def lower_case(_run: Run, string: object) -> str | None:
    """The text in small letters."""
    return string.lower() if isinstance(string, str) else None


@builtin("substring before", "string", "match")
def substring_before(_run: Run, string: object, match: object) -> str | None:
    """What comes before a piece of a text; an empty text when the piece is not there."""
    if not isinstance(string, str) or not isinstance(match, str):
        return None
    place = string.find(match)
    return string[:place] if place > 0 else ""


@builtin("substring after", "string", "match")
def substring_after(_run: Run, string: object, match: object) -> str | None:
    """What comes after a piece of a text; an empty text when the piece is not there."""
    if not isinstance(string, str) or not isinstance(match, str):
        return None
    place = string.find(match)
    return string[place + len(match) :] if place >= 0 else ""


@builtin("contains", "string", "match")
def contains(_run: Run, string: object, match: object) -> bool | None:
    """Whether a piece is in a text."""
    return match in string if isinstance(string, str) and isinstance(match, str) else None


@builtin("starts with", "string", "match")
def starts_with(_run: Run, string: object, match: object) -> bool | None:
    """Whether a text begins with a piece."""
    return string.startswith(match) if isinstance(string, str) and isinstance(match, str) else None


@builtin("ends with", "string", "match")
def ends_with(_run: Run, string: object, match: object) -> bool | None:
    """Whether a text ends with a piece."""
    return string.endswith(match) if isinstance(string, str) and isinstance(match, str) else None


@builtin("string join", "list", "delimiter?")
def string_join(_run: Run, items: object, delimiter: object = None) -> str | None:
    """The texts of a list as one, with a delimiter between them; nothing is left out but nothing."""
    between = "" if delimiter is None else delimiter
    if isinstance(items, str):
        items = [items]
    if not isinstance(items, list) or not isinstance(between, str):
        return None
    texts = [item for item in items if item is not None]
    if not all(isinstance(text, str) for text in texts):
        return None
    pieces = [str(text) for text in texts]
    checked_length(sum(map(len, pieces)) + len(between) * len(pieces))
    return between.join(pieces)
