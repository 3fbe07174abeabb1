"""How a worker starts: on the same database, on the same queue, as many as one likes."""

from __future__ import annotations

from procrastinate import PsycopgConnector

from workflows.database import make_engine
from workflows.queue import app
from workflows.worker.tasks import work_on


async def run_worker(url: str, *, concurrency: int = 4, wait: bool = True) -> None:
    """Do jobs until told to stop (or, without ``wait``, until none is left).

    The connector is put in the house's own queue, not in a copy of it: what comes back every minute is deferred by
    the queue that declared it.
    """
    work_on(make_engine(url))
    with app.replace_connector(PsycopgConnector(conninfo=conninfo(url))) as queue:
        async with queue.open_async():
            await queue.run_worker_async(concurrency=concurrency, wait=wait, delete_jobs="successful")


def conninfo(url: str) -> str:
    """The database's address as psycopg reads it."""
    return url.replace("postgresql+psycopg://", "postgresql://", 1)
