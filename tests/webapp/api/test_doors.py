"""The API's door: who gets in, and how every error is told."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from openapi_spec_validator import validate
from sqlalchemy.orm import Session

from tests.builders import a_person, an_organisation
from tests.webapp.conftest import Caller
from workflows.clock import wall_now
from workflows.people.passwords import hash_password
from workflows.people.tokens import issue_token

OPEN_TO_ALL = {
    "static",
    "health.live",
    "health.ready",
    "health.metrics",
    "api-docs.openapi_json",
    "api_docs.show_docs",
    "api_docs.show_style",
}


@pytest.fixture
def someone(session: Session, calling) -> Caller:
    organisation = an_organisation(session)
    person = a_person(session, organisation, "RCELL", code="P03", password_hash=hash_password("juste"))
    return calling(session, person)


def test_nobody_gets_in_without_a_token(client: FlaskClient) -> None:
    answer = client.get("/api/v1/me")
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")
    assert answer.mimetype == "application/problem+json"
    assert answer.json["code"] == "token.missing"


def test_a_made_up_token_is_refused(client: FlaskClient) -> None:
    answer = client.get("/api/v1/me", headers={"Authorization": "Bearer nothing"})
    assert (answer.status_code, answer.json["code"]) == (401, "token.invalid")


def test_an_old_token_is_refused(client: FlaskClient, session: Session) -> None:
    person = a_person(session, an_organisation(session))
    token = issue_token(session, person, wall_now() - timedelta(days=2), timedelta(days=1))
    session.commit()
    answer = client.get("/api/v1/me", headers={"Authorization": f"Bearer {token}"})
    assert answer.json["code"] == "token.invalid"


def test_every_call_but_those_open_to_all_asks_who_is_there(app: Flask, client: FlaskClient) -> None:
    for rule in app.url_map.iter_rules():
        if rule.endpoint in OPEN_TO_ALL or not rule.rule.startswith("/api/"):
            continue
        path = rule.build(dict.fromkeys(rule.arguments, "1"), append_unknown=False)
        for verb in (rule.methods or set()) - {"HEAD", "OPTIONS"}:
            answer = client.open(path[1], method=verb)
            assert (rule.endpoint, verb, answer.status_code) == (rule.endpoint, verb, 401)


def test_what_is_open_to_all_is_a_short_known_list(app: Flask) -> None:
    marked = {name for name, view in app.view_functions.items() if getattr(view, "public", False)}
    machines = {name for name in marked if not name.startswith("pages.")}
    assert machines | {"static"} <= OPEN_TO_ALL | {"hooks.receive"}


def test_the_description_is_valid_openapi_3_1(client: FlaskClient) -> None:
    described = client.get("/api/v1/openapi.json").json
    assert described["openapi"].startswith("3.1")
    validate(described)


def test_every_operation_has_a_name_of_its_own(client: FlaskClient) -> None:
    paths = client.get("/api/v1/openapi.json").json["paths"]
    names = [call["operationId"] for verbs in paths.values() for verb, call in verbs.items() if verb != "parameters"]
    assert len(names) == len(set(names))


def test_the_documentation_needs_no_script_and_nothing_from_elsewhere(client: FlaskClient) -> None:
    page = client.get("/api/docs")
    assert page.status_code == 200
    assert "<script" not in page.text
    assert "http" not in page.text.replace("&#34;", "").split("<main>")[0].split("</title>")[1]


def test_who_i_am(someone: Caller) -> None:
    me = someone.get("/me").json
    assert (me["code"], me["organisation"], me["language"]) == ("P03", "OP-TEST", "fr")
    assert [(role["role"], role["scope"]) for role in me["roles"]] == [("RCELL", "ORG"), ("EMPLO", "SELF")]
    assert me["roles"][0]["valid_from"].endswith("Z")


def test_proving_identity_again_gives_a_token_for_five_minutes(someone: Caller) -> None:
    answer = someone.post("/me/reauthentication", {"password": "juste"})
    assert answer.status_code == 200
    assert set(answer.json) == {"token", "expires_at"}


def test_a_wrong_password_proves_nothing_and_too_many_of_them_close_the_door(someone: Caller) -> None:
    for _ in range(10):
        assert someone.post("/me/reauthentication", {"password": "faux"}).status_code == 401
    answer = someone.post("/me/reauthentication", {"password": "juste"})
    assert (answer.status_code, answer.json["code"]) == (429, "sign_in.too_many")
    assert int(answer.headers["Retry-After"]) > 0


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ("{", 400, "body.not_json"),
        (b"\xff\xfe", 400, "body.not_json"),
        ('{"password": "a\\u0000b"}', 400, "body.not_json"),
        ('{"password": "\\ud800"}', 400, "body.not_json"),
        ("[]", 422, "request.invalid"),
        ("{}", 422, "request.invalid"),
        ('{"password": 12}', 422, "request.invalid"),
        ('{"password": null}', 422, "request.invalid"),
        ('{"password": "a", "role": "DIR"}', 422, "request.invalid"),
        ("x" * (1024 * 1024 + 1), 413, "http.413"),
    ],
)
def test_a_bad_body_gets_a_clear_problem(someone: Caller, body: str | bytes, status: int, code: str) -> None:
    answer = someone.post("/me/reauthentication", data=body, content_type="application/json")
    assert (answer.status_code, answer.json["code"]) == (status, code)


def test_an_unknown_key_is_named_in_the_reader_s_language(someone: Caller) -> None:
    sent = {"password": "a", "role": "DIR"}
    answer = someone.post("/me/reauthentication", sent, headers={"Accept-Language": "en-CA"})
    assert answer.json["errors"] == {"role": ["There is no such key here. Remove it."]}


def test_a_body_that_is_not_declared_json_is_refused(someone: Caller) -> None:
    answer = someone.post("/me/reauthentication", data="password=a", content_type="text/plain")
    assert (answer.status_code, answer.json["code"]) == (415, "http.415")


def test_a_verb_that_is_not_taken_says_which_are(someone: Caller) -> None:
    answer = someone.put("/me", {})
    assert (answer.status_code, answer.json["code"]) == (405, "http.405")
    assert "GET" in answer.headers["Allow"]


def test_an_address_where_nothing_is(client: FlaskClient) -> None:
    answer = client.get("/api/v1/nothing")
    assert (answer.status_code, answer.json["code"], answer.mimetype) == (404, "http.404", "application/problem+json")


def test_a_null_character_in_an_address_is_refused(someone: Caller) -> None:
    assert someone.get("/me?x=%00").status_code == 400


def test_an_unexpected_error_gives_a_reference_and_no_internals(someone: Caller, monkeypatch) -> None:
    monkeypatch.setattr("webapp.api.me.assignments_of", lambda *_: 1 / 0)
    answer = someone.get("/me")
    assert answer.status_code == 500
    assert answer.json["params"]["reference"] in answer.json["detail"]
    assert "ZeroDivision" not in answer.text


def test_answers_carry_the_content_policy(client: FlaskClient) -> None:
    headers = client.get("/api/v1/me").headers
    assert headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"


def test_alive_before_ready(client: FlaskClient) -> None:
    assert client.get("/health/live").status_code == 200
    waiting = client.get("/health/ready")
    assert (waiting.status_code, waiting.json["missing"]) == (503, ["publication"])


def test_figures_are_counts_only(client: FlaskClient) -> None:
    client.get("/health/live")
    figures = client.get("/metrics")
    assert figures.mimetype == "text/plain"
    assert 'parcours_http_responses_total{method="GET",status="200"}' in figures.text
