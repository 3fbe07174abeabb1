"""Reads a decision file, and refuses what could not be evaluated later."""

from __future__ import annotations

from workflows.decisions.definitions import Decision, DecisionFunction, Definitions, InputData, Knowledge
from workflows.decisions.errors import DecisionError
from workflows.decisions.read_boxed import Boxes
from workflows.decisions.read_types import base_name, read_types, type_of
from workflows.decisions.texts import Texts, names_of
from workflows.decisions.xml import Element, attribute, child, children, line_of, open_dmn

MAX_ELEMENTS = 200
REQUIREMENTS = ("informationRequirement", "knowledgeRequirement")
REQUIRED = ("requiredInput", "requiredDecision", "requiredKnowledge")


def read_dmn(source: bytes, *, lenient: bool = False) -> Definitions:
    """A decision file as frozen values, every expression in it read.

    ``lenient`` takes what cannot be read or is not offered for nothing, as the standard does when it evaluates; else it
    refuses the file, as an editor should.
    """
    root = open_dmn(source)
    imported = child(root, "import")
    if imported is not None and not lenient:
        raise DecisionError("decision.import", {}, line_of(imported))
    texts = Texts(names_of(root), lenient)
    boxes = Boxes(texts)
    definitions = Definitions(
        name=attribute(root, "name"),
        decisions={d.id: d for d in [_decision(e, boxes) for e in _identified(root, "decision")]},
        inputs={i.id: i for i in [_input_data(e) for e in _identified(root, "inputData")]},
        knowledge={k.id: k for k in [_knowledge(e, boxes) for e in _identified(root, "businessKnowledgeModel")]},
        types=read_types(root, texts),
        names=texts.names,
        services={s.id: s for s in [_service(e) for e in _identified(root, "decisionService")]},
    )
    if not lenient:
        _check_requirements(definitions)
    _check_no_cycle(definitions)
    return definitions


def _identified(root: Element, name: str) -> list[Element]:
    seen: set[str] = set()
    found = list(children(root, name))
    for element in found:
        key = _id(element)
        if key in seen:
            raise DecisionError("decision.duplicate", {"found": key}, line_of(element))
        seen.add(key)
    if len(found) > MAX_ELEMENTS:
        raise DecisionError("decision.too_many", {"found": name, "limit": MAX_ELEMENTS}, line_of(found[-1]))
    return found


def _id(element: Element) -> str:
    return attribute(element, "id") or attribute(element, "name")


def _name(element: Element) -> str:
    return attribute(element, "name") or attribute(element, "id")


def _variable(element: Element) -> tuple[str, str]:
    variable = child(element, "variable")
    if variable is None:
        return _name(element), "Any"
    return attribute(variable, "name") or _name(element), type_of(variable)


def _input_data(element: Element) -> InputData:
    name, kind = _variable(element)
    return InputData(_id(element), name, kind)


def _requires(element: Element) -> tuple[str, ...]:
    found: list[str] = []
    for requirement in children(element, *REQUIREMENTS):
        target = child(requirement, *REQUIRED)
        if target is not None:
            found.append(attribute(target, "href").rpartition("#")[2])
    return tuple(found)


def _knowledge(element: Element, boxes: Boxes) -> Knowledge:
    logic = child(element, "encapsulatedLogic")
    name, kind = _variable(element)
    if logic is None:
        raise DecisionError("decision.no_logic", {"where": name}, line_of(element))
    return Knowledge(_id(element), name, boxes.function(logic, name, 0), _requires(element), base_name(kind))


def _decision(element: Element, boxes: Boxes) -> Decision:
    name = _name(element)
    logic = boxes.inside(element, name)
    if logic is None:
        raise DecisionError("decision.no_logic", {"where": name}, line_of(element))
    variable, kind = _variable(element)
    return Decision(_id(element), name, variable, base_name(kind), logic, _requires(element), line_of(element))


def _service(element: Element) -> DecisionFunction:
    kinds = ("inputData", "inputDecision", "outputDecision")
    named = [tuple(attribute(one, "href").rpartition("#")[2] for one in children(element, kind)) for kind in kinds]
    name, kind = _variable(element)
    inputs, given, outputs = named
    return DecisionFunction(_id(element), name, inputs, given, outputs, base_name(kind))


def _check_requirements(definitions: Definitions) -> None:
    known = {*definitions.decisions, *definitions.inputs, *definitions.knowledge, *definitions.services}
    for decision in definitions.decisions.values():
        for required in decision.requires:
            if required not in known:
                raise DecisionError(
                    "decision.missing_requirement", {"where": decision.name, "found": required}, decision.line
                )


def _check_no_cycle(definitions: Definitions) -> None:
    finished: set[str] = set()
    for start in definitions.decisions:
        path: list[tuple[str, list[str]]] = [(start, _needs(definitions, start))]
        while path:
            waiting = path[-1][1]
            if not waiting:
                finished.add(path.pop()[0])
                continue
            needed = waiting.pop()
            if any(needed == above for above, _ in path):
                decision = definitions.decisions[needed]
                raise DecisionError("decision.cycle", {"where": decision.name}, decision.line)
            if needed not in finished:
                path.append((needed, _needs(definitions, needed)))


def _needs(definitions: Definitions, key: str) -> list[str]:
    return [required for required in definitions.decisions[key].requires if required in definitions.decisions]
