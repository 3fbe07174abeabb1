"""Elements that hold others: a called process, on the case's data or on its own."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from typing import Any

from SpiffWorkflow.bpmn.specs.defaults import BpmnSpecMixin

from workflows.engine.elements import Element
from workflows.engine.expressions import OWN, context, known_to, store_of
from workflows.engine.withdrawal import withdraw_inside


class CallActivity(Element, BpmnSpecMixin):
    """A process run inside this one: on the same case's data, or on what ``inputs`` hands it.

    ``inputs`` and ``outputs`` are names (``montant unite``) or a FEEL context (``{montant: R02.montant_cents}``). When
    either is drawn the called process knows only its inputs, and only its outputs come back.
    """

    called = ""

    def _run_hook(self, my_task: Any) -> None:
        if "inputs" in self.attributes or "outputs" in self.attributes:
            given = self._mapped(my_task, "inputs", known_to(my_task))
            my_task.internal_data[OWN] = given
        my_task.workflow.top_workflow.create_subprocess(my_task, self.called)

    def _on_complete_hook(self, my_task: Any) -> None:
        own = my_task.internal_data.pop(OWN, None)
        if own is not None:
            store, written = store_of(my_task), self.attributes.get("outputs", "")
            for name in () if written.startswith("{") else written.split():
                store.pop(name, None)
            store.update(self._mapped(my_task, "outputs", own))
        super()._on_complete_hook(my_task)

    def _mapped(self, my_task: Any, which: str, known: Mapping[str, object]) -> dict[str, object]:
        """The values that go in or come back, copied: nothing is shared with the other side."""
        written = self.attributes.get(which, "").strip()
        if written.startswith("{"):
            return context(my_task, written, known)
        return {name: deepcopy(known[name]) for name in written.split() if name in known}

    def _on_cancel(self, my_task: Any) -> None:
        my_task.internal_data.pop(OWN, None)
        withdraw_inside(my_task)
        super()._on_cancel(my_task)
