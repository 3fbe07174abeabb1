"""A server on OP-DEMO, and the people who call it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest
from sqlalchemy import Engine

from tests.journeys.service.people import Staff
from tests.journeys.service.server import Installation, Process, Server, Worker


@pytest.fixture
def starting(demo_url: str, tmp_path: Path) -> Iterator[Callable[[], Server]]:
    """Start a server; whatever still runs in the end is killed."""
    running: list[Process] = []

    def start() -> Server:
        server = Server(demo_url, tmp_path / "home")
        running.append(server)
        return server

    (tmp_path / "home").mkdir()
    yield start
    for process in running:
        process.kill()


@pytest.fixture
def staff(demo_engine: Engine, starting: Callable[[], Server]) -> Staff:
    """People at work on a running server."""
    return Staff(demo_engine, starting())


@pytest.fixture
def working(demo_url: str, tmp_path: Path) -> Iterator[Callable[[], Worker]]:
    """Start a worker; whatever still runs in the end is killed."""
    running: list[Worker] = []

    def start() -> Worker:
        running.append(Worker(demo_url, tmp_path))
        return running[-1]

    yield start
    for process in running:
        process.kill()


@pytest.fixture
def running(tmp_path: Path) -> Iterator[Callable[[], Installation]]:
    """Start an installation in the test's own home; whatever still runs in the end is killed."""
    started: list[Installation] = []

    def start() -> Installation:
        started.append(Installation(tmp_path))
        return started[-1]

    yield start
    for one in started:
        one.kill()
    for process in psutil.process_iter(["cmdline"]):
        if str(tmp_path / "db") in (process.info["cmdline"] or []):
            process.kill()
