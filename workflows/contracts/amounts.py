"""What a request costs, and against what it is weighed: integer cents, before taxes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

DEVICE = "APPAREIL"
"""The counted charge that stands for the device itself; never a line of one-time charges."""


@dataclass(frozen=True, slots=True)
class Fee:
    """A one-time charge of the provider: its type and its amount, for the whole request."""

    type: str
    cents: int


@dataclass(frozen=True, slots=True)
class Offer:
    """What the provider asks: so many devices at a price, a credit on each, and one-time charges."""

    quantity: int
    price_cents: int
    credit_cents: int = 0
    fees: tuple[Fee, ...] = ()


def device_cost(offer: Offer) -> int:
    """What the devices cost: a credit lowers a price to nothing at most."""
    return offer.quantity * max(0, offer.price_cents - offer.credit_cents)


def fees_cost(fees: Iterable[Fee], counted: frozenset[str]) -> int:
    """What the one-time charges cost, those only that the organisation counts."""
    return sum(fee.cents for fee in fees if fee.type in counted and fee.type != DEVICE)


def net_cost(offer: Offer, counted: frozenset[str]) -> int:
    """The net acquisition cost: the devices and the counted one-time charges; monthly plans do not count."""
    devices = device_cost(offer) if DEVICE in counted else 0
    return devices + fees_cost(offer.fees, counted)


def needs_signature(net_cents: int, *, derogation: bool) -> bool:
    """Whether someone must sign: a derogation always, a purchase from the first cent."""
    return derogation or net_cents > 0


def accepted_price(signed_cents: int, final_cents: int, tolerance_pct: int) -> bool:
    """Whether a final cost stays within what was signed, the organisation's tolerance included."""
    return final_cents * 100 <= signed_cents * (100 + tolerance_pct)
