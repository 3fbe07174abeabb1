"""What someone who leaves had in hand goes to whoever may do it: never left to them, never to nobody, nothing lost."""

from __future__ import annotations

import random
from typing import Any

import pytest
from sqlalchemy import Engine, select

from tests.bpmn.living import Request
from tests.workflows.cases.leaves import Leaves
from workflows.cases.access import allow_person
from workflows.cases.claim import claim_task
from workflows.cases.commands import ClaimTask, SaveDraft
from workflows.cases.draft import save_draft
from workflows.cases.models import Case, PersonKind, Task, TaskPerson, TaskState
from workflows.cases.reassign import hand_over
from workflows.cases.store import Held, persons_of
from workflows.database import new_id
from workflows.desk import Desk
from workflows.errors import Refusal
from workflows.journal.models import JournalEntry
from workflows.journal.seal import plain
from workflows.people.directory import actor_of, person_by_code
from workflows.people.models import Person, Substitution
from workflows.signatures.models import Evidence

Done = list[dict[str, Any]]
QUEUES = {"RCELL": "OP-DEMO/RCELL", "TI": "OP-DEMO/TI", "PILOT": "OP-DEMO/PILOT", "CSEC": "OP-DEMO/CSEC"}
PEOPLE = ("P03", "P04", "P08", "P09", "P12", "P14", "P15", "P17", "P19")
STATES = (TaskState.OPEN, TaskState.CLAIMED, TaskState.RETURNED)


@pytest.fixture
def leaves(demo_engine: Engine) -> Leaves:
    """OP-DEMO with the small departure."""
    return Leaves(demo_engine)


def moved(leaves: Leaves, who: str, after: str | None = None, *, gone: bool = False) -> Done:
    """Hand over what someone has, in a departure of theirs."""
    request = leaves.leave(who)
    with leaves.house() as desk:
        case = desk.session.scalars(select(Case).where(Case.number == request.number)).one()
        if gone:
            case.facts = {**case.facts, "t_revocation": plain(desk.now)}
        leaver, successor = (person_by_code(desk.session, code) if code else None for code in (who, after))
        assert leaver is not None
        done = hand_over(desk, leaver, successor, case)
        assert hand_over(desk, leaver, successor, case) == []
        return done


def in_hand(leaves: Leaves, who: str) -> Request:
    """A request whose analysis someone has begun."""
    request = leaves.ask()
    task_id = request.task("R08").id
    with leaves.desk(who) as desk:
        claim_task(desk, ClaimTask(task_id))
        save_draft(desk, SaveDraft(task_id, {"prestataire": "TELUS"}))
    return request


def test_a_task_in_hand_goes_back_to_the_inbox_with_its_draft(leaves: Leaves) -> None:
    request = in_hand(leaves, "P03")
    done = moved(leaves, "P03")
    task = request.task("R08")
    assert (task.state, task.assignee_id, task.draft) == ("DISPONIBLE", None, {"prestataire": "TELUS"})
    assert done == [{"dossier": request.number, "etape": "R08", "action": "REMISE_EN_CORBEILLE", "a": []}]
    assert [entry.data["from"] for entry in request.journal("task.handed_over")] == ["P03"]


def test_or_to_the_successor_who_may_do_it(leaves: Leaves) -> None:
    request = in_hand(leaves, "P03")
    assert [one["a"] for one in moved(leaves, "P03", "P04")] == [["P04"]]
    task = request.task("R08")
    assert (task.state, task.assignee_id) == ("PRISE_EN_CHARGE", leaves.person_id("P04"))
    request.analyse("P04")


def test_what_one_has_as_a_manager_goes_to_the_superior(leaves: Leaves) -> None:
    request = leaves.ask(manager=None)
    done = moved(leaves, "P08", "P27")
    assert request.open == [("R07", "P09")]
    assert ("R07", ["P09"]) in [(one["etape"], one["a"]) for one in done]
    request.do("R07", "P09", decision="CONFIRMER", imputation="123-45")


def test_a_pending_signature_is_resolved_again_and_those_given_stay(leaves: Leaves) -> None:
    request = leaves.analysed(1_000_001)
    request.sign("P10", place=0)
    before = request.open
    assert "P11" in before[0]
    done = moved(leaves, "P11", gone=True)
    assert all("P11" not in row for row in request.open)
    assert "SIGNATURE_REVUE" in [one["action"] for one in done]
    with leaves.house() as desk:
        given = desk.session.scalars(select(Evidence.person_id)).all()
        assert given == [leaves.person_id("P10")]


def test_a_signature_that_only_they_could_give_goes_to_the_next_level(leaves: Leaves) -> None:
    request = leaves.analysed(64_900)
    assert request.open == [("R23", "P09")]
    assert [one["a"] for one in moved(leaves, "P09", gone=True) if one["etape"]] == [["P10"]]
    assert request.open == [("R23", "P10")]


def test_a_signature_stays_theirs_until_the_instant(leaves: Leaves) -> None:
    request = leaves.analysed(64_900)
    before = request.open
    moved(leaves, "P09")
    assert request.open == before


def test_replacements_end_at_the_instant_whichever_side(leaves: Leaves) -> None:
    assert [one for one in moved(leaves, "P12") if one["action"] == "REMPLACEMENT_TERMINE"] == []
    done = moved(leaves, "P12", gone=True)
    assert [one["remplacement"] for one in done if one["action"] == "REMPLACEMENT_TERMINE"] == ["SUB-1"]
    with leaves.house() as desk:
        left = select(Substitution.valid_from).where(Substitution.code == "SUB-1", Substitution.valid_until > desk.now)
        assert desk.session.scalars(left).all() == []


def test_a_task_of_an_employee_stays_and_the_superior_is_told_once(leaves: Leaves) -> None:
    request = leaves.ask(manager=None)
    request.do("R07", "P08", decision="RETOURNER", motif_decision="À préciser.", destinataire="DEMANDEUR")
    done = moved(leaves, "U01")
    assert [(one["action"], one["a"]) for one in done] == [("SUPERIEUR_AVISE", ["P08"])]
    assert any("U01" in row for row in request.open)


def bare_work(desk: Desk, leaves: Leaves, dice: random.Random) -> list[Task]:
    """Tasks of many sorts, in hands and inboxes as they may be."""
    people = {code: person_by_code(desk.session, code) for code in PEOPLE}
    asker = person_by_code(desk.session, "U01")
    assert asker is not None
    found = []
    for number in range(12):
        case = Case(
            id=new_id(), organisation_id=asker.organisation_id, number=f"ESS-2026-{number:06d}", process="essai"
        )
        case.version_id, case.engine_state, case.created_at, case.facts = leaves.version, b"", desk.now, {}
        case.requester_id = asker.id
        desk.session.add(case)
        desk.session.flush()
        role = dice.choice([*QUEUES, "GEST"])
        task = Task(id=new_id(), case_id=case.id, organisation_id=case.organisation_id, step="E07", role=role)
        task.title = task.title_en = "Essai"
        task.created_at, task.state, task.draft = desk.now, dice.choice(STATES), {"n": number}
        task.queue = QUEUES.get(role) if dice.random() < 0.7 else None
        named = dice.sample(PEOPLE, dice.randint(1, 3)) if task.queue is None else []
        holders = named or [
            code for code in PEOPLE if task.queue in actor_of(desk.session, people[code], desk.now).queues
        ]  # type: ignore[arg-type]
        holder = people[dice.choice(holders)]
        assert holder is not None
        if task.state != TaskState.OPEN:
            task.assignee_id = holder.id
        if task.state == TaskState.RETURNED:
            task.returned_by_id = holder.id
        desk.session.add(task)
        desk.session.flush()
        out = [code for code in dice.sample(PEOPLE, 1) if code not in named and people[code] is not holder]
        for code, kind in [
            *((one, PersonKind.CANDIDATE) for one in named),
            *((one, PersonKind.EXCLUDED) for one in out),
        ]:
            person = people[code]
            assert person is not None
            rule = "SOD-07" if kind is PersonKind.EXCLUDED else None
            desk.session.add(TaskPerson(task_id=task.id, person_id=person.id, kind=kind, ground={}, rule=rule))
        found.append(task)
    desk.session.flush()
    return found


def takers(desk: Desk, task: Task, but: Person) -> list[str]:
    """Who else may take a task."""
    case = desk.session.get_one(Case, task.case_id)
    held, found = Held(task, case, persons_of(desk.session, task.id)), []
    for person in desk.session.scalars(select(Person).where(Person.id != but.id)):
        try:
            allow_person(desk, actor_of(desk.session, person, desk.now), held)
        except Refusal:
            continue
        found.append(person.code)
    return found


@pytest.mark.parametrize("seed", range(12))
def test_whatever_they_had_somebody_else_may_do_it_and_nothing_is_lost(seed: int, leaves: Leaves) -> None:
    dice = random.Random(seed)
    who, after = dice.choice(PEOPLE), dice.choice([None, *PEOPLE])
    departure = leaves.leave(who)
    with leaves.house() as desk:
        tasks = bare_work(desk, leaves, dice)
        case = desk.session.scalars(select(Case).where(Case.number == departure.number)).one()
        leaver = person_by_code(desk.session, who)
        successor = person_by_code(desk.session, after) if after not in (None, who) else None
        assert leaver is not None
        drafts, states = [task.draft for task in tasks], [(task.state, task.assignee_id) for task in tasks]
        done = hand_over(desk, leaver, successor, case)
        assert hand_over(desk, leaver, successor, case) == []
        said = desk.session.scalars(select(JournalEntry).where(JournalEntry.kind == "task.handed_over")).all()
        assert len(said) == len(done)
        unattended = {one["dossier"] for one in done if one["action"] == "SANS_TITULAIRE"}
        for task, before in zip(tasks, states, strict=True):
            named = {
                row.person_id
                for row in persons_of(desk.session, task.id)
                if row.kind == "CANDIDAT" and not row.removed_at
            }
            live = named if task.state != TaskState.RETURNED or task.returned_by_id is None else set()
            assert leaver.id not in {task.assignee_id, task.returned_by_id, *live}
            if task.state != TaskState.RETURNED and desk.session.get_one(Case, task.case_id).number not in unattended:
                assert takers(desk, task, leaver) != []
            if before[1] not in (None, leaver.id) and before[0] == TaskState.CLAIMED and task.queue is not None:
                assert (task.state, task.assignee_id) == before
        assert [task.draft for task in tasks] == drafts
        assert unattended == set()
