"""``make bench``: the product's own figures, taken in one run on this machine, printed as a table."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator

from flask import Flask

from tests.bench import completion, engine_room, inbox, stored, timers
from tests.bench.clerk import Clerk, inside, outside
from tests.bench.server import ROLES, Installation, installation, served
from tests.bench.table import Figure, show
from webapp import create_app
from webapp.settings import Settings


def told(text: str) -> None:
    """Say how far the benchmark is, beside the table."""
    print(text, file=sys.stderr, flush=True)


def application(place: Installation) -> Flask:
    """The product's own application, in this process."""
    return create_app(Settings(place.url, place.home, "bench" * 8))


def figures(place: Installation) -> Iterator[Figure]:
    """Every figure in turn: the engine room; completions, on the demonstration; stored cases; a million tasks."""
    told("P3, P6, P7, P10: the engine room ...")
    yield from engine_room.figures()
    token = place.hire("BENCH", ROLES)
    told("P2: whole completions beside raw commits ...")
    clerk = Clerk(inside(application(place).test_client(), token))
    yield completion.against_raw(place.url, clerk)
    told("P3: the bytes of a case ...")
    yield stored.bytes_of_a_case(place.engine, clerk)
    told("P5: completions beside stored cases ...")
    yield stored.beside_many(place.engine, clerk)
    with served(place) as port:
        for clients in (1, 4):
            told(f"P1: cases over HTTP, {clients} at once ...")
            yield completion.over_http([Clerk(outside(port, token)) for _ in range(clients)])
        told("P4: a million open tasks ...")
        inbox.fill(place.engine)
        yield from inbox.measure(place, port)


def main() -> None:
    """Measure, and print the table; a missed figure is said, and is no failure of the run."""
    told("Parcours: a server and a demonstration of the benchmark's own ...")
    found: list[Figure] = []
    with installation() as place:
        for figure in figures(place):
            told(f"  {figure.what}: {figure.measured}")
            found.append(figure)
    told("P9: ten thousand timers, by the clock and by two workers ...")
    for figure in timers.figures():
        told(f"  {figure.what}: {figure.measured}")
        found.append(figure)
    print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} at the end; fsync on, every commit durable.\n")
    print(show(found))


if __name__ == "__main__":
    main()
