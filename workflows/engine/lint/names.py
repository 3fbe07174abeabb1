"""The names that a case can know: what persons answered, messages brought, tables, operations and scripts gave."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from workflows.engine.lint.known import Known
from workflows.engine.lint.sheet import Sheet
from workflows.engine.reading import BPMN, attributes_of, kind_of, part, text_of
from workflows.feel import FeelError, entry_names

ANSWERED = frozenset({"userTask", "manualTask", "receiveTask", "intermediateCatchEvent", "boundaryEvent", "startEvent"})
REPEATED = ("multiInstanceLoopCharacteristics", "standardLoopCharacteristics")


@dataclass
class Names:
    """Every name that something in a set of drawings gives, and what is known of the answers of each step.

    ``open``: something gives names that nobody can tell beforehand, so that an unknown one may yet exist.
    """

    given: set[str] = field(default_factory=set)
    answers: dict[str, frozenset[str]] = field(default_factory=dict)
    inner: dict[str, frozenset[str]] = field(default_factory=dict)
    open: bool = False

    @property
    def spaced(self) -> frozenset[str]:
        """Names that FEEL would read as several if it did not know them."""
        return frozenset(name for name in self.given if not name.isidentifier())

    def inside(self, node: Any, what: str) -> frozenset[str]:
        """The names that an expression may use where it stands: those of a repeated element only inside it."""
        around = [one.get("id") for one in (node, *node.iterancestors()) if one.get("id")]
        theirs = [self.inner[name] for name in around if name in self.inner and what != "loopDataInputRef"]
        return frozenset(self.given).union(*theirs)


def names_of(sheets: Sequence[Sheet], known: Known) -> Names:
    """The names that the elements of some drawings give."""
    names = Names()
    for sheet in sheets:
        for process in sheet.processes:
            for node in process.iter(f"{BPMN}*"):
                _given(names, node, known)
    return names


def _given(names: Names, node: Any, known: Known) -> None:
    kind, own, name = kind_of(node), attributes_of(node), node.get("id") or ""
    if kind in ANSWERED:
        names.given.add(name)
    if kind in ("userTask", "manualTask"):
        _answers(names, node, known)
    outputs = own.get("outputs", "").strip()
    if kind in ("serviceTask", "businessRuleTask") or (kind == "callActivity" and not outputs.startswith("{")):
        names.given.update(outputs.split())
    if kind == "serviceTask" and not outputs and own.get("operation"):
        names.open = True
    if kind == "businessRuleTask":
        _table(names, own.get("decision"), known)
    if kind == "scriptTask":
        _entries(names, text_of(part(node, "script")))
    if kind == "callActivity":
        for which in ("inputs", "outputs"):
            if own.get(which, "").strip().startswith("{"):
                _entries(names, own[which])
    if kind in REPEATED:
        _repeated(names, node)


def _answers(names: Names, node: Any, known: Known) -> None:
    """The answers of a task that a drawing may read, when its form is at hand."""
    form = attributes_of(node).get("form") or known.asked.get(node.get("id") or "") or ""
    repeated = any(kind_of(child) in REPEATED for child in node)
    if known.forms is not None and form in known.forms and not repeated:
        names.answers[node.get("id")] = known.forms[form]


def _table(names: Names, decision: str | None, known: Known) -> None:
    outputs = (known.tables or {}).get(decision or "")
    if outputs is None:
        names.open = True
    else:
        names.given.update(outputs)


def _entries(names: Names, text: str) -> None:
    """The names that the context of a script gives."""
    try:
        entries = entry_names(text.strip().removeprefix("="))
    except FeelError:
        entries = None
    if entries is None:
        names.open = True
    else:
        names.given.update(entries)


def _repeated(names: Names, node: Any) -> None:
    owner = node.getparent().get("id") or ""
    item, given = part(node, "inputDataItem"), text_of(part(node, "loopDataOutputRef"))
    mine = {"loopCounter"}
    if item is not None and (item.get("name") or item.get("id")):
        mine.add(item.get("name") or item.get("id"))
    names.inner[owner] = names.inner.get(owner, frozenset()) | mine
    if given:
        names.given.add(given)
