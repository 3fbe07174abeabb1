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


def test_a_free_device_is_ordered_without_a_signature(reader: People) -> None:
    number = ask(reader)
    analyse(reader, number, "0,00")
    reader("P09").open(f"/corbeille?boite=queue&q={number}")
    assert reader("P09").page.locator("[data-row]").count() == 0
    order(reader, number, "0,00")
    receive(reader, number)
    assert FULFILLED in reader("U01").end_of(number)


def test_the_main_route_needs_no_scripts(plain_reader: People) -> None:
    number = ask(plain_reader)
    analyse(plain_reader, number, "649,00")
    sign(plain_reader, number)
    order(plain_reader, number, "649,00")
    receive(plain_reader, number)
    assert FULFILLED in plain_reader("U01").end_of(number)
