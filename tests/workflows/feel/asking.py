"""Ways for the stories of this room to ask."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

import pytest

from workflows.feel import FeelError, compile_expression, compile_unary_tests, from_json


def answer(text: str, scope: Mapping[str, object] | None = None, now: datetime | None = None) -> object:
    """What an expression comes to."""
    data = dict(scope or {})
    return compile_expression(text, data).evaluate(data, now=now)


def is_answer(text: str, expected: object, scope: Mapping[str, object] | None = None) -> bool:
    """Whether an expression comes to a value given as data."""
    found = answer(text, scope)
    return type(found) is type(from_json(expected)) and found == from_json(expected)


def passes(text: str, value: object, scope: Mapping[str, object] | None = None) -> bool | None:
    """Whether a value passes the tests of a cell."""
    data = dict(scope or {})
    return compile_unary_tests(text, data).matches(value, data)


def refusal(text: str, scope: Mapping[str, object] | None = None) -> FeelError:
    """How an expression is refused, when read or when evaluated."""
    with pytest.raises(FeelError) as caught:
        compile_expression(text).evaluate(dict(scope or {}))
    return caught.value
