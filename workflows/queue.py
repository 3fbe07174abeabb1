"""The one queue: Procrastinate, on the product's own PostgreSQL.

A job is deferred on the session's own connection, so it is part of the transaction that causes it: invisible
before the commit, gone on rollback. That is done by a manager of its own, which speaks to ordinary connections:
within a worker the app itself is open and speaks to asynchronous ones only. Tasks are in ``workflows.worker``.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from procrastinate import App, PsycopgConnector, SyncPsycopgConnector
from procrastinate.manager import JobManager
from sqlalchemy.orm import Session

app = App(connector=PsycopgConnector(), import_paths=["workflows.worker.tasks"])
_manager = JobManager(SyncPsycopgConnector())


def connection_of(session: Session) -> Any:
    """The psycopg connection that the session's transaction runs on."""
    return session.connection().connection.driver_connection


def defer(session: Session, name: str, *, at: datetime | None = None, lock: str | None = None, **arguments: Any) -> int:
    """Put a job in the queue, within the session's transaction, to run at ``at`` (wall clock) or at once."""
    options: dict[str, Any] = {"connection": connection_of(session)}
    if at is not None:
        options["schedule_at"] = at
    if lock is not None:
        options["lock"] = lock
    deferrer = app.configure_task(name, **options)
    deferrer.job_manager = _manager
    return deferrer.defer(**arguments)


def cancel(session: Session, job_id: int) -> None:
    """Take a waiting job back, within the session's transaction; one that runs or ended is left alone."""
    _manager.cancel_job_by_id(job_id, connection=connection_of(session))
