"""Gaps and overlaps of tables, each with an example that is one, and nothing told that is not (rule BPM-03)."""

from __future__ import annotations

import itertools
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from workflows.decisions import Table, read_dmn
from workflows.decisions.analysis import Finding, analyse, compared
from workflows.decisions.analysis.analyse import MOST_TOLD

HEAD = '<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="d" name="d" namespace="n">'
Rows = list[tuple[tuple[str, ...], str]]


def drawn(inputs: dict[str, str], rows: Rows, policy: str = "UNIQUE", **more: str) -> bytes:
    """A table ``T`` whose inputs are names with types, and whose rows are cells with an answer."""
    columns = "".join(
        f'<input id="i_{name}"><inputExpression typeRef="{kind}"><text>{name}</text></inputExpression>'
        f"{allowed(more.get(name))}</input>"
        for name, kind in inputs.items()
    )
    rules = "".join(
        f'\n<rule id="r{row}">'
        + "".join(f"<inputEntry><text>{cell.replace('<', '&lt;')}</text></inputEntry>" for cell in cells)
        + f"<outputEntry><text>{answer}</text></outputEntry></rule>"
        for row, (cells, answer) in enumerate(rows, 1)
    )
    output = f'<output id="o" name="reponse" typeRef="string">{more.get("output", "")}</output>'
    table = f'<decisionTable id="t" hitPolicy="{policy}">{columns}{output}{rules}</decisionTable>'
    return f'{HEAD}<decision id="T" name="T">{table}</decision></definitions>'.encode()


def allowed(values: str | None) -> str:
    return f"<inputValues><text>{values}</text></inputValues>" if values else ""


def found(inputs: dict[str, str], rows: Rows, policy: str = "UNIQUE", **more: str) -> list[Finding]:
    decision = read_dmn(drawn(inputs, rows, policy, **more)).find("T")
    assert decision is not None
    assert isinstance(decision.logic, Table)
    return list(analyse(decision.logic))


def told(inputs: dict[str, str], rows: Rows, policy: str = "UNIQUE", **more: str) -> list[tuple[str, tuple[str, ...]]]:
    return [(one.code.removeprefix("decision."), one.rows) for one in found(inputs, rows, policy, **more)]


N, S, B = {"n": "number"}, {"s": "string"}, {"b": "boolean"}


def rows(*cells: str) -> Rows:
    """Rows of one cell, each with an answer of its own."""
    return [((cell,), f'"{place}"') for place, cell in enumerate(cells, 1)]


@pytest.mark.parametrize(
    ("inputs", "cells"),
    [
        (N, ["<= 50000", "> 50000"]),
        (N, ["< 1", "[1..5]", "]5..10]", "> 10"]),
        (N, ["not(3)", "3"]),
        (N, ["? > 3 and ? < 9", "<= 3, >= 9"]),
        (B, ["true", "false"]),
        (S, ['"A","B"', 'not("A","B")']),
        ({"d": "date"}, ['< date("2026-04-01")', '>= date("2026-04-01")']),
        ({"d": "dayTimeDuration"}, ['<= duration("P2D")', '> duration("P2D")']),
        (N, ["-"]),
        (N, ["null", "not(null)"]),
    ],
)
def test_a_table_that_covers_everything_once_is_left_alone(inputs: dict[str, str], cells: list[str]) -> None:
    assert told(inputs, rows(*cells)) == []


@pytest.mark.parametrize(
    ("inputs", "cells", "example"),
    [
        (N, ["< 5", "> 5"], "n = 5"),
        (N, ["<= 50000", "<= 250000"], "n = 250001"),
        (B, ["true"], "b = false"),
        (S, ['"A"'], "s = autre"),
        ({"d": "date"}, ['< date("2026-04-01")', '> date("2026-04-01")'], "d = 2026-04-01"),
        (N, ["not(null)"], "n = null"),
    ],
)
def test_what_no_row_covers_is_told_with_an_example(
    inputs: dict[str, str], cells: list[str], example: str | None
) -> None:
    gaps = [one for one in found(inputs, rows(*cells)) if one.code == "decision.gap"]
    assert [one.severity for one in gaps] == ["error"]
    assert gaps[0].sentence("fr") == f"Cas non couvert : {example}."
    assert gaps[0].sentence("en") == f"Case not covered: {example}."


def test_what_lies_between_whole_numbers_is_only_doubted() -> None:
    (one,) = found(N, rows("<= 5", ">= 6"))
    assert (one.code, one.severity) == ("decision.gap_between", "warning")


@pytest.mark.parametrize(
    ("kind", "last"),
    [
        ("date", '@"9999-12-31"'),
        ("date", '@"0001-01-01"'),
        ("date and time", '@"9999-12-31T23:59:59Z"'),
        ("days and time duration", '@"P999999999DT23H59M59S"'),
    ],
)
def test_the_end_of_a_calendar_has_nothing_beyond(kind: str, last: str) -> None:
    assert told({"d": kind}, rows(last, f"not({last})")) == []


def test_values_that_are_not_allowed_are_no_gap() -> None:
    assert told(S, rows('"A"', '"B"'), s='"A","B"') == []
    assert told(N, rows("0", "1"), n="0,1") == []


def test_rows_that_overlap_are_named_with_an_example() -> None:
    (one,) = found(N, rows("<= 10", ">= 10"))
    assert (one.code, one.severity, one.rows, one.line) == ("decision.rows_overlap", "error", ("r1", "r2"), 3)
    assert one.sentence("fr") == "Règles qui se chevauchent : r1, r2, par exemple n = 10."


def test_rows_that_must_agree_and_do_not_are_named() -> None:
    same = [(("<= 10",), '"x"'), ((">= 10",), '"x"')]
    assert told(N, same, "ANY") == []
    assert told(N, rows("<= 10", ">= 10"), "ANY") == [("rows_disagree", ("r1", "r2"))]


def test_a_list_has_no_gap_and_no_overlap() -> None:
    for policy in ("COLLECT", "RULE ORDER"):
        assert told(N, rows("> 3", "> 5"), policy) == []


def test_a_default_answer_covers_the_rest() -> None:
    assert told(N, rows("> 3"), output='<defaultOutputEntry><text>"x"</text></defaultOutputEntry>') == []


def test_a_row_that_others_always_come_before_is_told() -> None:
    assert told(N, rows("> 3", "> 5", "-"), "FIRST") == [("row_masked", ("r2",))]
    values = '<outputValues><text>"1","2","3"</text></outputValues>'
    assert told(N, rows("-", "> 5", "-"), "PRIORITY", output=values) == [
        ("row_masked", ("r2",)),
        ("row_masked", ("r3",)),
    ]


def test_a_row_that_nothing_meets_is_told() -> None:
    assert ("row_never", ("r2",)) in told(N, rows("-", "? > 3 and ? < 2"))


def test_rows_that_are_alike_are_told() -> None:
    twice = [(("> 3",), '"x"'), (("> 3",), '"x"')]
    assert told(N, twice, "COLLECT") == [("rows_alike", ("r1", "r2"))]


def test_a_cell_that_asks_for_more_than_values_is_told_and_nothing_is_guessed() -> None:
    assert told(N, rows("> m", "<= m")) == [("not_analysed", ("r1",))]
    assert told(S, rows('contains(?, "a")')) == [("not_analysed", ("r1",))]


def test_the_same_thing_asked_twice_is_one_column() -> None:
    body = drawn({"n": "number", "m": "number"}, [(("> 3", "-"), '"a"'), (("-", "<= 3"), '"b"')])
    decision = read_dmn(body.replace(b"<text>m</text>", b"<text>n</text>")).find("T")
    assert decision is not None
    assert isinstance(decision.logic, Table)
    assert analyse(decision.logic) == ()


def test_a_table_too_wide_to_be_gone_through_says_so() -> None:
    inputs = {f"x{place}": "number" for place in range(14)}
    wide = [((f"not({row})",) * 14, '"x"') for row in range(12)]
    assert ("too_wide", ()) in told(inputs, wide)


CELLS = some.sampled_from(["-", "1", "2", "< 2", "<= 2", "> 1", ">= 2", "[1..2]", "]1..3[", "not(2)", "1,3", "null"])
TEXTS = some.sampled_from(["-", '"A"', '"B"', '"A","B"', 'not("A")', 'not("A","B")'])
ROWS = some.lists(some.tuples(CELLS, TEXTS, some.sampled_from(["true", "false", "-"])), min_size=1, max_size=5)
NUMBERS = [None, *(Decimal(value) / 2 for value in range(-1, 9))]
EVERY = list(itertools.product(NUMBERS, ["A", "B", "C"], [True, False]))


@settings(max_examples=150, deadline=None)
@given(ROWS)
def test_what_is_told_of_a_table_is_so_and_what_is_so_is_told(cells: list[tuple[str, ...]]) -> None:
    """Every case is put to the rows themselves: the gaps and the overlaps told are those there are."""
    inputs = {"n": "number", "s": "string", "b": "boolean"}
    decision = read_dmn(drawn(inputs, [(row, '"x"') for row in cells])).find("T")
    assert decision is not None
    table = decision.logic
    assert isinstance(table, Table)
    asks_null = any("null" in row[0] for row in cells)
    gaps, pairs = False, set()
    for values in EVERY:
        if values[0] is None and not asks_null:
            continue
        passing = [
            rule.label
            for rule in table.rules
            if all(
                cell.tests is None or cell.tests.matches(value) for cell, value in zip(rule.tests, values, strict=True)
            )
        ]
        gaps = gaps or not passing
        pairs |= set(itertools.combinations(passing, 2))
    told_of = analyse(table)
    assert any(one.code.startswith("decision.gap") for one in told_of) == gaps
    assert {one.rows for one in told_of if one.code == "decision.rows_overlap"} == set(sorted(pairs)[:MOST_TOLD])


DEFAULT = drawn(
    {"n": "number", "s": "string"}, [(("-", "-"), '"x"')], output='<outputValues><text>"x","y"</text></outputValues>'
)


@pytest.mark.parametrize(
    ("own", "codes"),
    [
        (drawn({"n": "number"}, [(("-",), '"y"')]), []),
        (drawn({"z": "number"}, [(("-",), '"y"')]), ["other_inputs"]),
        (drawn({"n": "string"}, [(("-",), '"y"')]), ["other_type"]),
        (drawn({"n": "number"}, [(("-",), '"z"')]), ["other_value"]),
        (drawn({"n": "number"}, [(("-",), '"y"')]).replace(b'name="reponse"', b'name="autre"'), ["other_outputs"]),
        (drawn({"n": "number"}, [(("-",), '"y"')], "COLLECT"), ["other_policy"]),
        (drawn({"n": "number"}, [(("-",), '"y"')]).replace(b'id="T" name="T"', b'id="U" name="U"'), ["other_decision"]),
    ],
)
def test_an_own_table_must_ask_and_answer_as_the_default_one(own: bytes, codes: list[str]) -> None:
    told_of = compared(read_dmn(own), read_dmn(DEFAULT), "T")
    assert [one.code.removeprefix("decision.") for one in told_of] == codes
    assert all(one.sentence("fr") != one.sentence("en") for one in told_of)
