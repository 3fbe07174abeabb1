"""A second, immediate announcement brings an open departure forward, and never puts it off (D04)."""

from __future__ import annotations

from datetime import datetime

import pytest
from sqlalchemy import Engine

from tests.bpmn.leaving import announced, employ
from tests.bpmn.living import Life

NOW = "2026-12-07T09:00:00-05:00"
FRIDAY = "2026-12-18T16:30:00-05:00"
SUNDAY = "2026-12-20T10:00:00-05:00"
TOLD = [("DECES", None, NOW), ("DECES", SUNDAY, NOW), ("ABANDON_POSTE", SUNDAY, NOW), ("CONGEDIEMENT", None, NOW)]
TOLD += [("CONGEDIEMENT", SUNDAY, FRIDAY), ("CONGEDIEMENT", "2026-12-09T14:00:00-05:00", "2026-12-09T14:00:00-05:00")]


@pytest.mark.parametrize(("kind", "effect", "ends"), TOLD)
def test_the_earlier_departure_ends_access_at_the_earlier_instant(
    demo_engine: Engine, kind: str, effect: str | None, ends: str
) -> None:
    life = Life(demo_engine)
    employ(life, "310103")
    first = announced(life, matricule="310103")
    first.do("D05", "P13", risque_eleve=False)
    announced(life, matricule="310103", type_depart=kind, t_effet=effect, dernier_jour=None)
    life.move(NOW)
    assert datetime.fromisoformat(first.facts["t_revocation"]) == datetime.fromisoformat(ends)
    assert bool(first.facts.get("instant_passe")) == (ends == NOW)
