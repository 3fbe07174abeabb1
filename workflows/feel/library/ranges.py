"""Functions that say how two ranges, or a point and a range, lie to each other."""

from __future__ import annotations

from collections.abc import Callable

from workflows.feel.library.registry import builtin
from workflows.feel.run import Run
from workflows.feel.values.compare import order
from workflows.feel.values.kinds import Range

Relation = Callable[[Range, Range], bool]
POINTS, POINT_RANGE, RANGE_POINT, RANGES = ("pp", "pr", "rp", "rr")
NAMES = {
    POINTS: ("point1", "point2"),
    POINT_RANGE: ("point", "range"),
    RANGE_POINT: ("range", "point"),
    RANGES: ("range1", "range2"),
}


def _as_range(value: object) -> Range | None:
    if isinstance(value, Range):
        return value if value.low is not None and value.high is not None else None
    return None if order(value, value) is None else Range(value, value, True, True)


def _shape(left: object, right: object) -> str:
    return ("r" if isinstance(left, Range) else "p") + ("r" if isinstance(right, Range) else "p")


def relation(name: str, *shapes: str) -> Callable[[Relation], Relation]:
    """Declare how two things may lie to each other, and which two things may be asked about."""

    def register(holds: Relation) -> Relation:
        def answer(_run: Run, first: object, second: object) -> bool | None:
            left, right = _as_range(first), _as_range(second)
            if left is None or right is None or _shape(first, second) not in shapes:
                return None
            return None if order(left.low, right.low) is None else holds(left, right)

        for shape in shapes:
            builtin(name, *NAMES[shape])(answer)
        return holds

    return register


def _order(left: object, right: object) -> int:
    return order(left, right) or 0


@relation("before", POINTS, POINT_RANGE, RANGE_POINT, RANGES)
def before(left: Range, right: Range) -> bool:
    """The left ends before the right starts."""
    found = _order(left.high, right.low)
    return found < 0 or (found == 0 and not (left.high_closed and right.low_closed))


@relation("after", POINTS, POINT_RANGE, RANGE_POINT, RANGES)
def after(left: Range, right: Range) -> bool:
    """The left starts after the right ends."""
    return before(right, left)


@relation("meets", RANGES)
def meets(left: Range, right: Range) -> bool:
    """The left ends where the right starts, both included."""
    return left.high_closed and right.low_closed and _order(left.high, right.low) == 0


@relation("met by", RANGES)
def met_by(left: Range, right: Range) -> bool:
    """The left starts where the right ends, both included."""
    return meets(right, left)


@relation("overlaps", RANGES)
def overlaps(left: Range, right: Range) -> bool:
    """The two have something in common."""
    return not before(left, right) and not before(right, left)


@relation("overlaps before", RANGES)
def overlaps_before(left: Range, right: Range) -> bool:
    """The left starts first, and ends inside the right."""
    low, high = _order(left.low, right.low), _order(left.high, right.high)
    starts = low < 0 or (low == 0 and left.low_closed and not right.low_closed)
    ends = high < 0 or (high == 0 and (not left.high_closed or right.high_closed))
    return starts and ends and overlaps(left, right)


@relation("overlaps after", RANGES)
def overlaps_after(left: Range, right: Range) -> bool:
    """The left starts inside the right, and ends last."""
    low, high = _order(left.low, right.low), _order(left.high, right.high)
    starts = low > 0 or (low == 0 and (right.low_closed or not left.low_closed))
    ends = high > 0 or (high == 0 and left.high_closed and not right.high_closed)
    return starts and ends and overlaps(left, right)


@relation("includes", RANGE_POINT, RANGES)
def includes(left: Range, right: Range) -> bool:
    """All of the right lies in the left."""
    low, high = _order(left.low, right.low), _order(left.high, right.high)
    starts = low < 0 or (low == 0 and (left.low_closed or not right.low_closed))
    ends = high > 0 or (high == 0 and (left.high_closed or not right.high_closed))
    return starts and ends


@relation("during", POINT_RANGE, RANGES)
def during(left: Range, right: Range) -> bool:
    """All of the left lies in the right."""
    return includes(right, left)


@relation("starts", POINT_RANGE, RANGES)
def starts(left: Range, right: Range) -> bool:
    """The two start together, and the left lies in the right."""
    return _order(left.low, right.low) == 0 and left.low_closed == right.low_closed and includes(right, left)


@relation("started by", RANGE_POINT, RANGES)
def started_by(left: Range, right: Range) -> bool:
    """The two start together, and the right lies in the left."""
    return starts(right, left)


@relation("finishes", POINT_RANGE, RANGES)
def finishes(left: Range, right: Range) -> bool:
    """The two end together, and the left lies in the right."""
    return _order(left.high, right.high) == 0 and left.high_closed == right.high_closed and includes(right, left)


@relation("finished by", RANGE_POINT, RANGES)
def finished_by(left: Range, right: Range) -> bool:
    """The two end together, and the right lies in the left."""
    return finishes(right, left)


@relation("coincides", POINTS, RANGES)
def coincides(left: Range, right: Range) -> bool:
    """The two are the same."""
    return left == right
