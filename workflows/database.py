"""The database: one dialect (PostgreSQL), typed tables, named constraints, aware UTC moments."""

from __future__ import annotations

import select
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, ClassVar
from uuid import UUID

import orjson
import uuid_utils.compat as uuid_utils
from sqlalchemy import DateTime, Dialect, Engine, LargeBinary, MetaData, create_engine, event
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.exc import InvalidatePoolError
from sqlalchemy.orm import DeclarativeBase, Session, SessionTransaction
from sqlalchemy.pool import Pool
from sqlalchemy.types import TypeDecorator

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


def new_id() -> UUID:
    """A new identifier, ordered by time (UUID version 7, RFC 9562), so that indexes stay compact."""
    return uuid_utils.uuid7()


class Moment(TypeDecorator[datetime]):
    """An instant: stored with its zone, always handed back in UTC; a naive value is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is not None and value.tzinfo is None:
            raise ValueError("a moment without a time zone cannot be stored")
        return value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return value.astimezone(UTC) if value is not None else None


class Digest(TypeDecorator[str]):
    """A hash written in hexadecimal, stored as the bytes it stands for: half the room in tables that only grow."""

    impl = LargeBinary()
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> bytes | None:
        return bytes.fromhex(value) if value is not None else None

    def process_result_value(self, value: bytes | None, dialect: Dialect) -> str | None:
        return bytes(value).hex() if value is not None else None


class Base(DeclarativeBase):
    """Every table of the house."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        datetime: Moment(),
        dict[str, Any]: JSONB(),
        list[Any]: JSONB(),
    }


def one_of(column: str, codes: type[StrEnum]) -> str:
    """The condition that a column holds one of the codes of an enumeration, for the table's own check."""
    return f"{column} in ({', '.join(repr(code.value) for code in codes)})"


def _dump(value: object) -> str:
    return orjson.dumps(value).decode()


def make_engine(url: str, **options: Any) -> Engine:
    """Open a pool of connections to the server that the URL names (``postgresql://…``)."""
    if url.startswith("postgresql://"):
        url = url.replace("postgresql://", "postgresql+psycopg://", 1)
    return create_engine(url, hide_parameters=True, json_serializer=_dump, json_deserializer=orjson.loads, **options)


@event.listens_for(Pool, "checkout")
def _must_be_quiet(connection: Any, record: object, proxy: object) -> None:
    """Do not hand out a connection whose server has gone: on an idle one, its farewell or its end can be read.

    Asking the server instead would cost every request a round trip.
    """
    look = select.poll()
    look.register(connection.fileno(), select.POLLIN | select.POLLHUP | select.POLLERR)
    if look.poll(0):
        raise InvalidatePoolError


KEPT = "kept"


def keep_loaded(model: type[Base]) -> None:
    """Read each row of a model once a transaction: who and where, asked again and again by the steps of one verb.

    A session forgets a row as soon as nobody holds it; these it holds itself, until its transaction ends.
    """
    event.listen(model, "load", _keep)


def _keep(row: Any, context: Any) -> None:
    context.session.info.setdefault(KEPT, []).append(row)


@event.listens_for(Session, "after_transaction_end")
def _forget(session: Session, transaction: SessionTransaction) -> None:
    if transaction.parent is None:
        session.info.pop(KEPT, None)
