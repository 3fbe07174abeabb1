"""OP-DEMO and its processes, for plans."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from workflows.people.directory import organisation_by_code
from workflows.people.models import Organisation


@pytest.fixture
def body(demo: Session) -> Organisation:
    """OP-DEMO."""
    found = organisation_by_code(demo, "OP-DEMO")
    assert found is not None
    return found
