"""A server on OP-DEMO, and the people who call it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from tests.journeys.service.people import Staff
from tests.journeys.service.server import Process, Server


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
