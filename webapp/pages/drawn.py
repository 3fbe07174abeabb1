"""A process drawing in the reader's language: what is written on it in English takes the place of the French."""

from __future__ import annotations

from lxml import etree

BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
ENGLISH = "{https://parcours.quebec/schema/bpmn/1.0}nameEn"


def drawn_in(source: bytes | str, language: str) -> bytes | str:
    """The drawing worded in a language; what has no English keeps its French."""
    if language != "en":
        return source
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    root = etree.fromstring(source.encode() if isinstance(source, str) else source, parser)
    for node in root.iter():
        english = node.get(ENGLISH)
        if not english:
            continue
        text = node.find(f"{BPMN}text")
        if text is not None:
            text.text = english
        else:
            node.set("name", english)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")
