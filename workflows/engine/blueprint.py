"""A process version ready to run: read once, kept as its sources, shared by the cases that run on it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import orjson

from workflows.engine.drawing import Drawing
from workflows.engine.errors import EngineError
from workflows.engine.events import first_of
from workflows.engine.reading import read
from workflows.engine.values import StepInfo


class Blueprint:
    """One version of a process: what its elements are, and how they are connected. Nothing in it changes by running."""

    def __init__(self, sources: Mapping[str, bytes], process_id: str) -> None:
        drawing = Drawing({name: read(source, name) for name, source in sources.items()})
        self.process_id = process_id
        self.sources = dict(sources)
        self.spec: Any = drawing.spec(process_id)
        self.called: dict[str, Any] = {name: spec for name, spec in drawing.specs.items() if name != process_id}
        self.steps: tuple[StepInfo, ...] = tuple(drawing.steps)
        self._by_step = {(step.process, step.id): step for step in self.steps}

    def step(self, process: str, step: str) -> StepInfo:
        """What is drawn under an id of a process."""
        return self._by_step[(process, step)]

    def first_step(self, message: str | None = None) -> str:
        """Where a case begins, when a message starts it or when nothing does."""
        return str(first_of(self.spec, message).bpmn_id)

    def dump(self) -> bytes:
        """The blueprint as bytes, to store once a version."""
        texts = {name: source.decode() for name, source in self.sources.items()}
        return orjson.dumps({"process": self.process_id, "sources": texts})

    @staticmethod
    def load(raw: bytes) -> Blueprint:
        """A stored blueprint, ready to run again."""
        found = orjson.loads(raw)
        return Blueprint({name: text.encode() for name, text in found["sources"].items()}, found["process"])


def blueprint(sources: Mapping[str, bytes], process_id: str) -> Blueprint:
    """Read a process and those it calls; raises ``EngineError`` with the element and the line of what cannot run."""
    try:
        return Blueprint(sources, process_id)
    except KeyError as error:
        raise EngineError("engine.duplicate_or_unknown", str(error.args[0])[:200]) from None
