"""Numbers, texts, dates, durations, lists and contexts, and how they combine."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from tests.workflows.feel.asking import answer, refusal
from workflows.feel import FeelError, Function, Months, Range, from_json, to_json


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("0.1 + 0.2 = 0.3", True),
        ("1 / 3 * 3", "0.9999999999999999999999999999999999"),
        ("-2 ** 2", 4),
        ("2 ** -1 + 1.5e2", 150.5),
        ("10 + 20 / -5 - 3", 3),
        ("1 / 0", None),
        ('1 + "a"', None),
        ('"a" + "b"', "ab"),
        ("null + 1", None),
        ('1 = "1"', None),
        ("null = null", True),
        ("1 = null", False),
        ("[1, {a: 2}] = [1, {a: 2.0}]", True),
        ("{a: 1} != {b: 1}", True),
        ('"a" < "b"', True),
        ("true and null", None),
        ("false and null", False),
        ("true or null", True),
        ('@"2024-01-31" + @"P1M"', "2024-02-29"),
        ('@"2026-03-01" - @"2026-02-01"', "P28D"),
        ('@"2026-12-14T08:30:00" + @"PT36H"', "2026-12-15T20:30:00"),
        ('@"2026-12-14T08:30:00Z" < @"2026-12-14T08:30:00-05:00"', True),
        ('@"2026-12-14T08:30:00" < @"2026-12-14T08:30:00Z"', None),
        ('@"23:00:00" + @"PT2H"', "01:00:00"),
        ('@"P1Y" * 1.5 = @"P18M"', True),
        ('@"P3D" / @"PT12H"', 6),
        ('-@"P1D"', "-P1D"),
        ('@"2026-12-14".year + @"P1Y2M".months', 2028),
        ('[@"2026-12-14".weekday, @"P1DT2H".hours]', [1, 2]),
        ("[1, 2, 3][-1]", 3),
        ("[1, 2, 3][item >= 2]", [2, 3]),
        ("[1][5]", None),
        ("5[1]", 5),
        ("{a: 1, b: a + 1}.b", 2),
        ('{"prix net": 1, x: prix net + 1}.x', 2),
        ("[{a: 1}, {b: 2}].a", [1, None]),
        ("[{a: 1}, {a: 2, b: 9}][b = 9].a", [2]),
        ("for i in 1..3 return i * i", [1, 4, 9]),
        ("for i in 3..1, j in [10] return i + j", [13, 12, 11]),
        ('for d in [@"2026-01-30"..@"2026-02-01"] return d.day', [30, 31, 1]),
        ("for i in 1..5 return if i < 3 then 1 else partial[-1] + partial[-2]", [1, 1, 2, 3, 5]),
        ("some x in [1, 2], y in [x] satisfies y > 1", True),
        ("every x in [] satisfies x > 1", True),
        ("(function(a, b) a - b)(b: 1, a: 3)", 2),
        ("{f: function(n) if n < 2 then n else f(n - 1) + f(n - 2), r: f(10)}.r", 55),
        ("5 in (1..5]", True),
        ("[1..5[.end included", False),
        ("[1, 2] instance of list<number>", True),
        ("{a: 1} instance of context<a: number, b: string>", False),
        ('@"2026-01-01" instance of date and time', False),
        ('"l\\u00e9 \\"x\\"\\n"', 'lé "x"\n'),
        ("1 // one\n + /* two */ 2", 3),
    ],
)
def test_an_expression_comes_to_a_value(text: str, expected: object) -> None:
    assert to_json(answer(text)) == expected


def test_an_hour_that_the_clocks_repeat_is_counted_once() -> None:
    start = datetime(2026, 11, 1, 0, 30, tzinfo=ZoneInfo("America/Toronto"))
    ended = answer('start + @"PT2H"', {"start": start})
    assert isinstance(ended, datetime)
    assert ended.astimezone(UTC) - start.astimezone(UTC) == timedelta(hours=2)
    assert to_json(ended) == "2026-11-01T01:30:00-05:00"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (Decimal("5"), 5),
        (Decimal("5.00"), 5),
        (Decimal("0.1"), 0.1),
        (Decimal("1E+40"), 1e40),
        (Decimal("0.1234567890123456789"), "0.1234567890123456789"),
        (date(2026, 12, 14), "2026-12-14"),
        (datetime(2026, 12, 14, 8, 30, tzinfo=UTC), "2026-12-14T08:30:00+00:00"),
        (timedelta(days=1, hours=2), "P1DT2H"),
        (Months(-14), "-P1Y2M"),
        ({"a": [Decimal(1), None, True]}, {"a": [1, None, True]}),
    ],
)
def test_a_value_becomes_data(value: object, expected: object) -> None:
    found = to_json(value)
    assert (type(found), found) == (type(expected), expected)


@pytest.mark.parametrize(
    "value", [Range(Decimal(1), Decimal(2), True, True), Function(("x",), lambda _run, _values: 1)]
)
def test_what_is_no_data_is_refused(value: object) -> None:
    with pytest.raises(FeelError) as caught:
        to_json(value)
    assert caught.value.code == "feel.not_json"


def test_data_becomes_values() -> None:
    assert from_json({"n": 1, "f": 0.1, "l": [1, "x", None]}) == {
        "n": Decimal(1),
        "f": Decimal("0.1"),
        "l": [Decimal(1), "x", None],
    }
    assert from_json(float("nan")) is None


def test_data_that_means_nothing_is_refused() -> None:
    assert refusal("x", {"x": object()}).code == "feel.not_a_value"
    assert answer("a.n + 1", {"a": {"n": 1, "other": object()}}) == 2


def test_a_misspelt_name_in_a_filter_is_an_error_and_an_absent_entry_is_not() -> None:
    lines = {"lignes": [{"prix": 3}, {"rabais": 1}]}
    assert to_json(answer("lignes[prix > 1]", lines)) == [{"prix": 3}]
    assert refusal("lignes[prxi > 1]", lines).params["name"] == "prxi"
