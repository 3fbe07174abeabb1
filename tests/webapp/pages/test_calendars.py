"""« Calendriers » : what everyone reads, and how human resources review and publish the holidays of a year."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy.orm import Session

from tests.webapp.pages.visitor import Visitor
from workflows.calendars.holidays import SpecialDay, special_days
from workflows.people.directory import organisation_by_code

Visitors = Callable[[str], Visitor]
PAGE = "/calendriers"
KEPT = "//input[@name='garder'][@checked]/@value"


def published(demo: Session, year: int) -> tuple[SpecialDay, ...]:
    demo.expire_all()
    body = organisation_by_code(demo, "OP-DEMO")
    assert body is not None
    found = special_days(demo, body.id, year)
    demo.commit()
    return found


def review(reader: Visitor, year: int) -> dict[str, Any]:
    """The fields of the review as its page holds them."""
    reader.get(f"{PAGE}?annee={year}")
    return fields(reader)


def fields(reader: Visitor) -> dict[str, Any]:
    """What the form would send as it stands now."""
    form = "//form[@id='formulaire']"
    (seen,), (year,) = (reader.page.xpath(f"{form}//input[@name='{name}']/@value") for name in ("vu", "annee"))
    days = [str(one) for one in reader.page.xpath(f"{form}//input[@name='jour']/@value")]
    return {"annee": str(year), "vu": str(seen), "jour": days, "garder": [str(one) for one in reader.page.xpath(KEPT)]}


def send(reader: Visitor, action: str, review: dict[str, Any], **more: str) -> str:
    """Send the review; gives the words of the page that follows."""
    reader.send(PAGE, follow=True, action=action, **{**review, **more})
    return reader.said()


def test_everyone_reads_the_hours_of_each_channel_and_since_when(visitor: Visitors) -> None:
    reader = visitor("U01")
    reader.get(PAGE)
    phone, closed = (f"//h3[@id='c-{code}']/following-sibling::table[1]" for code in ("CAL_TEL", "CAL_TEL_CSPQ"))
    assert reader.said(f"{phone}/caption") == "En vigueur sans limite de temps"
    assert reader.said(f"{phone}/tbody/tr[1]/th") == "du lundi au vendredi"
    assert (
        reader.said(f"{phone}/tbody/tr[1]/td").replace("\N{NO-BREAK SPACE}", " ")
        == "de 8 h 30 à 12 h, de 14 h à 16 h 30"
    )
    assert reader.said(f"{closed}/caption") == "Jusqu’au lundi 31 août 2020"


def test_everyone_reads_the_published_days_and_only_that(visitor: Visitors) -> None:
    reader = visitor("U01")
    reader.get(f"{PAGE}?annee=2026")
    assert reader.said("//tr[contains(., '28 décembre')]/td[1]") == "Lendemain de Noël (en remplacement du samedi 26)"
    assert reader.page.xpath("//form[@id='formulaire']") == []


def test_a_year_without_days_is_proposed_to_human_resources(visitor: Visitors) -> None:
    reader = visitor("P13")
    proposed = review(reader, 2028)
    assert (len(proposed["jour"]), len(proposed["garder"])) == (13, 13)
    assert "vendredi 22 décembre 2028 Veille de Noël (en remplacement du dimanche 24 décembre)" in reader.said()


def test_what_is_kept_is_published_and_what_is_not_is_not(visitor: Visitors, demo: Session) -> None:
    reader = visitor("P13")
    proposed = review(reader, 2028)
    proposed["garder"].remove("0")
    said = send(reader, "publier", proposed)
    assert "12 dates sont publiées pour 2028." in said
    assert [f"{day.on:%m-%d}" for day in published(demo, 2028)][:2] == ["01-04", "04-14"]
    assert "lundi 3 janvier 2028 Jour de l'an (en remplacement du samedi 1er janvier) Reporté" in reader.said()
    assert "0" not in fields(reader)["garder"]


def test_an_early_closing_is_added_then_published(visitor: Visitors, demo: Session) -> None:
    reader = visitor("P33")
    early = {
        "ajout_date": "2027-12-23",
        "ajout_nom": "Fermeture hâtive",
        "ajout_nature": "heures",
        "ajout_de1": "08:30",
        "ajout_a1": "12:00",
    }
    said = send(reader, "ajouter", review(reader, 2027), **early)
    assert "jeudi 23 décembre 2027 Fermeture hâtive Ajouté par une personne" in said
    assert len(published(demo, 2027)) == 13
    send(reader, "publier", fields(reader))
    (added,) = [day for day in published(demo, 2027) if day.name == "Fermeture hâtive"]
    assert [f"{opens:%H:%M}-{closes:%H:%M}" for opens, closes in added.openings] == ["08:30-12:00"]


def test_a_day_typed_but_not_yet_added_is_published_with_the_others(visitor: Visitors, demo: Session) -> None:
    reader = visitor("P13")
    send(reader, "publier", review(reader, 2027), ajout_date="2027-02-01", ajout_nom="Tempête")
    assert "Tempête" in [day.name for day in published(demo, 2027)]


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ({}, "Choisissez une date."),
        ({"ajout_date": "2026-05-01", "ajout_nom": "Jour"}, "Cette date n'est pas en 2027."),
        ({"ajout_date": "2027-05-03"}, "Nommez ce jour"),
        ({"ajout_date": "2027-05-24", "ajout_nom": "Encore"}, "Cette date est déjà dans la liste"),
        ({"ajout_date": "2027-05-03", "ajout_nom": "Jour", "ajout_nature": "heures"}, "Ces heures ne se suivent pas."),
        (
            {"ajout_date": "2027-05-03", "ajout_nom": "Jour", "ajout_nature": "ferme", "ajout_a1": "12:00"},
            "Ce jour fermé a des heures.",
        ),
        (
            {"ajout_date": "2027-05-03", "ajout_nom": "Jour", "ajout_nature": "heures", "ajout_de1": "08:30"},
            "Ces heures ne se suivent pas.",
        ),
    ],
)
def test_what_cannot_be_added_says_why_and_keeps_what_was_typed(
    visitor: Visitors, typed: dict[str, str], wrong: str
) -> None:
    reader = visitor("P13")
    said = send(reader, "ajouter", review(reader, 2027), **typed)
    assert reader.answer is not None
    assert reader.answer.status_code == 422
    assert wrong in said
    assert reader.value("ajout_date") == typed.get("ajout_date", "")
    assert len(fields(reader)["garder"]) == 13


def test_all_that_is_wrong_with_a_day_is_said_at_once(visitor: Visitors) -> None:
    reader = visitor("P13")
    send(reader, "ajouter", review(reader, 2027), ajout_nature="heures", ajout_de1="12:00", ajout_a1="08:00")
    wrong = reader.page.xpath("//*[@data-error-summary]//a/@href")
    assert wrong == ["#ajout_date", "#ajout_nom", "#ajout_de1"]


def test_who_was_slower_reviews_again(visitor: Visitors, demo: Session) -> None:
    one, other = visitor("P13"), visitor("P33")
    first, second = review(one, 2028), review(other, 2028)
    send(one, "publier", first)
    assert "ont changé pendant votre révision" in send(other, "publier", {**second, "garder": []})
    assert len(published(demo, 2028)) == 13


@pytest.mark.parametrize("action", ["ajouter", "publier"])
def test_nobody_else_changes_a_calendar(visitor: Visitors, demo: Session, action: str) -> None:
    reader = visitor("P25")
    reader.send(PAGE, action=action, annee="2027", vu="")
    assert reader.answer is not None
    assert reader.answer.status_code == 403
    assert len(published(demo, 2027)) == 13


@pytest.mark.parametrize("day", ["", "[]", "null", '["x", "", null, null, [], ""]', "[1, 2, 3, 4, 5, 6]", "[[[["])
def test_a_review_that_is_none_is_refused(visitor: Visitors, demo: Session, day: str) -> None:
    reader = visitor("P13")
    reader.send(PAGE, action="publier", annee="2027", vu="", jour=day, garder="0")
    assert reader.answer is not None
    assert reader.answer.status_code == 422
    assert len(published(demo, 2027)) == 13


def test_the_help_page_says_the_hours_of_today_and_no_closed_calendar(anyone: Visitor) -> None:
    anyone.get("/aide")
    said = anyone.said("//dl[2]").replace("\N{NO-BREAK SPACE}", " ")
    assert "Téléphone du lundi au vendredi, de 8 h 30 à 12 h, de 14 h à 16 h 30" in said
    assert "ancien centre" not in said
