"""P1 and P2: whole cases over HTTP, and one whole completion against a raw commit on the same server."""

from __future__ import annotations

import os
import threading
import time

import psycopg

from tests.bench.clerk import STEPS, Clerk
from tests.bench.table import Figure, median, p95, timed


def raw_commits(url: str, turns: int) -> list[float]:
    """How long a raw 10 KB row update and its commit take on the same server."""
    with psycopg.connect(url) as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS bench_raw (id int primary key, body bytea)")
        connection.execute("INSERT INTO bench_raw VALUES (1, '') ON CONFLICT DO NOTHING")
        connection.commit()

        def one() -> None:
            connection.execute("UPDATE bench_raw SET body = %s WHERE id = 1", (os.urandom(10_240),))
            connection.commit()

        return timed(one, turns)


def against_raw(url: str, clerk: Clerk, seconds: float = 40.0, most: int = 30) -> Figure:
    """P2: whole completions interleaved with raw commits; the ratio is of medians, all in one run."""
    clerk.whole_case()
    clerk.whole_case()
    clerk.completions.clear()
    raw: list[float] = []
    until = time.perf_counter() + seconds
    while time.perf_counter() < until and len(clerk.completions) < most * STEPS:
        raw += raw_commits(url, STEPS)
        clerk.whole_case()
    ratio = median(clerk.completions) / median(raw)
    measured = f"{median(clerk.completions):.2f} ms / {median(raw):.2f} ms = {ratio:.1f}"
    return Figure("P2", "a whole completion / a raw 10 KB commit", measured, "at most 7 (goal 5)", ratio <= 7)


def over_http(clerks: list[Clerk], seconds: float = 12.0) -> Figure:
    """P1's own half: whole cases a second over HTTP, every clerk at work at once until the time is over."""
    clerks[0].whole_case()  # the others connect when they start: a server drops a connection left idle
    clerks[0].completions.clear()
    start = time.perf_counter()
    finished: list[int] = []
    failed: list[BaseException] = []
    threads = [threading.Thread(target=_work, args=(clerk, start + seconds, finished, failed)) for clerk in clerks]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failed:
        raise failed[0]
    rate = len(finished) / (time.perf_counter() - start)
    spent = [each for clerk in clerks for each in clerk.completions]
    what = f"cases over HTTP (start, lists, 12 completions), {len(clerks)} client{'s' if len(clerks) > 1 else ''}"
    measured = f"{rate:.1f} cases/s; completion median {median(spent):.1f} ms, p95 {p95(spent):.1f} ms"
    return Figure("P1", what, measured, "own half", None)


def _work(clerk: Clerk, until: float, finished: list[int], failed: list[BaseException]) -> None:
    try:
        while time.perf_counter() < until:
            clerk.whole_case()
            finished.append(1)
    except BaseException as reason:
        failed.append(reason)
