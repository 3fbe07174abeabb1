"""``make fuzz SECONDS=60``: each target in turn for so long; what breaks one is kept, and fails a test until mended."""

from __future__ import annotations

import hashlib
import sys
import time
from random import Random, SystemRandom

from tests.fuzz.targets import CORPUS, TARGETS, Target

SLOW = 5.0
"""How many seconds one input may take at most."""


def fuzzed(target: Target, seconds: float, seed: int) -> tuple[int, int]:
    """Put changed inputs to a target until the time is over; how many, and how many broke it."""
    chance, seeds = Random(seed), [*target.seeds(), *(path.read_bytes() for path in target.kept)]
    until, tried, broken = time.monotonic() + seconds, 0, 0
    while time.monotonic() < until:
        source, begun = target.drawn(chance, seeds), time.monotonic()
        tried += 1
        try:
            target.holds(source)
            assert time.monotonic() - begun < SLOW, "too slow"
        except BaseException as error:
            if isinstance(error, KeyboardInterrupt):
                raise
            broken += 1
            keep(target, source, error)
    return tried, broken


def keep(target: Target, source: bytes, error: BaseException) -> None:
    """Keep an input that broke a target, under a name made of what it holds."""
    folder = CORPUS / target.name
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / hashlib.sha256(source).hexdigest()[:16]
    path.write_bytes(source)
    print(f"  {target.name}: {type(error).__name__}: {str(error)[:200]} ({path})", flush=True)


def main() -> None:
    """Fuzz every target, or those named, for so many seconds each."""
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 30.0
    wanted = sys.argv[2:] or [target.name for target in TARGETS]
    seed, broken = SystemRandom().randrange(2**32), 0
    for target in (one for one in TARGETS if one.name in wanted):
        tried, found = fuzzed(target, seconds, seed)
        broken += found
        print(f"{target.name}: {tried} inputs in {seconds:.0f} s, {found} broke it (seed {seed})", flush=True)
    sys.exit(1 if broken else 0)


if __name__ == "__main__":
    main()
