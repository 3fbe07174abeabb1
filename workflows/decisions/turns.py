"""Boxes that go through a list: iterations, quantified conditions, filters."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from workflows.decisions.models import BoxedFilter, BoxedTurns, Logic
from workflows.decisions.stage import Stage
from workflows.feel import Range
from workflows.feel.running.loops import NothingToGoThrough, inner_span

Answer = Callable[[Logic, Stage], object]
ITEM, SO_FAR = "item", "partial"


def gone_through(box: BoxedTurns | BoxedFilter, stage: Stage, answer: Answer) -> object:
    """What comes of going through the list of a box."""
    items = _items(answer(box.over, stage), stage)
    if isinstance(box, BoxedFilter):
        return _filtered(box, items, stage, answer)
    if items is None:
        return None
    told = _told(box, items, stage, answer)
    if box.kind == "for":
        return list(told)
    found = list(told)
    decisive = box.kind == "some"
    if any(one is decisive for one in found):
        return decisive
    return None if any(not isinstance(one, bool) for one in found) else not decisive


def _told(box: BoxedTurns, items: list[object], stage: Stage, answer: Answer) -> Iterator[object]:
    so_far: list[object] = []
    for item in items:
        stage.run.budget.charge(1)
        told = answer(box.told, stage.binding({box.name: item, SO_FAR: list(so_far)}))
        if box.kind == "for":
            stage.run.budget.charge(len(so_far))
            so_far.append(told)
        yield told


def _filtered(box: BoxedFilter, items: list[object] | None, stage: Stage, answer: Answer) -> object:
    found: list[object] = []
    for item in items or ():
        stage.run.budget.charge(1)
        entries = item if isinstance(item, dict) else {}
        if answer(box.matched, stage.binding({**entries, ITEM: item})) is True:
            found.append(item)
    return found


def _items(value: object, stage: Stage) -> list[object] | None:
    """A list to go through; one value alone is a list of one, and nothing none."""
    if isinstance(value, Range):
        return _spanned(value, stage)
    if value is None:
        return None
    return value if isinstance(value, list) else [value]


def _spanned(value: Range, stage: Stage) -> list[object] | None:
    found: list[object] = []
    try:
        for item in inner_span(value):
            stage.run.budget.charge(1)
            found.append(item)
    except NothingToGoThrough:
        return None
    return found
