"""P1 and P2: whole cases over HTTP, and one whole completion against a raw commit on the same server."""

from __future__ import annotations

import os
import threading
import time
from typing import Any

import psycopg
from flask.testing import FlaskClient

from tests.bench.table import Figure, median, timed

STEPS = 12


class Clerk:
    """Someone who starts cases of twelve tasks and completes them, through the JSON API."""

    def __init__(self, client: FlaskClient, token: str) -> None:
        self.client = client
        self.headers = {"Authorization": f"Bearer {token}"}
        self.completions: list[float] = []

    def _call(self, method: str, path: str, body: dict[str, Any] | None = None) -> Any:
        answer = self.client.open(f"/api/v1{path}", method=method, json=body, headers=self.headers)
        if answer.status_code >= 400:
            raise RuntimeError(f"{method} {path}: {answer.status_code} {answer.get_data(as_text=True)[:300]}")
        return answer.get_json()

    def start(self) -> str:
        """Start a case and return its number."""
        return str(self._call("POST", "/cases", {"process": "achat", "data": {}})["number"])

    def complete_next(self, number: str) -> None:
        """Complete the first open task of a case."""
        task = self._call("GET", f"/tasks?box=queue&case={number}")["items"][0]
        start = time.perf_counter()
        self._call("POST", f"/tasks/{task['id']}/completion", {"answers": {"decision": "CONFIRMER"}})
        self.completions.append((time.perf_counter() - start) * 1000)

    def whole_case(self) -> None:
        """Start a case and take it to its end."""
        number = self.start()
        for _ in range(STEPS):
            self.complete_next(number)


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


def measure(url: str, clerk: Clerk, rounds: int = 5, cases: int = 8) -> list[Figure]:
    """Interleave whole cases with raw commits; the ratio is of medians, all in one run."""
    clerk.whole_case()
    clerk.completions.clear()
    raw: list[float] = []
    spent = 0.0
    for _ in range(rounds):
        raw += raw_commits(url, 100)
        start = time.perf_counter()
        for _ in range(cases):
            clerk.whole_case()
        spent += time.perf_counter() - start
    ratio = median(clerk.completions) / median(raw)
    completion = f"{median(clerk.completions):.1f} ms / {median(raw):.2f} ms = {ratio:.1f}"
    return [
        Figure("P2", "a whole completion / a raw 10 KB commit", completion, "at most 7 (goal 5)", ratio <= 7),
        Figure(
            "P1",
            "cases per second (start, list, 12 completions), 1 client",
            f"{rounds * cases / spent:.1f}",
            "own half",
            None,
        ),
    ]


def several(clerks: list[Clerk], cases: int = 6) -> Figure:
    """Cases per second with several clients at once."""
    start = time.perf_counter()
    threads = [threading.Thread(target=lambda one=clerk: [one.whole_case() for _ in range(cases)]) for clerk in clerks]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    rate = len(clerks) * cases / (time.perf_counter() - start)
    return Figure("P1", f"cases per second, {len(clerks)} clients", f"{rate:.1f}", "own half", None)
