"""Looking for the gaps and the overlaps of a decision table, each with an example (rule BPM-03)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from workflows.decisions.analysis.columns import Column, columns_of
from workflows.decisions.analysis.constants import Beyond
from workflows.decisions.analysis.findings import Finding
from workflows.decisions.analysis.priority import winners
from workflows.decisions.models import Rule, Table
from workflows.feel import Budget
from workflows.feel.values.written import written

MOST_LOOKS = 200_000
"""How many combinations are looked at; a table that needs more is told so."""
MOST_TOLD = 10
SINGLE = "UAPF"
Example = tuple[object, ...]


@dataclass
class Search:
    """The ways in which the rules of a table can apply together, each with an example of the data."""

    columns: Sequence[Column]
    leaves: dict[int, Example] = field(default_factory=dict)
    gaps: list[Example] = field(default_factory=list)
    looks: int = 0

    def run(self, rules: int) -> None:
        """Go through the columns; the rules that apply so far are bits of a number, each gone through once."""
        seen: set[tuple[int, int]] = set()
        todo: list[tuple[int, int, Example]] = [(0, (1 << rules) - 1, ())]
        while todo and self.looks < MOST_LOOKS:
            depth, mask, path = todo.pop()
            if depth == len(self.columns):
                self.leaves.setdefault(mask, path)
                continue
            for value, passing in self.columns[depth].ways:
                self.looks += 1
                left = mask & passing
                if left == 0:
                    rest = tuple(column.ways[0][0] for column in self.columns[depth + 1 :])
                    self.gaps.append((*path, value, *rest))
                elif (depth + 1, left) not in seen:
                    seen.add((depth + 1, left))
                    todo.append((depth + 1, left, (*path, value)))


def analyse(table: Table) -> tuple[Finding, ...]:
    """Everything that a table leaves out, says twice, or never says; nothing is guessed of what cannot be told."""
    for rule in table.rules:
        for cell in rule.tests:
            try:
                columns_of(table, only=cell)
            except Beyond:
                params = {"text": cell.text[:80]}
                return (Finding("decision.not_analysed", "warning", cell.line, table.where, (rule.label,), params),)
    plain, fine = (Search(columns_of(table, fine=one)) for one in (False, True))
    plain.run(len(table.rules))
    fine.run(len(table.rules))
    found = [*_gaps(table, plain, fine), *_overlaps(table, fine), *_alike(table), *_silent(table, fine)]
    if fine.looks >= MOST_LOOKS:
        found.append(Finding("decision.too_wide", "warning", table.line, table.where))
        found = [one for one in found if one.code not in ("decision.row_never", "decision.row_masked")]
    return tuple(found)


def _gaps(table: Table, plain: Search, fine: Search) -> list[Finding]:
    """What no rule answers; a table that gives a list, or something when no rule applies, has none."""
    if table.policy not in SINGLE or any(output.default for output in table.outputs):
        return []
    code, severity, gaps = "decision.gap", "error", plain.gaps
    if not gaps:
        code, severity, gaps = "decision.gap_between", "warning", fine.gaps
    told = [{"example": _told(plain.columns, gap)} for gap in gaps[:MOST_TOLD]]
    return [Finding(code, severity, table.line, table.where, (), one) for one in told]  # type: ignore[arg-type]


def _overlaps(table: Table, search: Search) -> list[Finding]:
    """The rules that apply together where only one may, or that do not agree where they must."""
    if table.policy not in "UA":
        return []
    code = "decision.rows_overlap" if table.policy == "U" else "decision.rows_disagree"
    pairs: dict[tuple[int, int], Example] = {}
    for mask, example in search.leaves.items():
        rules = [place for place in range(len(table.rules)) if mask >> place & 1]
        for place, one in enumerate(rules):
            for other in rules[place + 1 :]:
                if table.policy == "U" or _answers(table.rules[one]) != _answers(table.rules[other]):
                    pairs.setdefault((one, other), example)
    found = []
    for (one, other), example in sorted(pairs.items())[:MOST_TOLD]:
        rows = table.rules[one].label, table.rules[other].label
        line = _line(table.rules[other], table)
        told = {"example": _told(search.columns, example)}
        found.append(Finding(code, "error", line, table.where, rows, told))
    return found


def _silent(table: Table, search: Search) -> list[Finding]:
    """The rules that no data reach, or that others always come before."""
    reached, won = 0, 0
    for mask in search.leaves:
        reached |= mask
        won |= winners(table, mask)
    found = []
    for place, rule in enumerate(table.rules):
        if not reached >> place & 1:
            found.append(Finding("decision.row_never", "warning", _line(rule, table), table.where, (rule.label,)))
        elif not won >> place & 1:
            found.append(Finding("decision.row_masked", "warning", _line(rule, table), table.where, (rule.label,)))
    return found


def _alike(table: Table) -> list[Finding]:
    """Rules that say the same of the same; where only one may apply they are told as an overlap."""
    if table.policy == "U":
        return []
    first: dict[tuple[object, ...], Rule] = {}
    found = []
    for rule in table.rules:
        key = (*(cell.text.strip() for cell in rule.tests), *_answers(rule))
        if key in first:
            rows = first[key].label, rule.label
            found.append(Finding("decision.rows_alike", "warning", _line(rule, table), table.where, rows))
        first.setdefault(key, rule)
    return found


def _answers(rule: Rule) -> tuple[str, ...]:
    return tuple(answer.text.strip() for answer in rule.answers)


def _line(rule: Rule, table: Table) -> int | None:
    return next((cell.line for cell in rule.tests if cell.line), table.line)


def _told(columns: Sequence[Column], example: Example) -> str:
    return ", ".join(
        f"{column.asked} = {written(value, Budget())}" for column, value in zip(columns, example, strict=True)
    )
