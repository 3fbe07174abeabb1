"""Small changes made to bytes, as accidents and attackers make them."""

from __future__ import annotations

from random import Random

STRANGE = (b"", b"\0", b"<", b">", b'"', b"'", b"(", b")", b"[", b"]", b"{", b"}", b"..", b"?", b"-", b"null", b"\xff")
STRANGE += (
    b"9" * 40,
    b"1e999",
    b"x" * 300,
    "é\u202e".encode(),
    b"&amp;",
    b"&#0;",
    b"]]>",
    b"if ",
    b"for i in ",
    b" and ",
)


def mutated(source: bytes, chance: Random) -> bytes:
    """A source with a few changes: bytes replaced, taken out, doubled, moved, or strange ones put in."""
    text = bytearray(source)
    for _ in range(chance.randint(1, 4)):
        at, end = sorted(chance.randint(0, len(text)) for _ in range(2))
        end = min(end, at + chance.choice((1, 4, 16, 200)))
        change = chance.randrange(5)
        if change == 0:
            text[at:end] = b""
        elif change == 1:
            text[at:at] = text[at:end]
        elif change == 2:
            text[at:end] = chance.choice(STRANGE)
        elif change == 3 and text:
            text[min(at, len(text) - 1)] = chance.randrange(256)
        else:
            other = chance.randint(0, len(text))
            text[other:other] = text[at:end]
    return bytes(text)
