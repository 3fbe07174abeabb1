"""Examining files in a process of its own, with little time and memory: whatever they hold, the house goes on.

One child is kept and asked again and again, so that an examination costs no start. It reads a job a line and answers a
line; one that is late, dead or says too much is ended, and its job is answered by « vérification interrompue ».
"""

from __future__ import annotations

import atexit
import os
import selectors
import subprocess
import sys
import threading
import time
from base64 import b64encode
from collections.abc import Mapping
from typing import IO, Any

import orjson

from workflows.catalog.examine import problem
from workflows.engine import Problem

SECONDS = 30.0
"""How long one examination may take."""
LARGEST_ANSWER = 16 * 1024 * 1024
Problems = dict[str, tuple[Problem, ...]]


class Apart:
    """The child process, started when it is first needed and again when it was ended."""

    def __init__(self, seconds: float = SECONDS) -> None:
        self.seconds = seconds
        self._lock = threading.Lock()
        self._child: subprocess.Popen[bytes] | None = None
        self._owner = 0

    def folder(self, sources: Mapping[str, bytes], operations: frozenset[str] | None = None) -> Problems:
        """The problems of a folder's files by name, as ``examine_sources`` tells them."""
        known = sorted(operations) if operations is not None else None
        answer = self._ask({"files": _carried(sources), "operations": known})
        if answer is None:
            return {name: (problem("process.check_stopped", name),) for name in sources}
        return {name: tuple(Problem(**one) for one in found) for name, found in answer.items()}

    def file(self, name: str, source: bytes, beside: Mapping[str, bytes] | None = None) -> tuple[Problem, ...]:
        """The problems of one file, as ``examine_source`` tells them."""
        answer = self._ask({"file": name, "files": _carried({**(beside or {}), name: source})})
        if answer is None:
            return (problem("process.check_stopped", name),)
        return tuple(Problem(**one) for one in answer[name])

    def end(self) -> None:
        """End the child, if there is one."""
        child, self._child = self._child, None
        if child is not None and self._owner == os.getpid():
            child.kill()
            child.wait()
            for pipe in (child.stdin, child.stdout):
                if pipe is not None:
                    pipe.close()

    def _ask(self, job: Mapping[str, Any]) -> Any:
        """The child's answer to a job, None when it gives none in time."""
        with self._lock:
            try:
                child = self._running()
                line = _exchange(child, orjson.dumps(job) + b"\n", time.monotonic() + self.seconds)
            except OSError:
                line = None
            if line is None:
                self.end()
                return None
            return orjson.loads(line)

    def _running(self) -> subprocess.Popen[bytes]:
        if self._child is None or self._owner != os.getpid() or self._child.poll() is not None:
            self.end()
            self._child = subprocess.Popen(
                [sys.executable, "-m", "workflows.catalog.apart_child"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=_surroundings(),
            )
            self._owner = os.getpid()
        return self._child


def _carried(sources: Mapping[str, bytes]) -> dict[str, str]:
    return {name: b64encode(source).decode("ascii") for name, source in sources.items()}


def _surroundings() -> dict[str, str]:
    """What the child may know: where Python finds the house, and nothing of the house's secrets."""
    kept = {key: os.environ[key] for key in ("PATH", "LANG", "LC_ALL", "TZ") if key in os.environ}
    return {**kept, "PYTHONPATH": os.pathsep.join(one for one in sys.path if one)}


def _exchange(child: subprocess.Popen[bytes], job: bytes, until: float) -> bytes | None:
    """Send a line and receive one, each as far as the child takes or gives it, until the time is up."""
    sink, spring = child.stdin, child.stdout
    if sink is None or spring is None:
        return None
    for pipe in (sink, spring):
        os.set_blocking(pipe.fileno(), False)
    answer = bytearray()
    with selectors.DefaultSelector() as ready:
        ready.register(sink, selectors.EVENT_WRITE)
        ready.register(spring, selectors.EVENT_READ)
        while not answer.endswith(b"\n"):
            if time.monotonic() >= until or len(answer) > LARGEST_ANSWER:
                return None
            for key, _ in ready.select(timeout=max(0.0, until - time.monotonic())):
                if key.fileobj is sink:
                    job = _sent(sink, job)
                    if not job:
                        ready.unregister(sink)
                else:
                    read = os.read(spring.fileno(), 65536)
                    if not read:
                        return None
                    answer += read
    return bytes(answer)


def _sent(sink: IO[bytes], job: bytes) -> bytes:
    """What of a job is left once the pipe is full."""
    return job[os.write(sink.fileno(), job[:65536]) :]


APART = Apart()
"""The child that this process asks."""
atexit.register(APART.end)
