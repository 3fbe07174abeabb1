"""``parcours doctor``: what an installation has, and what it lacks."""

from __future__ import annotations

import sys
from collections.abc import Callable

import click
from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from webapp.cli.place import connected
from webapp.cli.said import told, written
from webapp.health import migration_head
from webapp.settings import home_of
from workflows.catalog.models import ProcessVersion
from workflows.clock import business_now, is_simulated
from workflows.deliveries.models import GIVEN_UP, PENDING, Delivery
from workflows.people.models import Organisation

Finding = tuple[bool, str]


@click.command("doctor")
@click.option("--json", "as_json", is_flag=True, help="Écrire en JSON.")
def command(as_json: bool) -> None:
    """Examiner l'installation ; code de sortie 1 s'il manque quelque chose."""
    findings: dict[str, Finding] = {"python": (sys.version_info >= (3, 11), sys.version.split()[0])}
    findings["home"] = (True, str(home_of()))
    with connected() as engine, Session(engine) as session:
        for name, look in LOOKS.items():
            findings[name] = look(session)
            if not findings[name][0]:
                break
    if as_json:
        written({name: {"ok": good, "found": found} for name, (good, found) in findings.items()})
    else:
        for name, (good, found) in findings.items():
            told(f"{'✓' if good else '✗'} {name:12} {found}")
    sys.exit(0 if all(good for good, _ in findings.values()) else 1)


def _database(session: Session) -> Finding:
    version = int(session.scalar(text("show server_version_num")) or 0)
    return version >= 150000, f"PostgreSQL {version // 10000}"


def _migration(session: Session) -> Finding:
    there = session.scalar(text("select to_regclass('alembic_version') is not null"))
    found = session.scalar(text("select version_num from alembic_version")) if there else None
    return found == migration_head(), str(found or "parcours init")


def _processes(session: Session) -> Finding:
    count = session.scalar(select(func.count(func.distinct(ProcessVersion.key)))) or 0
    return count > 0, f"{count}" if count else "parcours init"


def _organisations(session: Session) -> Finding:
    codes = session.scalars(select(Organisation.code).order_by(Organisation.code)).all()
    return True, ", ".join(codes) or "aucun organisme"


def _clock(session: Session) -> Finding:
    return True, f"{business_now(session).isoformat()} ({'simulation' if is_simulated(session) else 'horloge murale'})"


def _jobs(session: Session) -> Finding:
    failed = session.scalar(text("select count(*) from procrastinate_jobs where status = 'failed'")) or 0
    return failed == 0, f"{failed} en échec"


def _deliveries(session: Session) -> Finding:
    waiting = session.scalar(select(func.count(Delivery.id)).where(Delivery.state.in_(PENDING))) or 0
    dead = session.scalar(select(func.count(Delivery.id)).where(GIVEN_UP)) or 0
    return True, f"{waiting} en attente, {dead} abandonnées"


LOOKS: dict[str, Callable[[Session], Finding]] = {
    "database": _database,
    "migration": _migration,
    "processes": _processes,
    "bodies": _organisations,
    "clock": _clock,
    "jobs": _jobs,
    "deliveries": _deliveries,
}
