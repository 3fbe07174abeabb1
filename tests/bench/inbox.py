"""P4: the first page of the inbox, and its counts, with a million open tasks."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Engine, event, text
from sqlalchemy.orm import Session

from tests.bench.clerk import Clerk, outside
from tests.bench.server import Installation
from tests.bench.table import Figure, median, p95, timed
from workflows.cases.commands import InboxAsked
from workflows.cases.inbox import counts, inbox
from workflows.clock import business_now
from workflows.desk import Desk
from workflows.people.directory import actor_of, person_by_code

OPEN = 1_000_000
BUSIEST = 200
"""How many roles share the tasks: the first ones far busier than the last."""
READERS = 10
CASES = """
INSERT INTO cases (id, organisation_id, number, process, version_id, state, subject, facts, engine_state, revision,
                   created_at)
SELECT gen_random_uuid(), o.id, 'BEN-2026-' || lpad(n::text, 6, '0'), 'achat', v.id, 'EN_COURS', 'Achat ' || n, '{}',
       ''::bytea, 1, timestamptz '2026-12-01' + n * interval '1 second'
FROM generate_series(1, :cases) n, organisations o, (SELECT id FROM process_versions LIMIT 1) v
WHERE o.code = 'OP-DEMO'
"""
TASKS = """
INSERT INTO tasks (id, case_id, organisation_id, step, title, title_en, role, queue, state, priority, created_at,
                   due_at, revision)
SELECT gen_random_uuid(), c.id, c.organisation_id, 'B01', 'Demander', 'Ask', 'EMPLO',
       'OP-DEMO/BENCH' || floor(:roles * power(random(), 3))::int, 'DISPONIBLE', 0, c.created_at,
       c.created_at + (random() * 30) * interval '1 day', 1
FROM (SELECT id, organisation_id, created_at FROM cases WHERE number LIKE 'BEN-%') c, generate_series(1, :each)
"""


def fill(engine: Engine, open_tasks: int = OPEN) -> None:
    """Put a million open tasks, of a hundred thousand cases, beside the demonstration data."""
    cases = max(1, open_tasks // 10)
    with engine.begin() as connection:
        connection.execute(text(CASES), {"cases": cases})
        connection.execute(text(TASKS), {"each": 10, "roles": BUSIEST})
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("VACUUM ANALYZE tasks"))
        connection.execute(text("VACUUM ANALYZE cases"))
        connection.execute(text("CHECKPOINT"))


class Readers:
    """Ten persons with the same number of roles, each role drawn by lot."""

    def __init__(self, place: Installation, roles: int, name: str) -> None:
        chance = random.Random(roles)
        drawn = [chance.sample(range(BUSIEST), roles) for _ in range(READERS)]
        self.name = name
        self.codes = [f"BENCH-{roles}-{number}" for number in range(READERS)]
        self.tokens = [
            place.hire(code, tuple(f"BENCH{role}" for role in held))
            for code, held in zip(self.codes, drawn, strict=True)
        ]


def measure(place: Installation, port: int) -> Iterator[Figure]:
    """An inbox page for one, twenty and no roles: its statements in the database, its call over HTTP; its counts."""
    for roles, name in ((1, "1 role"), (20, "20 roles"), (0, "empty inbox")):
        readers = Readers(place, roles, name)
        yield from _in_database(place.engine, readers)
        yield _over_http(port, readers)


def _in_database(engine: Engine, readers: Readers, turns: int = 20) -> Iterator[Figure]:
    pages: list[float] = []
    numbers: list[float] = []
    with Session(engine) as session:
        now = business_now(session)
        for code in readers.codes:
            person = person_by_code(session, code)
            if person is None:
                raise RuntimeError(f"{code} was not hired")
            desk = Desk(session, actor_of(session, person, now, "bench"), now)
            inbox(desk, InboxAsked(limit=20))
            for _ in range(turns):
                with _statements(engine, pages):
                    inbox(desk, InboxAsked(limit=20))
                with _statements(engine, numbers):
                    counts(desk)
    yield _figure(f"inbox page in the database, {readers.name}", pages, 5)
    yield _figure(f"counts of every box in the database, {readers.name}", numbers, 5)


@contextmanager
def _statements(engine: Engine, spent: list[float]) -> Iterator[None]:
    """Add up the time that the statements of a block take: sent, carried out, their rows received."""
    total = 0.0

    def before(*given: Any) -> None:
        given[4].bench_start = time.perf_counter()

    def after(*given: Any) -> None:
        nonlocal total
        total += time.perf_counter() - given[4].bench_start

    event.listen(engine, "before_cursor_execute", before)
    event.listen(engine, "after_cursor_execute", after)
    try:
        yield
    finally:
        event.remove(engine, "before_cursor_execute", before)
        event.remove(engine, "after_cursor_execute", after)
    spent.append(total * 1000)


def _over_http(port: int, readers: Readers, turns: int = 20) -> Figure:
    pages: list[float] = []
    for token in readers.tokens:
        clerk = Clerk(outside(port, token))
        clerk.call("GET", "/tasks?limit=20")
        pages += timed(lambda clerk=clerk: clerk.call("GET", "/tasks?limit=20"), turns)  # type: ignore[misc]
    return _figure(f"inbox page over HTTP, {readers.name}", pages, 20)


def _figure(what: str, spent: list[float], most: int) -> Figure:
    measured = f"median {median(spent):.2f} ms, p95 {p95(spent):.2f} ms"
    return Figure("P4", what, measured, f"p95 under {most} ms", p95(spent) < most)
