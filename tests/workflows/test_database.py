"""Connections to the database: kept for the next request, never handed out once the server has let go of them."""

from __future__ import annotations

from sqlalchemy import Engine, text

from workflows.database import make_engine

OTHERS = "from pg_stat_activity where pid <> pg_backend_pid() and datname = current_database()"
DROP = text(f"select pg_terminate_backend(pid) {OTHERS}")
LEFT = text(f"select count(*), pg_sleep(0.02) {OTHERS}")
WHO = text("select pg_backend_pid()")


def test_a_connection_serves_again(engine: Engine) -> None:
    with engine.connect() as first:
        served = first.scalar(WHO)
    with engine.connect() as second:
        assert second.scalar(WHO) == served


def test_connections_that_the_server_dropped_are_replaced_without_anyone_noticing(
    engine: Engine, empty_url: str
) -> None:
    with engine.connect() as one, engine.connect() as two:
        dropped = {one.scalar(WHO), two.scalar(WHO)}
    other = make_engine(empty_url)
    with other.connect() as killer:
        killer.execute(DROP).all()
        while killer.scalar(LEFT):
            killer.rollback()
    other.dispose()
    with engine.connect() as one, engine.connect() as two:
        assert dropped.isdisjoint({one.scalar(WHO), two.scalar(WHO)})
