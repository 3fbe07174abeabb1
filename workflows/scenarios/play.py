"""Replay a scenario: the same verbs as every door, on a fresh demonstration database, with the clock moved by hand."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from workflows.cases.attach import attach_file
from workflows.cases.cancel import cancel_case
from workflows.cases.claim import claim_task
from workflows.cases.commands import AttachFile, CancelCase, ClaimTask, CompleteTask, StartCase
from workflows.cases.complete import complete_task
from workflows.cases.details import CaseLink
from workflows.cases.models import Case
from workflows.cases.start import start_case
from workflows.clock import business_now
from workflows.desk import Actor, ActorKind, Desk, at_desk
from workflows.errors import Refusal
from workflows.messages.receive import Receipt, receive_message
from workflows.people.models import Organisation
from workflows.scenarios import judge
from workflows.scenarios.script import Gesture, Script, Start, read_start
from workflows.scenarios.shape import instant
from workflows.scenarios.stage import set_stage
from workflows.scenarios.walk import Walk

ORGANISATION = "OP-DEMO"
FIRST = "premier"
"""What the case that a scenario starts with is called."""
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def _task(walk: Walk, said: Mapping[str, Any]) -> None:
    with walk.desk(said["par"], reauthenticated="password" if said.get("signer") else None) as desk:
        task = walk.task(desk.session, said["tache"], said["par"])
        due = instant(said["echeance"]) if said.get("echeance") else None
        if "echeance" in said and task.due_at != due:
            walk.differs(f"{said['tache']} due", said["echeance"], task.due_at and task.due_at.isoformat())
        answers = walk.answers(said.get("reponses", {}))
        complete_task(desk, CompleteTask(task.id, answers, None, desk.reauthenticated))


def _take(walk: Walk, said: Mapping[str, Any]) -> None:
    with walk.desk(said["par"]) as desk:
        claim_task(desk, ClaimTask(walk.task(desk.session, said["prendre"], said["par"]).id))


def _refusal(walk: Walk, said: Mapping[str, Any]) -> None:
    asked = said["refus"]
    try:
        _task(walk, {"signer": True, **{key: value for key, value in asked.items() if key != "code"}})
    except Refusal as refusal:
        if refusal.code != asked["code"]:
            walk.differs(f"refusal of {asked['tache']} to {asked['par']}", asked["code"], refusal.code)
        return
    walk.differs(f"refusal of {asked['tache']} to {asked['par']}", asked["code"], "accepted")


def _file(walk: Walk, said: Mapping[str, Any]) -> None:
    with walk.desk(said["par"]) as desk:
        attached = attach_file(desk, AttachFile(walk.number, said.get("nom", f"{said['fichier']}.pdf"), PDF))
        walk.files[said["fichier"]] = str(attached.id)


def _message(walk: Walk, said: Mapping[str, Any]) -> None:
    """Send a message; with a ``code`` it is to be refused so."""
    try:
        receipt = _send(walk, said, said.get("correlation", walk.number))
    except Refusal as refusal:
        if refusal.code != said.get("code"):
            raise
        return
    wanted = said.get("statut", "delivered") if "code" not in said else said["code"]
    if receipt.status != wanted:
        walk.differs(f"message {said['message']}", wanted, receipt.status)


def _send(walk: Walk, said: Mapping[str, Any], correlation: str | None) -> Receipt:
    """Send a message as an outside system does; without an ``id`` each is a new one."""
    walk.events += 1
    kind = said["message"]
    with Session(walk.engine) as session:
        now = business_now(session)
        organisation = session.scalars(select(Organisation).where(Organisation.code == ORGANISATION)).one()
        actor = Actor(ActorKind.INTEGRATION, organisation.id, None, "scenario", "scenario", demo=True)
        event = {
            "specversion": "1.0",
            "id": str(said.get("id", f"{walk.script.id}-{walk.events}")),
            "source": "urn:scenario",
            "type": kind if kind.endswith(".v1") else f"{kind}.v1",
            "time": now.isoformat(),
            "data": said.get("data", {}),
        }
        if correlation:
            event["correlationid"] = correlation
        with at_desk(Desk(session, actor, now)) as desk:
            return receive_message(desk, event)


def _case(walk: Walk, said: Mapping[str, Any]) -> None:
    """Turn to another case: a new one, the one that the present case opened, or one named before."""
    name = str(said["dossier"])
    if "demarrer" in said:
        _begin(walk, read_start(said["demarrer"], 1), name)
    elif said.get("lie"):
        with Session(walk.engine) as session:
            link = select(Case).join(CaseLink, CaseLink.other_id == Case.id).where(CaseLink.case_id == walk.case_id)
            opened = session.scalars(link.order_by(Case.id.desc())).first()
            if opened is None:
                raise LookupError("no case was opened by this one")
            walk.turn_to(opened.id, opened.number, name)
    else:
        walk.turn_to(*walk.cases[name])


def _cancel(walk: Walk, said: Mapping[str, Any]) -> None:
    command = CancelCase(walk.number, str(said["annuler"]), said.get("frais"))
    code = None
    try:
        with walk.desk(said["par"]) as desk:
            cancel_case(desk, command)
    except Refusal as refusal:
        code = refusal.code
    if code != said.get("code"):
        walk.differs(f"cancellation by {said['par']}", said.get("code", "accepted"), code or "accepted")


def _clock(walk: Walk, said: Mapping[str, Any]) -> None:
    walk.move(instant(said["horloge"]))


def _open(walk: Walk, said: Mapping[str, Any]) -> None:
    judge.open_tasks(walk, said["ouvertes"])


def _awaited(walk: Walk, said: Mapping[str, Any]) -> None:
    judge.awaited(walk, said["attentes"])


def _facts(walk: Walk, said: Mapping[str, Any]) -> None:
    judge.journalled(walk, said["faits"])


GESTURES: Mapping[str, Callable[[Walk, Mapping[str, Any]], None]] = {
    "tache": _task,
    "prendre": _take,
    "refus": _refusal,
    "fichier": _file,
    "message": _message,
    "dossier": _case,
    "annuler": _cancel,
    "attentes": _awaited,
    "faits": _facts,
    "horloge": _clock,
    "ouvertes": _open,
}


def _start(walk: Walk) -> None:
    set_stage(walk.engine, walk.script)
    walk.move(walk.script.clock)
    _begin(walk, walk.script.start, FIRST)


def _begin(walk: Walk, start: Start, name: str) -> None:
    """Begin a case as a person or as a message does, and turn to it."""
    if start.message is not None:
        receipt = _send(walk, {"message": start.message, "data": start.data}, None)
        if receipt.status != "started" or receipt.number is None:
            raise LookupError(f"{start.message} started nothing: {receipt.status}")
        walk.turn_to(receipt.case_id, receipt.number, name)
        return
    with walk.desk(str(start.person)) as desk:
        case = start_case(desk, StartCase(str(start.process), start.data))
        walk.turn_to(case.id, case.number, name)


def _do(walk: Walk, gesture: Gesture) -> None:
    if gesture.at is not None:
        walk.move(gesture.at)
    GESTURES[gesture.kind](walk, gesture.said)
    walk.work()


def play(engine: Engine, script: Script) -> tuple[str, ...]:
    """Walk a scenario from a fresh demonstration database to its end; returns what differed, nothing when all held."""
    walk = Walk(engine, script)
    place = "start"
    try:
        _start(walk)
        for number, gesture in enumerate(script.gestures, 1):
            place = f"gesture {number} ({gesture.kind} {gesture.said.get(gesture.kind)!r})"
            _do(walk, gesture)
        place = "end"
        judge.end(walk)
    except (Refusal, LookupError) as error:
        words = getattr(error, "params", "") or ""
        flaws = {key: [flaw.code for flaw in found] for key, found in getattr(error, "fields", {}).items()}
        walk.differences.append(f"{place}: {getattr(error, 'code', error)} {words} {flaws or ''}".strip())
    return tuple(walk.differences)
