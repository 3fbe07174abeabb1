"""A device asked for, signed, ordered, received: the main route, as its persons live it in their browsers."""

from __future__ import annotations

from tests.journeys.device import People, analyse, ask, order, receive, sign

FULFILLED = "Demande réalisée"


def test_a_device_with_a_cost_goes_from_the_request_to_its_end(reader: People) -> None:
    number = ask(reader)
    analyse(reader, number, "649,00")
    sign(reader, number)
    order(reader, number, "649,00")
    receive(reader, number)
    assert FULFILLED in reader("U01").end_of(number)
