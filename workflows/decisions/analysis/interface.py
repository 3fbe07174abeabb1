"""An organisation's own table against the one it stands in for: a case must find in it what it finds there."""

from __future__ import annotations

from collections.abc import Sequence

from workflows.decisions.analysis.findings import Finding
from workflows.decisions.definitions import Definitions
from workflows.decisions.models import Input, Output, Table
from workflows.feel import FeelError

LISTS = frozenset("CRO")


def compared(own: Definitions, default: Definitions, name: str) -> tuple[Finding, ...]:
    """What makes an own table unfit to stand in for the default one: other inputs, outputs, types or answers.

    Fewer inputs are fine: an organisation need not ask everything. Outputs are the same, and their answers among those
    that the default table can give, when it names them or only ever gives a few.
    """
    ours, theirs = own.find(name), default.find(name)
    if ours is None or not isinstance(ours.logic, Table):
        return (Finding("decision.other_decision", "error", None, name, (), {"name": name}),)
    if theirs is None or not isinstance(theirs.logic, Table):
        return ()
    mine, given = ours.logic, theirs.logic
    return (*_inputs(mine, given), *_outputs(mine, given), *_policy(mine, given))


def _found(code: str, table: Table, **params: object) -> Finding:
    return Finding(code, "error", table.line, table.where, (), params)


def _inputs(mine: Table, given: Table) -> list[Finding]:
    known = {column.asked.text.strip(): column for column in given.inputs}
    strange = [column for column in mine.inputs if column.asked.text.strip() not in known]
    if strange:
        return [_found("decision.other_inputs", mine, theirs=_listed(given.inputs), ours=_listed(mine.inputs))]
    return [
        _found("decision.other_type", mine, name=asked, theirs=known[asked].type, ours=column.type)
        for column in mine.inputs
        if (asked := column.asked.text.strip()) in known and not _same(column.type, known[asked].type)
    ]


def _outputs(mine: Table, given: Table) -> list[Finding]:
    ours, theirs = ({output.name: output for output in table.outputs} for table in (mine, given))
    if ours.keys() != theirs.keys():
        names = {"theirs": ", ".join(sorted(theirs)), "ours": ", ".join(sorted(ours))}
        return [_found("decision.other_outputs", mine, **names)]
    found = [
        _found("decision.other_type", mine, name=name, theirs=theirs[name].type, ours=output.type)
        for name, output in ours.items()
        if not _same(output.type, theirs[name].type)
    ]
    for place, output in enumerate(mine.outputs):
        found += _answers(mine, place, theirs[output.name])
    return found


def _answers(mine: Table, place: int, theirs: Output) -> list[Finding]:
    """The answers that the default table does not allow, when it says which it does."""
    allowed = _values(theirs)
    if allowed is None:
        return []
    found = []
    for rule in mine.rules:
        answer = rule.answers[place]
        try:
            value = answer.expression.evaluate({}) if answer.expression is not None else None
        except FeelError:
            continue
        if value is not None and value not in allowed:
            told = {"name": theirs.name, "value": answer.text.strip()}
            found.append(Finding("decision.other_value", "error", answer.line, mine.where, (rule.label,), told))
    return found


def _values(output: Output) -> list[object] | None:
    if not output.values or output.values[0].expression is None:
        return None
    try:
        values = output.values[0].expression.evaluate({})
    except FeelError:
        return None
    return values if isinstance(values, list) else None


def _policy(mine: Table, given: Table) -> list[Finding]:
    """A table that gives a list does not stand in for one that gives a single answer."""
    kinds = [(table.policy in LISTS, table.aggregation or "") for table in (mine, given)]
    if kinds[0] == kinds[1]:
        return []
    ours, theirs = (_shape(*kind) for kind in kinds)
    return [_found("decision.other_policy", mine, theirs=theirs, ours=ours)]


def _shape(many: bool, aggregation: str) -> tuple[str, str]:
    if many and not aggregation:
        return "une liste", "a list"
    return ("un total", "a total") if many else ("une seule réponse", "a single answer")


def _listed(columns: Sequence[Input]) -> str:
    return ", ".join(column.asked.text.strip() for column in columns)


def _same(one: str, other: str) -> bool:
    """Whether two types agree; ``Any`` agrees with every type."""
    return one == other or "Any" in (one, other)
