"""The parts of an installation as child processes: started together, watched, ended together."""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import FrameType

from webapp.cli.said import told
from webapp.settings import home_of

GRACE = 15.0
"""Seconds that a part may take to end by itself."""
QUICK = 5.0
"""A part that lives less than this has failed to start."""
MOST_FAILURES = 3
THREADS = 8
PR_SET_PDEATHSIG = 1
PYTHON = (sys.executable, "-P", "-m")
"""This very Python; a file of the folder one stands in must not pass for one of its modules."""


@dataclass(slots=True)
class Part:
    """One child process: what it runs, and how often it failed at once."""

    name: str
    command: list[str]
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    failures: int = 0

    def start(self, environment: Mapping[str, str]) -> None:
        """Start it; it ends when this process dies, however that happens."""
        self.process = subprocess.Popen(self.command, env=dict(environment), preexec_fn=_die_with_parent)  # noqa: S603
        self.started = time.monotonic()


@dataclass(slots=True)
class Parts:
    """All the parts, watched until a signal asks them to end."""

    environment: Mapping[str, str]
    parts: list[Part]
    watch: Callable[[], None] = field(default=lambda: None)
    asked_to_end: threading.Event = field(default_factory=threading.Event)

    def start(self) -> None:
        """Start every part, and end them all on SIGTERM or Ctrl-C."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._end)
        for part in self.parts:
            part.start(self.environment)

    def stay(self) -> int:
        """Watch until asked to end: a part that dies is started again; gives the exit code."""
        code = 0
        while not self.asked_to_end.wait(0.5):
            self.watch()
            alive = [self._alive(part) for part in self.parts]
            if not all(alive):
                code = 1
                break
        self.stop()
        return code

    def stop(self) -> None:
        """End every part, politely then not."""
        running = [part.process for part in self.parts if part.process is not None and part.process.poll() is None]
        for process in running:
            process.terminate()
        until = time.monotonic() + GRACE
        for process in running:
            try:
                process.wait(max(0.1, until - time.monotonic()))
            except subprocess.TimeoutExpired:
                process.kill()

    def _alive(self, part: Part) -> bool:
        if part.process is None or part.process.poll() is None:
            return True
        part.failures = part.failures + 1 if time.monotonic() - part.started < QUICK else 1
        if part.failures > MOST_FAILURES or self.asked_to_end.is_set():
            told(f"{part.name} : arrêté (code {part.process.returncode}), abandon.")
            return False
        told(f"{part.name} : arrêté (code {part.process.returncode}), redémarrage.")
        part.start(self.environment)
        return True

    def _end(self, number: int, frame: FrameType | None) -> None:
        self.asked_to_end.set()


def web(host: str, port: int, workers: int | None = None) -> Part:
    """The web application, behind gunicorn, standing in the installation's home (made when there is none yet)."""
    home_of().mkdir(parents=True, exist_ok=True)
    count = workers or min(4, os.cpu_count() or 1)
    options = ["--bind", f"{host}:{port}", "--workers", str(count), "--threads", str(THREADS)]
    quiet = ["--log-level", "warning", "--timeout", "120", "--graceful-timeout", "10", "--no-control-socket"]
    quiet += ["--chdir", str(home_of())]
    return Part("Application web", [*PYTHON, "gunicorn", *options, *quiet, "webapp.wsgi:app"])


def worker(concurrency: int) -> Part:
    """A worker: timers, echoes, deliveries, reminders."""
    return Part("Exécutant", [*PYTHON, "webapp.cli", "worker", "--concurrency", str(concurrency)])


def _die_with_parent() -> None:
    """On Linux, be told to end when the parent dies, even by ``kill -9``."""
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
