"""Connectors for tests: real servers on this machine, asked and answering as those of an organisation."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.bpmn.arriving import tell
from tests.bpmn.living import Life
from tests.workflows.deliveries.receiver import Receiver, receiving
from workflows.accesses.calls import ConnectorCall
from workflows.people.models import Organisation
from workflows.people.settings import set_setting

SECRET = "whsec_" + "QUJD" * 8


@contextmanager
def connector(life: Life, name: str) -> Iterator[Receiver]:
    """A connector of this name (``reseau``, ``creation_sagir``), a real server."""
    with receiving() as receiver:
        with Session(life.engine) as session, session.begin():
            organisation = session.scalars(select(Organisation).where(Organisation.code == "OP-DEMO")).one()
            for key, value in ((name, receiver.url), ("secret", SECRET), ("delai_s", 1)):
                set_setting(organisation, f"connecteur_{key}", value)
        yield receiver


def asked(life: Life) -> ConnectorCall:
    """What a connector was asked last."""
    with Session(life.engine, expire_on_commit=False) as session:
        return session.scalars(select(ConnectorCall).order_by(ConnectorCall.id.desc())).first() or pytest.fail("none")


def reply(life: Life, state: str, **more: Any) -> str:
    """What becomes of a connector's answer."""
    told = {"operation_id": str(asked(life).id), "systeme": "SAGIR", "etat": state, "a": "2026-12-21T13:31:00Z"}
    return tell(life, "connecteur.compte.etat", {**told, **more}).status
