"""Functions on yes and no, on contexts, and on sameness."""

from __future__ import annotations

from datetime import datetime, time

from workflows.feel.library.registry import builtin
from workflows.feel.run import Run
from workflows.feel.values.compare import equal

CLOCKS = (datetime, time)


@builtin("not", "negand")
def negated(_run: Run, negand: object) -> bool | None:
    """The contrary."""
    return not negand if isinstance(negand, bool) else None


@builtin("is", "value1", "value2")
def same(run: Run, value1: object, value2: object) -> bool:
    """Whether two values are the same one, of the same kind, with the same zone."""
    if isinstance(value1, CLOCKS) and isinstance(value2, CLOCKS) and value1.utcoffset() != value2.utcoffset():
        return False
    return equal(value1, value2, run.budget) is True


@builtin("get value", "m", "key")
def get_value(run: Run, m: object, key: object) -> object:
    """One entry of a context, or one reached through several keys."""
    if isinstance(key, list):
        for step in key:
            m = get_value(run, m, step) if isinstance(step, str) else None
        return m if key else None
    return m.get(key) if isinstance(m, dict) and isinstance(key, str) else None


@builtin("get entries", "m")
def get_entries(run: Run, m: object) -> object:
    """The entries of a context, each as a key and a value."""
    if not isinstance(m, dict):
        return None
    run.budget.charge(len(m))
    return [{"key": key, "value": value} for key, value in m.items()]


@builtin("context", "entries")
def context(_run: Run, entries: object) -> object:
    """A context made of keys and values."""
    items = [entries] if isinstance(entries, dict) else entries
    if not isinstance(items, list):
        return None
    made: dict[str, object] = {}
    for entry in items:
        if not isinstance(entry, dict) or not {"key", "value"} <= entry.keys():
            return None
        key = entry["key"]
        if not isinstance(key, str) or key in made:
            return None
        made[key] = entry["value"]
    return made


@builtin("context put", "context", "key", "value")
@builtin("context put", "context", "keys", "value")
def context_put(run: Run, target: object, key: object, value: object) -> object:
    """The same context with one entry more, or changed."""
    if not isinstance(target, dict):
        return None
    if isinstance(key, list):
        if not key or not all(isinstance(step, str) for step in key):
            return None
        if len(key) > 1:
            run.budget.charge(len(key))
            value = context_put(run, target.get(key[0], {}), key[1:], value)
            if value is None:
                return None
        key = key[0]
    if not isinstance(key, str):
        return None
    run.budget.charge(len(target))
    return {**target, key: value}


@builtin("context merge", "contexts")
def context_merge(run: Run, contexts: object) -> object:
    """Several contexts as one; the later ones have the last word."""
    items = [contexts] if isinstance(contexts, dict) else contexts
    if not isinstance(items, list):
        return None
    made: dict[str, object] = {}
    for item in items:
        if not isinstance(item, dict):
            return None
        run.budget.charge(len(item))
        made.update(item)
    return made
