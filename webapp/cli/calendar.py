"""``parcours calendar``: the hours of a body, and the holidays of a year: proposed, published, listed."""

from __future__ import annotations

from datetime import date, time
from pathlib import Path
from typing import Any

import click
import yaml

from webapp.cli.place import house_desk, the_organisation
from webapp.cli.said import written
from workflows.calendars.holidays import PublishHolidays, SpecialDay, publish_holidays, special_days
from workflows.calendars.propose import FIRST_YEAR, LAST_YEAR, propose_holidays
from workflows.errors import Invalid

AS_JSON = click.option("--json", "as_json", is_flag=True, help="Écrire en JSON.")
ORGANISATION = click.option("--organisation", required=True, metavar="CODE", help="Code de l'organisme.")
YEAR = click.argument("year", metavar="ANNEE", type=click.IntRange(FIRST_YEAR, LAST_YEAR))
FILE = click.argument("file", metavar="FICHIER", type=click.Path(exists=True, dir_okay=False, path_type=Path))


@click.group("calendar")
def command() -> None:
    """Proposer, publier, lister les jours fériés d'une année."""


@command.command("propose")
@YEAR
@AS_JSON
def propose(year: int, as_json: bool) -> None:
    """Proposer les jours fériés d'une année ; rien n'est publié.

    La forme JSON, une fois révisée, est celle que « publish » attend.
    """
    _tell([SpecialDay(one.on, one.name, one.name_en) for one in propose_holidays(year)], as_json)


@command.command("list")
@YEAR
@ORGANISATION
@AS_JSON
def list_all(year: int, organisation: str, as_json: bool) -> None:
    """Lister les jours fériés et les heures spéciales publiés pour une année."""
    with house_desk(organisation) as desk:
        days = special_days(desk.session, the_organisation(desk.session, organisation).id, year)
    _tell(days, as_json)


@command.command("publish")
@YEAR
@FILE
@ORGANISATION
@AS_JSON
def publish(year: int, file: Path, organisation: str, as_json: bool) -> None:
    """Publier les jours d'un fichier à la place de ceux d'une année ; les échéances déjà données ne bougent pas.

    Le fichier, en JSON ou en YAML, est une liste de jours : « date », « name », et au besoin « name_en », « calendar »
    et « openings » ([["08:30", "12:00"]]).
    """
    days = _read(file)
    with house_desk(organisation) as desk:
        published = publish_holidays(desk, PublishHolidays(year, days))
    _tell(published, as_json)


def _read(file: Path) -> list[SpecialDay]:
    try:
        said = yaml.safe_load(file.read_text(encoding="utf-8"))
        if not isinstance(said, list):
            raise TypeError
        return [_day(one) for one in said]
    except (yaml.YAMLError, UnicodeDecodeError, KeyError, TypeError, ValueError, AttributeError):
        raise Invalid("holidays.file", file=str(file)) from None


def _day(said: dict[str, Any]) -> SpecialDay:
    hours = said.get("openings") or ()
    openings = tuple((time.fromisoformat(opens), time.fromisoformat(closes)) for opens, closes in hours)
    name, name_en, calendar = str(said["name"]), said.get("name_en"), said.get("calendar")
    return SpecialDay(date.fromisoformat(str(said["date"])), name, name_en, calendar, openings)


def _tell(days: Any, as_json: bool) -> None:
    if as_json:
        return written([_shown(day) for day in days])
    for day in days:
        hours = ", ".join(f"{opens:%H:%M}-{closes:%H:%M}" for opens, closes in day.openings) or "fermé"
        click.echo(f"{day.on}  {day.calendar or 'tous':12}  {hours:24}  {day.name}")
    return None


def _shown(day: SpecialDay) -> dict[str, Any]:
    hours = [[f"{opens:%H:%M}", f"{closes:%H:%M}"] for opens, closes in day.openings]
    return {
        "date": day.on.isoformat(),
        "name": day.name,
        "name_en": day.name_en,
        "calendar": day.calendar,
        "openings": hours,
    }
