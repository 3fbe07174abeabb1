"""Functions on numbers: rounding, roots, remainders."""

from __future__ import annotations

from datetime import timedelta
from decimal import (
    ROUND_CEILING,
    ROUND_DOWN,
    ROUND_FLOOR,
    ROUND_HALF_DOWN,
    ROUND_HALF_EVEN,
    ROUND_HALF_UP,
    ROUND_UP,
    Decimal,
)

from workflows.feel.library.registry import builtin
from workflows.feel.limits import COST_OF_A_ROOT
from workflows.feel.run import Run
from workflows.feel.values.kinds import Months
from workflows.feel.values.numbers import CONTEXT, finite, whole

ZERO = Decimal(0)
ROUNDINGS = {
    "floor": ROUND_FLOOR,
    "ceiling": ROUND_CEILING,
    "decimal": ROUND_HALF_EVEN,
    "round up": ROUND_UP,
    "round down": ROUND_DOWN,
    "round half up": ROUND_HALF_UP,
    "round half down": ROUND_HALF_DOWN,
}
SCALES = range(-6111, 6177)


def rounded(n: object, scale: object, mode: str) -> Decimal | None:
    """A number kept to so many digits after the point."""
    places = whole(scale)
    if not isinstance(n, Decimal) or places is None or places not in SCALES:
        return None
    exponent = n.as_tuple().exponent
    if isinstance(exponent, int) and exponent >= -places:
        return n
    return finite(n.quantize(Decimal((0, (1,), -places)), mode, CONTEXT))


def _declare(name: str, mode: str) -> None:
    def answer(_run: Run, n: object, scale: object = ZERO) -> Decimal | None:
        return rounded(n, scale, mode)

    if name in ("floor", "ceiling"):
        builtin(name, "n")(answer)
    builtin(name, "n", "scale")(answer)


for _name, _mode in ROUNDINGS.items():
    _declare(_name, _mode)


@builtin("abs", "n")
def absolute(_run: Run, n: object) -> object:
    """The number, or the duration, without its sign."""
    if isinstance(n, (Decimal, timedelta)):
        return abs(n)
    return Months(abs(n.months)) if isinstance(n, Months) else None


@builtin("modulo", "dividend", "divisor")
def modulo(_run: Run, dividend: object, divisor: object) -> Decimal | None:
    """What remains of a division, with the sign of the divisor."""
    if not isinstance(dividend, Decimal) or not isinstance(divisor, Decimal) or not divisor:
        return None
    rest = CONTEXT.remainder(dividend, divisor)
    if rest and (rest < 0) != (divisor < 0):
        rest = CONTEXT.add(rest, divisor)
    return finite(rest)


@builtin("sqrt", "number")
def sqrt(run: Run, number: object) -> Decimal | None:
    """The square root."""
    run.budget.charge(COST_OF_A_ROOT)
    return finite(CONTEXT.sqrt(number)) if isinstance(number, Decimal) and number >= 0 else None


@builtin("log", "number")
def log(run: Run, number: object) -> Decimal | None:
    """The natural logarithm."""
    run.budget.charge(COST_OF_A_ROOT)
    return finite(CONTEXT.ln(number)) if isinstance(number, Decimal) and number > 0 else None


@builtin("exp", "number")
def exp(run: Run, number: object) -> Decimal | None:
    """Euler's number raised to the number."""
    run.budget.charge(COST_OF_A_ROOT)
    return finite(CONTEXT.exp(number)) if isinstance(number, Decimal) else None


@builtin("odd", "number")
def odd(_run: Run, number: object) -> bool | None:
    """Whether a whole number is odd."""
    rest = CONTEXT.remainder(number, Decimal(2)) if isinstance(number, Decimal) else None
    return None if rest is None or rest != rest.to_integral_value() else rest != 0


@builtin("even", "number")
def even(run: Run, number: object) -> bool | None:
    """Whether a whole number is even."""
    found = odd(run, number)
    return None if found is None else not found
