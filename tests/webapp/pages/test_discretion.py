"""A case kept from the person it is about does not exist for that person: every door of the product, every role."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import Engine, event, select
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from tests.webapp.conftest import Caller
from tests.webapp.pages.visitor import Visitor
from tests.workflows.cases.leaves import DEATH, Leaves
from webapp.extensions import db
from workflows.cases.attach import attach_file
from workflows.cases.commands import AttachFile
from workflows.cases.incident_row import Incident
from workflows.cases.link import link_cases
from workflows.cases.models import Case, Task
from workflows.cases.start import start_by_message
from workflows.database import new_id
from workflows.deliveries.models import Delivery, Subscription
from workflows.notices.models import Notice
from workflows.notices.tell import tell
from workflows.people.directory import person_by_code
from workflows.people.models import Substitution

LEAVERS = ("P13", "P08", "P12", "P14", "P19", "P26", "P25", "P33", "P01", "P03", "P18", "U01")
"""RH, GEST, PILOT, CSEC, AUDIT, EXPL, ADMIN, DIR, RCELL, an RH by substitution, and someone without a role."""
STANDS_IN = "P18"
BODIES: Mapping[str, Mapping[str, Any]] = {
    "cases.cancel": {"reason": "Essai"},
    "cases.act": {"data": {}},
    "tasks.assign": {"person": "P12"},
    "tasks.complete": {"answers": {}},
    "tasks.keep_draft": {"answers": {}},
    "tasks.write_comment": {"text": "Essai"},
}
"""What a call must bring to come as far as the case."""
QUERIES: Mapping[str, tuple[str, ...]] = {
    "cases.list_cases": ("?number={number}", "?q=DES-2026", "?involving={who}", "?process=depart_essai", "?limit=200"),
    "tasks.list_tasks": ("?box=queue", "?box=mine", "?box=late", "?box=returned", "?box=done", "?case={number}"),
    "deadlines.preview_recount": ("", "?case={number}"),
    "deliveries.list_deliveries": ("", "?case={number}", "?case={id}"),
    "pages.search": ("?q={number}", "?q=DES-2026"),
    "pages.inbox": ("", "?onglet=queue", "?onglet=done"),
}
"""The ways a list is narrowed."""
LEAVE_ALONE = ("pages.sign_out", "simulation", "static", "openapi", "pages.move_clock", "pages.answer_order", "health")
TELLING = {
    "cases.show_case", "cases.list_cases", "cases.list_steps", "cases.list_history", "tasks.list_tasks",
    "tasks.show_task", "notices.list_notices", "deliveries.list_deliveries", "attachments.download",
    "pages.case", "pages.case_part", "pages.search", "pages.inbox", "pages.notices", "pages.requests", "pages.task",
    "deadlines.preview_recount",
}  # fmt: skip
"""Doors that tell of a case which is kept from nobody: without these, the test would prove nothing."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A case about someone, with all that hangs on it, by which a door could tell of it."""

    who: str
    number: str
    ids: Mapping[str, str]

    def named(self, rule: Rule, part: str = "journal") -> dict[str, str]:
        """What fills the address of a door."""
        by_name = {"ref": self.number, "part": part, "code": "MODIFIER_DATE", **self.ids}
        return {name: by_name[name] for name in rule.arguments}

    def told_in(self, body: str) -> list[str]:
        """What of the case stands in an answer."""
        return [word for word in (self.number, *self.ids.values()) if word in body]


@pytest.fixture
def leaves(demo_engine: Engine) -> Leaves:
    """OP-DEMO with the small departure; P18 stands in for P13, the only RH."""
    made = Leaves(demo_engine)
    with made.house() as desk:
        people = {code: person_by_code(desk.session, code) for code in ("P13", STANDS_IN)}
        row = Substitution(code="SUB-RH", roles=["RH"], entries=[], instrument="Autorisation")
        row.organisation_id = people["P13"].organisation_id
        row.titulaire_id, row.substitute_id = people["P13"].id, people[STANDS_IN].id
        row.valid_from, row.valid_until = desk.now, desk.now.replace(year=2027)
        desk.session.add(row)
    return made


def kept(leaves: Leaves, who: str, *, hidden: bool) -> Kept:
    """A case about someone: a task passed, others open, a file, a notice, a dead letter, an error once."""
    request = leaves.leave(who)
    request.do("L05", "P13" if who == STANDS_IN else STANDS_IN, **DEATH)
    with leaves.house() as desk:
        person = person_by_code(desk.session, who)
        case = desk.session.scalars(select(Case).where(Case.number == request.number)).one()
        assert person is not None
        subscription = Subscription(organisation_id=case.organisation_id, url="https://a.test/", secret="s")
        subscription.created_at = desk.now
        desk.session.add(subscription)
        desk.session.flush()
        notice = Notice(person_id=person.id, kind="task.late", case_id=case.id, step="L05", at=desk.now)
        said = Delivery(id=new_id(), organisation_id=case.organisation_id, subscription_id=subscription.id)
        said.case_id, said.number, said.sequence, said.state = case.id, case.number, 1, "MORTE"
        said.message_id, said.type, said.body, said.created_at = (
            "m1",
            "acces.revoque.v1",
            {"dossier": case.number},
            desk.now,
        )
        stopped = Incident(case_id=case.id, reference="ESSAI", move="message", code="engine.failed")
        stopped.at = stopped.last_at = stopped.closed_at = desk.now
        desk.session.add_all([notice, said, stopped])
        desk.session.flush()
        task = desk.session.scalars(select(Task).where(Task.case_id == case.id, Task.step == "L36")).one()
        rows = (("id", case), ("case_id", case), ("task_id", task), ("notice_id", notice), ("delivery_id", said))
        ids = {name: str(row.id) for name, row in rows}
        assert task.due_at is not None
        task.due_at += timedelta(days=1)
        task.counted = {**(task.counted or {}), "at": task.due_at.isoformat()}
    with leaves.desk("P13" if who == STANDS_IN else STANDS_IN) as desk:
        ids["file_id"] = str(attach_file(desk, AttachFile(case.number, "a.pdf", b"%PDF-1.4\n%%EOF\n")).id)
    if hidden:
        with leaves.house() as desk:
            found = desk.session.scalars(select(Case).where(Case.number == request.number)).one()
            leaves.keep(desk, found, who)
    return Kept(who, request.number, ids)


def doors(app: Flask) -> Iterator[tuple[Rule, str]]:
    """Every door and verb of the product, as its own address book tells them."""
    for rule in app.url_map.iter_rules():
        if not any(rule.endpoint.startswith(one) or one in rule.endpoint for one in LEAVE_ALONE):
            for verb in sorted((rule.methods or set()) & {"GET", "POST", "PUT"}):
                yield rule, verb


def knock(rule: Rule, verb: str, of: Kept, at: tuple[Caller, Visitor], query: str = "") -> TestResponse:
    """Try a door for a case."""
    caller, visitor = at
    built = rule.build(of.named(rule), append_unknown=False)
    assert built is not None
    path = built[1] + query.format(who=of.who, number=of.number, **of.ids)
    if rule.rule.startswith("/api/v1"):
        body = None if verb == "GET" else BODIES.get(rule.endpoint, {})
        return caller._call(verb, path.removeprefix("/api/v1"), json=body)
    return visitor.get(path) if verb == "GET" else visitor.send(path)


def plain(answer: TestResponse, of: Kept) -> tuple[int, str]:
    """What an answer says, but for the very words that were asked and the marks of one page load."""
    body = answer.get_data(as_text=True)
    for word in sorted({of.number, *of.ids.values()}, key=len, reverse=True):
        body = body.replace(word, "ASKED")
    return answer.status_code, re.sub(r'(csrf_token"[^>]*value=|nonce=|content=)"[^"]*"', "", body)


@pytest.mark.parametrize("who", LEAVERS)
def test_no_door_tells_the_person_of_a_case_kept_from_them(
    who: str, leaves: Leaves, app: Flask, caller: Callable[[str], Caller], visitor: Callable[[str], Visitor]
) -> None:
    case = kept(leaves, who, hidden=True)
    at = (caller(who), visitor(who))
    nothing = Kept(who, case.number[:-6] + "999999", {name: str(uuid4()) for name in case.ids})
    for rule, verb in doors(app):
        known = rule.arguments <= {"ref", "part", "code", *case.ids}
        if rule.arguments & {"ref", *case.ids} and known:
            found = plain(knock(rule, verb, case, at), case)
            assert (rule.rule, verb, found) == (rule.rule, verb, plain(knock(rule, verb, nothing, at), nothing))
        elif verb == "GET" and not rule.arguments:
            for query in QUERIES.get(rule.endpoint, ("",)):
                answer = knock(rule, verb, case, at, query)
                told = [] if query and case.number in query.format(who=who, number=case.number, **case.ids) else None
                body = answer.get_data(as_text=True)
                words = case.told_in(body) if told is None else _rows_about(body, case)
                assert (rule.rule, query, words) == (rule.rule, query, [])


def _rows_about(body: str, case: Kept) -> list[str]:
    """What of the case stands in an answer, but for the number that the reader typed."""
    return [word for word in case.told_in(body) if word != case.number]


def test_the_same_doors_tell_of_it_when_it_is_kept_from_nobody(
    leaves: Leaves, app: Flask, caller: Callable[[str], Caller], visitor: Callable[[str], Visitor]
) -> None:
    telling = set()
    for who in ("P13", "P25"):
        case = kept(leaves, who, hidden=False)
        at = (caller(who), visitor(who))
        for rule, verb in doors(app):
            if verb == "GET" and rule.arguments <= {"ref", "part", "code", *case.ids}:
                for query in QUERIES.get(rule.endpoint, ("",)):
                    answer = knock(rule, verb, case, at, query)
                    if answer.status_code == 200 and (rule.arguments or case.told_in(answer.text)):
                        telling.add(rule.endpoint)
    assert telling >= TELLING


@pytest.mark.parametrize("who", ["P13", "P12", "U01"])
def test_nothing_that_is_counted_counts_it(
    who: str, leaves: Leaves, caller: Callable[[str], Caller], visitor: Callable[[str], Visitor]
) -> None:
    before = caller(who).get("/tasks/counts").json, visitor(who).get("/avis").text.count('class="compte"')
    kept(leaves, who, hidden=True)
    after = caller(who).get("/tasks/counts").json, visitor(who).get("/avis").text.count('class="compte"')
    assert after == before


@pytest.mark.parametrize("who", ["P13", "U01"])
def test_what_announced_it_stays_known_and_names_it_nowhere(
    who: str, leaves: Leaves, caller: Callable[[str], Caller], visitor: Callable[[str], Visitor]
) -> None:
    case = kept(leaves, who, hidden=True)
    paths = [f"/cases/DES-2025-{who}{more}" for more in ("", "/history", "/steps")]
    pages = [f"/dossiers/DES-2025-{who}/{part}" for part in ("etapes", "formulaires", "journal", "lies")]
    answers = [caller(who).get(path) for path in paths] + [visitor(who).get(path) for path in pages]
    assert [(answer.status_code, case.told_in(answer.text)) for answer in answers] == [(200, [])] * len(answers)
    assert case.told_in(caller("P26").get(paths[1]).text) == [case.number]


def test_it_takes_as_many_statements_to_find_nothing_as_to_hide_it(
    leaves: Leaves, app: Flask, caller: Callable[[str], Caller], visitor: Callable[[str], Visitor]
) -> None:
    case = kept(leaves, "P13", hidden=True)
    nothing = Kept("P13", case.number[:-6] + "999999", {name: str(uuid4()) for name in case.ids})
    at = (caller("P13"), visitor("P13"))
    said: list[str] = []
    with app.app_context():
        event.listen(db.engine, "before_cursor_execute", lambda *told: said.append(told[2]))
    for rule, verb in doors(app):
        if verb == "GET" and rule.arguments & {"ref", *case.ids} and rule.arguments <= {"ref", "part", *case.ids}:
            counted = []
            for one in (case, nothing, case, nothing):
                said.clear()
                knock(rule, verb, one, at)
                counted.append(len(said))
            assert (rule.rule, counted[2]) == (rule.rule, counted[3])


def test_it_is_shown_as_soon_as_the_person_knows(leaves: Leaves, caller: Callable[[str], Caller]) -> None:
    request = leaves.leave("U01", hidden=True)
    assert caller("U01").get(f"/cases/{request.number}").status_code == 404
    leaves.tell_them(request)
    assert caller("U01").get(f"/cases/{request.number}").status_code == 200
    assert [entry.data for entry in request.journal("case.hidden")] == [{"persons": ["U01"]}]
    assert len(request.journal("case.shown")) == 1


def test_a_case_that_it_opens_or_that_refers_to_it_is_kept_with_it(
    leaves: Leaves, caller: Callable[[str], Caller]
) -> None:
    request, again = leaves.leave("U01"), leaves.leave("U01")
    with leaves.house() as desk:
        first, second = (
            desk.session.scalars(select(Case).where(Case.number == one.number)).one() for one in (request, again)
        )
        opened = start_by_message(desk, "essai.depart.lance", {}, first)
        leaves.keep(desk, first, "U01")
        link_cases(desk, first, second, "DOUBLON")
        later = start_by_message(desk, "essai.depart.lance", {}, second)
        numbers = [case.number for case in (first, opened, second, later)]
    assert [caller("U01").get(f"/cases/{number}").status_code for number in numbers] == [404] * 4
    leaves.tell_them(request)
    assert [caller("U01").get(f"/cases/{number}").status_code for number in numbers] == [200] * 4


def test_nobody_tells_the_person_anything_of_it(leaves: Leaves) -> None:
    request = leaves.leave("U01", hidden=True)
    with leaves.house() as desk:
        case = desk.session.scalars(select(Case).where(Case.number == request.number)).one()
        people = [person_by_code(desk.session, code) for code in ("U01", "P08")]
        tell(desk, "task.late", [person for person in people if person is not None], case, "L05")
    assert [entry.data["to"] for entry in request.journal("notice.told")] == [["P08"]]
