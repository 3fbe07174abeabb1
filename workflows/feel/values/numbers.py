"""Numbers: decimals of 34 digits, where what cannot be computed is nothing."""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, Context, Decimal

CONTEXT = Context(prec=34, Emax=6144, Emin=-6143, rounding=ROUND_HALF_EVEN, traps=[])


def finite(value: Decimal) -> Decimal | None:
    """The number, or nothing when it is none."""
    return value if value.is_finite() else None


def whole(value: object) -> int | None:
    """A number as a whole one, when it is a small enough whole number."""
    if type(value) is not Decimal or value.adjusted() > 18:
        return None
    return int(value) if value == value.to_integral_value() else None


def plain(value: Decimal) -> str:
    """A number as people write it, without an exponent while that stays short."""
    if not value:
        return "0"
    exact = value.normalize(CONTEXT)
    if -40 < exact.adjusted() < 40:
        return format(exact, "f")
    return str(exact)
