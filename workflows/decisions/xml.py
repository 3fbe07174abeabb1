"""Opens the XML of a decision file with everything closed: no entities, no DOCTYPE, no network, a bounded size."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from workflows.decisions.errors import DecisionError

MAX_BYTES = 2_000_000
DMN = re.compile(
    r"https?://www\.omg\.org/spec/DMN/(?:20151101/dmn\.xsd|(?:20180521|20191111|20211108|20230324)/MODEL/)"
)
Element = etree._Element


def open_xml(source: bytes) -> Element:
    """The root of an XML file, or a refusal."""
    if len(source) > MAX_BYTES:
        raise DecisionError("decision.too_big", {"limit": MAX_BYTES})
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(source, parser)
    except (etree.XMLSyntaxError, ValueError) as refused:
        raise DecisionError("decision.not_xml", {}, getattr(refused, "lineno", None)) from None
    if root.getroottree().docinfo.internalDTD is not None:
        raise DecisionError("decision.doctype")
    return root


def open_dmn(source: bytes) -> Element:
    """The root of a DMN file, or a refusal."""
    root = open_xml(source)
    if local(root) != "definitions" or not DMN.fullmatch(etree.QName(root).namespace or ""):
        raise DecisionError("decision.not_dmn", {}, line_of(root))
    return root


def local(element: Element) -> str:
    """The name of an element without its namespace."""
    return etree.QName(element).localname


def line_of(element: Element) -> int | None:
    """The line of an element in its file."""
    return element.sourceline if isinstance(element.sourceline, int) else None


def children(element: Element, *names: str) -> Iterator[Element]:
    """The children of that name, of the model's own namespace."""
    namespace = etree.QName(element).namespace
    for child in element:
        if isinstance(child.tag, str) and etree.QName(child).namespace == namespace and local(child) in names:
            yield child


def child(element: Element, *names: str) -> Element | None:
    """The first child of one of those names."""
    return next(children(element, *names), None)


def text_in(element: Element | None, name: str = "text") -> str:
    """The text inside a child, or none."""
    inner = None if element is None else child(element, name)
    return "" if inner is None else "".join(str(piece) for piece in inner.itertext()).strip()


def attribute(element: Element, name: str, otherwise: str = "") -> str:
    """An attribute as text."""
    return str(element.get(name) or otherwise)
