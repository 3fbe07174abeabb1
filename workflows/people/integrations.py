"""Accounts of outside systems, each with a secret of its own that is shown once."""

from __future__ import annotations

import base64
import secrets
from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflows.errors import Conflict, Invalid
from workflows.people.accounts import Integration
from workflows.people.models import Organisation


def new_secret() -> str:
    """A signing secret as the Standard Webhooks specification writes it: ``whsec_`` and 32 random bytes."""
    return "whsec_" + base64.b64encode(secrets.token_bytes(32)).decode()


def create_integration(
    session: Session,
    organisation: Organisation,
    name: str,
    types: Iterable[str] | None = None,
    contract: str | None = None,
) -> Integration:
    """Open an account; without ``types`` it may send every inbound type, without ``contract`` for every contract."""
    if not name.strip() or len(name) > 80:
        raise Invalid("integration.name", name=name[:80])
    taken = select(Integration.id).where(Integration.organisation_id == organisation.id, Integration.name == name)
    if session.scalar(taken) is not None:
        raise Conflict("integration.exists", name=name)
    account = Integration(
        organisation_id=organisation.id,
        name=name,
        secret=new_secret(),
        types=sorted({one.removesuffix(".v1") for one in types}) if types is not None else None,
        contract=contract,
        active=True,
    )
    session.add(account)
    session.flush()
    return account
