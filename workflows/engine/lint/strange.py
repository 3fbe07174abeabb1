"""What is drawn and does nothing here: data, other makers' marks, pools that only show; told, and left out."""

from __future__ import annotations

from typing import Any

from lxml import etree

from workflows.engine.lint.sheet import Sheet
from workflows.engine.reading import BPMN, kind_of, part

DATA = {
    "dataObject": "data",
    "dataObjectReference": "data",
    "dataStore": "data",
    "dataStoreReference": "data",
    "dataInputAssociation": "data",
    "dataOutputAssociation": "data",
    "ioSpecification": "data",
    "property": "data",
    "resourceRole": "resource",
    "performer": "resource",
    "humanPerformer": "resource",
    "potentialOwner": "resource",
    "auditing": "data",
    "monitoring": "data",
    "correlationSubscription": "correlation",
    "choreography": "choreography",
}
MAKERS = {
    "http://camunda.org/schema/1.0/bpmn": "Camunda 7",
    "http://camunda.org/schema/zeebe/1.0": "Camunda 8",
    "http://spiffworkflow.org/bpmn/schema/1.0/core": "SpiffWorkflow",
    "http://flowable.org/bpmn": "Flowable",
    "http://activiti.org/bpmn": "Activiti",
}


def look_at_the_rest(sheet: Sheet) -> None:
    """Warn, once a kind, of what is left out; refuse a file in which nothing would run."""
    told: set[str] = set()
    for node in sheet.root.iter(f"{BPMN}*"):
        what = DATA.get(kind_of(node))
        if what and what not in told:
            told.add(what)
            sheet.warn(f"engine.{what}_left_out", node)
    _makers(sheet)
    pools = {node.get("processRef", "").rpartition(":")[2] for node in sheet.root.iter(f"{BPMN}participant")}
    for node in sheet.root.iter(f"{BPMN}messageFlow"):
        sheet.warn("engine.message_flow", node)
        break
    if not sheet.processes:
        sheet.tell("engine.no_process", sheet.root)
    elif not any(runs(process) for process in sheet.processes):
        sheet.tell("engine.nothing_runs", sheet.processes[0])
    else:
        for process in sheet.processes:
            if not runs(process):
                sheet.warn("engine.drawing_only", process, pool=process.get("id") in pools)


def runs(process: Any) -> bool:
    """Whether a process is marked as one to be run; the standard takes one without a mark for a drawing."""
    return (process.get("isExecutable") or "").strip() in ("true", "1")


def _makers(sheet: Sheet) -> None:
    """Tell each other maker whose marks would do something elsewhere."""
    told: set[str] = set()
    for node in sheet.root.iter(f"{BPMN}*"):
        spaces = {etree.QName(name).namespace for name in node.attrib if name.startswith("{")}
        inner = part(node, "extensionElements")
        if inner is not None:
            spaces |= {etree.QName(child).namespace for child in inner.iter("{*}*")}
        for space in sorted(spaces & MAKERS.keys(), key=str):
            maker = MAKERS[str(space)]
            if maker not in told:
                told.add(maker)
                sheet.warn("engine.other_maker", node, maker=maker)
