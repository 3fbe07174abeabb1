"""Rules for going through lists: for, some, every."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from workflows.feel.limits import checked_list
from workflows.feel.reading.nodes import Node, mentions
from workflows.feel.running.env import Env
from workflows.feel.running.rules import Code, Site, compiled, rule
from workflows.feel.values.kinds import Range
from workflows.feel.values.numbers import CONTEXT, whole

PARTIAL = "partial"


class NothingToGoThrough(Exception):
    """What should have been a list is nothing."""


@dataclass(frozen=True, slots=True)
class _Iterator:
    name: str
    domain: tuple[Code, ...]


def _compiled_iterators(nodes: tuple[Node, ...], site: Site) -> tuple[tuple[_Iterator, ...], Site]:
    iterators: list[_Iterator] = []
    for node in nodes:
        domain = tuple(compiled(part, site) for part in node.parts)
        iterators.append(_Iterator(str(node.value), domain))
        site = site.binding(str(node.value))
    return tuple(iterators), site


def _items(env: Env, domain: tuple[Code, ...]) -> Iterable[object]:
    first = domain[0](env)
    if len(domain) == 2:
        return _span(first, domain[1](env))
    if isinstance(first, Range):
        return inner_span(first)
    if first is None:
        raise NothingToGoThrough
    return first if isinstance(first, list) else [first]


def inner_span(bounds: Range) -> Iterator[object]:
    """The whole numbers or the days of a range, one after the other; raises ``NothingToGoThrough`` for other ranges."""
    edges = ([] if bounds.low_closed else [bounds.low]) + ([] if bounds.high_closed else [bounds.high])
    return (item for item in _span(bounds.low, bounds.high) if item not in edges)


def _span(first: object, last: object) -> Iterator[object]:
    if type(first) is date and type(last) is date:
        step = 1 if first <= last else -1
        count = abs((last - first).days)
        return (first + timedelta(days=step * turn) for turn in range(count + 1))
    start, end = whole(first), whole(last)
    if start is None or end is None:
        raise NothingToGoThrough
    step = 1 if start <= end else -1
    return (CONTEXT.create_decimal(turn) for turn in range(start, end + step, step))


def _turns(env: Env, iterators: tuple[_Iterator, ...], cost: int) -> Iterator[Env]:
    head, rest = iterators[0], iterators[1:]
    for item in _items(env, head.domain):
        env.run.budget.charge(cost)
        inner = Env(env.run, {head.name: item}, env)
        if rest:
            yield from _turns(inner, rest, cost)
        else:
            yield inner


@rule("for")
def loop(node: Node, site: Site) -> Code:
    """A list with one value a turn; « partial » is what was made so far."""
    body_node = node.parts[-1]
    iterators, inside = _compiled_iterators(node.parts[:-1], site)
    looks_back = mentions(body_node, PARTIAL) and PARTIAL not in inside.bound
    body = compiled(body_node, inside.binding(PARTIAL) if looks_back else inside)
    cost = node.size

    def run(env: Env) -> object:
        made: list[object] = []
        try:
            for turn in _turns(env, iterators, cost):
                if looks_back:
                    env.run.budget.charge(len(made))
                    turn.bound[PARTIAL] = list(made)
                made.append(body(turn))
        except NothingToGoThrough:
            return None
        return checked_list(made)

    return run


@rule("quantified")
def quantified(node: Node, site: Site) -> Code:
    """Whether some item, or every item, meets a condition."""
    iterators, inside = _compiled_iterators(node.parts[:-1], site)
    condition, cost = compiled(node.parts[-1], inside), node.size
    decisive = node.value == "some"

    def run(env: Env) -> bool | None:
        answer: bool | None = not decisive
        try:
            for turn in _turns(env, iterators, cost):
                found = condition(turn)
                if found is decisive:
                    return decisive
                if not isinstance(found, bool):
                    answer = None
        except NothingToGoThrough:
            return None
        return answer

    return run
