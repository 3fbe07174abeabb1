"""« Vérifier la signature » : open to whoever holds the evidence or its link, without signing in."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

import pytest

from tests.webapp.conftest import Caller
from tests.webapp.pages.visitor import PASSWORD, Visitor

FOUND = {
    "decision": "ANALYSER",
    "prestataire": "TELUS",
    "au_catalogue": True,
    "modele": "Modèle A",
    "prix_appareil_cents": 64900,
}


@pytest.fixture
def evidence(caller: Callable[[str], Caller], analysis: tuple[str, str]) -> bytes:
    """The evidence of a case that P09 signed."""
    caller("P03").post(f"/tasks/{analysis[1].rpartition('/')[2]}/completion", {"answers": FOUND})
    signer = caller("P09")
    (task,) = signer.get(f"/cases/{analysis[0]}").json["open_tasks"]
    proof = signer.post("/me/reauthentication", {"password": PASSWORD}).json["token"]
    signed = {"answers": {"decision": "SIGNER"}, "reauthentication": proof}
    assert signer.post(f"/tasks/{task['id']}/completion", signed).status_code == 200
    return signer.get(f"/cases/{analysis[0]}/evidence").data


def altered(pack: bytes) -> bytes:
    """The same evidence, with another amount in its act."""
    source, target = zipfile.ZipFile(io.BytesIO(pack)), io.BytesIO()
    with zipfile.ZipFile(target, "w") as written:
        for name in source.namelist():
            content = source.read(name)
            written.writestr(name, content.replace(b"64900", b"64901") if name == "acte.json" else content)
    return target.getvalue()


def test_whole_evidence_is_confirmed_to_anyone(anyone: Visitor, evidence: bytes, analysis: tuple[str, str]) -> None:
    assert anyone.send("/verification", fichier=(io.BytesIO(evidence), "preuve.zip")).status_code == 200
    assert "Intégrité confirmée" in anyone.said()
    assert analysis[0] in anyone.said()


def test_altered_evidence_is_told(anyone: Visitor, evidence: bytes) -> None:
    anyone.send("/verification", fichier=(io.BytesIO(altered(evidence)), "preuve.zip"))
    assert "altéré" in anyone.said()
    assert "Intégrité confirmée" not in anyone.said()


@pytest.mark.parametrize("content", [b"", b"not a ZIP", b"PK\x03\x04 cut short"])
def test_what_is_no_evidence_is_refused_in_words(anyone: Visitor, content: bytes) -> None:
    assert anyone.send("/verification", fichier=(io.BytesIO(content), "preuve.zip")).status_code == 422
    assert anyone.said("//*[@role='alert']")


@pytest.mark.parametrize("link", ["0" * 64, "x", "../corbeille"])
def test_a_link_to_no_act_is_nowhere(anyone: Visitor, link: str) -> None:
    assert anyone.get(f"/verification/{link}").status_code == 404
