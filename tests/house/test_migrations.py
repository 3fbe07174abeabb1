"""The migrations tell the same schema as the models."""

from alembic import command
from sqlalchemy import CheckConstraint, Engine, inspect, text
from sqlalchemy.orm import Session

from tests.builders import an_organisation
from workflows.calendars.holidays import special_days
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


def test_a_day_closed_for_the_office_and_the_telephone_alike_is_written_once(empty_url: str, session: Session) -> None:
    organisation = an_organisation(session)
    session.commit()
    command.downgrade(alembic_config(empty_url), "0006")
    add = text("""
        INSERT INTO calendar_exceptions (id, organisation_id, calendar_code, "on", opens, closes, name)
        VALUES (gen_random_uuid(), :own, :code, :on, :opens, :closes, :name)
    """)
    hours = {"opens": "08:30", "closes": "12:00"}
    shut = {"opens": None, "closes": None}
    for code in ("CAL_ORG", "CAL_TEL"):
        session.execute(add, {"own": organisation.id, "code": code, "on": "2026-12-25", "name": "Noël", **shut})
        session.execute(add, {"own": organisation.id, "code": code, "on": "2026-12-23", "name": "Hâtive", **hours})
    session.execute(add, {"own": organisation.id, "code": "CAL_ORG", "on": "2026-12-18", "name": "Bureaux", **shut})
    session.commit()
    command.upgrade(alembic_config(empty_url), "head")
    days = special_days(session, organisation.id, 2026)
    assert [(day.on.day, day.calendar) for day in days] == [
        *((18, "CAL_ORG"), (23, "CAL_ORG"), (23, "CAL_TEL"), (25, None)),
    ]
