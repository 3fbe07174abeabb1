"""The child that examines files: ``python -m workflows.catalog.apart_child``, a job a line, an answer a line."""

from __future__ import annotations

import resource
import sys
from base64 import b64decode
from typing import Any

import orjson

from workflows.catalog.examine import examine_source
from workflows.catalog.examine_folder import examine_sources
from workflows.engine import Problem

MEMORY = 2 * 1024 * 1024 * 1024
"""How many bytes the child may use; what would need more ends it."""


def main() -> None:
    """Answer jobs until there are none: the parent closes the pipe when it ends."""
    limit()
    for line in sys.stdin.buffer:
        sys.stdout.buffer.write(orjson.dumps(answered(orjson.loads(line))) + b"\n")
        sys.stdout.buffer.flush()


def limit() -> None:
    """Bound what this process may do: memory, and no file written."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def answered(job: dict[str, Any]) -> dict[str, list[dict[str, Any]]]:
    """The problems of the job's file, or of each of its files."""
    sources = {name: b64decode(text) for name, text in job["files"].items()}
    one = job.get("file")
    if one is not None:
        beside = {name: source for name, source in sources.items() if name != one}
        return {one: [_told(found) for found in examine_source(one, sources[one], beside)]}
    operations = frozenset(job["operations"]) if job["operations"] is not None else None
    return {name: [_told(one) for one in found] for name, found in examine_sources(sources, operations).items()}


def _told(one: Problem) -> dict[str, Any]:
    return {**{key: getattr(one, key) for key in one.__slots__}, "message": dict(one.message)}


if __name__ == "__main__":
    main()
