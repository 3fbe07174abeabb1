"""``parcours process``: files checked whatever they hold, scenarios replayed elsewhere, versions published once."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from webapp.cli import parcours
from workflows.cases.models import Case
from workflows.catalog.models import ProcessVersion

FOLDER = Path(__file__).parents[3] / "bpmn" / "derogation_cellulaire"
ESSAI = Path(__file__).parents[2] / "workflows" / "cases" / "essai"
HEAD = b'<?xml version="1.0" encoding="UTF-8"?>\n'
DRAWN = b"""<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="essai">
<process id="p" isExecutable="true">
<startEvent id="a"/><sequenceFlow id="f" sourceRef="a" targetRef="b"/>
<userTask id="b"/><laneSet id="l"><lane id="l1" name="EMPLO"><flowNodeRef>b</flowNodeRef></lane></laneSet>
<sequenceFlow id="g" sourceRef="b" targetRef="c"/><endEvent id="c"/>
</process></definitions>"""
LOOSE = b'<sequenceFlow id="z" sourceRef="b" targetRef="x"/>'


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(parcours, ["process", *map(str, words)])


def checked(path: Path) -> dict[str, Any]:
    """What the command says of one file, in JSON."""
    answer = run("check", "--json", path)
    (shown,) = json.loads(answer.stdout)
    assert answer.exit_code == (0 if shown["ok"] else 1)
    assert shown["file"] == str(path)
    for problem in shown["problems"]:
        assert set(problem) == {"code", "severity", "element", "line", "message"}
        assert problem["line"] > 0
        assert problem["message"]["fr"]
        assert problem["message"]["en"] != problem["message"]["fr"]
    return dict(shown)


@pytest.mark.parametrize(
    ("name", "source", "code", "line"),
    [
        ("a.bpmn", HEAD + DRAWN.replace(b"</process>", b""), "engine.not_xml", 7),
        ("a.bpmn", HEAD + b'<!DOCTYPE a [<!ENTITY x "y">]>\n' + DRAWN, "engine.doctype", 2),
        ("a.bpmn", b"", "process.empty", 1),
        ("a.bpmn", b"\n  \n", "process.empty", 1),
        ("a.bpmn", b"\x00\xff\xfe", "engine.not_xml", 1),
        ("a.bpmn", HEAD + b"<a/>", "engine.not_bpmn", 2),
        ("a.bpmn", DRAWN.replace(b"<userTask", LOOSE + b"\n<userTask"), "engine.loose_flow", 4),
        ("a.bpmn", DRAWN.replace(b"userTask", b"transaction"), "engine.unsupported", 4),
        ("a.bpmn", DRAWN.replace(b'id="l1"', b'id="a"'), "engine.duplicate_id", 4),
        ("a.bpmn", DRAWN.replace(b"<userTask", b'<callActivity calledElement="x"'), "engine.unknown_process", 4),
        ("a.txt", b"nothing", "engine.not_xml", 1),
        ("a.dmn", HEAD + b'<!DOCTYPE a [<!ENTITY x "y">]>\n<a/>', "decision.doctype", 2),
        ("a.dmn", b"<a>", "decision.not_xml", 1),
        ("a.dmn", b"<a/>", "decision.not_dmn", 1),
        ("a.json", b'{\n"components": [}', "process.not_json", 2),
        ("a.json", b"[" * 100_000, "process.not_json", 1),
        ("a.json", b"[]", "form.unreadable", 1),
        ("a.json", b'{"components": [\n{"type": "odd", "key": "x"}]}', "form.unreadable", 2),
        ("process.toml", b"key = 'x'\nkey = 'y'", "process.toml", 2),
        ("process.toml", b"[title]", "process.no_key", 1),
        ("process.toml", b"\xff", "process.not_text", 1),
        ("a.yaml", b"id: [", "scenario.unreadable", 1),
        ("a.yaml", b"id: x\n", "scenario.unreadable", 1),
    ],
)
def test_a_bad_file_is_told_with_its_place(tmp_path: Path, name: str, source: bytes, code: str, line: int) -> None:
    file = tmp_path / name
    file.write_bytes(source)
    shown = checked(file)
    assert [(one["code"], one["line"]) for one in shown["problems"]] == [(code, line)]


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    assert [one["code"] for one in checked(tmp_path / "none.bpmn")["problems"]] == ["process.no_file"]


def test_what_never_ends_is_not_read(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.bpmn")
    for name in ("/dev/zero", str(tmp_path / "a.bpmn")):
        (shown,) = json.loads(run("check", "--json", name).stdout)
        assert [one["code"] for one in shown["problems"]] == ["process.not_a_file"]


@pytest.mark.parametrize(
    "source", [b'{"components": [], "x": %s}' % (b"9" * 5000), b'{"components": [{"key": "\\ud800"}]}']
)
def test_a_form_that_no_reader_likes_is_told_by_the_child_and_does_not_end_it(tmp_path: Path, source: bytes) -> None:
    (tmp_path / "F.json").write_bytes(source)
    (shown,) = json.loads(run("check", "--json", tmp_path / "F.json").stdout)
    assert [one["code"] in ("process.not_json", "form.unreadable") for one in shown["problems"]] == [True]


def test_a_folder_that_holds_no_process_is_told(tmp_path: Path) -> None:
    assert [one["code"] for one in checked(tmp_path)["problems"]] == ["process.no_folder"]


def test_a_good_drawing_is_good_and_may_call_its_neighbours(tmp_path: Path) -> None:
    file = tmp_path / "a.bpmn"
    file.write_bytes(HEAD + DRAWN)
    assert checked(file) == {"file": str(file), "ok": True, "problems": []}
    assert checked(FOLDER / "process.bpmn")["ok"]


def test_several_files_are_told_in_the_order_they_were_named(tmp_path: Path) -> None:
    good, bad = tmp_path / "a.bpmn", tmp_path / "b.bpmn"
    good.write_bytes(DRAWN)
    bad.write_bytes(b"<")
    answer = run("check", "--json", bad, good, FOLDER / "TD_SIGNATURE.dmn")
    assert [one["ok"] for one in json.loads(answer.stdout)] == [False, True, True]
    assert answer.exit_code == 1


def test_a_folder_stands_for_all_its_files() -> None:
    answer = run("check", "--json", FOLDER)
    found = {one["file"]: one["ok"] for one in json.loads(answer.stdout)}
    for name in ("process.bpmn", "signature.bpmn", "process.toml", "TD_SIGNATURE.dmn", "forms/F-R1.json"):
        assert found[str(FOLDER / name)]
    assert found[str(FOLDER / "scenarios" / "DER-04.yaml")]
    assert answer.exit_code == 0


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of a small process, to spoil."""
    return Path(shutil.copytree(ESSAI, tmp_path / "essai"))


@pytest.mark.parametrize(
    ("file", "told", "instead", "problem"),
    [
        ("process.toml", 'E07 = "F-E2"', 'E77 = "F-E2"', ("process.not_drawn", "E77")),
        ("process.toml", 'E07 = "F-E2"', 'E07 = "F-E9"', ("process.no_form", "E07")),
        ("process.toml", 'key = "essai"', 'key = "autre"', ("process.not_drawn", "autre")),
        ("process.bpmn", 'parcours:form="F-E2"', 'parcours:form="F-E9"', ("process.no_form", "E07")),
    ],
)
def test_what_does_not_go_together_is_told(
    folder: Path, file: str, told: str, instead: str, problem: tuple[str, str]
) -> None:
    text = (folder / file).read_text(encoding="utf-8")
    assert told in text
    (folder / file).write_text(text.replace(told, instead), encoding="utf-8")
    found = json.loads(run("check", "--json", folder).stdout)
    problems = {(one["code"], one["element"]) for shown in found for one in shown["problems"]}
    assert problem in problems


def test_what_is_wrong_is_told_on_standard_error_in_the_reader_s_language(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.bpmn").write_bytes(b"")
    for tongue, word in (("fr_CA.UTF-8", "vide"), ("en_CA.UTF-8", "empty")):
        monkeypatch.setenv("LC_ALL", tongue)
        answer = run("check", tmp_path / "a.bpmn")
        assert word in answer.stderr
        assert word not in answer.stdout


@pytest.fixture
def versions(demo_url: str, demo: Session, monkeypatch: pytest.MonkeyPatch) -> Callable[[], list[int]]:
    """The versions of the small process in the installation that the commands work on."""
    monkeypatch.setenv("DATABASE_URL", demo_url)

    def read() -> list[int]:
        demo.rollback()
        query = select(ProcessVersion.version).where(ProcessVersion.key == "essai")
        return list(demo.scalars(query.order_by(ProcessVersion.version)))

    return read


def test_publishing_the_same_files_twice_makes_one_version(folder: Path, versions: Callable[[], list[int]]) -> None:
    assert json.loads(run("publish", "--json", folder).stdout) == [{"key": "essai", "version": 1, "new": True}]
    assert json.loads(run("publish", "--json", folder).stdout) == [{"key": "essai", "version": 1, "new": False}]
    assert versions() == [1]
    toml = folder / "process.toml"
    toml.write_text(toml.read_text(encoding="utf-8").replace("Essai", "Épreuve"), encoding="utf-8")
    assert run("publish", folder).exit_code == 0
    assert versions() == [1, 2]


def test_a_folder_with_an_error_is_not_published(folder: Path, versions: Callable[[], list[int]]) -> None:
    (folder / "forms" / "F-E1.json").write_text("{", encoding="utf-8")
    answer = run("publish", folder)
    assert getattr(answer.exception, "code", None) == "process.invalid"
    assert "F-E1.json:1" in answer.stderr
    assert versions() == []


def test_the_list_tells_what_is_published_and_whether_it_is_these_files(
    folder: Path, versions: Callable[[], list[int]]
) -> None:
    shown = json.loads(run("list", "--json", FOLDER).stdout)
    assert [(one["key"], one["version"], one["current"]) for one in shown] == [("derogation_cellulaire", 1, True)]
    assert run("list", folder).exit_code == 1
    run("publish", folder)
    (folder / "forms" / "F-E1.json").write_text('{"components": []}', encoding="utf-8")
    assert json.loads(run("list", "--json", folder).stdout)[0]["current"] is False
    assert [one["key"] for one in json.loads(run("list", "--json").stdout)] == [
        "arrivee_employe",
        "depart_employe",
        "derogation_cellulaire",
        "essai",
        "nomination_role",
        "reevaluation_reseau",
    ]


def test_scenarios_are_replayed_without_touching_the_installation(
    demo: Session, tmp_path: Path, versions: Callable[[], list[int]], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = Path(shutil.copytree(FOLDER, tmp_path / "der"))
    told = folder / "scenarios" / "DER-12.yaml"
    wrong = told.read_text(encoding="utf-8").replace("HORS_CONTRAT", "REFUSEE", 1).replace("DER-12", "DER-12B")
    (folder / "scenarios" / "DER-12B.yaml").write_text(wrong, encoding="utf-8")
    (folder / "scenarios" / "DER-12C.yaml").write_text("id: x", encoding="utf-8")
    ids = [word for name in ("DER-12", "DER-12B", "DER-12C") for word in ("--scenario", name)]
    answer = run("test", "--json", folder, *ids)
    rows = {row["id"]: row for row in json.loads(answer.stdout)}
    assert answer.exit_code == 1
    assert {name: row["ok"] for name, row in rows.items()} == {"DER-12": True, "DER-12B": False, "DER-12C": False}
    assert rows["DER-12B"]["differences"] == ["fin: expected 'REFUSEE', found 'HORS_CONTRAT'"]
    assert demo.scalar(select(func.count()).select_from(Case)) == 0
    assert run("test", folder, "--scenario", "DER-12").stdout.startswith("✓ DER-12")


def test_a_folder_without_scenarios_shows_nothing_and_says_so(folder: Path) -> None:
    answer = run("test", folder)
    assert (answer.exit_code, answer.stdout) == (1, "")
    assert answer.stderr


@pytest.mark.parametrize("name", ["check", "test", "publish", "list"])
def test_every_command_helps(name: str) -> None:
    assert run(name, "--help").exit_code == 0
