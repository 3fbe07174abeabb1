"""A whole installation for the session: its own database, web application and worker, on a clock that stands still."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Thread, Timer
from typing import Any

import pytest
from playwright.sync_api import Playwright

from tests.browser.found import found

CLOCK = "2026-12-07T09:00-05:00"
PATIENCE = 90
WELCOME = b"http://127.0.0.1"
"""What stands in the line that welcomes, and in none before."""


@dataclass(frozen=True, slots=True)
class Installation:
    """Where the product answers, and where it lives."""

    address: str
    home: Path
    clock: str = CLOCK

    def token(self, code: str) -> str:
        """A bearer token of someone."""
        return self.command("token", code)

    def account(self, name: str, *types: str) -> tuple[str, str]:
        """An integration account that may send some types of message: its address, its secret."""
        told = self.command(
            "integration", "create", name, "--organisation", "OP-DEMO", "--types", ",".join(types), "--json"
        )
        made = json.loads(told)
        return f"{self.address}/hooks/{made['id']}", str(made["secret"])

    def command(self, *words: str) -> str:
        """What a command of the product prints."""
        called = [sys.executable, "-m", "webapp.cli", *words]
        around = _around(self.home, self.clock)
        printed = subprocess.run(called, env=around, capture_output=True, text=True, check=True)
        return printed.stdout.strip()


@pytest.fixture(scope="session")
def browser_type_launch_args(playwright: Playwright) -> dict[str, Any]:
    """How pytest-playwright starts the browser that was found."""
    return found(playwright).launching


@pytest.fixture(scope="session")
def installation() -> Iterator[Installation]:
    """The product, started as a newcomer starts it (``parcours run``), with the demonstration in it."""
    with started(CLOCK) as running:
        yield running


@contextmanager
def started(clock: str) -> Iterator[Installation]:
    """A product of one's own, its clock at an instant, until one leaves."""
    with tempfile.TemporaryDirectory(prefix="parcours-house-", ignore_cleanup_errors=True) as folder:
        home, port = Path(folder), _free_port()
        words = [sys.executable, "-m", "webapp.cli", "run", "--port", str(port), "--clock", clock]
        with (home / "said.log").open("w+b") as said:
            running = subprocess.Popen(words, env=_around(home, clock), stdout=subprocess.PIPE, stderr=said)
            try:
                _wait_until_welcome(running, home)
                yield Installation(f"http://127.0.0.1:{port}", home, clock)
            finally:
                running.send_signal(signal.SIGTERM)
                running.wait(30)


def _around(home: Path, clock: str) -> dict[str, str]:
    """The environment of the product: its own home, nothing of the machine's settings."""
    plain = {key: value for key, value in os.environ.items() if key not in ("DATABASE_URL", "SECRET_KEY")}
    return plain | {"PARCOURS_HOME": str(home), "PYTHONUNBUFFERED": "1", "PARCOURS_CLOCK": clock}


def _wait_until_welcome(running: subprocess.Popen[bytes], home: Path) -> None:
    """Read what the product says until it welcomes; then keep reading, so that it never waits for a reader."""
    assert running.stdout is not None
    late = Timer(PATIENCE, running.kill)
    late.start()
    welcomed = any(WELCOME in line for line in running.stdout)
    late.cancel()
    if not welcomed:
        raise RuntimeError(f"the product did not start: {(home / 'said.log').read_text(errors='replace')[-2000:]}")
    Thread(target=running.stdout.read, daemon=True).start()


def _free_port() -> int:
    with socket.socket() as tried:
        tried.bind(("127.0.0.1", 0))
        return int(tried.getsockname()[1])
