"""Write the states of the present form: ``python -m tests.workflows.engine.golden``."""

from __future__ import annotations

from tests.workflows.engine.golden.walk import HERE, walked
from workflows.engine.codec import VERSION

for number, at in walked():
    folder = HERE / f"v{VERSION}"
    folder.mkdir(exist_ok=True)
    (folder / f"{number:02}.state").write_bytes(at.state)
