"""Migrations: the domain owns its schema; Alembic walks it forward, the queue's own schema included."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import text

from workflows.database import make_engine

LOCK = 7_203_411


def alembic_config(url: str) -> Config:
    """How Alembic finds the migrations and the database."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    config.attributes["url"] = url
    return config


def migrate(url: str) -> None:
    """Bring the database's schema to the present release; safe to run from several machines at once."""
    engine = make_engine(url)
    with engine.connect() as holder:
        holder.execute(text("SELECT pg_advisory_lock(:key)"), {"key": LOCK})
        try:
            command.upgrade(alembic_config(url), "head")
        finally:
            holder.execute(text("SELECT pg_advisory_unlock(:key)"), {"key": LOCK})
            holder.rollback()
    engine.dispose()
