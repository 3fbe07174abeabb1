"""Flask's extensions, made once: the database on the domain's own tables, and who is signed in on pages."""

from __future__ import annotations

from typing import Any

import orjson
from flask_login import LoginManager
from flask_sqlalchemy import SQLAlchemy

from workflows.database import Base


def _dump(value: object) -> str:
    return orjson.dumps(value).decode()


ENGINE_OPTIONS: dict[str, Any] = {
    "json_serializer": _dump,
    "json_deserializer": orjson.loads,
    "pool_size": 10,
    "max_overflow": 10,
    "pool_timeout": 10,
}

db = SQLAlchemy(metadata=Base.metadata, session_options={"expire_on_commit": False})
login = LoginManager()


def driver_url(url: str) -> str:
    """The database's address with the driver that the house uses."""
    for plain in ("postgresql://", "postgres://"):
        if url.startswith(plain):
            return "postgresql+psycopg://" + url.removeprefix(plain)
    return url
