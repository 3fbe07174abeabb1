"""Elements that are done several times: a number of times, for each item of a list, or as long as a condition holds."""

from __future__ import annotations

from typing import Any

from SpiffWorkflow.bpmn.specs.defaults import BpmnSpecMixin
from SpiffWorkflow.util.task import TaskState

from workflows.engine.data import clean_mapping
from workflows.engine.elements import Element
from workflows.engine.errors import EngineError
from workflows.engine.expressions import COUNTER, EACH, ITEM, MOST_INSTANCES, items, listed, store_of, truth, whole

MOST_OPEN = 5000
"""How many tokens of a case may be under way at once."""
UNFINISHED = TaskState.NOT_FINISHED_MASK
NUMBER, GIVEN, LIST, GONE = "number", "given", "list", "gone"
"""What a repeated element keeps: how many, of which items, what they gave, how many are done and forgotten."""


class Repeated(Element, BpmnSpecMixin):
    """An element done several times, side by side or one after the other, until all are done or a condition holds."""

    cardinality: str | None = None
    collection: str | None = None
    """The list (FEEL) for each item of which the element is done; each instance knows its own by the name ``each``."""
    each: str | None = None
    output: tuple[str, str] | None = None
    """The list that the instances fill, and the name that each of them gives for it."""
    condition: str | None = None
    sequential = False
    inner = ""

    def _run_hook(self, my_task: Any) -> bool | None:
        number = self._number(my_task)
        under_way = sum(1 for task in my_task.workflow.top_workflow.all_tasks() if task.has_state(UNFINISHED))
        if under_way + (1 if self.sequential else number) > MOST_OPEN:
            raise EngineError("engine.too_many_tokens", self.bpmn_id, limit=MOST_OPEN)
        step = self._wf_spec.task_specs[self.inner].bpmn_id
        store_of(my_task).pop(step, None)
        my_task.internal_data[NUMBER] = number
        if number == 0:
            self._gather(my_task)
            return True
        my_task._set_state(TaskState.STARTED)
        for item in range(1 if self.sequential else number):
            self._spawn(my_task, item)
        return None

    def _number(self, my_task: Any) -> int:
        if self.collection is None:
            return whole(my_task, self.cardinality or "1")
        found = listed(my_task, self.collection)
        if self.each is not None:
            my_task.internal_data[LIST] = found
        return len(found)

    def child_done(self, my_task: Any, child: Any) -> None:
        """One instance is done: see whether the others still matter."""
        if child.task_spec.name != self.inner or my_task.has_state(TaskState.FINISHED_MASK):
            return
        self._note(my_task, child)
        instances = [one for one in my_task.children if one.task_spec.name == self.inner]
        gone = my_task.internal_data.get(GONE, 0)
        done = gone + sum(1 for one in instances if one.has_state(TaskState.COMPLETED))
        if self._over(my_task, done, gone + len(instances)):
            for one in instances:
                if one.has_state(UNFINISHED):
                    one.cancel()
            self._gather(my_task)
            my_task.complete()
        elif self.sequential:
            self._spawn(my_task, gone + len(instances))

    def _over(self, my_task: Any, done: int, begun: int) -> bool:
        """Whether nothing more is to be done, ``done`` instances of those begun being finished."""
        number = my_task.internal_data[NUMBER]
        counts = {
            "numberOfInstances": number,
            "numberOfCompletedInstances": done,
            "numberOfActiveInstances": begun - done,
        }
        return done == number or (self.condition is not None and truth(my_task, self.condition, counts))

    def _spawn(self, my_task: Any, item: int) -> None:
        child = my_task._add_child(self._wf_spec.task_specs[self.inner], TaskState.FUTURE)
        child.triggered = True
        self._tell(my_task, child, item)
        child.task_spec._update(child)

    def _tell(self, my_task: Any, child: Any, item: int) -> None:
        """Let an instance know which one it is, and of which item."""
        child.internal_data[ITEM] = item
        if self.each is not None:
            child.internal_data[EACH] = {self.each: my_task.internal_data[LIST][item]}

    def _note(self, my_task: Any, child: Any) -> None:
        """Keep what an instance gives for the list of outcomes: of its answers, else of the data it left."""
        if self.output is None:
            return
        name, store, item = self.output[1], store_of(my_task), child.internal_data[ITEM]
        place = ".".join(map(str, [*items(my_task, own=True), item]))
        answers = store.get(child.task_spec.bpmn_id)
        own = answers.get(place) if isinstance(answers, dict) else None
        value = own[name] if isinstance(own, dict) and name in own else store.pop(name, None)
        my_task.internal_data.setdefault(GIVEN, {})[str(item)] = value

    def _gather(self, my_task: Any) -> None:
        """Put the list of outcomes in the data, in the order of the instances, replacing what was there."""
        if self.output is None:
            return
        given = my_task.internal_data.pop(GIVEN, {})
        store_of(my_task).update(clean_mapping({self.output[0]: [given[key] for key in sorted(given, key=int)]}))


class Looped(Repeated):
    """An element done again and again while a condition holds, tested before each turn or after it.

    What is answered in one turn replaces what was answered in the turn before.
    """

    tests_before = False
    most: int | None = None
    sequential = True

    def _number(self, my_task: Any) -> int:
        return 1 if not self.tests_before or self._holds(my_task, 0) else 0

    def _over(self, my_task: Any, done: int, begun: int) -> bool:
        return not self._holds(my_task, done)

    def _holds(self, my_task: Any, turns: int) -> bool:
        """Whether there is one more turn; without a condition, up to the greatest number."""
        if self.most is not None and turns >= self.most:
            return False
        if turns >= MOST_INSTANCES:
            raise EngineError("engine.too_many_turns", self.bpmn_id, limit=MOST_INSTANCES)
        return self.condition is None or truth(my_task, self.condition, {COUNTER: turns})

    def _tell(self, my_task: Any, child: Any, item: int) -> None:
        child.internal_data[EACH] = {COUNTER: item + 1}
