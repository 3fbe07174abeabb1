"""Runs a pattern over a text, every way at once, paying for each step."""

from __future__ import annotations

from dataclasses import dataclass

from workflows.feel.limits import Budget
from workflows.feel.patterns.program import Program

Places = tuple[int, ...]
Thread = tuple[int, Places]


@dataclass(frozen=True, slots=True)
class Found:
    """Where a pattern was found, and where each of its groups was; minus one for a group that took no part."""

    places: Places

    def span(self, group: int = 0) -> tuple[int, int]:
        """Where a group starts and ends."""
        return self.places[2 * group], self.places[2 * group + 1]


class _Machine:
    def __init__(self, program: Program, text: str, budget: Budget) -> None:
        self.program = program
        self.text = text
        self.budget = budget

    def follow(self, threads: list[Thread], seen: set[int], thread: Thread, position: int) -> None:
        """Go on from a step to all the steps that read a character, the preferred first."""
        waiting = [thread]
        steps = self.program.steps
        while waiting:
            index, places = waiting.pop()
            if index in seen:
                continue
            seen.add(index)
            step = steps[index]
            if step.kind == "jump":
                waiting.append((step.first, places))
            elif step.kind == "split":
                waiting += [(step.second, places), (step.first, places)]
            elif step.kind == "save":
                waiting.append((index + 1, _with(places, step.first, position)))
            elif step.kind == "edge":
                if self._at_edge(step.first, position):
                    waiting.append((index + 1, places))
            else:
                threads.append((index, places))
        self.budget.charge(1 + len(seen))

    def _at_edge(self, end: int, position: int) -> bool:
        if position == (len(self.text) if end else 0):
            return True
        return self.program.lines and self.text[position if end else position - 1] == "\n"

    def step(self, threads: list[Thread], position: int) -> tuple[list[Thread], Places | None]:
        """Read one character in every thread; stop at the first that is done."""
        following: list[Thread] = []
        seen: set[int] = set()
        steps = self.program.steps
        char = self.text[position : position + 1]
        self.budget.charge(sum(steps[index].first for index, _ in threads))
        for index, places in threads:
            step = steps[index]
            if step.test is None:
                return following, _with(places, 1, position)
            if char and step.test(char):
                self.follow(following, seen, (index + 1, places), position + 1)
        return following, None


def _with(places: Places, index: int, position: int) -> Places:
    return (*places[:index], position, *places[index + 1 :])


def search(program: Program, text: str, start: int, budget: Budget) -> Found | None:
    """The first place, from a start on, where the pattern is found; the longest preferred way there."""
    machine = _Machine(program, text, budget)
    nowhere = (-1,) * program.places
    threads: list[Thread] = []
    best: Places | None = None
    for position in range(start, len(text) + 1):
        if best is None:
            seen = {index for index, _ in threads}
            machine.follow(threads, seen, (0, _with(nowhere, 0, position)), position)
        if not threads and best is not None:
            break
        threads, done = machine.step(threads, position)
        best = done or best
    return None if best is None else Found(best)
