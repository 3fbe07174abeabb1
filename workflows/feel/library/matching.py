"""Functions that look for a pattern in a text."""

from __future__ import annotations

from workflows.feel.errors import FeelError
from workflows.feel.library.registry import builtin
from workflows.feel.limits import checked_length, checked_list
from workflows.feel.patterns import Found, Program, program_of, search
from workflows.feel.run import Run


@builtin("matches", "input", "pattern", "flags?")
def matches(run: Run, text: object, pattern: object, flags: object = None) -> bool | None:
    """Whether a pattern is found in a text."""
    marks = "" if flags is None else flags
    if not isinstance(text, str) or not isinstance(pattern, str) or not isinstance(marks, str):
        return None
    return search(program_of(pattern, marks), text, 0, run.budget) is not None


def _all(run: Run, program: Program, text: str) -> list[Found] | None:
    found: list[Found] = []
    position = 0
    while position <= len(text) and (match := search(program, text, position, run.budget)):
        start, end = match.span()
        if start == end:
            return None
        found.append(match)
        position = end
    return found


@builtin("replace", "input", "pattern", "replacement", "flags?")
def replace(run: Run, text: object, pattern: object, replacement: object, flags: object = None) -> str | None:
    """The text with something else wherever the pattern is found; « $1 » is what its first group found."""
    marks = "" if flags is None else flags
    if not isinstance(text, str) or not isinstance(pattern, str) or not isinstance(marks, str):
        return None
    found = _all(run, program_of(pattern, marks), text) if isinstance(replacement, str) else None
    if found is None or not isinstance(replacement, str):
        return None
    literal = "q" in marks
    pieces: list[str] = []
    position = length = 0
    for match in found:
        start, end = match.span()
        pieces += [text[position:start], replacement if literal else _filled(replacement, match, text)]
        length += len(pieces[-1]) + len(pieces[-2])
        checked_length(length)
        position = end
    return "".join([*pieces, text[position:]])


def _filled(replacement: str, match: Found, text: str) -> str:
    pieces: list[str] = []
    signs = iter(replacement)
    for sign in signs:
        if sign == "\\":
            following = next(signs, "")
            if following not in ("\\", "$"):
                raise FeelError("feel.bad_pattern", {"pattern": replacement[:60]})
            pieces.append(following)
        elif sign == "$":
            digit = next(signs, "")
            if not (digit.isascii() and digit.isdigit()):
                raise FeelError("feel.bad_pattern", {"pattern": replacement[:60]})
            pieces.append(_group(match, int(digit), text))
        else:
            pieces.append(sign)
    return "".join(pieces)


def _group(match: Found, number: int, text: str) -> str:
    if 2 * number >= len(match.places):
        return ""
    start, end = match.span(number)
    return text[start:end] if start >= 0 and end >= 0 else ""


@builtin("split", "string", "delimiter")
def split(run: Run, text: object, delimiter: object) -> list[object] | None:
    """The pieces of a text between the places where a pattern is found."""
    if not isinstance(text, str) or not isinstance(delimiter, str):
        return None
    found = _all(run, program_of(delimiter, ""), text)
    if found is None:
        return None
    pieces: list[object] = []
    position = 0
    for match in found:
        start, end = match.span()
        pieces.append(text[position:start])
        position = end
    return checked_list([*pieces, text[position:]])
