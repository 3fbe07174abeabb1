"""Cases: start one, find them, follow one, end one, take its evidence."""

from __future__ import annotations

from typing import Any

from werkzeug import Response

from webapp.api.door import Room, persons_only
from webapp.api.schemas.cases import (
    ActionIn,
    CancellationIn,
    CaseDetailOut,
    CasePage,
    CasesIn,
    CaseStartIn,
    HistoryPage,
    StepPage,
)
from webapp.api.schemas.shapes import PageIn
from webapp.api.shown import case_detail, case_row, fact, plain
from webapp.desk import open_desk
from workflows.cases.access import allow_sight
from workflows.cases.act import ActOnCase, act_on_case
from workflows.cases.cancel import cancel_case
from workflows.cases.commands import CancelCase, CasesAsked, StartCase
from workflows.cases.cursor import read_cursor, write_cursor
from workflows.cases.list_cases import case_list
from workflows.cases.read_case import case_view, history, steps
from workflows.cases.retry import RETRY, retry_case
from workflows.cases.start import start_case
from workflows.cases.store import look_at_case
from workflows.desk import Desk
from workflows.signatures.pack import evidence_pack

ZIP = "application/zip"
room = Room("cases", "Cases: one running or ended process.")
Asked = dict[str, Any]


@room.route("/cases", methods=["POST"])
@persons_only
@room.arguments(CaseStartIn)
@room.writes(CaseDetailOut, 201)
def start(desk: Desk, asked: Asked) -> Any:
    """Start a process."""
    case = start_case(desk, StartCase(asked["process"], asked["data"]))
    return case_detail(case_view(desk, str(case.id)))


@room.route("/cases")
@persons_only
@room.arguments(CasesIn, location="query")
@room.reads(CasePage)
def list_cases(desk: Desk, asked: Asked) -> Any:
    """The cases that I may see."""
    page = case_list(desk, CasesAsked(**asked))
    return {"items": [case_row(row) for row in page.items], "next": page.next}


@room.route("/cases/<case_id>")
@persons_only
@room.reads(CaseDetailOut)
def show_case(desk: Desk, case_id: str) -> Any:
    """One case, by id or number: where it stands, who has what, the data that I may see."""
    return case_detail(case_view(desk, case_id))


@room.route("/cases/<case_id>/steps")
@persons_only
@room.arguments(PageIn, location="query")
@room.reads(StepPage)
def list_steps(desk: Desk, asked: Asked, case_id: str) -> Any:
    """Every numbered element that the case passed, gateways included, in order."""
    passed = steps(desk, case_id)
    start = max(0, read_cursor(asked["cursor"], "steps", (int,))[0]) if asked["cursor"] else 0
    end = start + asked["limit"]
    following = write_cursor("steps", (end,)) if end < len(passed) else None
    return {"items": [plain(step) for step in passed[start:end]], "next": following}


@room.route("/cases/<case_id>/history")
@persons_only
@room.arguments(PageIn, location="query")
@room.reads(HistoryPage)
def list_history(desk: Desk, asked: Asked, case_id: str) -> Any:
    """The journal of the case, in the order it was written."""
    page = history(desk, case_id, asked["limit"], asked["cursor"])
    return {"items": [fact(row) for row in page.items], "next": page.next}


@room.route("/cases/<case_id>/evidence")
@persons_only
@room.alt_response(200, schema={"type": "string", "format": "binary"}, content_type=ZIP, success=True)
def take_evidence(case_id: str) -> Response:
    """The sealed pack of a signed case (ZIP); `parcours evidence verify` checks it anywhere."""
    with open_desk() as desk:
        case = look_at_case(desk, case_id)
        allow_sight(desk, case, whole=True)
        answer = Response(evidence_pack(desk.session, case.id), mimetype=ZIP)
    answer.headers.set("Content-Disposition", "attachment", filename=f"{case.number}-preuve.zip")
    return answer


@room.route("/cases/<case_id>/cancellation", methods=["POST"])
@persons_only
@room.arguments(CancellationIn)
@room.writes(CaseDetailOut)
def cancel(desk: Desk, asked: Asked, case_id: str) -> Any:
    """Put an end to a case, with a reason; once something was ordered, with the fee that the provider asks."""
    case = cancel_case(desk, CancelCase(case_id, asked["reason"], asked["fee_cents"]))
    return case_detail(case_view(desk, str(case.id)))


@room.route("/cases/<case_id>/actions/<code>", methods=["POST"])
@persons_only
@room.arguments(ActionIn)
@room.writes(CaseDetailOut)
def act(desk: Desk, asked: Asked, case_id: str, code: str) -> Any:
    """Act on a running case (one of its ``actions``)."""
    case_view(desk, case_id)
    acted = retry_case(desk, case_id) if code == RETRY else act_on_case(desk, ActOnCase(case_id, code, asked["data"]))
    case = acted
    return case_detail(case_view(desk, str(case.id)))
