"""P4: the first page of the inbox, and its counts, with a million open tasks."""

from __future__ import annotations

import random
from dataclasses import replace

from sqlalchemy import Engine, text
from sqlalchemy.orm import Session

from tests.bench.table import Figure, median, p95, timed
from workflows.cases.commands import InboxAsked
from workflows.cases.inbox import counts, inbox
from workflows.clock import business_now
from workflows.desk import Desk
from workflows.people.directory import actor_of, person_by_code

QUEUES = 200
FILL = """
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
       'OP-DEMO/BENCH' || floor(200 * power(random(), 3))::int, :state, 0, c.created_at,
       c.created_at + (random() * 30) * interval '1 day', 1
FROM (SELECT id, organisation_id, created_at FROM cases WHERE number LIKE 'BEN-%') c, generate_series(1, :each)
"""


def fill(engine: Engine, open_tasks: int) -> None:
    """Put a million open and as many closed tasks, of a hundred thousand cases, beside the demonstration data."""
    cases = max(1, open_tasks // 10)
    with engine.begin() as connection:
        connection.execute(text(FILL), {"cases": cases})
        for state in ("DISPONIBLE", "TERMINEE"):
            connection.execute(text(TASKS), {"state": state, "each": 10})
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("VACUUM ANALYZE tasks"))
        connection.execute(text("VACUUM ANALYZE cases"))


def _times(engine: Engine, roles: int, turns: int) -> tuple[list[float], list[float]]:
    chance = random.Random(roles)
    with Session(engine) as session:
        now = business_now(session)
        person = actor_of(session, person_by_code(session, "U02"), now, "bench")

        def one() -> Desk:
            queues = tuple(f"OP-DEMO/BENCH{chance.randrange(QUEUES)}" for _ in range(roles))
            return Desk(session, replace(person, queues=queues), now)

        return timed(lambda: inbox(one(), InboxAsked(limit=20)), turns), timed(lambda: counts(one()), turns)


def measure(engine: Engine, turns: int = 200) -> list[Figure]:
    """The database's part of an inbox page, for one, twenty and no roles."""
    figures = []
    for roles, name in ((1, "1 role"), (20, "20 roles"), (0, "empty inbox")):
        pages, numbers = _times(engine, roles, turns)
        figures.append(
            Figure(
                "P4",
                f"inbox page, 1,000,000 open tasks, {name}",
                f"median {median(pages):.2f} ms, p95 {p95(pages):.2f} ms",
                "p95 < 5 ms",
                p95(pages) < 5,
            )
        )
        figures.append(Figure("P4", f"counts of every box, {name}", f"p95 {p95(numbers):.2f} ms", "capped", None))
    return figures
