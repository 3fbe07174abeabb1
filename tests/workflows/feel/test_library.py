"""The functions of the language, one example each way they can answer."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from tests.workflows.feel.asking import answer, refusal
from workflows.feel import FeelError, compile_expression, to_json
from workflows.feel.library import BUILTINS

EXAMPLES = [
    ('number("1 234,50", " ", ",")', 1234.5),
    ('number("douze")', None),
    ("string(1.50)", "1.5"),
    ('string([1, "a", {b: @"2026-01-01"}])', '[1, "a", {b: 2026-01-01}]'),
    ("not(null)", None),
    ('is(@"10:00:00Z", @"10:00:00+00:00")', True),
    ('substring("parcours", -3, 2)', "ur"),
    ('substring(string: "parcours", start position: 4)', "cours"),
    ('upper case("été")', "ÉTÉ"),
    ('substring before("a-b-c", "-")', "a"),
    ('substring after("a-b-c", "-")', "b-c"),
    ('contains("parcours", "cour") and starts with("parcours", "par") and ends with("parcours", "s")', True),
    ('string join(["a", null, "b"], ", ")', "a, b"),
    (r'matches("Été 2026", "^\p{Lu}\w+ \d{4}$")', True),
    (r'replace("2026-12-14", "(\d+)-(\d+)-(\d+)", "$3/$2/$1")', "14/12/2026"),
    (r'split("a, b;c", "[,;]\s*")', ["a", "b", "c"]),
    ("count([1, null])", 2),
    ("[min(3, 1, 2), max([3, 1]), sum([0.1, 0.2]), mean([1, 2]), median(1, 9, 3)]", [1, 3, 0.3, 1.5, 3]),
    ("[product(2, 3), stddev([2, 4, 7, 5])]", [6, "2.081665999466132735282297706979931"]),
    ("mode([6, 1, 9, 6, 1])", [1, 6]),
    ("[all([true, null]), any([true, null]), all([]), any([])]", [None, True, True, False]),
    ("sum([])", None),
    ("sublist([4, 5, 6], 2, 1)", [5]),
    ("append([1], 2, 3)", [1, 2, 3]),
    ("concatenate([1], [2])", [1, 2]),
    ("insert before([1, 3], 2, 2)", [1, 2, 3]),
    ("remove([1, 2, 3], -1)", [1, 2]),
    ("list replace([1, 2], function(item, new) item = 2, 9)", [1, 9]),
    ("reverse([1, 2])", [2, 1]),
    ("index of([1, 2, 1], 1)", [1, 3]),
    ("union([1, 2], [2, 3])", [1, 2, 3]),
    ("distinct values([1, 2, 1])", [1, 2]),
    ("flatten([1, [2, [3]]])", [1, 2, 3]),
    ("sort([3, 1, 2], function(a, b) a > b)", [3, 2, 1]),
    ("[decimal(1.115, 2), decimal(2.5, 0), floor(-1.5), ceiling(-1.5)]", [1.12, 2, -2, -1]),
    ("[round up(1.121, 2), round down(1.129, 2), round half up(2.5, 0), round half down(2.5, 0)]", [1.13, 1.12, 3, 2]),
    ("[abs(-1), modulo(-12, 5), sqrt(16), odd(3), even(3)]", [1, 3, 4, True, False]),
    ('get value({a: {b: 2}}, ["a", "b"])', 2),
    ("get entries({a: 1})", [{"key": "a", "value": 1}]),
    ('context([{key: "a", value: 1}])', {"a": 1}),
    ('context put({a: 1}, ["b", "c"], 2)', {"a": 1, "b": {"c": 2}}),
    ("context merge([{a: 1}, {a: 2, b: 3}])", {"a": 2, "b": 3}),
    ('duration("P1DT2H30M")', "P1DT2H30M"),
    ('years and months duration(@"2024-01-31", @"2025-03-30")', "P1Y1M"),
    ('date("2026-02-30")', None),
    ('[date(2026, 12, 14), date and time(@"2026-12-14", @"08:30:00"), time(8, 30, 0)]',
     ["2026-12-14", "2026-12-14T08:30:00", "08:30:00"]),
    ('[day of week(@"2026-12-14"), month of year(@"2026-12-14")]', ["Monday", "December"]),
    ('[day of year(@"2026-12-14"), week of year(@"2026-12-14")]', [348, 51]),
    ("[before(1, [2..3]), overlaps([1..3], [3..5])]", [True, True]),
    ("[meets([1..3[, [3..5]), during(2, [1..3])]", [False, True]),
    ("[includes([1..3], 3), starts(1, [1..3]), coincides([1..2], [1..2])]", [True, True, True]),
    ('range("[1..3[").end included', False),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), EXAMPLES, ids=[text for text, _ in EXAMPLES])
def test_a_function_answers(text: str, expected: object) -> None:
    assert to_json(answer(text)) == expected


def test_the_present_moment_is_what_the_caller_says() -> None:
    moment = datetime(2026, 12, 14, 8, 30, tzinfo=UTC)
    assert compile_expression("now()").evaluate({}, now=moment) == moment
    assert compile_expression('today() + @"P1D"').evaluate({}, now=moment) == date(2026, 12, 15)
    assert refusal("now()").code == "feel.no_clock"


STRANGE = ("null", '"x"', "[]", "{}", "1e6000", "-1", '@"P1D"', '@"9999-12-31"', "[1..2]", "true", "function(x) x")


def settled(text: str) -> bool:
    """Whether an expression comes to an answer, or to a refusal that has words."""
    try:
        compile_expression(text).evaluate({})
    except FeelError as error:
        return error.sentence() != error.code
    return True


@pytest.mark.parametrize("name", sorted(BUILTINS))
def test_no_function_breaks_on_a_strange_value(name: str) -> None:
    for value in STRANGE:
        for count in range(4):
            assert settled(f"{name}({', '.join([value] * count)})")
