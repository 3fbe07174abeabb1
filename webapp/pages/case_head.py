"""What stands above every part of a case's page: where it stands, who waits for what, what its reader may do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from webapp.pages.acting import offered
from webapp.pages.case_parts import Shown, people_of
from webapp.pages.checklist import checklist
from webapp.pages.concerned import is_concerned, own_part
from webapp.pages.countdown import Standing, countdown, dated, day_of
from webapp.pages.facts import decisions
from webapp.pages.stages import stages
from webapp.words import reader_language
from workflows.cases.models import Case
from workflows.cases.views import CaseView, StepRow
from workflows.catalog.edition import edition_of
from workflows.desk import Desk
from workflows.signatures.verify import verify_case


def head(desk: Desk, case: Case, view: CaseView, passed: Sequence[StepRow]) -> Shown:
    """What stands above every part."""
    language = reader_language()
    edition = edition_of(desk.session, case.version_id)
    here = [task.step for task in view.row.open_tasks] + [wait.step for wait in view.waiting]
    ended = view.row.ended_at is not None
    end: Mapping[str, Any] = next(
        (one for one in (edition.about.get("ends") or {}).values() if one.get("code") == view.row.end), {}
    )
    return {
        "offered": offered(edition.about, view.actions, language),
        "line": stages(edition.about, passed, here, ended=ended, language=language),
        "process": (edition.about.get("title") or {}).get(language, edition.key),
        "end_said": end.get(language, view.row.end),
        "advice": end.get(f"advice_{language}", ""),
        "names": {
            step.id: (step.name_en or step.name) if language == "en" else step.name for step in edition.blueprint.steps
        },
        "outcomes": decisions(edition, language),
        "people": people_of(desk, {row.by for row in passed}),
        **_signed(desk, case, view, language),
        **_left(Standing(desk, case, edition.about, passed, view.row.open_tasks, language), view),
    }


def _left(now: Standing, view: CaseView) -> Shown:
    """The checklist and what is left until the day of the case; the day is personal: whoever sees the whole case."""
    ended = view.row.ended_at is not None
    items = checklist(now.about, now.passed, now.open_tasks, ended, now.language)
    day = None if view.reduced else day_of(now)
    items = dated(now, items, day)
    if is_concerned(now.desk, now.case):
        return {"own": own_part(now.desk, now.case, items, now.language), "checklist": (), "left": None}
    return {"own": None, "checklist": items, "left": countdown(now, items, day)}


def _signed(desk: Desk, case: Case, view: CaseView, language: str) -> Shown:
    """What the signatures of the case are worth, for who sees the whole of it."""
    verdict = verify_case(desk.session, case.id) if not view.reduced else None
    return {
        "signed": verdict if verdict is not None and verdict.signatures else None,
        "verdict": verdict.sentence(language) if verdict is not None else "",
        "sealed": case.facts.get("signe_le") is not None,
    }
