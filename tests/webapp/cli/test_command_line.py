"""The command line: results on standard output, the rest on standard error, exit codes that tell."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner, Result
from sqlalchemy.orm import Session

from tests.builders import a_person, an_organisation
from webapp.cli import COMMANDS, main, parcours
from workflows.clock import wall_now
from workflows.errors import Refusal
from workflows.people.tokens import actor_for_token


@pytest.fixture
def run(empty_url: str, monkeypatch):
    """Run a command on the test's database."""
    monkeypatch.setenv("DATABASE_URL", empty_url)
    monkeypatch.setenv("LANG", "fr_CA.UTF-8")

    def command(*words: str) -> Result:
        return CliRunner().invoke(parcours, words)

    return command


@pytest.fixture
def organisation(session: Session):
    found = an_organisation(session)
    session.commit()
    return found


def test_help_names_every_command_without_a_database() -> None:
    shown = CliRunner().invoke(parcours, ["--help"])
    assert shown.exit_code == 0
    assert all(name in shown.output for name in COMMANDS)


def test_a_token_is_printed_alone_and_works(run, session: Session, organisation) -> None:
    a_person(session, organisation, code="P03")
    session.commit()
    printed = run("token", "P03")
    assert printed.exit_code == 0
    actor = actor_for_token(session, printed.stdout.strip(), wall=wall_now(), now=wall_now())
    assert actor is not None
    assert actor.code == "P03"
    assert printed.stdout.count("\n") == 1


def test_a_token_for_nobody_is_refused(run, organisation) -> None:
    answer = run("token", "P99")
    assert isinstance(answer.exception, Refusal)
    assert answer.exception.code == "owner.unknown"


def test_a_refusal_is_told_on_standard_error_with_exit_code_1(run, organisation, monkeypatch, capsys) -> None:
    monkeypatch.setattr("sys.argv", ["parcours", "token", "P99"])
    with pytest.raises(SystemExit) as ended:
        main()
    told = capsys.readouterr()
    assert ended.value.code == 1
    assert told.out == ""
    assert "P99" in told.err


def test_an_integration_account_shows_its_secret_once(run, organisation) -> None:
    words = (
        "integration",
        "create",
        "telus",
        "--organisation",
        "OP-TEST",
        "--types",
        "prestataire.prix.modifie,ligne.imputee.v1",
        "--json",
    )
    shown = json.loads(run(*words).stdout)
    assert shown["secret"].startswith("whsec_")
    assert set(shown) == {"id", "secret"}
    assert run("token", "telus").exit_code == 0
    assert run("token", shown["id"]).exit_code == 0


def test_an_integration_account_for_a_type_that_does_not_exist_is_refused(run, organisation) -> None:
    answer = run("integration", "create", "x", "--organisation", "OP-TEST", "--types", "nothing.at.all")
    assert getattr(answer.exception, "code", None) == "message.type_unknown"


def test_a_setting_is_read_changed_and_read_again(run, organisation) -> None:
    assert run("setting", "get", "gest_peut_signer", "--organisation", "OP-TEST").stdout.strip() == "false"
    assert run("setting", "set", "gest_peut_signer", "true", "--organisation", "OP-TEST").exit_code == 0
    assert run("setting", "get", "gest_peut_signer", "--organisation", "OP-TEST").stdout.strip() == "true"


@pytest.mark.parametrize("typed", ["APPAREIL,PENALITE", "[APPAREIL, PENALITE]", '["APPAREIL", "PENALITE"]'])
def test_a_list_setting_may_be_typed_with_commas_and_brackets(run, organisation, typed: str) -> None:
    run("setting", "set", "frais_comptes", typed, "--organisation", "OP-TEST")
    shown = run("setting", "get", "frais_comptes", "--organisation", "OP-TEST")
    assert json.loads(shown.stdout) == ["APPAREIL", "PENALITE"]


def test_a_setting_with_a_value_it_cannot_hold_is_refused(run, organisation) -> None:
    answer = run("setting", "set", "gest_peut_signer", "maybe", "--organisation", "OP-TEST")
    assert getattr(answer.exception, "code", None) == "setting.invalid"


def test_persons_are_listed_with_the_roles_they_hold(run, session: Session, organisation) -> None:
    a_person(session, organisation, "RCELL", code="P03")
    session.commit()
    listed = json.loads(run("person", "list", "--json").stdout)
    assert [(one["code"], one["roles"]) for one in listed] == [("P03", ["RCELL"])]
    assert json.loads(run("person", "show", "P03", "--json").stdout)["code"] == "P03"


def test_a_whole_journal_verifies_and_an_altered_one_does_not(run, session: Session, organisation) -> None:
    run("setting", "set", "gest_peut_signer", "true", "--organisation", "OP-TEST")
    assert run("audit", "verify").exit_code == 0


def test_an_integration_account_for_a_contract_that_does_not_exist_is_refused(run, organisation) -> None:
    answer = run("integration", "create", "x", "--organisation", "OP-TEST", "--contract", "NOPE")
    assert getattr(answer.exception, "code", None) == "contract.unknown"


@pytest.mark.parametrize("name", ["worker", "serve", "run", "init"])
def test_a_clock_that_cannot_be_read_is_refused_before_anything_starts(run, name: str) -> None:
    answer = run(name, "--clock", "demain")
    assert getattr(answer.exception, "code", None) == "clock.unreadable"


def test_a_home_that_cannot_be_written_is_told(tmp_path, monkeypatch) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setenv("PARCOURS_HOME", str(tmp_path / "file" / "home"))
    answer = CliRunner().invoke(parcours, ["audit", "verify"])
    assert answer.exit_code == 1
    assert str(tmp_path) in answer.stderr
