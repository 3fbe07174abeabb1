"""A pattern as a small program: characters to read, ways to try in order, places to remember."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from workflows.feel.errors import FeelError
from workflows.feel.patterns.classes import Test
from workflows.feel.patterns.reader import Part, Reader

MAX_PROGRAM = 2_000


@dataclass(slots=True)
class Step:
    """One step: read a character, try one way and then another, remember a place, stand at an edge, or be done.

    ``first`` is where to go, which place or edge, or for a character what reading one costs.
    """

    kind: str
    test: Test | None = None
    first: int = 0
    second: int = 0


@dataclass(frozen=True, slots=True)
class Program:
    """The steps of a pattern, how many places they remember, and whether lines have edges of their own."""

    steps: tuple[Step, ...]
    places: int
    lines: bool


class _Writer:
    def __init__(self, refused: FeelError) -> None:
        self.steps: list[Step] = []
        self.refused = refused

    def add(self, step: Step) -> int:
        if len(self.steps) >= MAX_PROGRAM:
            raise self.refused
        self.steps.append(step)
        return len(self.steps) - 1

    def write(self, part: Part) -> None:
        if part.kind == "char":
            self.add(Step("char", test=part.test, first=part.low))
        elif part.kind == "edge":
            self.add(Step("edge", first=part.low))
        elif part.kind == "row":
            for inner in part.parts:
                self.write(inner)
        elif part.kind == "group":
            self.add(Step("save", first=2 * part.low))
            self.write(part.parts[0])
            self.add(Step("save", first=2 * part.low + 1))
        elif part.kind == "choice":
            self._choice(part)
        else:
            self._repeat(part)

    def _choice(self, part: Part) -> None:
        ends: list[int] = []
        for way in part.parts[:-1]:
            split = self.add(Step("split"))
            self.steps[split].first = split + 1
            self.write(way)
            ends.append(self.add(Step("jump")))
            self.steps[split].second = len(self.steps)
        self.write(part.parts[-1])
        for end in ends:
            self.steps[end].first = len(self.steps)

    def _repeat(self, part: Part) -> None:
        inner = part.parts[0]
        for _ in range(part.low):
            self.write(inner)
        if part.high is None:
            split = self._split()
            self.write(inner)
            self.add(Step("jump", first=split))
            self._aim(split, part.greedy)
            return
        splits: list[int] = []
        for _ in range(part.high - part.low):
            splits.append(self._split())
            self.write(inner)
        for split in splits:
            self._aim(split, part.greedy)

    def _split(self) -> int:
        return self.add(Step("split"))

    def _aim(self, split: int, greedy: bool) -> None:
        inside, after = split + 1, len(self.steps)
        self.steps[split].first, self.steps[split].second = (inside, after) if greedy else (after, inside)


@lru_cache(maxsize=256)
def program_of(pattern: str, flags: str, *, plain: bool = False) -> Program:
    """The program of a pattern; one that is not accepted is refused with a code. Plain: ``\\d``, ``\\w`` are ASCII."""
    reader = Reader(pattern, flags, plain=plain)
    part = reader.read()
    writer = _Writer(reader.refused())
    writer.write(part)
    writer.add(Step("done", first=1))
    return Program(tuple(writer.steps), 2 * reader.groups + 2, "m" in flags)
