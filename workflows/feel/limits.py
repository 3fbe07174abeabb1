"""How far an expression may go, whatever its text and its data: the same answer on every machine."""

from __future__ import annotations

from workflows.feel.errors import FeelError

MAX_CHARS = 4_000
MAX_PARTS = 1_000
MAX_NESTING = 40
MAX_NAMES = 2_000
MAX_STEPS = 100_000
MAX_FRAMES = 240
MAX_ITEMS = 10_000
MAX_TEXT = 100_000
MAX_DATA_DEPTH = 40
MAX_DIGITS = 100
COST_OF_A_ROOT = 200


class Budget:
    """What is left to spend in one evaluation; several expressions of one decision may share it.

    A step is about one node of an expression, and loops pay before each turn. Frames bound how deep calls nest.
    """

    __slots__ = ("frames", "steps")

    def __init__(self, steps: int = MAX_STEPS, frames: int = MAX_FRAMES) -> None:
        self.steps = steps
        self.frames = frames

    def charge(self, steps: int) -> None:
        """Pay for work about to be done."""
        self.steps -= steps
        if self.steps < 0:
            raise FeelError("feel.too_many_steps")

    def enter(self, frames: int) -> None:
        """Go into a call; ``leave`` with the same number when it is over."""
        if frames > self.frames:
            raise FeelError("feel.too_deep")
        self.frames -= frames

    def leave(self, frames: int) -> None:
        """Come back from a call."""
        self.frames += frames


def checked_list(items: list[object]) -> list[object]:
    """The list, unless it is longer than a list may be."""
    if len(items) > MAX_ITEMS:
        raise FeelError("feel.too_many_items", {"limit": MAX_ITEMS})
    return items


def checked_length(length: int) -> None:
    """Refuse a text about to be made longer than a text may be."""
    if length > MAX_TEXT:
        raise FeelError("feel.text_too_long", {"limit": MAX_TEXT})
