"""A clerk who starts cases of twelve tasks and completes them through the JSON API, by one door or another."""

from __future__ import annotations

import http.client
import json
import time
from collections.abc import Callable
from typing import Any

from flask.testing import FlaskClient

STEPS = 12
Door = Callable[[str, str, dict[str, Any] | None], tuple[int, bytes]]


def inside(client: FlaskClient, token: str) -> Door:
    """The door without the network: the whole application, called in this process."""
    headers = {"Authorization": f"Bearer {token}"}

    def call(method: str, path: str, body: dict[str, Any] | None) -> tuple[int, bytes]:
        answer = client.open(path, method=method, json=body, headers=headers)
        return answer.status_code, answer.get_data()

    return call


def outside(port: int, token: str) -> Door:
    """The door over HTTP: one connection to a running server, kept open."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}

    def call(method: str, path: str, body: dict[str, Any] | None) -> tuple[int, bytes]:
        connection.request(method, path, json.dumps(body) if body is not None else None, headers)
        answer = connection.getresponse()
        return answer.status, answer.read()

    return call


class Clerk:
    """Someone who does whole cases, and remembers how long each completion took."""

    def __init__(self, door: Door) -> None:
        self.door = door
        self.completions: list[float] = []

    def call(self, method: str, path: str, body: dict[str, Any] | None = None) -> Any:
        """One call of the API; a refusal ends the benchmark."""
        status, answer = self.door(method, f"/api/v1{path}", body)
        if status >= 400:
            raise RuntimeError(f"{method} {path}: {status} {answer[:300]!r}")
        return json.loads(answer)

    def start(self) -> str:
        """Start a case and return its number."""
        return str(self.call("POST", "/cases", {"process": "achat", "data": {}})["number"])

    def complete_next(self, number: str) -> bool:
        """Complete the first open task of a case; says whether the case ended."""
        task = self.call("GET", f"/tasks?box=queue&case={number}")["items"][0]
        start = time.perf_counter()
        done = self.call("POST", f"/tasks/{task['id']}/completion", {"answers": {"decision": "CONFIRMER"}})
        self.completions.append((time.perf_counter() - start) * 1000)
        return bool(done["ended"])

    def whole_case(self) -> None:
        """Start a case and take it to its end, through every one of its tasks."""
        number = self.start()
        ended = [self.complete_next(number) for _ in range(STEPS)]
        if ended != [False] * (STEPS - 1) + [True]:
            raise RuntimeError(f"{number} did not end with its twelfth task")
