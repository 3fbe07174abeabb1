"""Reading BPMN bytes: a hardened parser, the names of the standard, and the line of every element."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lxml import etree

from workflows.engine.errors import EngineError

BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
PARCOURS = "{https://parcours.quebec/schema/bpmn/1.0}"
LARGEST = 2 * 1024 * 1024


def read(source: bytes, file: str = "") -> Any:
    """The root of a BPMN file; anything that is not plain, bounded XML is refused."""
    if len(source) > LARGEST:
        raise EngineError("engine.file_too_large", None, file=file, limit=LARGEST)
    if b"<!DOCTYPE" in source or b"<!ENTITY" in source:
        raise EngineError("engine.doctype", None, file=file)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_pis=True, remove_comments=True
    )
    try:
        root = etree.fromstring(source, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        line = getattr(error, "lineno", None)
        raise EngineError(
            "engine.not_xml", None, file=file, line=line, reason=(getattr(error, "msg", None) or str(error))[:200]
        ) from None
    if root.getroottree().docinfo.internalDTD is not None:
        raise EngineError("engine.doctype", None, file=file)
    if root.tag != f"{BPMN}definitions":
        raise EngineError("engine.not_bpmn", None, file=file, line=root.sourceline)
    return root


def kind_of(node: Any) -> str:
    """An element's kind as the standard names it (``userTask``), without its namespace."""
    tag = node.tag
    return tag.removeprefix(BPMN) if isinstance(tag, str) and tag.startswith(BPMN) else ""


def attributes_of(node: Any) -> dict[str, str]:
    """The house's own attributes of an element, by their plain names."""
    return {key.removeprefix(PARCOURS): value for key, value in node.attrib.items() if key.startswith(PARCOURS)}


def parts(node: Any, *kinds: str) -> Iterator[Any]:
    """The direct parts of an element that are of some kinds."""
    wanted = {BPMN + kind for kind in kinds}
    return (child for child in node if child.tag in wanted)


def part(node: Any, *kinds: str) -> Any:
    """The first direct part of one of some kinds, or None."""
    return next(parts(node, *kinds), None)


def text_of(node: Any) -> str:
    """An element's text, stripped; empty for none."""
    return (node.text or "").strip() if node is not None else ""


def plain(name: str | None) -> str:
    """A reference without its prefix (``tns:M1`` is ``M1``)."""
    return (name or "").rpartition(":")[2]
