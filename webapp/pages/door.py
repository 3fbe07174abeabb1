"""What every page does alike: show a template, go elsewhere, tell a refusal, read an identifier."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from flask import Blueprint, flash, make_response, redirect, render_template, request, url_for
from werkzeug import Response

from webapp.words import reader_language, say
from workflows.errors import Invalid, Missing, Refusal

blueprint = Blueprint("pages", __name__)
AS_A_FORM: Mapping[str, str] = {"message.required": "form.required", "message.wrong_value": "form.type"}
"""What a message is refused for, in the words that a form has for it."""
WHOLE = ""


def page(template: str, status: int = 200, **shown: Any) -> Response:
    """A page."""
    answer = make_response(render_template(template, **shown), status)
    answer.headers["Vary"] = "HX-Request, Cookie, Accept-Language"
    return answer


def go(endpoint: str, **values: Any) -> Response:
    """Another page, after something was done."""
    return redirect(url_for(f"pages.{endpoint}", **values), 303)


def go_back(to: str | None, endpoint: str, **values: Any) -> Response:
    """The page that the reader came from, when it is one of ours; else another."""
    return redirect(to, 303) if to and is_own(to) else go(endpoint, **values)


def is_own(address: str) -> bool:
    """Whether an address is a path of this site and nothing else."""
    if not address.startswith("/") or address.startswith(("//", "/\\")) or any(ord(sign) < 33 for sign in address):
        return False
    parts = urlsplit(address)
    return not parts.scheme and not parts.netloc


def told(refusal: Refusal) -> str:
    """A refusal in the reader's words."""
    return say(refusal.code, reader_language(), refusal.params)


def flaws_told(refusal: Invalid) -> Mapping[str, str]:
    """What is wrong by field, as a form says it; what is wrong with the whole stands under the empty key."""
    language = reader_language()
    found = {
        key.removeprefix("data").removeprefix("."): " ".join(
            say(AS_A_FORM.get(one.code, one.code), language, one.params) for one in each
        )
        for key, each in refusal.fields.items()
    }
    return found or {WHOLE: told(refusal)}


def say_it(said: str, category: str = "good") -> None:
    """Something to tell on the next page."""
    flash(said, category)


def is_partial() -> bool:
    """Whether only a piece of the page is asked for."""
    return request.headers.get("HX-Request") == "true"


def identifier(text: str, code: str) -> UUID:
    """An id from an address; what is none names nothing."""
    try:
        return UUID(text)
    except ValueError:
        raise Missing(code) from None
