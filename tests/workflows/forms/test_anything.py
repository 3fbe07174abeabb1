"""Whatever is sent: a refusal at worst, and what is accepted is accepted again as it stands."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.workflows.forms.test_reading import NAMES
from tests.workflows.forms.world import REGISTERS, at_the_desk, the_form
from workflows.errors import Invalid
from workflows.forms import SENTENCES, Field, Form, FormContext

ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=30),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=8,
)
CODES = st.sampled_from([code for codes in REGISTERS.values() for code in codes])


def _value(field: Field) -> st.SearchStrategy[Any]:
    if field.kind == "group":
        return _answers(field.fields)
    if field.kind == "list":
        return st.lists(_answers(field.fields), max_size=3)
    likely: dict[str, st.SearchStrategy[Any]] = {
        "choice": st.sampled_from(sorted(field.choices) or ["x"]),
        "choices": st.lists(st.sampled_from(sorted(field.choices) or ["x"]), max_size=3),
        "integer": st.integers(-2, 30),
        "money": st.integers(-1, 100_000),
        "boolean": st.booleans(),
        "date": st.dates().map(str),
        "imei": st.sampled_from(["490154203237518", "490154203237517"]),
        "file": st.lists(CODES, max_size=3),
    }
    if field.is_register:
        return CODES | ANYTHING
    return likely.get(field.kind, st.text(max_size=120)) | ANYTHING


def _answers(fields: tuple[Field, ...]) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries({}, optional={field.key: _value(field) for field in fields})


KNOWN = st.fixed_dictionaries(
    {},
    optional={
        "R05": st.fixed_dictionaries({"motif": st.lists(st.sampled_from(["COUVERTURE", "AUTRE"])) | ANYTHING}),
        "R13": st.fixed_dictionaries({"avis": st.just("DEFAVORABLE") | ANYTHING}),
        "niveau": st.sampled_from(["N1", "N5"]) | ANYTHING,
        "derog_techno": st.booleans(),
    },
)


@pytest.mark.parametrize("name", NAMES)
@settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_an_answer_is_refused_in_words_or_stands(name: str, data: st.DataObject) -> None:
    form = the_form(name)
    context = at_the_desk(shown=data.draw(_answers(form.fields) | st.just({}), "shown"), **data.draw(KNOWN, "known"))
    answers = data.draw(_answers(form.fields) | ANYTHING, "answers")
    kept, refused = _outcome(form, answers, context)
    assert refused <= set(SENTENCES)
    assert kept is None or form.check(kept, context) == kept


def _outcome(form: Form, answers: Any, context: FormContext) -> tuple[dict[str, Any] | None, set[str]]:
    try:
        return form.check(answers, context), set()
    except Invalid as refusal:
        return None, {flaw.code for flaws in refusal.fields.values() for flaw in flaws}


@pytest.mark.parametrize("name", NAMES)
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(answers=st.dictionaries(st.text(max_size=12), ANYTHING, min_size=1, max_size=30))
def test_keys_that_the_form_does_not_have_are_refused(name: str, answers: dict[str, Any]) -> None:
    form = the_form(name)
    unknown = {key for key in answers if form.field(key) is None}
    if not unknown:
        return
    with pytest.raises(Invalid) as refusal:
        form.check(answers, at_the_desk())
    found = {key for key, flaws in refusal.value.fields.items() for flaw in flaws if flaw.code == "form.unknown_key"}
    assert len(found & unknown) == min(len(unknown), 20)
