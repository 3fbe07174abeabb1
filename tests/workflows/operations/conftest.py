"""OP-DEMO, for operations called by hand."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from tests.workflows.operations.world import World


@pytest.fixture
def world(session: Session) -> World:
    """OP-DEMO in an empty database."""
    return World(session)
