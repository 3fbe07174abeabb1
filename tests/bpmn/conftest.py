"""What the stories of the processes begin with."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine

from tests.bpmn.living import Life


@pytest.fixture
def life(demo_engine: Engine) -> Life:
    """OP-DEMO on Monday 7 December, 9:00."""
    return Life(demo_engine)
