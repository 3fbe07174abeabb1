"""Whether the house is alive, whether it is ready to serve, and its figures for Prometheus."""

from __future__ import annotations

from collections import Counter
from functools import cache

from alembic.script import ScriptDirectory
from flask import Blueprint, Flask, current_app, request
from sqlalchemy import func, select, text
from werkzeug import Response

from webapp.extensions import db
from webapp.identity import public
from workflows.cases.models import Case, Task, TaskState
from workflows.catalog.models import ProcessVersion
from workflows.deliveries.models import PENDING, Delivery, DeliveryState
from workflows.migrations import alembic_config
from workflows.people.models import Organisation

health = Blueprint("health", __name__)
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS"})
answered: Counter[tuple[str, int]] = Counter()


@health.get("/health/live")
@public
def live() -> Response:
    """The process answers."""
    return _plain({"status": "live"}, 200)


@health.get("/health/ready")
@public
def ready() -> Response:
    """Migrated, processes published, and the demonstration loaded where there is one."""
    missing = _missing()
    return _plain({"status": "waiting" if missing else "ready", "missing": missing}, 503 if missing else 200)


@health.get("/metrics")
@public
def metrics() -> Response:
    """Figures in Prometheus's text format: no name, no case, only counts."""
    lines = ["# TYPE parcours_http_responses_total counter"]
    for (method, status), count in sorted(answered.items()):
        lines.append(f'parcours_http_responses_total{{method="{method}",status="{status}"}} {count}')
    session = db.session()
    lines.append("# TYPE parcours_cases gauge")
    for state, count in session.execute(select(Case.state, func.count()).group_by(Case.state)):
        lines.append(f'parcours_cases{{state="{state}"}} {count}')
    opened = select(func.count()).select_from(Task).where(Task.state.in_((TaskState.OPEN, TaskState.CLAIMED)))
    lines += ["# TYPE parcours_tasks_open gauge", f"parcours_tasks_open {session.scalar(opened)}"]
    lines.append("# TYPE parcours_jobs gauge")
    for state, count in session.execute(text("select status::text, count(*) from procrastinate_jobs group by status")):
        lines.append(f'parcours_jobs{{status="{state}"}} {count}')
    lines += ["# TYPE parcours_deliveries gauge", *_undelivered()]
    return Response("\n".join(lines) + "\n", mimetype="text/plain; version=0.0.4")


def _undelivered() -> list[str]:
    """How many messages wait to leave, or were given up; those delivered are not counted."""
    asked = select(Delivery.state, func.count()).where(Delivery.state.in_((*PENDING, DeliveryState.DEAD)))
    found = db.session().execute(asked.group_by(Delivery.state).order_by(Delivery.state))
    return [f'parcours_deliveries{{state="{state}"}} {count}' for state, count in found]


def init_health(app: Flask) -> None:
    """Open the doors that watchers look through."""
    app.register_blueprint(health)
    app.after_request(_count)


def _count(answer: Response) -> Response:
    method = request.method if request.method in METHODS else "other"
    answered[(method, answer.status_code)] += 1
    return answer


def _missing() -> list[str]:
    """What is not there yet, the first thing first."""
    session = db.session()
    migrated = session.scalar(text("select to_regclass('alembic_version') is not null"))
    if not migrated or session.scalar(text("select version_num from alembic_version")) != migration_head():
        return ["migration"]
    missing = []
    if session.scalar(select(ProcessVersion.id).limit(1)) is None:
        missing.append("publication")
    wants_demo = current_app.extensions["settings"].demo
    if wants_demo and session.scalar(select(Organisation.id).where(Organisation.demo).limit(1)) is None:
        missing.append("demonstration")
    return missing


@cache
def migration_head() -> str | None:
    """The release that the database should be at."""
    return ScriptDirectory.from_config(alembic_config("")).get_current_head()


def _plain(body: dict[str, object], status: int) -> Response:
    return current_app.make_response((body, status))
