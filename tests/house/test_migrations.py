"""The migrations tell the same schema as the models."""

from alembic import command
from sqlalchemy import CheckConstraint, Engine, inspect, text

from workflows.migrations import alembic_config
from workflows.tables import Base


def test_the_models_ask_for_nothing_that_the_migrations_do_not_build(empty_url: str) -> None:
    command.check(alembic_config(empty_url))


def test_the_queue_has_its_tables_after_the_migrations(engine: Engine) -> None:
    with engine.connect() as connection:
        assert connection.scalar(text("select count(*) from procrastinate_jobs")) == 0


def test_every_check_of_the_models_stands_in_the_database(engine: Engine) -> None:
    built = {
        (table, check["name"])
        for table in Base.metadata.tables
        for check in inspect(engine).get_check_constraints(table)
    }
    asked = {
        (table.name, str(one.name))
        for table in Base.metadata.sorted_tables
        for one in table.constraints
        if isinstance(one, CheckConstraint)
    }
    assert asked == built
