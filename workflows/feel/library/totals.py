"""Functions that make one value of a list: sums, means, extremes, and whether all or any are true."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from decimal import Decimal

from workflows.feel.library.registry import A, builtin
from workflows.feel.run import Run
from workflows.feel.values.arithmetic import add
from workflows.feel.values.compare import order
from workflows.feel.values.numbers import CONTEXT, finite


def over_list(name: str) -> Callable[[A], A]:
    """Declare a function that takes one list, or the same values one after the other."""

    def register(answer: A) -> A:
        def given(run: Run, *values: object) -> object:
            if len(values) == 1 and (values[0] is None or isinstance(values[0], list)):
                return None if values[0] is None else answer(run, values[0])
            run.budget.charge(len(values))
            return answer(run, [*values])

        builtin(name, "list")(given)
        builtin(name, "value*")(given)
        return answer

    return register


def _numbers(items: list[object]) -> list[Decimal] | None:
    numbers = [item for item in items if isinstance(item, Decimal)]
    return numbers if numbers and len(numbers) == len(items) else None


@over_list("sum")
def total(_run: Run, items: list[object]) -> object:
    """All numbers, or all durations, added up."""
    if not items:
        return None
    result = items[0] if not isinstance(items[0], (str, bool)) else None
    for item in items[1:]:
        result = add(result, item)
    return result


@over_list("product")
def product(_run: Run, items: list[object]) -> Decimal | None:
    """All numbers multiplied."""
    numbers = _numbers(items)
    if numbers is None:
        return None
    result = Decimal(1)
    for number in numbers:
        result = CONTEXT.multiply(result, number)
    return finite(result)


@over_list("mean")
def mean(run: Run, items: list[object]) -> Decimal | None:
    """The average of numbers."""
    numbers = _numbers(items)
    added = total(run, items) if numbers else None
    return finite(CONTEXT.divide(added, Decimal(len(items)))) if isinstance(added, Decimal) else None


@over_list("median")
def median(_run: Run, items: list[object]) -> Decimal | None:
    """The number in the middle."""
    numbers = sorted(_numbers(items) or [])
    if not numbers:
        return None
    middle = len(numbers) // 2
    if len(numbers) % 2:
        return numbers[middle]
    return finite(CONTEXT.divide(CONTEXT.add(numbers[middle - 1], numbers[middle]), Decimal(2)))


@over_list("stddev")
def stddev(run: Run, items: list[object]) -> Decimal | None:
    """How far numbers lie from their average, as of a sample."""
    average = mean(run, items)
    if average is None or len(items) < 2:
        return None
    squares = Decimal(0)
    for number in _numbers(items) or []:
        gap = CONTEXT.subtract(number, average)
        squares = CONTEXT.add(squares, CONTEXT.multiply(gap, gap))
    return finite(CONTEXT.sqrt(CONTEXT.divide(squares, Decimal(len(items) - 1))))


@over_list("mode")
def mode(_run: Run, items: list[object]) -> list[object] | None:
    """The numbers that come most often, the smallest first."""
    numbers = _numbers(items)
    if numbers is None:
        return None if items else []
    counted = Counter(numbers)
    most = max(counted.values())
    return [*sorted(number for number, times in counted.items() if times == most)]


def _extreme(items: list[object], sign: int) -> object:
    if not items:
        return None
    best = items[0]
    if order(best, best) is None:
        return None
    for item in items[1:]:
        found = order(item, best)
        if found is None:
            return None
        if found * sign > 0:
            best = item
    return best


@over_list("min")
def smallest(_run: Run, items: list[object]) -> object:
    """The value that comes first."""
    return _extreme(items, -1)


@over_list("max")
def greatest(_run: Run, items: list[object]) -> object:
    """The value that comes last."""
    return _extreme(items, 1)


@over_list("all")
def every(_run: Run, items: list[object]) -> bool | None:
    """Whether all are true."""
    if any(item is False for item in items):
        return False
    return True if all(item is True for item in items) else None


@over_list("any")
def some(_run: Run, items: list[object]) -> bool | None:
    """Whether one is true."""
    if any(item is True for item in items):
        return True
    return False if all(item is False for item in items) else None
