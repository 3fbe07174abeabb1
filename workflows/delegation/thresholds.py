"""From ladders of amounts to the signing table: the level is the higher of what the amount and the year ask for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from workflows.delegation.draft import Thresholds

MODEL = "https://www.omg.org/spec/DMN/20191111/MODEL/"
SPACE = "https://parcours.quebec/decisions"
KEY = "TD_SIGNATURE"
INPUTS = (
    ("requiert", "boolean", "Signature requise"),
    ("derog", "boolean", "Dérogation"),
    ("montant_ref_cents", "number", "Montant de référence (cents)"),
    ("cumul_apres_cents", "number", "Cumul après (cents)"),
)
OUTPUTS = (("niveau", "string", "Niveau"), ("nb_signatures", "number", "Signatures"), ("regle", "string", "Règle"))
BEYOND = "N5"


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its tests in order, then the level and how many signatures it asks for."""

    required: str
    derogation: str
    amount: str
    total: str
    level: str
    signatures: int


def rows_of(told: Thresholds) -> Iterator[Row]:
    """The rows that say the thresholds: each case once, and none left out."""
    yield Row("false", "-", "-", "-", "N0", 0)
    levels = list(told.amounts)
    lowest = levels.index(told.derogation)
    for place, level in enumerate(levels):
        plain = "false" if place <= lowest and lowest > 0 else "-"
        below = levels[place - 1] if place else None
        total, count = told.totals[level], told.signatures.get(level, 1)
        if below is not None:
            year = f"]{told.totals[below]}..{total}]"
            yield Row("true", plain, f"<= {told.amounts[below]}", year, level, count)
        above = f"<= {told.amounts[level]}" if below is None else f"]{told.amounts[below]}..{told.amounts[level]}]"
        yield Row("true", plain, above, f"<= {total}", level, count)
        if place == lowest and lowest > 0:
            yield Row("true", "true", f"<= {told.amounts[level]}", f"<= {total}", level, count)
    last = levels[-1]
    yield Row("true", "-", f"> {told.amounts[last]}", f"<= {told.totals[last]}", BEYOND, 0)
    yield Row("true", "-", "-", f"> {told.totals[last]}", BEYOND, 0)


def table_of(told: Thresholds, version: str) -> str:
    """The signing table that says the thresholds, as DMN."""
    spaces = {"dmn": MODEL}
    root = etree.Element(
        f"{{{MODEL}}}definitions", nsmap=spaces, id=f"{KEY}_definitions", name=version, namespace=SPACE
    )
    decision = etree.SubElement(root, f"{{{MODEL}}}decision", id=KEY, name=KEY)
    table = etree.SubElement(decision, f"{{{MODEL}}}decisionTable", id=f"{KEY}_table", hitPolicy="UNIQUE")
    for name, kind, label in INPUTS:
        column = etree.SubElement(table, f"{{{MODEL}}}input", id=f"{KEY}_in_{name}", label=label)
        asked = etree.SubElement(column, f"{{{MODEL}}}inputExpression", id=f"{KEY}_expr_{name}", typeRef=kind)
        etree.SubElement(asked, f"{{{MODEL}}}text").text = name
    for name, kind, label in OUTPUTS:
        etree.SubElement(table, f"{{{MODEL}}}output", id=f"{KEY}_out_{name}", label=label, name=name, typeRef=kind)
    for number, row in enumerate(rows_of(told), 1):
        _write(table, f"S{number}", row)
    return etree.tostring(root, pretty_print=True, encoding="unicode")


def _write(table: etree._Element, name: str, row: Row) -> None:
    rule = etree.SubElement(table, f"{{{MODEL}}}rule", id=f"{KEY}_{name}")
    tests = (row.required, row.derogation, row.amount, row.total)
    answers = (f'"{row.level}"', str(row.signatures), f'"{name}"')
    for kind, texts in (("inputEntry", tests), ("outputEntry", answers)):
        for place, said in enumerate(texts):
            cell = etree.SubElement(rule, f"{{{MODEL}}}{kind}", id=f"{KEY}_{name}_{kind}{place}")
            etree.SubElement(cell, f"{{{MODEL}}}text").text = said
