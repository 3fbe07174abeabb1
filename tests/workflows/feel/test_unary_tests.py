"""Cells of a decision table."""

from __future__ import annotations

import pytest

from tests.workflows.feel.asking import passes


@pytest.mark.parametrize(
    ("cell", "value", "expected"),
    [
        ("-", 1, True),
        ("", None, True),
        (">= 18", 18, True),
        (">= 18", 17, False),
        (">= 18", None, None),
        (">= 18", "18", None),
        ('"a", "b"', "b", True),
        ('not("a", "b")', "b", False),
        ('not("a", "b")', "c", True),
        ("[1..5]", 5, True),
        ("]1..5[", 5, False),
        ("(1..5), 7", 7, True),
        ("? > 3 and ? < 5", 4, True),
        ("? > 3 and ? < 5", 5, False),
        ("true", True, True),
        ("true", False, False),
        ("true", None, False),
        ("false", False, True),
        ("null", None, True),
        ("not(null)", None, False),
        ("not(null)", "x", True),
        ("< seuil", 3, True),
        ("autorisés", "b", True),
        ('contains(?, "b")', "abc", True),
        ("seuil > 3", "anything", True),
        ('date("2026-01-01")', "2026-01-01", None),
        ("[1, 2]", [1, 2], True),
    ],
)
def test_a_value_passes_the_tests_of_a_cell(cell: str, value: object, expected: bool | None) -> None:
    assert passes(cell, value, {"seuil": 5, "autorisés": ["a", "b"]}) is expected
