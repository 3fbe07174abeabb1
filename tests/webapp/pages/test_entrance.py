"""Coming in and going out: sessions that cannot be fixed, forged, guessed at, or led astray."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask

from tests.webapp.pages.visitor import Visitor

Someone = Callable[[str], Visitor]


def test_someone_signs_in_and_lands_in_the_inbox(anyone: Visitor) -> None:
    answer = anyone.sign_in("P03")
    assert (answer.status_code, answer.location) == (303, "/corbeille")
    assert anyone.get("/corbeille").status_code == 200
    assert "Ma corbeille" in anyone.said("//h1")


def test_a_wrong_password_says_so_and_keeps_the_code(anyone: Visitor) -> None:
    assert anyone.sign_in("P03", "autre").status_code == 422
    assert "n'est pas le bon" in anyone.said("//*[@data-error-summary]")
    assert anyone.page.xpath("//input[@id='code']/@value") == ["P03"]


def test_too_many_wrong_passwords_are_answered_with_words_and_a_delay(anyone: Visitor) -> None:
    codes = [anyone.sign_in("P03", f"essai {number}").status_code for number in range(11)]
    assert codes == [422] * 10 + [429]
    assert "Trop de tentatives" in anyone.said("//*[@data-error-summary]")
    assert anyone.sign_in("P03").status_code == 429


def test_one_who_guesses_does_not_keep_others_out(anyone: Visitor) -> None:
    for number in range(11):
        anyone.sign_in("P03", f"essai {number}")
    assert anyone.sign_in("P08").status_code == 303


def test_signing_out_closes_the_session(visitor: Someone) -> None:
    someone = visitor("U01")
    assert someone.send("/deconnexion").status_code == 303
    assert someone.get("/corbeille").location.startswith("/connexion")


def test_a_copy_of_the_cookie_is_worth_nothing_once_signed_out(visitor: Someone, app: Flask) -> None:
    someone, thief = visitor("U01"), Visitor(app.test_client())
    cookie = someone.client.get_cookie("parcours")
    assert cookie is not None
    thief.client.set_cookie("parcours", cookie.value)
    assert thief.get("/corbeille").status_code == 200
    someone.send("/deconnexion")
    assert thief.get("/corbeille").location.startswith("/connexion")
    assert someone.sign_in("U01").status_code == 303


def test_a_page_asked_for_before_signing_in_opens_after(anyone: Visitor) -> None:
    wanted = "/dossiers/DER-2026-000001/journal?x=1"
    first = anyone.get(wanted)
    assert first.status_code == 303
    anyone.get(first.location)
    (kept,) = anyone.page.xpath("//input[@name='retour']/@value")
    assert anyone.sign_in("U01", retour=kept).location == wanted


ELSEWHERE = ["https://ailleurs.example/", "//ailleurs.example/", "///ailleurs.example", "ailleurs.example"]
ELSEWHERE += [
    "/\\ailleurs.example",
    "\\\\ailleurs.example",
    "/\t/ailleurs.example",
    " //ailleurs.example",
    "javascript:1",
]


@pytest.mark.parametrize("address", ELSEWHERE)
def test_signing_in_leads_nowhere_else(anyone: Visitor, address: str) -> None:
    assert anyone.sign_in("U01", retour=address).location == "/corbeille"


def test_the_session_of_before_signing_in_is_not_the_one_of_after(anyone: Visitor) -> None:
    before = anyone.token()
    with anyone.client.session_transaction() as kept:
        kept["planted"] = "by someone else"
    anyone.sign_in("U01")
    anyone.get("/corbeille")
    with anyone.client.session_transaction() as kept:
        assert "planted" not in kept
        assert kept["csrf_token"] != before


@pytest.mark.parametrize("token", ["", "x", "é"])
def test_a_form_without_the_token_of_its_session_changes_nothing(
    visitor: Someone, draft_case: tuple[str, str], token: str
) -> None:
    someone = visitor("U01")
    path = draft_case[1]
    answer = someone.send(f"{path}/commentaires", texte="Bonjour", csrf_token=token)
    assert answer.status_code == 403
    assert "Rechargez la page" in someone.said()
    someone.get(path)
    assert "Bonjour" not in someone.said()


def test_a_token_of_another_session_is_refused(visitor: Someone, draft_case: tuple[str, str]) -> None:
    stolen = visitor("U02").token()
    answer = visitor("U01").send(f"{draft_case[1]}/commentaires", texte="Bonjour", csrf_token=stolen)
    assert answer.status_code == 403


def test_language_and_theme_are_kept(visitor: Someone, app: Flask) -> None:
    someone = visitor("U01")
    someone.send("/preferences", langue="en", theme="dark")
    someone.get("/corbeille")
    assert someone.page.get("lang") == "en"
    assert someone.page.get("class") == "qc-dark-theme"
    elsewhere = visitor("U01")
    elsewhere.get("/corbeille")
    assert (elsewhere.page.get("lang"), elsewhere.page.get("data-theme")) == ("en", "dark")


def test_a_language_that_there_is_not_changes_nothing(visitor: Someone) -> None:
    someone = visitor("U01")
    assert someone.send("/preferences", langue="xx", theme="neon").status_code == 303
    someone.get("/corbeille?langue=xx")
    assert (someone.page.get("lang"), someone.page.get("data-theme")) == ("fr", "auto")


PAGES = ["/corbeille", "/commencer", "/demandes", "/recherche?q=x", "/avis", "/preferences", "/aide", "/verification"]
PAGES += ["/dossiers/RIEN", "/rien", "/simulation/prestataire", "/corbeille/nouvelles"]


@pytest.mark.parametrize("path", ["/connexion", *PAGES])
def test_every_page_is_guarded(visitor: Someone, anyone: Visitor, path: str) -> None:
    who = anyone if path == "/connexion" else visitor("P03")
    headers = who.get(path).headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"
    if path != "/connexion":
        assert headers["Cache-Control"] == "no-store"
