"""A form's schema and its values become questions ready to show."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from webapp.pages import labels
from webapp.pages.forms.asked import Asked, Error, Option, Questions
from webapp.pages.forms.conditions import due_when, holds, shown_when
from webapp.pages.forms.options import Choices
from webapp.pages.forms.rows import given_rows
from webapp.pages.moments import to_type
from webapp.pages.saying import amount_to_type
from workflows.cases.views import FileRow
from workflows.forms import Field, Form

BESIDE = {"mot_de_passe": _l("Mot de passe")}
"""What a page asks beside the form's own questions."""
Flaws = Mapping[str, Sequence[str]]
LOOKS = {
    "text": "text",
    "imei": "text",
    "long_text": "long",
    "integer": "number",
    "money": "money",
    "date": "date",
    "moment": "date",
    "instant": "instant",
    "choices": "checks",
    "boolean": "yes_no",
    "file": "file",
    "group": "group",
    "list": "list",
}


@dataclass(frozen=True, slots=True)
class Around:
    """What questions are made with: the case's choices and files, what is wrong, what is not asked."""

    choices: Choices
    files: Sequence[FileRow] = ()
    flaws: Flaws = field(default_factory=dict)
    hidden: frozenset[str] = frozenset()
    more: str = ""
    """The list that one more row was asked for."""


def questions_of(form: Form, values: Mapping[str, Any], around: Around) -> Questions:
    """The questions of a form, with the values that they hold now."""
    asked = tuple(_questions(form.fields, values, around, ""))
    return Questions(_lead(form), asked, tuple(_errors(asked, around.flaws)))


def _lead(form: Form) -> tuple[str, ...]:
    parts = form.schema.get("components") or ()
    return tuple(str(part.get("text", "")) for part in parts if part.get("type") == "text")


def _questions(fields: Sequence[Field], values: Mapping[str, Any], around: Around, prefix: str) -> Iterator[Asked]:
    keys = {one.key for one in fields if not one.readonly}
    for one in fields:
        when = shown_when(one.conditions.hidden, keys)
        if one.readonly or (not prefix and one.key in around.hidden and not when):
            continue
        value = values.get(one.key)
        if value is None and one.default is not None:
            value = one.default
        yield _question(one, value, around, prefix + one.key, {**values, "_when": when, "_keys": keys})


def _question(one: Field, value: Any, around: Around, name: str, level: Mapping[str, Any]) -> Asked:
    required_when = due_when(one.conditions.required, level["_keys"])
    row = name.rpartition(".")[0]
    parts: dict[str, Any] = {
        "hint": _hint(one),
        "required": one.required or holds(required_when, _decided(level)),
        "when": level["_when"] if "." not in name else "",
        "required_when": "" if one.required or not required_when else ".".join(filter(None, (row, required_when))),
        "wrong": tuple(around.flaws.get(name, ())),
        "longest": one.rules.longest,
        **_shape(one, value, around, name),
    }
    look = parts.pop("look", LOOKS.get(one.kind, "text"))
    return Asked(name, _id(name), look, _label(one), **parts)


def _shape(one: Field, value: Any, around: Around, name: str) -> dict[str, Any]:
    """What depends on the kind of question."""
    if one.kind == "group":
        inside = value if isinstance(value, Mapping) else {}
        return {"fields": tuple(_questions(one.fields, inside, around, f"{name}."))}
    if one.kind == "list":
        given = given_rows(one) if value else None
        rows = _rows(one, value, around, name)
        if given is not None:
            rows = tuple(tuple(_named(inner, given[1]) for inner in row) for row in rows)
        return {"rows": rows, "most": one.rules.most, "given": given is not None}
    if one.kind == "file":
        kept = set(value or ()) if isinstance(value, list) else set()
        chosen = tuple(file for file in around.files if str(file.id) in kept)
        return {"files": chosen, "accept": str(one.component.get("accept", "")), "most": one.rules.most}
    if one.kind == "boolean":
        said = {True: "true", False: "false"}.get(value) if isinstance(value, bool) else None
        return {"options": (Option("true", _("Oui"), said == "true"), Option("false", _("Non"), said == "false"))}
    if one.kind == "texts":
        return _several(one, value, around)
    if one.choices:
        return _choices(one, value, name)
    if one.is_register:
        return _register(one, value, around)
    return {"value": _written(one, value, around), "suggestions": around.choices.suggested(one)}


def _several(one: Field, value: Any, around: Around) -> dict[str, Any]:
    """Several short texts: boxes to tick where a register says what there is, else a text a line."""
    said = [str(each) for each in value] if isinstance(value, list) else []
    options = around.choices.of(one) or around.choices.proposed(one)
    unknown = tuple(Option(each, each) for each in said if options and each not in {option.code for option in options})
    options = (*options, *unknown)
    if not options:
        return {"look": "long", "value": "\n".join(said), "hint": " ".join([_hint(one), _("Un par ligne.")]).strip()}
    return {"look": "checks", "options": tuple(Option(o.code, o.label, o.code in said) for o in options)}


def _choices(one: Field, value: Any, name: str) -> dict[str, Any]:
    chosen = value if isinstance(value, list) else [value]
    options = tuple(
        Option(str(each["value"]), str(each.get("label", each["value"])), each["value"] in chosen)
        for each in one.component.get("values", ())
    )
    if one.kind == "choices":
        return {"options": options}
    look = "select" if one.component.get("type") == "select" else "radio"
    return {"options": options, "look": look, "optional_choice": look == "radio" and "." in name and not one.required}


def _register(one: Field, value: Any, around: Around) -> dict[str, Any]:
    options = around.choices.of(one)
    if not options:
        return {"value": str(value or ""), "look": "text"}
    alone = value or (options[0].code if len(options) == 1 and one.required else around.choices.usual(one))
    return {"look": "select", "options": tuple(Option(o.code, o.label, o.code == alone) for o in options)}


def _rows(one: Field, value: Any, around: Around, name: str) -> tuple[tuple[Asked, ...], ...]:
    rows = [row for row in value if isinstance(row, Mapping)] if isinstance(value, list) else []
    if around.more == name or (not rows and one.required):
        rows = [*rows, {}]
    return tuple(tuple(_questions(one.fields, row, around, f"{name}.{place}.")) for place, row in enumerate(rows))


def _named(asked: Asked, key: str) -> Asked:
    """The question of a row that the case answered: shown in words, sent as it is."""
    if asked.name.rpartition(".")[2] != key:
        return asked
    return replace(asked, look="fixed", said=labels.called(labels.SYSTEMS, asked.value))


def _written(one: Field, value: Any, around: Around) -> str:
    if value is None or isinstance(value, list | dict):
        return ""
    if one.kind == "money" and isinstance(value, int):
        return amount_to_type(value, around.choices.language)
    if one.kind == "instant" and isinstance(value, str):
        return to_type(value, around.choices.zone)
    return str(value)[:10] if one.kind == "moment" else str(value)


def _label(one: Field) -> str:
    return str(one.component.get("label") or one.key)


def _hint(one: Field) -> str:
    said = str(one.component.get("description") or "")
    if one.kind == "money":
        example = _("En dollars, par exemple 649,00.")
        return f"{said} {example}".strip()
    return said


def _decided(level: Mapping[str, Any]) -> dict[str, object]:
    return {key: value for key, value in level.items() if key not in ("_when", "_keys")}


def _id(name: str) -> str:
    return "q-" + name.replace(".", "-")


def _errors(asked: Sequence[Asked], flaws: Flaws) -> Iterator[Error]:
    """The summary of errors, in the order of the page; what belongs to no question comes last."""
    seen = set()
    for one in _all(asked):
        if one.name in flaws:
            seen.add(one.name)
            yield from (Error(one.target, one.label, said) for said in flaws[one.name])
    for name, said in flaws.items():
        if name not in seen:
            yield from (
                Error(name if name in BESIDE else "formulaire", str(BESIDE.get(name, name)), each) for each in said
            )


def _all(asked: Sequence[Asked]) -> Iterator[Asked]:
    for one in asked:
        yield one
        yield from _all(one.fields)
        for row in one.rows:
            yield from _all(row)
