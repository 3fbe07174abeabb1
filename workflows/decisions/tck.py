"""Runs the test cases of the DMN Technology Compatibility Kit, for whoever has the kit at hand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from workflows.decisions.definitions import Definitions
from workflows.decisions.errors import DecisionError
from workflows.decisions.evaluate import call, evaluate
from workflows.decisions.read import read_dmn
from workflows.decisions.xml import Element, attribute, child, children, open_xml, text_in
from workflows.feel import from_json, to_json
from workflows.feel.values import moments

INSTANCE = "{http://www.w3.org/2001/XMLSchema-instance}"
CLOSE = Decimal("1e-8")
DECISION = "decision"
NOT_THERE = frozenset({"decision.unknown", "decision.no_model", "decision.not_xml", "decision.not_dmn"})
Failure = tuple[str, str, str, object, object]


@dataclass(frozen=True, slots=True)
class TckReport:
    """How many expected results came out, did not, or were not asked; a failure holds file, case, node and values."""

    passed: int
    failed: int
    skipped: int
    failures: list[Failure]


def run_tck(folder: Path) -> TckReport:
    """Evaluate every test case found under a folder, and compare."""
    failures: list[Failure] = []
    passed = skipped = 0
    for cases in sorted(folder.rglob("*-test-*.xml")):
        for verdict in _file_verdicts(cases):
            if isinstance(verdict, tuple):
                failures.append(verdict)
            else:
                passed += verdict is True
                skipped += verdict is None
    return TckReport(passed, len(failures), skipped, failures)


def _file_verdicts(path: Path) -> Iterator[Failure | bool | None]:
    """The verdict of each expected result of a file of test cases; a file that cannot be read is one failure."""
    try:
        root = open_xml(path.read_bytes())
        model = path.parent / text_in(root, "modelName")
        definitions: Definitions | DecisionError = read_dmn(model.read_bytes(), lenient=True)
    except DecisionError as error:
        definitions = error
        root = None
    except OSError as error:
        definitions, root = DecisionError("decision.no_model", {"reason": error.strerror}), None
    if root is None:
        root = _root(path)
    if root is None:
        yield (path.name, "", "", None, str(definitions))
        return
    for case in children(root, "testCase"):
        yield from _case_verdicts(path.name, case, definitions)


def _root(path: Path) -> Element | None:
    """The test cases of a file whose model cannot be read, if they can be."""
    try:
        return open_xml(path.read_bytes())
    except (DecisionError, OSError):
        return None


def _case_verdicts(file: str, case: Element, definitions: Definitions | DecisionError) -> Iterator[Failure | bool]:
    given = {attribute(node, "name"): value_of(node) for node in children(case, "inputNode")}
    asked = _Asked(attribute(case, "type", DECISION), attribute(case, "invocableName"), given)
    for result in children(case, "resultNode"):
        yield _verdict((file, attribute(case, "id")), result, definitions, asked)


def _verdict(
    where: tuple[str, str], result: Element, definitions: Definitions | DecisionError, asked: _Asked
) -> Failure | bool:
    name = attribute(result, "name")
    holder = child(result, "expected")
    expected = None if holder is None else value_of(holder)
    got: object = None
    try:
        if isinstance(definitions, DecisionError):
            raise definitions
        got = asked.of(definitions, name)
    except DecisionError as error:
        got = None if error.code not in NOT_THERE else str(error)
    return True if same(expected, got) else (*where, name, to_json(expected), got)


@dataclass(frozen=True, slots=True)
class _Asked:
    """What a test case asks: a decision, a decision service or a knowledge model, with its inputs."""

    kind: str
    invocable: str
    given: Mapping[str, object]

    def of(self, definitions: Definitions, name: str) -> object:
        """The value that comes out under a name."""
        if self.kind == DECISION:
            return evaluate(definitions, name, self.given).value
        wanted = self.invocable or name
        if definitions.service(wanted) is None:
            return call(definitions, wanted, self.given)
        found = evaluate(definitions, wanted, self.given)
        return found.outputs[name] if name != wanted and name in found.outputs else found.value


def value_of(element: Element) -> object:
    """The FEEL value that an element of the kit holds."""
    parts = list(children(element, "component"))
    if parts:
        return {attribute(part, "name"): value_of(part) for part in parts}
    row = child(element, "list")
    if row is not None:
        return None if _is_nil(row) else [value_of(item) for item in children(row, "item")]
    value = child(element, "value")
    if value is None or _is_nil(value):
        return None
    kind = str(value.get(INSTANCE + "type") or "string").rpartition(":")[2]
    return _typed("".join(str(piece) for piece in value.itertext()), kind)


def _is_nil(element: Element) -> bool:
    return element.get(INSTANCE + "nil") == "true"


def _typed(text: str, kind: str) -> object:
    if kind in ("decimal", "double", "float", "integer", "int", "long"):
        return from_json(Decimal(text.strip()))
    if kind == "boolean":
        return text.strip() == "true"
    if kind in ("date", "time", "dateTime", "duration"):
        moment = moments.read_moment(text.strip())
        return text if moment is None else moment
    return text


def same(expected: object, got: object) -> bool:
    """Whether what was expected, a FEEL value, is what came out as data; numbers may differ by a hair."""
    if isinstance(expected, dict) and isinstance(got, Mapping):
        return expected.keys() == got.keys() and all(same(value, got[key]) for key, value in expected.items())
    if isinstance(expected, list) and isinstance(got, list):
        return len(expected) == len(got) and all(map(same, expected, got))
    if isinstance(expected, Decimal) and isinstance(got, (int, float, str)) and not isinstance(got, bool):
        return _near(expected, got)
    return bool(to_json(expected) == got and isinstance(expected, bool) == isinstance(got, bool))


def _near(expected: Decimal, got: int | float | str) -> bool:
    try:
        return abs(expected - Decimal(str(got))) <= CLOSE * max(Decimal(1), abs(expected))
    except ArithmeticError:
        return False
