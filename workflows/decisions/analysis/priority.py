"""Which of the rules that apply together is heard, as the hit policy says."""

from __future__ import annotations

from workflows.decisions.models import Rule, Table
from workflows.feel import FeelError


def winners(table: Table, mask: int) -> int:
    """The rules that are heard among those that apply, all as bits of a number."""
    if table.policy == "F":
        return mask & -mask
    if table.policy != "P":
        return mask
    rules = [place for place in range(len(table.rules)) if mask >> place & 1]
    weights = {place: _weight(table, table.rules[place]) for place in rules}
    if any(weight is None for weight in weights.values()):
        return mask
    best = min((weight for weight in weights.values() if weight is not None), default=None)
    return sum(1 << place for place, weight in weights.items() if weight == best)


def _weight(table: Table, rule: Rule) -> tuple[int, ...] | None:
    """How early a rule's answers come in the ordered values of the outputs; None when that cannot be told."""
    found: list[int] = []
    for output, answer in zip(table.outputs, rule.answers, strict=True):
        if not output.values:
            continue
        try:
            ordered = output.values[0].expression.evaluate({}) if output.values[0].expression else None
            value = answer.expression.evaluate({}) if answer.expression else None
        except FeelError:
            return None
        if not isinstance(ordered, list) or value not in ordered:
            return None
        found.append(ordered.index(value))
    return tuple(found)
