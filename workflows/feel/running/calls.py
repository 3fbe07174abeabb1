"""Rules for functions: those of the language, those of the host, and those written in place."""

from __future__ import annotations

from collections.abc import Callable

from workflows.feel.errors import FeelError, FeelSyntaxError
from workflows.feel.library import BUILTINS
from workflows.feel.library.registry import Builtin, Signature, answered
from workflows.feel.reading.nodes import Node
from workflows.feel.run import Run
from workflows.feel.running.env import Env
from workflows.feel.running.rules import Code, Site, compiled, rule
from workflows.feel.values.convert import lifted
from workflows.feel.values.kinds import Function

Place = tuple[int, int]
Names = tuple[str, ...] | None


@rule("call")
def call(node: Node, site: Site) -> Code:
    """A function called with its arguments, in order or by name."""
    callee, *given = node.parts
    named = bool(given) and given[0].kind == "named"
    names: Names = tuple(str(part.value) for part in given) if named else None
    arguments = tuple(compiled(part.parts[0] if named else part, site) for part in given)
    if callee.kind != "name":
        return _call_value(compiled(callee, site), arguments, names, node.place)
    name = str(callee.value)
    if name in site.bound:
        return _call_value(lambda env: env.find(name), arguments, names, node.place)
    if name in BUILTINS:
        return _call_builtin(name, arguments, names, node.place)
    site.names.called.add(name)
    return _call_named(name, arguments, names, node.place)


def _way(name: str, count: int, names: Names, place: Place) -> tuple[Signature, tuple[int, ...]]:
    ways: Builtin = BUILTINS[name]
    for way in ways:
        if names is None and way.takes(count):
            return way, tuple(range(count))
        if names is not None and (places := way.positions(names)) is not None:
            return way, places
    raise FeelSyntaxError("feel.wrong_arguments", {"name": name}, place)


def _call_builtin(name: str, arguments: tuple[Code, ...], names: Names, place: Place) -> Code:
    way, places = _way(name, len(arguments), names, place)
    ordered = list(arguments)
    if names is not None:
        absent: Code = lambda _env: None  # noqa: E731
        ordered = [absent] * (max(places, default=-1) + 1)
        for position, code in zip(places, arguments, strict=True):
            ordered[position] = code

    def run(env: Env) -> object:
        values = [code(env) for code in ordered]
        try:
            return answered(way, env.run, values)
        except FeelError as refused:
            raise _placed(refused, place) from None

    return run


def _placed(error: FeelError, place: Place) -> FeelError:
    if error.line is None:
        error.line, error.column = place
    return error


def _call_named(name: str, arguments: tuple[Code, ...], names: Names, place: Place) -> Code:
    def run(env: Env) -> object:
        host = env.run.functions.get(name)
        if host is not None:
            return _ask_host(host, name, [code(env) for code in arguments], names, env)
        value = env.find(name)
        if isinstance(value, Function):
            return _invoke(value, [code(env) for code in arguments], names, env.run, place)
        raise FeelError("feel.unknown_function", {"name": name}, place)

    return run


def _call_value(callee: Code, arguments: tuple[Code, ...], names: Names, place: Place) -> Code:
    def run(env: Env) -> object:
        value = callee(env)
        if not isinstance(value, Function):
            raise FeelError("feel.not_a_function", {}, place)
        return _invoke(value, [code(env) for code in arguments], names, env.run, place)

    return run


def _ask_host(host: Callable[..., object], name: str, values: list[object], names: Names, env: Env) -> object:
    try:
        answer = host(**dict(zip(names, values, strict=True))) if names else host(*values)
    except (TypeError, ValueError, ArithmeticError, LookupError, AttributeError):
        raise FeelError("feel.function_failed", {"name": name}) from None
    return lifted(answer, env.run.budget)


def _invoke(function: Function, values: list[object], names: Names, run: Run, place: Place) -> object:
    if names is not None:
        if not set(names) <= set(function.parameters):
            raise FeelError("feel.wrong_arguments", {"name": ", ".join(names)}, place)
        by_name = dict(zip(names, values, strict=True))
        values = [by_name.get(parameter) for parameter in function.parameters]
    if len(values) != len(function.parameters):
        raise FeelError("feel.wrong_arguments", {"name": "function"}, place)
    return invoke(function, tuple(values), run)


def invoke(function: Function, values: tuple[object, ...], run: Run) -> object:
    """Call a function, paying for the depth of the call."""
    run.budget.charge(1)
    run.budget.enter(function.frames)
    try:
        return function.invoke(run, values)
    finally:
        run.budget.leave(function.frames)


@rule("function")
def definition(node: Node, site: Site) -> Code:
    """A function written in place; it remembers the names around it."""
    assert isinstance(node.value, tuple)
    parameters = tuple(str(name) for name in node.value)
    body_node = node.parts[-1]
    body = compiled(body_node, site.binding(*parameters))
    cost, frames = body_node.size, body_node.depth + 2

    def run(env: Env) -> Function:
        def call_body(_run: Run, values: tuple[object, ...]) -> object:
            env.run.budget.charge(cost)
            return body(Env(env.run, dict(zip(parameters, values, strict=True)), env))

        return Function(parameters, call_body, frames)

    return run
