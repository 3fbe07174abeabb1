"""Putting a list in order."""

from __future__ import annotations

from workflows.feel.library.registry import builtin
from workflows.feel.run import Run
from workflows.feel.values.compare import order
from workflows.feel.values.kinds import Function


@builtin("sort", "list")
@builtin("sort", "list", "precedes")
def sort(run: Run, items: object, precedes: object = None) -> object:
    """The list in order, as the function says which of two comes first."""
    if items is None or (precedes is not None and not isinstance(precedes, Function)):
        return None
    return merge_sorted(run, list(items) if isinstance(items, list) else [items], precedes)


def merge_sorted(run: Run, items: list[object], precedes: Function | None) -> list[object] | None:
    """Sort by merging: every comparison is paid for, and equal items keep their places."""
    width = 1
    while width < len(items):
        merged: list[object] = []
        for start in range(0, len(items), 2 * width):
            halves = items[start : start + width], items[start + width : start + 2 * width]
            pair = _merged(run, *halves, precedes)
            if pair is None:
                return None
            merged += pair
        items, width = merged, 2 * width
    return items


def _merged(run: Run, left: list[object], right: list[object], precedes: Function | None) -> list[object] | None:
    made: list[object] = []
    first = second = 0
    while first < len(left) and second < len(right):
        sooner = _comes_first(run, right[second], left[first], precedes)
        if sooner is None:
            return None
        if sooner:
            made.append(right[second])
            second += 1
        else:
            made.append(left[first])
            first += 1
    return made + left[first:] + right[second:]


def _comes_first(run: Run, one: object, other: object, precedes: Function | None) -> bool | None:
    run.budget.charge(2)
    if precedes is None:
        found = order(one, other)
        return None if found is None else found < 0
    if len(precedes.parameters) != 2:
        return None
    run.budget.enter(precedes.frames)
    answer = precedes.invoke(run, (one, other))
    run.budget.leave(precedes.frames)
    return answer if isinstance(answer, bool) else None
