"""How a schema is read: what is supported, what is refused, and both languages."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.workflows.forms.world import FORMS, the_form
from workflows.errors import Invalid
from workflows.forms import SENTENCES, Form, FormContext
from workflows.forms.field import Field

NAMES = sorted(path.stem for path in FORMS.glob("*.json"))
FRENCH = ("labelEn", "descriptionEn", "textEn", "titleEn", "patternErrorMessageEn")


def a_schema(**component: Any) -> dict[str, Any]:
    return {"schemaVersion": 19, "type": "default", "components": [{"type": "textfield", "key": "x", **component}]}


@pytest.mark.parametrize(
    ("component", "reason"),
    [
        ({"type": "iframe"}, "type"),
        ({"key": "typename"}, "key"),
        ({"key": "é"}, "key"),
        ({"key": None}, "key"),
        ({"type": "radio"}, "values"),
        ({"validate": {"pattern": "("}}, "pattern"),
        ({"validate": {"pattern": "a" * 201}}, "pattern"),
        ({"validate": {"pattern": "a{99999999999999999999}"}}, "pattern"),
        ({"validate": {"pattern": "(?=a)"}}, "pattern"),
        ({"validate": {"pattern": ["a"]}}, "pattern"),
        ({"validate": {"maxLength": "10"}}, "maxLength"),
        ({"validate": {"min": True}}, "min"),
        ({"validate": "required"}, "validate"),
        ({"properties": ["class"]}, "properties"),
        ({"properties": {"kind": ["money"]}}, "kind"),
        ({"properties": {"invalidMin": "vingt"}}, "invalidMin"),
        ({"conditional": "=a"}, "conditional"),
        ({"type": ["textfield"]}, "type"),
        ({"type": "group", "components": 5}, "components"),
        ({"properties": {"class": "RP9"}}, "class"),
        ({"properties": {"kind": "colour"}}, "type"),
        ({"properties": {"kind": "person"}}, "source"),
        ({"conditional": {"hide": "=a ="}}, "feel.unfinished"),
    ],
)
def test_what_is_not_supported_is_refused_when_the_form_is_read(component: dict[str, Any], reason: str) -> None:
    with pytest.raises(Invalid) as refusal:
        Form.load(a_schema(**component))
    assert (refusal.value.code, refusal.value.params["reason"]) == ("form.unreadable", reason)


@pytest.mark.parametrize("schema", [None, [], {}, {"components": "x"}, {"components": [1]}, {"components": None}])
def test_what_is_not_a_schema_is_refused(schema: Any) -> None:
    with pytest.raises(Invalid, match=r"form\.unreadable"):
        Form.load(schema)


KEYS = "type key path label values components properties validate conditional defaultValue kind class source pattern"
PARTS = st.sampled_from([*KEYS.split(), "min", "max", "maxLength", "invalidMin", "maxItems", "hide", "requiredIf"])
WORDS = st.sampled_from(
    ["textfield", "group", "number", "select", "money", "x", "RP1", "today", "=a = 1", "\ud800", "(a+)+$"]
)
SCHEMAS = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | WORDS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(PARTS, inner, max_size=4),
    max_leaves=12,
)


@example([], {"invalidMin": None, "class": None, "invalidCode": None, "pattern": None})
@given(st.lists(SCHEMAS, max_size=3), SCHEMAS)
def test_whatever_a_file_holds_it_is_read_or_refused_with_words_that_can_be_sent(parts: list[Any], part: Any) -> None:
    for components in (parts, [{"type": "textfield", "key": "x", "validate": part, "properties": part}]):
        key = _refused_key(components)
        assert json.loads(json.dumps(key, ensure_ascii=False).encode()) == key


def _refused_key(components: list[Any]) -> object:
    """The key that a refusal names, None when the file is read."""
    try:
        Form.load({"components": components})
    except Invalid as refusal:
        return refusal.params["key"]
    return None


@pytest.mark.parametrize(
    ("pattern", "value", "fits"),
    [
        ("^(a+)+$", "a" * 199 + "!", False),
        (r"^\d+$", "12", True),
        (r"^\d+$", "\u0661\u0662", False),
        (r"^\w+$", "é", False),
        ("a", "xay", True),
        ("^a$", "ab", False),
    ],
)
def test_a_pattern_is_matched_at_once_and_reads_digits_and_letters_as_browsers_do(
    pattern: str, value: str, fits: bool
) -> None:
    form = Form.load(a_schema(validate={"pattern": pattern}))
    today = FormContext(datetime(2026, 12, 7, tzinfo=UTC))
    if fits:
        assert form.check({"x": value}, today) == {"x": value}
        return
    with pytest.raises(Invalid) as refusal:
        form.check({"x": value}, today)
    assert {key: [flaw.code for flaw in found] for key, found in refusal.value.fields.items()} == {
        "x": ["form.pattern"]
    }


def test_two_questions_do_not_share_a_key() -> None:
    schema = a_schema()
    schema["components"] *= 2
    with pytest.raises(Invalid, match=r"form\.unreadable"):
        Form.load(schema)


def _everything(part: Any) -> list[dict[str, Any]]:
    if isinstance(part, dict):
        return [part, *(one for value in part.values() for one in _everything(value))]
    return [one for item in part for one in _everything(item)] if isinstance(part, list) else []


@pytest.mark.parametrize("name", NAMES)
def test_every_question_choice_and_explanation_is_said_in_english_too(name: str) -> None:
    for part in _everything(json.loads((FORMS / f"{name}.json").read_text(encoding="utf-8"))):
        beside = {**part.get("properties", {}), **part} if isinstance(part.get("properties", {}), dict) else part
        for french in ("label", "description", "text", "title"):
            if isinstance(part.get(french), str):
                assert beside.get(f"{french}En"), (part.get("key"), french)


@pytest.mark.parametrize("name", NAMES)
def test_a_form_is_given_in_one_language_at_a_time(name: str) -> None:
    form = the_form(name)
    for language in ("fr", "en"):
        assert not [key for part in _everything(form.in_language(language)) for key in part if key in FRENCH]
    assert Form.load(form.in_language("en")).fields[0].label != form.fields[0].label or name == "F-R7"


def test_a_choice_is_worded_in_english() -> None:
    shown = the_form("F-R2").in_language("en")["components"][1]
    assert shown["label"] == "Decision"
    assert [one["label"] for one in shown["values"]] == ["Confirm", "Refuse", "Return for details"]


def _flat(fields: tuple[Field, ...]) -> list[Field]:
    return [one for field in fields for one in (field, *_flat(field.fields))]


@pytest.mark.parametrize("name", NAMES)
def test_every_flaw_that_a_form_names_has_its_sentence(name: str) -> None:
    assert {field.conditions.flaw for field in _flat(the_form(name).fields)} <= set(SENTENCES)


def test_every_sentence_is_said_twice() -> None:
    assert all(french and english and french != english for french, english in SENTENCES.values())
