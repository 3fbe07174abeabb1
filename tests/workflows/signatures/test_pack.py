"""The evidence pack: what it holds, and that whatever is changed in it is found, offline."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import pytest
import rfc8785
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from sqlalchemy import text
from sqlalchemy.orm import Session

from tests.builders import a_person, a_plain_actor, an_organisation
from tests.workflows.contracts.cases import a_case
from workflows.cases.models import Case
from workflows.desk import Desk
from workflows.errors import Invalid, Missing
from workflows.signatures.act import live_act, prepare, unsigned, void
from workflows.signatures.evidence import Declaration
from workflows.signatures.key import fingerprints, replace_key
from workflows.signatures.matter import Due
from workflows.signatures.pack import evidence_pack
from workflows.signatures.seal import write_seal
from workflows.signatures.sign import give
from workflows.signatures.statement import Pen, amount
from workflows.signatures.verify import verify_case, verify_pack

NOW = datetime(2026, 12, 9, 15, tzinfo=UTC)


@pytest.fixture
def case(session: Session) -> Case:
    """A case with a voided act that bears a signature, then a sealed one that bears two."""
    organisation = an_organisation(session)
    case = a_case(session, organisation)
    people = [a_person(session, organisation, code=code) for code in ("P10", "P11")]
    for content, count in (({"objet": "Premier"}, 1), ({"objet": "Deuxième", "cents": 1_000_001}, 2)):
        desk = Desk(session, a_plain_actor(people[0]), NOW, "password")
        void(desk, case, "changed")
        act = prepare(desk, case, content, [Due(place, 3, joint=True) for place in (1, 2)])
        for due, person in zip(unsigned(session, act)[:count], people, strict=False):
            desk = Desk(session, a_plain_actor(person), NOW, "password")
            pen = Pen("TITULAIRE", "DL-4", "PD-2026-04", 2_500_000)
            give(desk, case, act, due, Declaration("SIGNATURE", "SIGNER", pen, "En signant…", "fr", "R23"))
    act.sealed_at = NOW
    session.commit()
    return case


def contents(pack: bytes) -> dict[str, bytes]:
    """The files of a pack."""
    with zipfile.ZipFile(io.BytesIO(pack)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(files: Mapping[str, bytes]) -> bytes:
    """A pack of files."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        for name, body in files.items():
            archive.writestr(name, body)
    return written.getvalue()


def broken(pack: bytes) -> set[str]:
    """What does not hold in a pack."""
    return {check.code for check in verify_pack(pack).checks if not check.holds}


def test_a_pack_holds_the_act_its_evidence_and_a_seal(session: Session, case: Case) -> None:
    files = contents(evidence_pack(session, case.id))
    assert list(files) == ["acte.json", "preuves.json", "sceau.json"]
    records = json.loads(files["preuves.json"])
    assert [record["personne"] for record in records] == ["P10", "P10", "P11"]
    assert records[-1]["acte_sha256"] == hashlib.sha256(files["acte.json"]).hexdigest()


def test_a_whole_pack_is_confirmed(session: Session, case: Case) -> None:
    verdict = verify_pack(evidence_pack(session, case.id))
    assert verdict.intact
    assert (verdict.sentence("fr"), verdict.sentence("en")) == ("Intégrité confirmée", "Integrity confirmed")
    assert verdict.fingerprint in fingerprints(session)


def test_the_same_evidence_gives_the_same_bytes(session: Session, case: Case) -> None:
    assert evidence_pack(session, case.id) == evidence_pack(session, case.id)


def test_an_altered_act_is_found(session: Session, case: Case) -> None:
    files = contents(evidence_pack(session, case.id))
    changed = {**files, "acte.json": files["acte.json"].replace(b"1000001", b"1000002")}
    assert broken(packed(changed)) == {"act.hash", "seal.files"}
    assert verify_pack(packed(changed)).sentence("fr") == "Document altéré"


def test_the_same_act_written_otherwise_is_found(session: Session, case: Case) -> None:
    files = contents(evidence_pack(session, case.id))
    assert "act.canonical" in broken(packed({**files, "acte.json": files["acte.json"] + b"\n"}))


@pytest.mark.parametrize("place", [0, 1, 2])
@pytest.mark.parametrize("key", ["personne", "qualite", "declaration", "a", "acte_sha256", "precedent"])
def test_altered_evidence_is_found(session: Session, case: Case, place: int, key: str) -> None:
    files = contents(evidence_pack(session, case.id))
    records = json.loads(files["preuves.json"])
    records[place][key] = "autre"
    assert "chain.hashes" in broken(packed({**files, "preuves.json": rfc8785.dumps(records)}))


@pytest.mark.parametrize("place", [0, 1, 2])
def test_removed_evidence_is_found(session: Session, case: Case, place: int) -> None:
    files = contents(evidence_pack(session, case.id))
    records = json.loads(files["preuves.json"])
    del records[place]
    assert broken(packed({**files, "preuves.json": rfc8785.dumps(records)}))


def test_a_pack_made_anew_by_someone_else_bears_another_key(session: Session, case: Case) -> None:
    files = contents(evidence_pack(session, case.id))
    records: list[dict[str, Any]] = json.loads(files["preuves.json"])[:2]
    made = {"acte.json": b'{"objet":"Premier"}', "preuves.json": rfc8785.dumps(records[:1])}
    hashes = {name: hashlib.sha256(body).hexdigest() for name, body in made.items()}
    forged = packed({**made, "sceau.json": write_seal(hashes, Ed25519PrivateKey.generate())})
    assert verify_pack(forged).intact
    (ours,) = fingerprints(session)
    assert not verify_pack(forged, trusted=ours).intact
    assert verify_pack(packed(files), trusted=ours).intact


def test_a_pack_without_its_seal_is_not_confirmed(session: Session, case: Case) -> None:
    files = contents(evidence_pack(session, case.id))
    del files["sceau.json"]
    assert broken(packed(files)) == {"seal.files", "seal.signature"}


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"not a zip",
        packed({}),
        packed({"acte.json": b"{}"}),
        packed({"acte.json": b"[]", "preuves.json": b"[]"}),
        packed({"acte.json": b"{", "preuves.json": b"[]"}),
        packed({"acte.json": b"{}", "preuves.json": b"[1]"}),
        packed({"acte.json": b"{}", "preuves.json": b"[" * 100_000}),
        packed({f"{n}.json": b"" for n in range(20)}),
    ],
)
def test_what_is_not_a_pack_is_refused(content: bytes) -> None:
    with pytest.raises(Invalid, match=r"evidence\.unreadable"):
        verify_pack(content)


def test_odd_values_are_altered_documents_not_failures() -> None:
    for record in (b'[{"hash":"x","n":NaN}]', b'[{"hash":"x","n":1e400}]', b'[{"s":"\\ud800"}]', b'[{"n":9e99}]'):
        odd = packed({"acte.json": b'{"n":NaN}', "preuves.json": record, "sceau.json": b'{"fichiers":1}'})
        assert not verify_pack(odd).intact


def test_nothing_is_handed_out_before_the_act_is_sealed(session: Session, case: Case) -> None:
    act = live_act(session, case.id)
    assert act is not None
    act.sealed_at = None
    session.flush()
    with pytest.raises(Missing, match=r"evidence\.unknown"):
        evidence_pack(session, case.id)


def test_a_replaced_key_seals_from_then_on(session: Session, case: Case) -> None:
    before = evidence_pack(session, case.id)
    key = Ed25519PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    fingerprint = replace_key(session, key)
    assert replace_key(session, key) == fingerprint
    assert verify_pack(evidence_pack(session, case.id)).fingerprint == fingerprint
    assert verify_pack(before).intact
    assert fingerprints(session)[0] == fingerprint
    with pytest.raises(Invalid, match=r"key\.unreadable"):
        replace_key(session, b"none")


def test_what_the_database_holds_is_verified(session: Session, case: Case) -> None:
    assert verify_case(session, case.id).intact


@pytest.mark.parametrize(
    ("table", "change", "found"),
    [
        ("acts", "canonical = replace(canonical, '1000001', '1000002')", "act.canonical"),
        ("acts", "sha256 = 'ab'", "act.canonical"),
        ("evidence", "record = jsonb_set(record, '{qualite}', '\"SUBSTITUT\"')", "chain.hashes"),
        ("evidence", "previous_hash = 'ab'", "chain.links"),
        ("evidence", "hash = 'ab'", "chain.hashes"),
    ],
)
def test_what_was_altered_in_the_database_is_found(
    session: Session, case: Case, table: str, change: str, found: str
) -> None:
    session.execute(text(f"ALTER TABLE {table} DISABLE TRIGGER USER"))
    session.execute(text(f"UPDATE {table} SET {change}"))
    session.expire_all()
    verdict = verify_case(session, case.id)
    assert found in {check.code for check in verdict.checks if not check.holds}


def test_amounts_are_written_as_people_write_them() -> None:
    assert amount(123_456, "fr") == "1\N{NO-BREAK SPACE}234,56\N{NO-BREAK SPACE}$"
    assert amount(123_456, "en") == "$1,234.56"
    assert amount(1, "fr") == "0,01\N{NO-BREAK SPACE}$"
