"""Subscriptions and deliveries through the API: who may, what is shown, and what is never shown again."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session
from standardwebhooks import Webhook

from tests.builders import NOON, a_person
from tests.webapp.api.conftest import Body
from tests.webapp.conftest import Caller
from tests.workflows.deliveries.receiver import Receiver, receiving, status
from webapp.extensions import db
from workflows.cases.models import Case
from workflows.clock import start_simulation
from workflows.deliveries.models import Subscription
from workflows.deliveries.publish import publish
from workflows.desk import Desk, system_actor
from workflows.engine import Thrown
from workflows.journal.models import JournalEntry
from workflows.people.integrations import create_integration
from workflows.worker.run import do_jobs

PUBLIC = "https://1.1.1.1/hook"
Calling = Callable[..., Caller]


@pytest.fixture
def operator(session: Session, body: Body, calling: Calling) -> Caller:
    """Someone who watches over the house."""
    return calling(session, a_person(session, body.organisation, "EXPL", code="P25"))


@pytest.fixture
def account(session: Session, body: Body, calling: Calling) -> Caller:
    """An outside system."""
    return calling(session, create_integration(session, body.organisation, "sirh"))


@pytest.fixture
def receiver(session: Session, body: Body) -> Iterator[Receiver]:
    """An outside system on this machine, which the organisation allows."""
    body.organisation.settings = {"livraison_adresses_privees": True}
    start_simulation(session, NOON)
    session.commit()
    with receiving() as listening:
        yield listening


def say(session: Session, case: Case, *names: str) -> None:
    """A case says something to the outside."""
    house = Desk(session, system_actor(case.organisation_id), NOON)
    publish(house, case, [Thrown(name, {}, "R01") for name in names])
    session.commit()


def do_waiting(app: Flask) -> None:
    """Let a worker do its jobs."""
    with app.app_context():
        do_jobs(db.engine)


def test_a_secret_is_shown_once_and_nowhere_else(operator: Caller, session: Session) -> None:
    made = operator.post("/subscriptions", {"url": PUBLIC, "types": ["derogation.signee.v1"]})
    assert made.status_code == 201
    secret = made.json["secret"]
    assert secret.startswith("whsec_")
    assert (made.json["url"], made.json["types"], made.json["active"]) == (PUBLIC, ["derogation.signee.v1"], True)
    listed = operator.get("/subscriptions")
    assert [one["id"] for one in listed.json["items"]] == [made.json["id"]]
    assert "secret" not in listed.text
    (fact,) = session.scalars(select(JournalEntry).where(JournalEntry.kind == "subscription.created"))
    assert secret not in str(fact.data)


def test_without_types_everything_is_asked_for(operator: Caller) -> None:
    assert operator.post("/subscriptions", {"url": PUBLIC}).json["types"] is None


@pytest.mark.parametrize(
    ("sent", "code"),
    [
        ({"url": "https://127.0.0.1/hook"}, "subscription.private"),
        ({"url": "https://localhost/hook"}, "subscription.private"),
        ({"url": "https://[fd00::1]/hook"}, "subscription.private"),
        ({"url": "http://1.1.1.1/hook"}, "subscription.insecure"),
        ({"url": "ftp://1.1.1.1/hook"}, "subscription.url"),
        ({"url": "https://a:b@1.1.1.1/"}, "subscription.url"),
        ({"url": PUBLIC, "types": ["derogation.inventee"]}, "subscription.type_unknown"),
        ({"url": PUBLIC, "types": []}, "subscription.type_unknown"),
        ({"url": PUBLIC, "types": "derogation.signee"}, "request.invalid"),
        ({"url": PUBLIC, "secret": "whsec_mine"}, "request.invalid"),
        ({}, "request.invalid"),
    ],
)
def test_what_is_not_good_is_refused_with_its_field(operator: Caller, sent: dict[str, object], code: str) -> None:
    answer = operator.post("/subscriptions", sent)
    assert (answer.status_code, answer.json["code"]) == (422, code)
    assert answer.json["errors"]
    assert operator.get("/subscriptions").json["items"] == []


def test_an_unknown_type_is_told_with_those_known(operator: Caller) -> None:
    answer = operator.post(
        "/subscriptions", {"url": PUBLIC, "types": ["nope", "ligne.imputee"]}, headers={"Accept-Language": "en"}
    )
    assert (answer.json["params"]["given"], len(answer.json["params"]["known"])) == (["nope"], 28)
    assert answer.json["detail"].startswith("Unknown type of message")


def test_with_its_key_a_subscription_is_opened_once(operator: Caller) -> None:
    key = {"Idempotency-Key": "one"}
    first, again = (operator.post("/subscriptions", {"url": PUBLIC}, headers=key) for _ in range(2))
    assert (first.status_code, first.json) == (again.status_code, again.json)
    assert len(operator.get("/subscriptions").json["items"]) == 1
    assert operator.post("/subscriptions", {"url": PUBLIC + "2"}, headers=key).status_code == 422


def test_an_organisation_has_so_many_subscriptions_and_no_more(
    session: Session, body: Body, operator: Caller, account: Caller
) -> None:
    known = {"organisation_id": body.organisation.id, "url": PUBLIC, "secret": "whsec_", "created_at": NOON}
    session.add_all([Subscription(**known) for _ in range(99)])
    session.commit()
    assert operator.post("/subscriptions", {"url": PUBLIC}).status_code == 201
    answer = account.post("/subscriptions", {"url": PUBLIC})
    assert (answer.status_code, answer.json["code"]) == (409, "subscription.too_many")


@pytest.mark.parametrize("role", ["RCELL", "INTRL", "DIR", "CSEC", "AUDIT"])
def test_other_roles_open_nothing(session: Session, body: Body, calling: Calling, role: str) -> None:
    caller = calling(session, a_person(session, body.organisation, role))
    answer = caller.post("/subscriptions", {"url": PUBLIC})
    assert (answer.status_code, answer.json["code"]) == (403, "subscription.not_yours")
    assert caller.get("/deliveries").status_code == (200 if role == "AUDIT" else 403)


def test_the_auditor_reads_and_touches_nothing(
    session: Session, body: Body, operator: Caller, calling: Calling
) -> None:
    made = operator.post("/subscriptions", {"url": PUBLIC}).json["id"]
    say(session, body.case, "ligne.imputee")
    auditor = calling(session, a_person(session, body.organisation, "AUDIT"))
    assert [one["id"] for one in auditor.get("/subscriptions").json["items"]] == [made]
    (delivery,) = auditor.get("/deliveries").json["items"]
    assert auditor.post(f"/deliveries/{delivery['id']}/redelivery").status_code == 403
    assert auditor.delete(f"/subscriptions/{made}").status_code == 403


def test_an_account_looks_after_its_own_only(session: Session, body: Body, account: Caller, operator: Caller) -> None:
    others = operator.post("/subscriptions", {"url": PUBLIC}).json["id"]
    mine = account.post("/subscriptions", {"url": PUBLIC}).json["id"]
    say(session, body.case, "ligne.imputee")
    assert [one["id"] for one in account.get("/subscriptions").json["items"]] == [mine]
    assert [one["subscription"] for one in account.get("/deliveries").json["items"]] == [mine]
    assert len(operator.get("/deliveries").json["items"]) == 2
    (theirs,) = operator.get(f"/deliveries?subscription={others}").json["items"]
    assert account.post(f"/deliveries/{theirs['id']}/redelivery").json["code"] == "delivery.unknown"
    assert account.delete(f"/subscriptions/{others}").json["code"] == "subscription.unknown"
    ended = account.delete(f"/subscriptions/{mine}")
    assert (ended.status_code, ended.json["active"]) == (200, False)
    assert account.get("/subscriptions").json["items"] == []


def test_nobody_reaches_another_organisation(
    session: Session, body: Body, elsewhere: Body, operator: Caller, calling: Calling
) -> None:
    made = operator.post("/subscriptions", {"url": PUBLIC}).json["id"]
    say(session, body.case, "ligne.imputee")
    stranger = calling(session, a_person(session, elsewhere.organisation, "EXPL", "ADMIN", "AUDIT"))
    assert stranger.get("/subscriptions").json["items"] == stranger.get("/deliveries").json["items"] == []
    assert stranger.delete(f"/subscriptions/{made}").status_code == 404


def test_an_account_hears_what_it_was_given(session: Session, body: Body, calling: Calling) -> None:
    given = ["prestataire.commande.confirmee", "ligne.imputee"]
    listed = calling(session, create_integration(session, body.organisation, "listed", given))
    assert listed.post("/subscriptions", {"url": PUBLIC}).json["types"] == ["ligne.imputee"]
    refused = listed.post("/subscriptions", {"url": PUBLIC, "types": ["acces.revoque"]})
    assert (refused.status_code, refused.json["code"]) == (403, "subscription.type_not_allowed")
    provider = calling(session, create_integration(session, body.organisation, "provider", None, "CELL-DEMO"))
    assert provider.post("/subscriptions", {"url": PUBLIC}).json["code"] == "subscription.type_not_allowed"


def test_deliveries_are_found_by_state_type_and_case(
    app: Flask, session: Session, body: Body, receiver: Receiver, operator: Caller
) -> None:
    made = operator.post("/subscriptions", {"url": receiver.url}).json
    receiver.answers = [status(204), status(500)]
    say(session, body.case, "derogation.signee", "ligne.imputee")
    do_waiting(app)
    assert 'parcours_deliveries{state="ECHEC"} 1' in app.test_client().get("/metrics").text
    (failed,) = operator.get("/deliveries?state=ECHEC").json["items"]
    assert (failed["subscription"], failed["case"], failed["number"]) == (
        made["id"],
        str(body.case.id),
        "ESS-2026-000001",
    )
    assert (failed["type"], failed["attempts"], failed["last_error"]) == ("ligne.imputee.v1", 1, "refused")
    assert (failed["last_status"], failed["next_at"]) == (500, "2026-12-07T17:01:00Z")
    for query, found in [("type=derogation.signee", 1), ("type=acces.active.v1", 0), ("case=ess-2026-000001", 2)]:
        assert len(operator.get(f"/deliveries?{query}").json["items"]) == found
    assert len(operator.get(f"/deliveries?case={body.case.id}&state=LIVREE").json["items"]) == 1
    assert operator.get("/deliveries?state=PERDUE").status_code == 422
    first = operator.get("/deliveries?limit=1").json
    rest = operator.get(f"/deliveries?limit=1&cursor={first['next']}").json
    assert ([one["type"] for one in (*first["items"], *rest["items"])], rest["next"]) == (
        ["ligne.imputee.v1", "derogation.signee.v1"],
        None,
    )


def test_a_delivery_is_sent_again_signed_with_the_secret_shown(
    app: Flask, session: Session, body: Body, receiver: Receiver, account: Caller
) -> None:
    secret = account.post("/subscriptions", {"url": receiver.url}).json["secret"]
    say(session, body.case, "derogation.signee")
    do_waiting(app)
    (row,) = account.get("/deliveries").json["items"]
    again = account.post(f"/deliveries/{row['id']}/redelivery")
    assert (again.status_code, again.json["state"], again.json["id"]) == (200, "EN_ATTENTE", row["id"])
    do_waiting(app)
    first, second = receiver.received
    assert (first.body, first.headers["webhook-id"]) == (second.body, second.headers["webhook-id"])
    assert Webhook(secret).verify(second.body, second.headers)["id"] == row["message_id"]
    assert account.get("/deliveries").json["items"][0]["state"] == "LIVREE"
