"""A write that comes with an ``Idempotency-Key`` happens once: the same key and body answer the first result again."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Any

import orjson
from flask import json, request
from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from werkzeug import Response

from webapp.problems import PROBLEM_JSON, problem_of
from webapp.words import asked_language
from workflows.cases.details import IdempotencyKey
from workflows.clock import wall_now
from workflows.database import new_id
from workflows.desk import Desk
from workflows.errors import Invalid, Routed

HEADER = "Idempotency-Key"
LONGEST = 255
Act = Callable[[], tuple[Any, int]]


def once(desk: Desk, act: Act) -> Response:
    """Act and answer in JSON; with a key already used for this very request, answer what was answered first.

    The key's row is written first and in the same transaction as the act: a second request with the same key waits
    for the first, then finds its answer; when the first is refused and rolled back, the second acts.
    """
    key = request.headers.get(HEADER)
    if key is None:
        return _answer(*_done(act))
    if not (0 < len(key) <= LONGEST and key.isprintable()):
        raise Invalid("idempotency.invalid")
    row = _fresh(desk, key)
    if row is None:
        return _again(desk, key)
    try:
        body, status = _done(act)
    except Routed as refusal:
        problem = problem_of(refusal, asked_language())
        row.status, row.body = problem.status, json.dumps(problem.body())
        raise
    row.status, row.body = status, body
    return _answer(body, status)


def _done(act: Act) -> tuple[str, int]:
    shown, status = act()
    return json.dumps(shown), status


def _answer(body: str, status: int) -> Response:
    kind = PROBLEM_JSON if status >= 400 else "application/json"
    return Response(body, status, mimetype=kind)


def _fresh(desk: Desk, key: str) -> IdempotencyKey | None:
    """Write the key down; None when it was already there (waiting for whoever is writing it now)."""
    values = {"id": new_id(), "actor": _actor(desk), "key": key, "fingerprint": _fingerprint(), "at": wall_now()}
    query = insert(IdempotencyKey).values(**values).on_conflict_do_nothing().returning(IdempotencyKey)
    return desk.session.scalar(query)


def _again(desk: Desk, key: str) -> Response:
    query = select(IdempotencyKey).where(IdempotencyKey.actor == _actor(desk), IdempotencyKey.key == key)
    row = desk.session.scalars(query).one()
    if row.fingerprint != _fingerprint():
        raise Invalid("idempotency.reused")
    return _answer(row.body or "null", row.status or 200)


def _actor(desk: Desk) -> str:
    return f"{desk.actor.kind.value}:{desk.actor.id}"


def _fingerprint() -> str:
    """What was asked, in any order of keys: the verb, the address, the body or the files."""
    digest = hashlib.sha256(f"{request.method} {request.path}\n".encode())
    if not request.files and not request.get_data(cache=True):
        return digest.hexdigest()
    if request.is_json:
        digest.update(orjson.dumps(request.get_json(), option=orjson.OPT_SORT_KEYS))
        return digest.hexdigest()
    for name, sent in sorted(request.files.items(multi=True)):
        content = sent.stream.read()
        sent.stream.seek(0)
        digest.update(f"{name}\0{sent.filename}\0{len(content)}\0".encode() + content)
    return digest.hexdigest()
