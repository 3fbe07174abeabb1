"""Functions that ask something of a list, or make another list of it."""

from __future__ import annotations

from decimal import Decimal

from workflows.feel.library.registry import builtin
from workflows.feel.limits import checked_list
from workflows.feel.run import Run
from workflows.feel.values.compare import equal
from workflows.feel.values.kinds import Function
from workflows.feel.values.numbers import whole


def as_list(value: object) -> list[object]:
    """A list; a single value counts as a list of one."""
    return value if isinstance(value, list) else [] if value is None else [value]


def place_of(items: list[object], position: object) -> int | None:
    """Where a position counted from one, or from the end with a minus, stands."""
    index = whole(position)
    if not index or abs(index) > len(items):
        return None
    return index - 1 if index > 0 else len(items) + index


def _same(run: Run, left: object, right: object) -> bool:
    run.budget.charge(1)
    return equal(left, right, run.budget) is True


@builtin("list contains", "list", "element")
def list_contains(run: Run, items: object, element: object) -> bool | None:
    """Whether a value is in a list."""
    return None if items is None else any(_same(run, item, element) for item in as_list(items))


@builtin("count", "list")
def count(_run: Run, items: object) -> Decimal | None:
    """How many items a list has."""
    return None if items is None else Decimal(len(as_list(items)))


@builtin("sublist", "list", "start position", "length?")
def sublist(_run: Run, items: object, start: object, length: object = None) -> list[object] | None:
    """Part of a list, from a position."""
    values, size = as_list(items), whole(length)
    first = place_of(values, start)
    if first is None or (length is not None and (size is None or size < 0 or first + size > len(values))):
        return None
    return values[first:] if size is None else values[first : first + size]


@builtin("append", "list", "item*")
def append(_run: Run, items: object, *more: object) -> list[object] | None:
    """The list with more items at its end."""
    return None if items is None else checked_list([*as_list(items), *more])


@builtin("concatenate", "list*")
def concatenate(run: Run, *lists: object) -> list[object] | None:
    """Several lists, one after the other."""
    made: list[object] = []
    for items in lists:
        if items is None:
            return None
        made += as_list(items)
        checked_list(made)
    return made


@builtin("insert before", "list", "position", "newItem")
def insert_before(_run: Run, items: object, position: object, new: object) -> list[object] | None:
    """The list with one item more, before a position."""
    values = as_list(items)
    place = place_of(values, position)
    return None if place is None else checked_list([*values[:place], new, *values[place:]])


@builtin("remove", "list", "position")
def remove(_run: Run, items: object, position: object) -> list[object] | None:
    """The list without the item at a position."""
    values = as_list(items)
    place = place_of(values, position)
    return None if place is None else [*values[:place], *values[place + 1 :]]


@builtin("list replace", "list", "position", "newItem")
@builtin("list replace", "list", "match", "newItem")
def list_replace(run: Run, items: object, which: object, new: object) -> list[object] | None:
    """The list with another item at a position, or wherever a function says so."""
    values = as_list(items)
    if not isinstance(which, Function):
        place = place_of(values, which)
        return None if place is None else [*values[:place], new, *values[place + 1 :]]
    if len(which.parameters) != 2:
        return None
    made: list[object] = []
    run.budget.enter(which.frames)
    for item in values:
        found = which.invoke(run, (item, new))
        if not isinstance(found, bool):
            return None
        made.append(new if found else item)
    run.budget.leave(which.frames)
    return made


@builtin("reverse", "list")
def reverse(_run: Run, items: object) -> list[object] | None:
    """The list from its end to its start."""
    return None if items is None else as_list(items)[::-1]


@builtin("index of", "list", "match")
def index_of(run: Run, items: object, match: object) -> list[object] | None:
    """The positions at which a value stands in a list."""
    if items is None:
        return None
    return [Decimal(place) for place, item in enumerate(as_list(items), start=1) if _same(run, item, match)]


@builtin("union", "list*")
def union(run: Run, *lists: object) -> list[object] | None:
    """Several lists as one, each value once."""
    joined = concatenate(run, *lists)
    return None if joined is None else distinct_values(run, joined)


@builtin("distinct values", "list")
def distinct_values(run: Run, items: object) -> list[object] | None:
    """The list with each value once."""
    if items is None:
        return None
    made: list[object] = []
    for item in as_list(items):
        if not any(_same(run, item, kept) for kept in made):
            made.append(item)
    return made


@builtin("flatten", "list")
def flatten(run: Run, items: object) -> list[object] | None:
    """The items of the lists inside a list, however deep."""
    if items is None:
        return None
    made: list[object] = []
    waiting = [iter(as_list(items))]
    while waiting:
        for item in waiting[-1]:
            run.budget.charge(1)
            if isinstance(item, list):
                waiting.append(iter(item))
                break
            made.append(item)
        else:
            waiting.pop()
    return checked_list(made)
