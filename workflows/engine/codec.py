"""The state of a case as bytes: tokens in the order of their tree, without the specification, compressed."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import orjson
import zstandard
from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState

from workflows.engine.blueprint import Blueprint
from workflows.engine.errors import EngineError
from workflows.engine.gateways import BY
from workflows.engine.live import Inside, Live
from workflows.engine.repeats import GONE
from workflows.engine.values import Services

VERSION = 3
LARGEST = 64 * 1024 * 1024
"""How many bytes a state may have once opened."""
STATES = frozenset(int(state) for state in TaskState.__dict__.values() if isinstance(state, int))
READABLE = (1, 2, 3)
"""The forms of a state that this release takes up.

Version 1 did not know what decisions had given before; versions 1 and 2 kept every token that was ever done.
"""


def dump(live: Live) -> bytes:
    """Everything needed to go on with a case later, with a sum that tells when a byte of it has gone wrong.

    Raises ``EngineError("engine.state_too_large")`` for what could not be taken up again.
    """
    inside = [[owner.hex, workflow.spec.name, _rows(workflow)] for owner, workflow in live.subprocesses.items()]
    state = [VERSION, live.store, live.end, _rows(live), inside, live.decided]
    written = orjson.dumps(state)
    if len(written) > LARGEST:
        raise EngineError("engine.state_too_large")
    return zstandard.ZstdCompressor(level=3, write_checksum=True).compress(written)


def load(blueprint: Blueprint, raw: bytes, services: Services) -> Live:
    """A case as it was.

    Raises ``EngineError``: ``engine.state_version`` for a state of a release to come, ``engine.state_broken`` for bytes
    that are no state of this drawing.
    """
    state = _opened(raw)
    try:
        return _loaded(blueprint, state, services)
    except (KeyError, IndexError, TypeError, ValueError, AttributeError) as error:
        raise EngineError("engine.state_broken") from error


def _loaded(blueprint: Blueprint, state: list[Any], services: Services) -> Live:
    store, end, rows, inside, decided = state
    live = Live(blueprint.spec, blueprint.called, services, dict(store), deserializing=True)
    live.end, live.decided = end, dict(decided)
    _restore(live, rows)
    waiting = inside
    while waiting:
        later = [one for one in waiting if live.find(UUID(hex=one[0])) is None]
        if len(later) == len(waiting):
            raise EngineError("engine.state_broken")
        for owner, name, own in (one for one in waiting if one not in later):
            if UUID(hex=owner) in live.subprocesses:
                raise EngineError("engine.state_broken")
            child = Inside(blueprint.called[name], UUID(hex=owner), live, deserializing=True)
            live.subprocesses[UUID(hex=owner)] = child
            _restore(child, own)
        waiting = later
    return live


def _opened(raw: bytes) -> list[Any]:
    """What was written, if this release or one before wrote it."""
    try:
        if zstandard.frame_content_size(raw) > LARGEST:
            raise EngineError("engine.state_broken")
        version, *state = orjson.loads(zstandard.ZstdDecompressor().decompress(raw, max_output_size=LARGEST))
    except (zstandard.ZstdError, ValueError, TypeError) as error:
        raise EngineError("engine.state_broken") from error
    if version not in READABLE:
        raise EngineError("engine.state_version", None, version=version)
    return [*state, {}] if version == 1 else state


def _rows(workflow: Any) -> list[list[Any]]:
    """One row a token, parents first: id, parent's row, state, element, triggered, what the element keeps."""
    rows: list[list[Any]] = []
    todo = [(workflow.task_tree, -1)]
    while todo:
        task, parent = todo.pop()
        kept = task.internal_data or 0
        rows.append([task.id.hex, parent, task._state, task.task_spec.name, int(task.triggered), kept])
        here = len(rows) - 1
        todo += [(workflow.tasks[child], here) for child in reversed(task._children)]
    return rows


def _restore(workflow: Any, rows: list[list[Any]]) -> None:
    made: list[Any] = []
    for hex_id, parent, state, name, triggered, kept in rows:
        known = state in STATES and _is_sound(kept or {}) and UUID(hex=hex_id) not in workflow.tasks
        if not known or not -1 <= parent < len(made) or (parent < 0) != (not made):
            raise EngineError("engine.state_broken")
        task = Task.__new__(Task)
        task.id, task.workflow, task._children, task._state = UUID(hex=hex_id), workflow, [], state
        task.task_spec, task.triggered, task.internal_data = workflow.spec.task_specs[name], bool(triggered), kept or {}
        task.data, task.thread_id, task.last_state_change = {}, 0, 0.0
        task._parent = made[parent].id if parent >= 0 else None
        if parent >= 0:
            made[parent]._children.append(task.id)
        workflow.tasks[task.id] = task
        made.append(task)
    workflow.task_tree = made[0]


def _is_sound(kept: object) -> bool:
    """Whether what an element keeps is what elements keep: counts are counts, names are names."""
    if not isinstance(kept, dict):
        return False
    gone, by = kept.get(GONE, 0), kept.get(BY, "")
    return isinstance(gone, int) and not isinstance(gone, bool) and gone >= 0 and isinstance(by, str)
