"""Reads the types that a decision file defines."""

from __future__ import annotations

from workflows.decisions.errors import DecisionError
from workflows.decisions.models import ItemType
from workflows.decisions.texts import Texts
from workflows.decisions.xml import Element, attribute, child, children, line_of, text_in

MAX_DEPTH = 10


def read_types(root: Element, texts: Texts) -> dict[str, ItemType]:
    """The types of the file, by name."""
    found = [read_type(element, texts) for element in children(root, "itemDefinition")]
    return {kind.name: kind for kind in found}


def read_type(element: Element, texts: Texts, depth: int = 0) -> ItemType:
    """One type: a simple one with its allowed values, or one made of parts."""
    name = attribute(element, "name")
    if depth > MAX_DEPTH:
        raise DecisionError("decision.unsupported", {"found": name, "where": "itemDefinition"}, line_of(element))
    allowed = child(element, "allowedValues")
    return ItemType(
        name=name,
        base=base_name(text_in(element, "typeRef")),
        many=element.get("isCollection") == "true",
        allowed=None if allowed is None else texts.cell(allowed, name),
        gives=_given(element),
        parts=tuple(read_type(part, texts, depth + 1) for part in children(element, "itemComponent")),
    )


def _given(element: Element) -> str:
    """The type of what a function type gives."""
    function = child(element, "functionItem")
    return "" if function is None else base_name(attribute(function, "outputTypeRef"))


def base_name(reference: str) -> str:
    """The name of a type without the prefix that some editors put before it."""
    return reference.removeprefix("feel:").strip() or "Any"


def type_of(element: Element | None) -> str:
    """The type that an element declares."""
    return "Any" if element is None else base_name(attribute(element, "typeRef"))
