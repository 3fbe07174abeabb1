"""A worker at work: it does what waits, and asks itself every minute what has fallen due."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor

from sqlalchemy import Engine, text

from workflows.worker.run import run_worker

LOOKS = text("select count(*) from procrastinate_periodic_defers where task_name = 'look_around'")


async def _look_or_end(engine: Engine, url: str) -> tuple[int, bool]:
    """How often the worker put its look of the minute in the queue, and whether it is still at work."""
    work = asyncio.create_task(run_worker(url, concurrency=1))
    looks = 0
    for _ in range(400):
        await asyncio.wait([work], timeout=0.05)
        with engine.connect() as connection:
            looks = connection.execute(LOOKS).scalar_one()
        if looks or work.done():
            break
    alive = not work.done()
    work.cancel()
    await asyncio.gather(work, return_exceptions=True)
    return looks, alive


def test_a_worker_looks_around_and_stays_at_work(engine: Engine, empty_url: str) -> None:
    with ThreadPoolExecutor(1) as apart:
        looks, alive = apart.submit(lambda: asyncio.run(_look_or_end(engine, empty_url))).result()
    assert looks == 1
    assert alive
