"""The migrations tell the same schema as the models."""

from alembic import command
from sqlalchemy import Engine, text

from workflows.migrations import alembic_config


def test_the_models_ask_for_nothing_that_the_migrations_do_not_build(empty_url: str) -> None:
    command.check(alembic_config(empty_url))


def test_the_queue_has_its_tables_after_the_migrations(engine: Engine) -> None:
    with engine.connect() as connection:
        assert connection.scalar(text("select count(*) from procrastinate_jobs")) == 0
