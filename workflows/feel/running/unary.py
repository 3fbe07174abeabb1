"""Rules for tests: « in », and the cells of decision tables."""

from __future__ import annotations

from workflows.feel.reading.nodes import Node
from workflows.feel.running.env import Env
from workflows.feel.running.operators import compare_values, holds
from workflows.feel.running.rules import Code, Names, Site, compiled, rule

INPUT = "?"
CONDITIONS = frozenset({"compare", "and", "or", "quantified", "between", "in", "instance_of", "call"})


@rule("in")
def is_in(node: Node, site: Site) -> Code:
    """A value put to tests, one of which is enough."""
    value, tests = compiled(node.parts[0], site), compiled(node.parts[1], site)
    return lambda env: tests(Env(env.run, {INPUT: value(env)}, env))


@rule("any")
def anything(_node: Node, _site: Site) -> Code:
    """A cell that asks nothing."""
    return lambda _env: True


@rule("one_of")
def one_of(node: Node, site: Site) -> Code:
    """True as soon as one test holds; false when none does; nothing when one cannot be told."""
    tests = tuple(_test(part, site) for part in node.parts)

    def run(env: Env) -> bool | None:
        answer: bool | None = False
        for test in tests:
            found = test(env)
            if found is True:
                return True
            if found is None:
                answer = None
        return answer

    return run


@rule("none_of")
def none_of(node: Node, site: Site) -> Code:
    """The contrary of one of them."""
    some = one_of(node, site)

    def run(env: Env) -> bool | None:
        found = some(env)
        return None if found is None else not found

    return run


@rule("op_test")
def op_test(node: Node, site: Site) -> Code:
    """A comparison with the value under test on its left."""
    right, operator = compiled(node.parts[0], site), str(node.value)
    return lambda env: compare_values(operator, env.find(INPUT), right(env), env)


def _test(node: Node, site: Site) -> Code:
    if node.kind == "op_test":
        return compiled(node, site)
    own = Names()
    code = compiled(node, Site(own, site.bound - {INPUT}, site.in_filter))
    asks_input = INPUT in own.free or INPUT in own.in_filters
    site.names.take(own, INPUT)
    is_condition = node.kind in CONDITIONS

    def run(env: Env) -> bool | None:
        found, value = code(env), env.find(INPUT)
        if isinstance(found, bool) and (asks_input or (is_condition and not isinstance(value, bool))):
            return found
        if found is None and is_condition:
            return None
        return holds(found, value, env)

    return run
