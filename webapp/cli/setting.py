"""``parcours setting``: an organisation's settings."""

from __future__ import annotations

from typing import Any

import click
import orjson

from webapp.cli.place import house_desk, the_organisation
from webapp.cli.said import written
from workflows.journal.write import note
from workflows.people.settings import DEFAULTS, HIDDEN, SECRET, set_setting, setting

ORGANISATION = click.option("--organisation", required=True, metavar="CODE", help="Code de l'organisme.")


@click.group("setting")
def command() -> None:
    """Lire ou changer un réglage d'un organisme."""


@command.command("get")
@click.argument("key", metavar="CLE", required=False)
@ORGANISATION
@click.option("--json", "as_json", is_flag=True, help="Écrire en JSON.")
def get(key: str | None, organisation: str, as_json: bool) -> None:
    """Écrire la valeur d'un réglage ; sans CLE, tous."""
    with house_desk(organisation) as desk:
        found = the_organisation(desk.session, organisation)
        values = {one: HIDDEN if one in SECRET else setting(found, one) for one in ([key] if key else DEFAULTS)}
    if key is None:
        return written(values)
    value = values[key]
    return click.echo(value) if isinstance(value, str) and not as_json else written(value)


@command.command("set")
@click.argument("key", metavar="CLE")
@click.argument("value", metavar="VALEUR")
@ORGANISATION
def change(key: str, value: str, organisation: str) -> None:
    """Changer un réglage ; une liste s'écrit en JSON ou séparée par des virgules."""
    with house_desk(organisation) as desk:
        set_setting(the_organisation(desk.session, organisation), key, read_value(key, value))
        note(desk, "setting.changed", key=key)


def read_value(key: str, text: str) -> Any:
    """A setting's value as typed at a terminal."""
    default = DEFAULTS.get(key)
    if isinstance(default, str):
        return text
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError:
        if not isinstance(default, list):
            return text
        parts = [part.strip() for part in text.strip().removeprefix("[").removesuffix("]").split(",") if part.strip()]
        return [int(part) if part.isdecimal() else part for part in parts]
