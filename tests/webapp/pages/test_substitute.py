"""Signing for someone who is away: the page says for whom, by name."""

from __future__ import annotations

from collections.abc import Callable

from tests.webapp.conftest import Caller
from tests.webapp.pages.visitor import Visitor

ANALYSIS = {"prestataire": "TELUS", "au_catalogue": True, "modele": "Modèle A", "prix_appareil_cents": 64900}


def test_a_substitute_reads_the_name_of_whom_the_signature_is_for(
    caller: Callable[[str], Caller], visitor: Callable[[str], Visitor], analysis: tuple[str, str]
) -> None:
    number, path = analysis
    done = caller("P03").post(f"/tasks/{path.rpartition('/')[2]}/completion", {"answers": ANALYSIS})
    assert done.status_code == 200, done.text
    moved = caller("U01").put("/simulation/clock", {"now": "2026-12-14T09:00:00-05:00"})
    assert moved.status_code == 200, moved.text
    (task,) = caller("P12").get(f"/tasks?box=queue&case={number}").json["items"]
    substitute = visitor("P12")
    substitute.get(f"/taches/{task['id']}")
    assert "substitut de Isabelle Jean, entrée DL-2" in substitute.said()
