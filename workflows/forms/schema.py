"""Read a form-js schema into fields; what the house does not support is refused when the form is read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from workflows.feel import FeelError, compile_expression
from workflows.forms.field import CLASSES, REGISTERS, Conditions, Field, Rules
from workflows.forms.shape import check_shape, refused
from workflows.forms.texts import pattern_of

STATIC = frozenset({"text", "separator", "spacer", "button"})
KINDS: Mapping[str, str] = {
    "textfield": "text",
    "textarea": "long_text",
    "number": "integer",
    "checkbox": "boolean",
    "radio": "choice",
    "select": "choice",
    "checklist": "choices",
    "taglist": "choices",
    "datetime": "date",
    "filepicker": "file",
    "group": "group",
    "dynamiclist": "list",
}
OWN_KINDS = frozenset({"money", "imei", "boolean", "file", "texts", "moment"}) | REGISTERS
KEY = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,60}", re.ASCII)
RESERVED = frozenset({"typename", "fiche", "known", "shown"})
DEEPEST = 4
LONGEST_PATTERN = 200
LONGEST_TEXT = {"text": 200, "long_text": 4000}


def read_fields(schema: object) -> tuple[Field, ...]:
    """The questions of a schema in their order; raises ``Invalid("form.unreadable")`` with the key and the reason."""
    components = schema.get("components") if isinstance(schema, Mapping) else None
    if not isinstance(components, Sequence) or isinstance(components, str):
        raise refused("", "components")
    return _fields(components, DEEPEST)


def _fields(components: Sequence[Any], depth: int) -> tuple[Field, ...]:
    if depth == 0:
        raise refused("", "depth")
    found = tuple(_asked(components, depth))
    keys = [one.key for one in found]
    for key in keys:
        if keys.count(key) > 1:
            raise refused(key, "twice")
    return found


def _asked(components: Sequence[Any], depth: int) -> Iterator[Field]:
    for component in components:
        if not isinstance(component, Mapping):
            raise refused("", "component")
        check_shape(component)
        kind = component.get("type")
        if kind in STATIC:
            continue
        if kind == "group" and not component.get("path"):
            yield from _fields(component.get("components") or (), depth - 1)
            continue
        yield _field(component, depth)


def _field(component: Mapping[str, Any], depth: int) -> Field:
    properties = component.get("properties") or {}
    validate = component.get("validate") or {}
    key = component.get("path") if component.get("type") in {"group", "dynamiclist"} else component.get("key")
    if not isinstance(key, str) or not KEY.fullmatch(key) or key in RESERVED:
        raise refused(key, "key")
    kind = _kind(key, component, properties)
    inner = _fields(component.get("components") or (), depth - 1) if kind in {"group", "list"} else ()
    return Field(
        key=key,
        kind=kind,
        label=component.get("label") or key,
        label_en=str(properties.get("labelEn") or ""),
        required=bool(validate.get("required")) or properties.get("required") == "true",
        readonly=properties.get("readonly") == "true" or component.get("readonly") is True,
        process=properties.get("process") == "true",
        privacy=_privacy(key, properties.get("class") or "RP0"),
        source=properties.get("source"),
        seen_by=tuple(str(properties.get("seenBy") or "").split()),
        default=component.get("defaultValue"),
        rules=_rules(key, kind, validate, properties),
        conditions=_conditions(key, component, properties),
        choices=_choices(key, component) if kind in {"choice", "choices"} else {},
        fields=inner,
        component=component,
    )


def _kind(key: str, component: Mapping[str, Any], properties: Mapping[str, Any]) -> str:
    kind = KINDS.get(str(component.get("type")))
    if kind == "date" and component.get("subtype") == "datetime":
        kind = "instant"
    own = properties.get("kind")
    if kind is None or (own is not None and own not in OWN_KINDS):
        raise refused(key, "type")
    if own in REGISTERS and not properties.get("source"):
        raise refused(key, "source")
    return str(own or kind)


def _privacy(key: str, name: object) -> str:
    if name not in CLASSES:
        raise refused(key, "class")
    return str(name)


def _choices(key: str, component: Mapping[str, Any]) -> dict[str, str]:
    values = component.get("values")
    if not isinstance(values, list) or not all(isinstance(one, Mapping) and one.get("value") for one in values):
        raise refused(key, "values")
    return {str(one["value"]): _privacy(key, one.get("class", "RP0")) for one in values}


def _rules(key: str, kind: str, validate: Mapping[str, Any], properties: Mapping[str, Any]) -> Rules:
    pattern = validate.get("pattern")
    if pattern is not None:
        try:
            pattern_of(pattern)
        except FeelError:
            raise refused(key, "pattern") from None
        if len(pattern) > LONGEST_PATTERN:
            raise refused(key, "pattern")
    return Rules(
        minimum=validate.get("min", properties.get("min")),
        maximum=validate.get("max"),
        shortest=validate.get("minLength"),
        longest=validate.get("maxLength", LONGEST_TEXT.get(kind)),
        pattern=pattern,
        most=properties.get("maxItems"),
        unique=properties.get("unique"),
    )


def _conditions(key: str, component: Mapping[str, Any], properties: Mapping[str, Any]) -> Conditions:
    hidden = (component.get("conditional") or {}).get("hide")
    texts = (hidden, properties.get("requiredIf"), properties.get("invalidIf"))
    for text in texts:
        if text is not None:
            _readable(key, text)
    least = properties.get("invalidMin")
    params = {"min": int(least)} if least is not None else {}
    return Conditions(*texts, flaw=properties.get("invalidCode") or "form.invalid", params=params)


def _readable(key: str, text: object) -> None:
    try:
        compile_expression(str(text).strip().removeprefix("="))
    except FeelError as error:
        raise refused(key, error.code) from None
