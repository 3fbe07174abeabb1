"""Every scenario replayed through the real engine, database and queue; and a wrong expectation that does not pass."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import Engine

from workflows.errors import Invalid
from workflows.scenarios.play import play
from workflows.scenarios.script import read_script, scripts_of

FOLDER = Path(__file__).parents[2] / "bpmn" / "derogation_cellulaire"
OTHERS = ("reevaluation_reseau", "arrivee_employe", "depart_employe")
FILES = (*scripts_of(FOLDER), *(path for other in OTHERS for path in scripts_of(FOLDER.parent / other)))


@pytest.mark.parametrize("path", FILES, ids=[path.stem for path in FILES])
def test_what_is_told_is_what_happens(path: Path, demo_engine: Engine) -> None:
    assert play(demo_engine, read_script(path)) == ()


@pytest.fixture
def retold(demo_engine: Engine, tmp_path: Path) -> Callable[..., str]:
    """Play a scenario whose file says something else somewhere; gives what differed."""

    def replay(name: str, told: str, instead: str) -> str:
        text = (FOLDER / "scenarios" / f"{name}.yaml").read_text(encoding="utf-8")
        assert told in text
        file = tmp_path / f"{name}.yaml"
        file.write_text(text.replace(told, instead, 1), encoding="utf-8")
        return "\n".join(play(demo_engine, read_script(file)))

    return replay


@pytest.mark.parametrize(
    ("told", "instead", "differs"),
    [
        ("R08, R09, R10,", "R08, R09,", "route: expected"),
        ("R10, R92]", "R10, R12, R92]", "route: expected"),
        ("tache: R08, par: [P03, P04]", "tache: R08, par: [P03]", "open tasks: expected"),
        ("tache: R07, par: [P08]", "tache: R07, par: [P09]", "open tasks: expected"),
        ("echeance: 2026-12-10T16:30-05:00", "echeance: 2026-12-10T16:29-05:00", "R07 due: expected"),
        ("fin: HORS_CONTRAT", "fin: REFUSEE", "fin: expected"),
        ("etat: TERMINEE", "etat: ANNULEE", "etat: expected"),
        ("derog_techno: false", "derog_techno: true", "data derog_techno: expected"),
        ("preuves: []", "preuves: [{personne: P09, qualite: TITULAIRE, entree: DL-2}]", "signatures: expected"),
        ("preuves: []", "preuves: []\navis: [{personne: P05, etape: R12}]", "notice: expected"),
        ("par: P08\n", "par: P09\n", "gesture 4 (tache 'R07'): task.not_yours"),
        ("a: 2026-12-09T10:00-05:00", "a: 2026-12-09T08:59-05:00", "clock: expected"),
    ],
)
def test_a_wrong_expectation_is_a_difference(retold: Callable[..., str], told: str, instead: str, differs: str) -> None:
    assert differs in retold("DER-12", told, instead)


@pytest.mark.parametrize(
    ("told", "instead", "differs"),
    [
        ("par: [P01], echeance", "par: [P11], echeance", "open tasks: expected"),
        ("2026-12-16T10:00-05:00", "2026-12-16T10:01-05:00", "R18 due: expected"),
        ("cumul_apres_cents: 10020000", "cumul_apres_cents: 10020001", "data cumul_apres_cents: expected"),
        ("regle: S11", "regle: S10", "data regle: expected"),
        ("fin: null", "fin: REFUSEE", "fin: expected"),
    ],
)
def test_a_wrong_open_end_is_a_difference(retold: Callable[..., str], told: str, instead: str, differs: str) -> None:
    assert differs in retold("DER-22", told, instead)


def test_a_wrong_signatory_is_a_difference(retold: Callable[..., str]) -> None:
    said = "{personne: P10, qualite: TITULAIRE, entree: DL-4}"
    assert "signature: expected" in retold("DER-20", said, said.replace("DL-4", "DL-5"))


def test_a_refusal_that_does_not_come_is_a_difference(retold: Callable[..., str]) -> None:
    assert "expected 'sod.SOD-02', found 'sod.SOD-03'" in retold("DER-02", "code: sod.SOD-03", "code: sod.SOD-02")


@pytest.mark.parametrize(
    ("told", "instead", "what"),
    [
        ("    echeance: 2026-12-10T16:30-05:00\n", "", "misses ['echeance']"),
        ("    par: P08\n", "", "misses ['par']"),
        ("fin: HORS_CONTRAT\n", "", "misses ['fin']"),
        ("route:", "rout:", "unknown keys ['rout']"),
        ("tache: R08, par:", "tache: R08, pour:", "unknown keys ['pour']"),
        ("fin: HORS_CONTRAT\n", "fin: HORS_CONTRAT\nfin: HORS_CONTRAT\n", "written twice"),
        ("a: 2026-12-09T10:00-05:00", "a: 2026-12-09T10:00", "not an instant with its offset"),
    ],
)
def test_a_file_that_forgets_or_mistypes_something_is_refused(
    retold: Callable[..., str], told: str, instead: str, what: str
) -> None:
    with pytest.raises(Invalid, match=r"scenario\.unreadable") as refused:
        retold("DER-12", told, instead)
    assert what in str(refused.value.params["what"])
    assert int(str(refused.value.params["line"])) > 0


def test_settings_told_by_a_scenario_hold_during_it(retold: Callable[..., str]) -> None:
    found = retold("DER-02", "gestes:", "reglages: {gest_peut_signer: true}\ngestes:")
    assert "expected [('R23', ['P32'])], found [('R23', ['P08', 'P32'])]" in found


def test_a_contract_told_to_have_ended_stops_the_request_at_once(retold: Callable[..., str]) -> None:
    found = retold("DER-12", "gestes:", 'contrats: {CELL-DEMO: {au: "2026-01-01T00:00-05:00"}}\ngestes:')
    assert "found [('R04', ['P05', 'P06'])]" in found or "found [('R04', ['P05'])]" in found
