"""Laws that hold for every value: arithmetic, and logic with three answers."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from tests.workflows.feel.asking import answer, passes
from workflows.feel import from_json, to_json

truths = st.sampled_from([True, False, None])
cents = st.integers(-(10**15), 10**15)
numbers = st.decimals(min_value=-(10**9), max_value=10**9, places=4)


@given(truths, truths)
def test_and_is_the_contrary_of_or_of_the_contraries(a: bool | None, b: bool | None) -> None:
    scope = {"a": a, "b": b}
    assert answer("(a and b)", scope) is answer("not(not(a) or not(b))", scope)
    assert answer("a and b", scope) is answer("b and a", scope)


@given(truths)
def test_nothing_known_stays_so_unless_it_does_not_matter(a: bool | None) -> None:
    assert answer("a and null", {"a": a}) is (False if a is False else None)
    assert answer("a or null", {"a": a}) is (True if a is True else None)


@given(cents, cents, cents)
def test_whole_amounts_are_exact(a: int, b: int, c: int) -> None:
    scope = {"a": a, "b": b, "c": c}
    assert to_json(answer("a + b - c", scope)) == a + b - c
    assert answer("(a < b) = (b > a) and (a <= b or b < a)", scope) is True


@given(numbers, numbers)
def test_a_sum_does_not_mind_its_order(a: Decimal, b: Decimal) -> None:
    scope = {"a": a, "b": b}
    assert answer("a + b = b + a and a - b = -(b - a) and a * b = b * a", scope) is True
    assert answer("a + b", scope) == a + b


@given(st.lists(cents, min_size=1, max_size=20))
def test_a_sorted_list_is_in_order_and_whole(items: list[int]) -> None:
    assert to_json(answer("sort(l)", {"l": items})) == sorted(items)
    assert to_json(answer("[min(l), max(l), sum(l), count(l)]", {"l": items})) == [
        min(items),
        max(items),
        sum(items),
        len(items),
    ]


@given(cents, cents, cents)
def test_a_range_and_two_comparisons_agree(value: int, low: int, high: int) -> None:
    scope = {"low": min(low, high), "high": max(low, high), "v": value}
    assert passes("[low..high]", value, scope) is answer("v >= low and v <= high", scope)
    assert passes("]low..high[", value, scope) is answer("v > low and v < high", scope)
    assert passes("not([low..high])", value, scope) is not passes("[low..high]", value, scope)


@given(st.text(max_size=30))
def test_a_text_written_out_reads_back(text: str) -> None:
    quoted = '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
    assert answer(quoted) == text


@given(numbers)
def test_a_number_as_data_reads_back(number: Decimal) -> None:
    data = to_json(number)
    back = from_json(data) if not isinstance(data, str) else Decimal(data)
    assert back == number
