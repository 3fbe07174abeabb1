"""P3 and P5: what a finished case leaves in the database, and a completion beside few and many stored cases."""

from __future__ import annotations

from sqlalchemy import Engine, text

from tests.bench.clerk import STEPS, Clerk
from tests.bench.table import Figure, median

FEW, MANY = 10_000, 300_000
SIZE = """
SELECT sum(pg_total_relation_size(oid)) FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace
"""
CASES = """
INSERT INTO cases (id, organisation_id, number, process, version_id, state, subject, facts, engine_state, revision,
                   created_at)
SELECT gen_random_uuid(), o.id, 'STO-2026-' || lpad(n::text, 6, '0'), 'achat', v.id, 'EN_COURS', 'Achat ' || n, '{}',
       decode(repeat(md5(n::text), 30), 'hex'), 1, timestamptz '2026-12-01' + n * interval '1 second'
FROM generate_series(CAST(:first AS int), CAST(:last AS int)) n, organisations o,
     (SELECT id FROM process_versions WHERE key = 'achat' LIMIT 1) v
WHERE o.code = 'OP-DEMO'
"""
TASKS = """
INSERT INTO tasks (id, case_id, organisation_id, step, title, title_en, role, queue, state, priority, created_at,
                   due_at, revision)
SELECT gen_random_uuid(), c.id, c.organisation_id, 'B' || k, 'Demander', 'Ask', 'EMPLO', 'OP-DEMO/STORED' || k,
       CASE WHEN k = 1 THEN 'DISPONIBLE' ELSE 'TERMINEE' END, 0, c.created_at, c.created_at, 1
FROM cases c, generate_series(1, 2) k WHERE c.number BETWEEN :first AND :last
"""
STEPS_PASSED = """
INSERT INTO case_steps (case_id, step, state, at, by)
SELECT c.id, 'B01', 'TERMINEE', c.created_at, 'SYS' FROM cases c WHERE c.number BETWEEN :first AND :last
"""


def bytes_of_a_case(engine: Engine, clerk: Clerk, cases: int = 200) -> Figure:
    """P3: what all tables and indexes grow by for each finished case of twelve tasks.

    The server vacuums by itself once a minute; in a run of seconds that is done by hand, after every fiftieth case.
    """
    clerk.whole_case()
    vacuum(engine)
    with engine.connect() as connection:
        before = connection.scalar(text(SIZE)) or 0
    for number in range(1, cases + 1):
        clerk.whole_case()
        if number % 50 == 0:
            vacuum(engine)
    with engine.connect() as connection:
        after = connection.scalar(text(SIZE)) or 0
    each = (int(after) - int(before)) / cases / 1000
    what = "all bytes of a finished 12-task case, indexes and journal included"
    return Figure("P3", what, f"{each:.1f} kB", "at most 20 kB", each <= 20)


def vacuum(engine: Engine) -> None:
    """Let the server use the room of rows that were replaced again."""
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("VACUUM"))


def beside_many(engine: Engine, clerk: Clerk) -> Figure:
    """P5: a completion with three hundred thousand stored cases beside one with ten thousand, all in one run."""
    _fill(engine, 1, FEW)
    few = _completion(clerk)
    _fill(engine, FEW + 1, MANY)
    many = _completion(clerk)
    measured = f"{many:.2f} ms / {few:.2f} ms = {many / few:.2f}"
    return Figure(
        "P5", "a completion with 300,000 stored cases / with 10,000", measured, "at most 1.3", many <= 1.3 * few
    )


def _fill(engine: Engine, first: int, last: int) -> None:
    numbers = {"first": f"STO-2026-{first:06}", "last": f"STO-2026-{last:06}"}
    with engine.begin() as connection:
        connection.execute(text(CASES), {"first": first, "last": last})
        connection.execute(text(TASKS), numbers)
        connection.execute(text(STEPS_PASSED), numbers)
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        for table in ("cases", "tasks", "case_steps"):
            connection.execute(text(f"VACUUM ANALYZE {table}"))
        connection.execute(text("CHECKPOINT"))


def _completion(clerk: Clerk, cases: int = 12) -> float:
    clerk.whole_case()
    clerk.completions.clear()
    for _ in range(cases):
        clerk.whole_case()
    assert len(clerk.completions) == cases * STEPS
    return median(clerk.completions)
