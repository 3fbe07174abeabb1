"""Settings: everything the environment says, read once, frozen."""

from __future__ import annotations

import contextlib
import os
import secrets
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from workflows.errors import Invalid

KEPT_IN = "secret.key"
DEFAULT_HOME = ".parcours"


@dataclass(frozen=True, slots=True)
class Settings:
    """What an installation is told: its database, its home, its clock, its secret, how it is reached.

    ``clock`` starts a simulation (contract: the clock stands until it is moved). ``proxies`` is how many reverse
    proxies stand in front; ``https`` says that people reach the product over TLS. ``demo`` asks readiness to wait
    for the demonstration organisation.
    """

    database_url: str
    home: Path
    secret_key: str
    clock: datetime | None = None
    https: bool = False
    proxies: int = 0
    demo: bool = False


def read_settings(environ: Mapping[str, str] = os.environ) -> Settings:
    """Read the environment; ``DATABASE_URL`` must be there (the command line starts the embedded one before this)."""
    home = home_of(environ)
    return Settings(
        database_url=environ.get("DATABASE_URL", ""),
        home=home,
        secret_key=environ.get("SECRET_KEY") or kept_secret(home),
        clock=read_clock(environ.get("PARCOURS_CLOCK", "")),
        https=environ.get("PARCOURS_HTTPS", "") == "1",
        proxies=_count(environ.get("PARCOURS_PROXIES", "0")),
        demo=environ.get("PARCOURS_DEMO", "") == "1",
    )


def home_of(environ: Mapping[str, str] = os.environ) -> Path:
    """Where the installation keeps what is its own: the embedded database, the secret, the signing key."""
    return Path(environ.get("PARCOURS_HOME") or DEFAULT_HOME).expanduser().resolve()


def kept_secret(home: Path) -> str:
    """The installation's secret, made at the first start and kept in its home, readable by its owner alone."""
    home.mkdir(parents=True, exist_ok=True)
    path = home / KEPT_IN
    if not path.exists():
        handle, fresh = tempfile.mkstemp(dir=home, prefix=KEPT_IN)
        with os.fdopen(handle, "w", encoding="ascii") as opened:
            opened.write(secrets.token_urlsafe(48))
        with contextlib.suppress(FileExistsError):
            os.link(fresh, path)
        os.unlink(fresh)
    return path.read_text(encoding="ascii")


def read_clock(text: str) -> datetime | None:
    """The instant a simulation starts at, with its offset; None for the wall clock."""
    if not text.strip():
        return None
    try:
        instant = datetime.fromisoformat(text.strip())
    except ValueError:
        raise Invalid("clock.unreadable", given=text) from None
    if instant.tzinfo is None:
        raise Invalid("clock.unreadable", given=text)
    return instant


def _count(text: str) -> int:
    return int(text) if text.isdecimal() else 0
