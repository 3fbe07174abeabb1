"""Rules for what is written out, for names, and for conditions: if, and, or."""

from __future__ import annotations

from workflows.feel.errors import FeelSyntaxError
from workflows.feel.library import BUILTINS
from workflows.feel.library.registry import as_function
from workflows.feel.reading.nodes import Node
from workflows.feel.running.env import ABSENT, Env
from workflows.feel.running.rules import Code, Site, compiled, rule
from workflows.feel.values.moments import read_moment


@rule("literal")
def literal(node: Node, _site: Site) -> Code:
    """A value written out in full."""
    value = node.value
    return lambda _env: value


@rule("moment")
def moment(node: Node, _site: Site) -> Code:
    """A date, a time or a duration after an at sign; one that is none is refused when the text is read."""
    value = read_moment(str(node.value))
    if value is None:
        raise FeelSyntaxError("feel.bad_moment", {"found": str(node.value)[:40]}, node.place)
    return lambda _env: value


@rule("name")
def name(node: Node, site: Site) -> Code:
    """The value of a name; the name of a function of the language is that function."""
    key, place = str(node.value), node.place
    builtin = None if key in site.bound else BUILTINS.get(key)
    if builtin is None:
        site.uses(key)

    def run(env: Env) -> object:
        value = env.find(key)
        if value is not ABSENT:
            return value
        if builtin is not None:
            return as_function(key, builtin)
        env.missing(key, place)
        return None

    return run


@rule("if")
def if_else(node: Node, site: Site) -> Code:
    """The second part when the first is true, and the third in every other case."""
    condition, then, otherwise = (compiled(part, site) for part in node.parts)
    return lambda env: then(env) if condition(env) is True else otherwise(env)


@rule("and")
def conjunction(node: Node, site: Site) -> Code:
    """False as soon as one is false; true when all are; otherwise nothing."""
    parts = tuple(compiled(part, site) for part in node.parts)

    def run(env: Env) -> bool | None:
        answer: bool | None = True
        for part in parts:
            value = part(env)
            if value is False:
                return False
            if value is not True:
                answer = None
        return answer

    return run


@rule("or")
def disjunction(node: Node, site: Site) -> Code:
    """True as soon as one is true; false when all are false; otherwise nothing."""
    parts = tuple(compiled(part, site) for part in node.parts)

    def run(env: Env) -> bool | None:
        answer: bool | None = False
        for part in parts:
            value = part(env)
            if value is True:
                return True
            if value is not False:
                answer = None
        return answer

    return run


@rule("list")
def row(node: Node, site: Site) -> Code:
    """Values in a row."""
    parts = tuple(compiled(part, site) for part in node.parts)
    return lambda env: [part(env) for part in parts]


@rule("context")
def context(node: Node, site: Site) -> Code:
    """Named values; each may use those before it."""
    entries: list[tuple[str, Code]] = []
    for entry in node.parts:
        entries.append((str(entry.value), compiled(entry.parts[0], site)))
        site = site.binding(str(entry.value))

    def run(env: Env) -> object:
        made: dict[str, object] = {}
        inner = Env(env.run, made, env)
        for key, code in entries:
            made[key] = code(inner)
        return made

    return run
