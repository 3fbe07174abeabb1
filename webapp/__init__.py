"""The product's doors: pages for people, JSON for programs, signed messages for machines, a command line."""

from __future__ import annotations

from flask import Flask

from webapp.api import init_api
from webapp.extensions import ENGINE_OPTIONS, db, driver_url
from webapp.health import init_health
from webapp.hooks import init_hooks
from webapp.identity import init_identity
from webapp.jsonic import StrictJson
from webapp.pages import init_pages
from webapp.problems import init_problems
from webapp.security import init_security
from webapp.settings import Settings


def create_app(settings: Settings) -> Flask:
    """Put the web application together: this is its table of contents."""
    app = Flask(__name__)
    app.config.update(
        SECRET_KEY=settings.secret_key,
        SQLALCHEMY_DATABASE_URI=driver_url(settings.database_url),
        SQLALCHEMY_ENGINE_OPTIONS=ENGINE_OPTIONS,
        PROPAGATE_EXCEPTIONS=False,
    )
    app.json = StrictJson(app)
    app.extensions["settings"] = settings
    db.init_app(app)
    init_security(app, settings)
    init_identity(app)
    init_problems(app)
    init_health(app)
    init_api(app)
    init_hooks(app)
    init_pages(app)
    return app
