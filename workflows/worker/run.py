"""How a worker starts: on the same database, on the same queue, as many as one likes."""

from __future__ import annotations

from procrastinate import App, PsycopgConnector

from workflows.database import make_engine
from workflows.queue import app
from workflows.worker.tasks import work_on


def worker_app(url: str) -> App:
    """The queue as a worker sees it: the house's tasks, on the database that the URL names."""
    work_on(make_engine(url))
    return app.with_connector(PsycopgConnector(conninfo=conninfo(url)))


async def run_worker(url: str, *, concurrency: int = 4, wait: bool = True) -> None:
    """Do jobs until told to stop (or, without ``wait``, until none is left)."""
    queue = worker_app(url)
    async with queue.open_async():
        await queue.run_worker_async(concurrency=concurrency, wait=wait, delete_jobs="successful")


def conninfo(url: str) -> str:
    """The database's address as psycopg reads it."""
    return url.replace("postgresql+psycopg://", "postgresql://", 1)
