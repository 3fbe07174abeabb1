"""Search patterns: what they find, what they refuse, and what they cost."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.workflows.feel.asking import answer, refusal
from workflows.feel import Budget, FeelError
from workflows.feel.patterns import program_of, search

ATOMS = ["a", "b", ".", "[ab]", "[^a]", "(a|b)", "(?:a|bc)", r"\d", r"\w", "(a)", "[a-c]", "(ab)+"]
patterns = st.lists(st.tuples(st.sampled_from(ATOMS), st.sampled_from(["", "*", "+", "?", "{2}", "{1,2}"])), max_size=4)


@settings(max_examples=400, deadline=None)
@given(patterns, st.text("abc1", max_size=8))
def test_a_pattern_finds_what_python_would_find(parts: list[tuple[str, str]], text: str) -> None:
    pattern = "".join(f"(?:{atom}){times}" for atom, times in parts)
    expected, found = re.search(pattern, text), search(program_of(pattern, ""), text, 0, Budget(10**7))
    assert (found and found.span()) == (expected and expected.span())


@pytest.mark.parametrize(
    ("text", "pattern", "flags", "expected"),
    [
        ("HELLO", "hello", "i", True),
        ("a\nb", "a.b", "", False),
        ("a\nb", "a.b", "s", True),
        ("a\nb", "^b$", "m", True),
        ("ab", "a b", "x", True),
        ("a.b", "a.b", "q", True),
        ("axb", "a.b", "q", False),
        ("c", "[a-z-[aeiou]]", "", True),
        ("e", "[a-z-[aeiou]]", "", False),
        ("1234-AB", r"^\d{4}-\p{Lu}{2}$", "", True),
        ("courriel@exemple.ca", r"^[^@\s]+@[^@\s]+\.[a-z]{2,}$", "", True),
    ],
)
def test_a_pattern_is_found_or_not(text: str, pattern: str, flags: str, expected: bool) -> None:
    assert answer("matches(t, p, f)", {"t": text, "p": pattern, "f": flags}) is expected


@pytest.mark.parametrize(
    "pattern", ["(", ")", "[", "a**", "*", r"\1", "(?=a)", "[z-a]", "a{2,1}", "a{9999}", r"\p{Xx1}", "\\"]
)
def test_a_pattern_that_is_not_accepted_is_refused(pattern: str) -> None:
    assert refusal("matches(t, p)", {"t": "a", "p": pattern}).code == "feel.bad_pattern"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (r'replace("abracadabra", "a.*?a", "*")', "*c*bra"),
        (r'replace("darted", "^(.*?)d(.*)$", "$1c$2")', "carted"),
        (r'replace("a-b", "-", "\$")', "a$b"),
        ('replace("abc", "x*", "-")', None),
        ('replace("a.b", ".", "$1", "q")', "a$1b"),
        ('split("a;b;;", ";")', ["a", "b", "", ""]),
    ],
)
def test_a_text_is_changed_or_cut_by_a_pattern(text: str, expected: object) -> None:
    assert answer(text) == expected


@settings(max_examples=300, deadline=None)
@given(st.text("ab()[]{}*+?|^$\\.,-12dwp", max_size=20))
def test_any_pattern_is_answered_or_refused(pattern: str) -> None:
    try:
        found = answer('matches("abab12", p)', {"p": pattern})
    except FeelError as error:
        found = error.code in ("feel.bad_pattern", "feel.too_many_steps")
    assert found in (True, False)
