"""The web application on a real database, and callers who hold a token."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from webapp import create_app
from webapp.extensions import db
from webapp.settings import Settings
from workflows.clock import wall_now
from workflows.people.accounts import Integration
from workflows.people.models import Person
from workflows.people.tokens import issue_token


class Caller:
    """Someone who calls the API with a bearer token of their own."""

    def __init__(self, client: FlaskClient, token: str) -> None:
        self.client = client
        self.headers = {"Authorization": f"Bearer {token}"}

    def get(self, path: str, **more: Any) -> TestResponse:
        return self._call("GET", path, **more)

    def post(self, path: str, json: Any = None, **more: Any) -> TestResponse:
        return self._call("POST", path, json=json, **more)

    def delete(self, path: str, **more: Any) -> TestResponse:
        return self._call("DELETE", path, **more)

    def put(self, path: str, json: Any = None, **more: Any) -> TestResponse:
        return self._call("PUT", path, json=json, **more)

    def _call(self, verb: str, path: str, headers: dict[str, str] | None = None, **more: Any) -> TestResponse:
        given = {**self.headers, **(headers or {})}
        if more.get("json") is None:
            more.pop("json", None)
        return self.client.open(f"/api/v1{path}", method=verb, headers=given, **more)


@pytest.fixture
def url(empty_url: str) -> str:
    """The database that the application works on; a test module may ask for the demonstration's instead."""
    return empty_url


@pytest.fixture
def app(url: str, tmp_path: Path) -> Iterator[Flask]:
    """The web application."""
    made = create_app(Settings(url, tmp_path, "a secret of the tests"))
    yield made
    with made.app_context():
        db.engine.dispose()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A browser or a program, with no identity."""
    return app.test_client()


@pytest.fixture
def calling(app: Flask) -> Callable[[Session, Person | Integration], Caller]:
    """Give someone a token, keep what the test built, and let them call."""

    def as_caller(session: Session, owner: Person | Integration) -> Caller:
        token = issue_token(session, owner, wall_now())
        session.commit()
        return Caller(app.test_client(), token)

    return as_caller
