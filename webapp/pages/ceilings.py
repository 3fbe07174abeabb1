"""The yearly ceilings of an organisation's signature table, read from the table itself: every threshold is data."""

from __future__ import annotations

import re
from functools import lru_cache
from uuid import UUID

from lxml import etree
from sqlalchemy import select
from sqlalchemy.orm import Session

from workflows.catalog.models import OrganisationDecision

TABLE = "TD_SIGNATURE"
COLUMN = "cumul_apres"
NUMBER = re.compile(r"\d+")
SPACE = "{*}"


def ceilings_of(session: Session, organisation_id: UUID, version: str) -> tuple[int, ...]:
    """The ceilings of the year's cumulative amount, in cents, the lowest first; none without a table."""
    query = select(OrganisationDecision.dmn).where(
        OrganisationDecision.organisation_id == organisation_id,
        OrganisationDecision.key == TABLE,
        OrganisationDecision.version == version,
    )
    dmn = session.scalar(query)
    return _read(dmn) if dmn else ()


@lru_cache(maxsize=32)
def _read(dmn: str) -> tuple[int, ...]:
    root = etree.fromstring(dmn.encode(), etree.XMLParser(resolve_entities=False, no_network=True))
    table = root.find(f".//{SPACE}decisionTable")
    if table is None:
        return ()
    inputs = [(_words(one), one) for one in table.findall(f"{SPACE}input")]
    column = next((place for place, (words, _) in enumerate(inputs) if COLUMN in words), None)
    if column is None:
        return ()
    found: set[int] = set()
    for rule in table.findall(f"{SPACE}rule"):
        entry = rule.findall(f"{SPACE}inputEntry")[column]
        found.update(int(number) for number in NUMBER.findall(_words(entry)))
    return tuple(sorted(found - {0}))


def _words(element: etree._Element) -> str:
    return "".join(str(part) for part in element.itertext())
