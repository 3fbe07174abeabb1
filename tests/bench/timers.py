"""P9: ten thousand timers due at once: each fires once and none early, whatever fires them and dies."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Engine, delete, select, text
from sqlalchemy.orm import Session

from tests.bench.server import Installation, installation
from tests.bench.table import Figure, median, timed
from tests.builders import LONG_AGO, NOON
from tests.workflows.cases.conftest import World
from workflows.cases.details import Wait
from workflows.cases.models import Case, Task
from workflows.cases.waits import FIRE, recall_timers
from workflows.clock import SimulatedClock, wall_now
from workflows.database import Base
from workflows.desk import Desk, at_desk, system_actor
from workflows.queue import defer
from workflows.worker.clock import move_clock
from workflows.worker.due import next_due

MANY, STORED = 10_000, 100_000
PATIENCE = 900.0
FIRED = text("""
SELECT count(*), count(DISTINCT case_id), count(*) FILTER (WHERE at < CAST(data ->> 'due_at' AS timestamptz))
FROM journal_entries WHERE kind = 'timer.fired'
""")
ENDED = text("SELECT count(*) FROM cases WHERE state = 'TERMINEE'")


@dataclass(frozen=True, slots=True)
class Tally:
    """How often timers fired, in how many cases, how many of them early, and how many cases it ended."""

    fired: int
    cases: int
    early: int
    ended: int

    def holds(self, expected: int) -> bool:
        """Whether each of so many timers fired once and not early, and moved its case on."""
        return self == Tally(expected, expected, 0, expected)


def tally(engine: Engine) -> Tally:
    """What the journal and the cases say."""
    with engine.connect() as connection:
        return Tally(*connection.execute(FIRED).one(), connection.scalar(ENDED) or 0)


def a_waiting_case(engine: Engine, since: datetime, simulated: bool) -> Case:
    """A case of the « essai » process that waits for a timer, opened at an instant of the past."""
    with Session(engine, expire_on_commit=False) as session:
        world = World(session)
        if not simulated:
            session.execute(delete(SimulatedClock))
        world.now = since
        return world.start()


def multiply(engine: Engine, pattern: Case, first: int, last: int) -> None:
    """Make many cases like one that waits: the same state, the same timer, numbers of their own."""
    with engine.begin() as connection:
        of_number = {"id": "gen_random_uuid()", "number": "'TIM-2026-' || lpad(n::text, 6, '0')"}
        series = f"generate_series({first}, {last}) n"
        _copy(connection, Case, pattern, of_number, f"{series} WHERE one.id = :pattern")
        numbers = f"'TIM-2026-{first:06}' AND 'TIM-2026-{last:06}'"
        fresh = f"cases fresh WHERE one.case_id = :pattern AND fresh.number BETWEEN {numbers}"
        _copy(connection, Task, pattern, {"id": "gen_random_uuid()", "case_id": "fresh.id"}, fresh)
        _copy(connection, Wait, pattern, {"case_id": "fresh.id", "job_id": "NULL"}, fresh)
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        for table in ("cases", "tasks", "waits"):
            connection.execute(text(f"VACUUM ANALYZE {table}"))


def _copy(connection: Connection, kind: type[Base], pattern: Case, own: Mapping[str, str], source: str) -> None:
    names = [f'"{column.name}"' for column in kind.__table__.columns]
    given = ", ".join(own.get(name.strip('"'), f"one.{name}") for name in names)
    into = f"INSERT INTO {kind.__tablename__} ({', '.join(names)})"
    connection.execute(text(f"{into} SELECT {given} FROM {kind.__tablename__} one, {source}"), {"pattern": pattern.id})


def by_the_clock(engine: Engine, count: int) -> tuple[Tally, float]:
    """Move the simulated clock over so many timers; what came of it, and in how many seconds."""
    multiply(engine, a_waiting_case(engine, NOON, simulated=True), 1, count - 1)
    start = time.perf_counter()
    move_clock(engine, NOON + timedelta(days=30))
    return tally(engine), time.perf_counter() - start


def due_now(engine: Engine, count: int, early: int) -> None:
    """So many timers due on the wall clock, and some more due in a year whose job comes at once by mistake."""
    multiply(engine, a_waiting_case(engine, LONG_AGO + timedelta(days=60), simulated=False), 1, count + early - 1)
    with Session(engine) as session, at_desk(Desk(session, system_actor(), wall_now())) as desk:
        query = select(Wait).join(Case, Case.id == Wait.case_id).where(Case.number > f"TIM-2026-{count - 1:06}")
        for wait in session.scalars(query.where(Case.number.like("TIM-%"))).all():
            wait.due_at = desk.now + timedelta(days=365)
            defer(session, FIRE, case_id=str(wait.case_id), wait_id=str(wait.id))
        session.flush()
        recall_timers(desk)


def by_workers(engine: Engine, place: Installation, count: int, early: int) -> tuple[Tally, float]:
    """Two workers at once, the first killed half-way: the other, and one that comes after it, do the rest."""
    due_now(engine, count, early)
    start = time.perf_counter()
    workers = [_worker(place), _worker(place)]
    try:
        _wait_for(engine, count // 2)
        workers[0].send_signal(signal.SIGKILL)
        workers.append(_worker(place))
        _wait_for(engine, count)
        spent = time.perf_counter() - start
        _wait_until_idle(engine)
    finally:
        for worker in workers:
            with suppress(ProcessLookupError):
                worker.terminate()
            worker.wait(60)
    return tally(engine), spent


def _worker(place: Installation) -> subprocess.Popen[bytes]:
    around = {**os.environ, "PARCOURS_HOME": str(place.home), "DATABASE_URL": place.url}
    return subprocess.Popen([sys.executable, "-m", "webapp.cli", "worker"], env=around, stdout=sys.stderr)


def _wait_for(engine: Engine, fired: int) -> None:
    _until(lambda: tally(engine).cases >= fired)


def _wait_until_idle(engine: Engine) -> None:
    """Until no job of a timer is left that may run now: a second firing would have happened by then."""
    left = text("""SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'fire_timer'
        AND (status = 'doing' OR (status = 'todo' AND (scheduled_at IS NULL OR scheduled_at <= now())))""")

    def idle() -> bool:
        with engine.connect() as connection:
            return connection.scalar(left) == 0

    _until(idle)


def _until(reached: Any) -> None:
    until = time.monotonic() + PATIENCE
    while not reached():
        if time.monotonic() > until:
            raise RuntimeError("the workers never get there")
        time.sleep(0.2)


def looking(engine: Engine, stored: int) -> Figure:
    """What it costs to look for what is due, where many cases wait and nothing is due."""
    multiply(engine, a_waiting_case(engine, NOON, simulated=True), 1, stored)
    with Session(engine) as session:
        desk = Desk(session, system_actor(), NOON)
        recall_timers(desk)
        spent = median(timed(lambda: next_due(session, NOON), 50))
        lost = median(timed(lambda: recall_timers(desk), 50))
    what = f"looking for what is due, {stored:,} cases waiting, none due"
    measured = f"{spent:.2f} ms; for lost timers {lost:.2f} ms"
    return Figure("P9", what, measured, "under 5 ms", spent < 5 and lost < 5)


def figures(count: int = MANY, stored: int = STORED) -> Iterator[Figure]:
    """Each figure in turn, every one on an installation of its own."""
    with installation() as place:
        found, spent = by_the_clock(place.engine, count)
        yield _figure(f"moving the clock over {count:,} timers due at once", found, count, spent)
    with installation() as place:
        found, spent = by_workers(place.engine, place, count, count // 20)
        yield _figure(f"{count:,} timers due at once, two workers, one killed half-way", found, count, spent)
    with installation() as place:
        yield looking(place.engine, stored)


def _figure(what: str, found: Tally, count: int, spent: float) -> Figure:
    measured = f"{found.fired} fired in {found.cases} cases, {found.early} early, {spent:.0f} s"
    return Figure(
        "P9", what, f"{measured} ({spent * 1000 / count:.1f} ms each)", "each once, none early", found.holds(count)
    )
