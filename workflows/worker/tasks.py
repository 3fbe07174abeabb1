"""What the queue may ask of a worker: one task a kind of job, each at a desk of its own, each one commit."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from typing import Any
from uuid import UUID

from procrastinate import JobContext, RetryStrategy
from procrastinate.manager import JobManager
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from workflows.accesses.calls import CALL
from workflows.cases.authority_moments import authority_changed, next_change
from workflows.cases.fire import fire_timer as fire
from workflows.cases.said import BROADCAST, HAND_OVER
from workflows.cases.vacancy import settle_roles
from workflows.cases.waits import FIRE, RETRY, recall_timers
from workflows.cases.withdrawn import move_opened, withdraw_opened
from workflows.clock import business_now, is_simulated, wall_now
from workflows.deliveries.models import Lane
from workflows.deliveries.publish import SEND
from workflows.desk import Desk, at_desk, system_actor
from workflows.errors import Stopped
from workflows.messages import between
from workflows.messages.parked import drop_expired
from workflows.messages.parked import retry_parked as retry
from workflows.operations.departure.ending import WITHDRAW
from workflows.operations.departure.instant import FOLLOW
from workflows.operations.ending import SETTLE
from workflows.queue import app, defer
from workflows.worker.connectors import call
from workflows.worker.due import next_of
from workflows.worker.outbound import a_line, attempt, attempt_next

LOOKING_BACK = timedelta(minutes=10)
"""How far back a look goes for changes of authority: a worker may have been away for a while."""

EVERY_QUARTER_MINUTE = "* * * * * */15"
HEARTBEAT = 5.0
"""Seconds between two signs of life of a worker."""
LATER = RetryStrategy(max_attempts=5, exponential_wait=8)
"""How often a job that stopped a case is done again, each time after a longer while."""
MOST_ASKED = 4
ASKING = RetryStrategy(max_attempts=MOST_ASKED, exponential_wait=3)
"""How often a connector that does not take a request is asked again, each time after a longer while."""
TELL = "tell_signal"
BUSY = timedelta(seconds=2)
"""After which time a message for which no line was free is taken up again."""
SILENCE = 20.0
"""A worker that gave no sign of life for so many seconds is dead: others take over what it had in hand."""

_engines: list[Engine] = []


def work_on(engine: Engine) -> None:
    """Name the database that this process's jobs work on."""
    _engines[:] = [engine]


@contextmanager
def house_desk(organisation_id: UUID | None = None) -> Iterator[Desk]:
    """A desk for the house itself, at the product's instant; one commit when all went well."""
    if not _engines:
        raise RuntimeError("the worker was not told which database to work on")
    with Session(_engines[0]) as session:
        actor = system_actor(organisation_id)
        with at_desk(Desk(session, actor, business_now(session))) as desk:
            yield desk


@app.task(name=FIRE, queue="timers", retry=5)
def fire_timer(case_id: str, wait_id: str) -> None:
    """A timer's moment has come: the case runs on, unless it no longer waits or the clock says early."""
    with suppress(Stopped), house_desk() as desk:
        fire(desk, UUID(case_id), UUID(wait_id))


@app.task(name=RETRY, queue="messages", retry=5)
def retry_parked(organisation_id: str, correlation: str) -> None:
    """A case waits for a message: those in quarantine are tried again."""
    with suppress(Stopped), house_desk(UUID(organisation_id)) as desk:
        retry(desk, correlation)


@app.task(name=HAND_OVER, queue="messages", retry=5)
def hand_over(organisation_id: str, correlation: str, case_id: str, said: dict[str, Any]) -> None:
    """A case has sent a message: it is kept first, then delivered to the case that waits for it, or opens one."""
    with house_desk(UUID(organisation_id)) as desk:
        between.take(desk, between.Said(**said), correlation)
    with suppress(Stopped), house_desk(UUID(organisation_id)) as desk:
        retry(desk, correlation)
    with suppress(Stopped), house_desk(UUID(organisation_id)) as desk:
        between.open_with(desk, between.Said(**said), UUID(case_id))


@app.task(name=SETTLE, queue="messages", retry=5)
def settle(organisation_id: str, case_id: str | None) -> None:
    """The register of roles has changed: claimed tasks go back, and the head is asked for a successor."""
    with house_desk(UUID(organisation_id)) as desk:
        settle_roles(desk, UUID(organisation_id), UUID(case_id) if case_id is not None else None)


@app.task(name=WITHDRAW, queue="messages", retry=5)
def withdraw(organisation_id: str, case_id: str, process: str) -> None:
    """A departure will not take place: the nominations that it had opened are withdrawn."""
    with house_desk(UUID(organisation_id)) as desk:
        withdraw_opened(desk, UUID(case_id), process)


@app.task(name=FOLLOW, queue="messages", retry=5)
def follow(organisation_id: str, case_id: str, process: str, instant: str) -> None:
    """A departure's instant has moved: the nominations that it opened follow."""
    with suppress(Stopped), house_desk(UUID(organisation_id)) as desk:
        move_opened(desk, UUID(case_id), process, instant)


@app.task(name=CALL, queue="messages", retry=ASKING, pass_context=True)
def call_connector(context: JobContext, call_id: str) -> None:
    """A system's connector is asked to enable an access; after the last try a person does it."""
    attempts = context.job.attempts if context.job is not None else 0
    with suppress(Stopped):
        call(house_desk, UUID(call_id), last=attempts + 1 >= MOST_ASKED)


@app.task(name=BROADCAST, queue="messages", retry=5)
def broadcast(organisation_id: str, case_id: str, said: dict[str, Any]) -> None:
    """A case has sent a signal: each case that awaits it is told, in a transaction of its own."""
    with house_desk(UUID(organisation_id)) as desk:
        for other in between.who_awaits(desk, said["name"], UUID(case_id)):
            defer(desk.session, TELL, organisation_id=organisation_id, case_id=str(other), said=said)


@app.task(name=TELL, queue="messages", retry=LATER)
def tell(organisation_id: str, case_id: str, said: dict[str, Any]) -> None:
    """A signal that a case awaits has come; a case that it stops is told again later."""
    with house_desk(UUID(organisation_id)) as desk:
        between.tell(desk, UUID(case_id), between.Said(**said))


@app.task(name=SEND, queue="deliveries", retry=5)
def send_deliveries(organisation_id: str, case_id: str, subscription_id: str) -> None:
    """A case has said something to the outside, or an attempt is due again: what its lane holds is sent, in order."""
    lane = Lane(UUID(organisation_id), UUID(case_id), UUID(subscription_id))
    with a_line() as free:
        while free and attempt(house_desk, lane):
            pass
    if not free:
        with house_desk(lane.organisation_id) as desk:
            defer(desk.session, SEND, at=wall_now() + BUSY, **lane.told())


@app.periodic(cron="* * * * *")
@app.task(name="send_forgotten", queue="deliveries", lock="send_forgotten", queueing_lock="send_forgotten")
def send_forgotten(timestamp: int) -> None:
    """Once a minute: deliveries that are due and whose job was lost, with the worker that had it in hand."""
    with a_line() as free:
        while free and attempt_next(house_desk):
            pass


@app.periodic(cron=EVERY_QUARTER_MINUTE)
@app.task(name="rescue", queue="timers", queueing_lock="rescue", pass_context=True)
async def rescue(context: JobContext, timestamp: int) -> None:
    """Several times a minute: what a worker that died had in hand is put back in the queue."""
    await put_back(context.app.job_manager)


async def put_back(manager: JobManager) -> None:
    """Put the jobs of dead workers back in the queue; each may be begun twice, and happens once."""
    for job in await manager.get_stalled_jobs(seconds_since_heartbeat=SILENCE):
        await manager.retry_job(job)


@app.periodic(cron="* * * * *")
@app.task(name="look_around", queue="timers", queueing_lock="look_around", pass_context=False)
def look_around(timestamp: int) -> None:
    """Once a minute of wall clock: tasks that wait, authority that changes hands, quarantine that ends, lost timers.

    In simulation moving the clock does all this, each at its own instant.
    """
    with house_desk() as desk:
        if is_simulated(desk.session):
            return
        changed = next_change(desk.session, desk.now - LOOKING_BACK, desk.now)
        if changed is not None:
            authority_changed(desk)
        drop_expired(desk)
        recall_timers(desk)
    while _look_at_next():
        pass


def _look_at_next() -> bool:
    """Look at the first task or case whose moment has come, in a transaction of its own; False when none has."""
    with suppress(Stopped), house_desk() as desk:
        due = next_of(desk.session, desk.now)
        if due is None:
            return False
        due.happen(desk)
    return True
