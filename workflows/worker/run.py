"""How a worker starts: on the same database, on the same queue, as many as one likes."""

from __future__ import annotations

import asyncio
import threading

from procrastinate import PsycopgConnector
from sqlalchemy import Engine

from workflows.database import make_engine
from workflows.queue import app
from workflows.worker.tasks import HEARTBEAT, SILENCE, put_back, work_on


async def run_worker(url: str, *, concurrency: int = 4, wait: bool = True) -> None:
    """Do jobs until told to stop (or, without ``wait``, until none is left).

    The connector is put in the house's own queue, not in a copy of it: what comes back every minute is deferred by
    the queue that declared it.
    """
    work_on(make_engine(url))
    with app.replace_connector(PsycopgConnector(conninfo=conninfo(url))) as queue:
        async with queue.open_async():
            await put_back(queue.job_manager)
            await queue.run_worker_async(
                concurrency=concurrency,
                wait=wait,
                delete_jobs="successful",
                update_heartbeat_interval=HEARTBEAT,
                stalled_worker_timeout=SILENCE,
            )


def do_jobs(engine: Engine) -> None:
    """Do the jobs that wait now, then stop; in a thread of its own, whatever loop the caller runs in."""
    work_on(engine)
    url = engine.url.render_as_string(hide_password=False)
    worker = threading.Thread(target=lambda: asyncio.run(_drain(url)))
    worker.start()
    worker.join()


async def _drain(url: str) -> None:
    with app.replace_connector(PsycopgConnector(conninfo=conninfo(url))) as queue:
        async with queue.open_async():
            await queue.run_worker_async(wait=False, install_signal_handlers=False, delete_jobs="successful")


def conninfo(url: str) -> str:
    """The database's address as psycopg reads it."""
    return url.replace("postgresql+psycopg://", "postgresql://", 1)
