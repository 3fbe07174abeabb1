"""What the command line says: results on standard output, everything else on standard error."""

from __future__ import annotations

import os
import sys
from typing import Any

import click
import orjson

from webapp.words import say
from workflows.errors import Invalid, Refusal


def language() -> str:
    """French, unless the terminal's language is English."""
    return "en" if (os.environ.get("LC_ALL") or os.environ.get("LANG") or "").startswith("en") else "fr"


def told(text: str) -> None:
    """A remark for the person at the terminal, on standard error."""
    click.echo(text, err=True)


def written(value: Any) -> None:
    """A result for a script: one JSON document on standard output."""
    sys.stdout.write(orjson.dumps(value, default=str, option=orjson.OPT_INDENT_2).decode() + "\n")


def refused(refusal: Refusal) -> int:
    """Say why something was refused, field by field; gives the exit code."""
    told(f"{say(refusal.code, language(), refusal.params)} [{refusal.code}]")
    if isinstance(refusal, Invalid):
        for key, flaws in refusal.fields.items():
            for flaw in flaws:
                told(f"  {key}: {say(flaw.code, language(), flaw.params)} [{flaw.code}]")
    return 1


def read_object(text: str) -> dict[str, Any]:
    """A JSON object typed at a terminal."""
    try:
        value = orjson.loads(text)
    except orjson.JSONDecodeError:
        value = None
    if not isinstance(value, dict):
        raise Invalid("input.not_object")
    return value
