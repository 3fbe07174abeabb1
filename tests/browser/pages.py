"""Every page that people see: who looks at it, where it is, what is done first."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from playwright.sync_api import Page
from sqlalchemy.orm import Session

from tests.browser.cases import Cases
from tests.browser.naming import NAMERS
from tests.builders import a_system_desk
from workflows.calendars.holidays import PublishHolidays, SpecialDay, publish_holidays, special_days
from workflows.people.directory import organisation_by_code

Path = Callable[[Cases], str]
Act = Callable[[Page, Cases], None]
STORM = SpecialDay(date(2026, 12, 9), "Tempête")


def _still(page: Page, cases: Cases) -> None:
    """Just look."""


@dataclass(frozen=True, slots=True)
class Look:
    """One page: its reader (nobody is signed in when empty), its address, and what leads to it from there."""

    code: str
    path: Path
    act: Act = _still


def at(path: str) -> Path:
    """An address that hangs on no case."""
    return lambda cases: path


def task(name: str) -> Path:
    """The page of a task."""
    return lambda cases: f"/taches/{cases.tasks[name]}"


def case(name: str, part: str = "") -> Path:
    """The page of a case, or one of its parts."""
    return lambda cases: f"/dossiers/{cases.numbers[name]}{part}"


def forged(page: Page, cases: Cases) -> None:
    """Send a form that bears another session's token."""
    page.eval_on_selector_all("[name=csrf_token]", "all => all.forEach((one) => { one.value = 'x'; })")
    page.click("#formulaire .pc-primary")


def refused(page: Page, cases: Cases) -> None:
    """Send a form as it is, with nothing answered."""
    page.click("#formulaire .pc-primary")
    page.wait_for_selector("[data-error-summary]")


def nothing_to_add(page: Page, cases: Cases) -> None:
    """Ask to add a day without saying which."""
    page.click("#formulaire [value=ajouter]")
    page.wait_for_selector("[data-error-summary]")


def holiday_published(page: Page, cases: Cases) -> None:
    """Make the day after tomorrow a holiday, once the deadlines were given; then look again."""
    with Session(cases.callers.engine) as session:
        body = organisation_by_code(session, "OP-DEMO")
        assert body is not None
        days = [day for day in special_days(session, body.id, 2026) if day.on != STORM.on]
        publish_holidays(a_system_desk(session, body), PublishHolidays(2026, [*days, STORM]))
        session.commit()
    page.reload()
    page.wait_for_selector("#formulaire .pc-primary")


def unreadable_evidence(page: Page, cases: Cases) -> None:
    """Ask to verify what is no evidence."""
    page.set_input_files("input[type=file]", {"name": "preuve.zip", "mimeType": "application/zip", "buffer": b"no"})
    page.click("main .pc-primary")


def true_evidence(page: Page, cases: Cases) -> None:
    """Ask to verify the evidence of a signed case."""
    pack = cases.callers.evidence("P09", cases.numbers["ended"])
    page.set_input_files("input[type=file]", {"name": "preuve.zip", "mimeType": "application/zip", "buffer": pack})
    page.click("main .pc-primary")
    page.wait_for_selector("main .pc-notice")


def wrong_password(page: Page, cases: Cases) -> None:
    """Try to sign in with another password."""
    page.fill("#code", "P36")
    page.fill("#mot_de_passe", "autre")
    page.click("main .pc-primary")
    page.wait_for_selector("[data-error-summary]")


def shortcuts(page: Page, cases: Cases) -> None:
    """Show the keyboard's shortcuts."""
    page.keyboard.press("?")
    page.wait_for_selector("#keys[open]")


def menu(page: Page, cases: Cases) -> None:
    """Open the menu of the person."""
    page.click(".pc-menu summary")


def unfolded(page: Page, cases: Cases) -> None:
    """Open everything that is folded."""
    page.eval_on_selector_all("details", "all => all.forEach((one) => { one.open = true; })")


def drawn(page: Page, cases: Cases) -> None:
    """Wait for the diagram."""
    page.wait_for_selector(".djs-element.pc-now")


HOLDERS = {
    "R04": "P05", "R05": "U01", "R07": "P08", "R08": "P03", "R13": "P17", "R14": "P19", "R18": "P01",
    "R21": "P01", "R23": "P09", "R26": "U01", "R30": "P03", "R38": "P03", "R39": "U01",
}  # fmt: skip
"""Who has the task of each form."""
BOXES = ("queue", "mine", "late", "returned", "done")
PARTS = ("", "/etapes", "/formulaires", "/fichiers", "/journal", "/lies")
LOOKS: Mapping[str, Look] = {
    "sign in": Look("", at("/connexion")),
    "sign in refused": Look("", at("/connexion"), wrong_password),
    "help of anyone": Look("", at("/aide")),
    "verification": Look("", at("/verification")),
    "verification refused": Look("", at("/verification"), unreadable_evidence),
    "verification made": Look("", at("/verification"), true_evidence),
    "not found by anyone": Look("", at("/rien")),
    **{f"inbox {box}": Look("P03", at(f"/corbeille?boite={box}")) for box in BOXES},
    "inbox filtered to nothing": Look("P03", at("/corbeille?boite=queue&q=introuvable")),
    "inbox shortcuts": Look("P03", at("/corbeille?boite=queue"), shortcuts),
    "inbox empty, menu open": Look("U03", at("/corbeille"), menu),
    **{f"task {step}": Look(code, task(step)) for step, code in HOLDERS.items()},
    **{f"task {step} refused": Look(HOLDERS[step], task(step), refused) for step in ("R05", "R08", "R23", "R38")},
    "task of another": Look("P03", task("R07")),
    "task finished": Look("P09", task("done")),
    "done": Look("P09", lambda cases: f"/taches/{cases.tasks['done']}/suite"),
    **{f"case{part}": Look("P03", case("ended", part)) for part in PARTS},
    "case diagram": Look("P03", case("R30", "/diagramme"), drawn),
    "case under way": Look("P03", case("R13")),
    "case in error": Look("P25", case("failed")),
    "task of a case in error": Look("P08", task("failed")),
    "case of the reader": Look("U01", case("R26", "/formulaires")),
    "start": Look("U01", at("/commencer")),
    "my requests": Look("U01", at("/demandes")),
    "search": Look("P03", at("/recherche?q=DER")),
    "search in vain": Look("P03", at("/recherche?q=introuvable")),
    "notices": Look("U01", at("/avis")),
    "preferences": Look("U01", at("/preferences")),
    "help": Look("U01", at("/aide")),
    "who may sign, not asked yet": Look("P03", at("/signataires")),
    "who may sign": Look("P03", at("/signataires?type=APPAREIL&unite=SOE&montant=10500&beneficiaire=U01")),
    "who may sign, wrongly asked": Look("P03", at("/signataires?unite=&montant=beaucoup&beneficiaire=P99")),
    "calendars": Look("U01", at("/calendriers")),
    "calendars of a year without days": Look("U01", at("/calendriers?annee=2031")),
    "calendars to review": Look("P13", at("/calendriers?annee=2028")),
    "calendars published": Look("P13", at("/calendriers?annee=2027")),
    "calendars, a day wrongly added": Look("P13", at("/calendriers?annee=2028"), nothing_to_add),
    "deadlines": Look("P25", at("/echeances")),
    "deadlines to move": Look("P25", at("/echeances"), holiday_published),
    "deadlines of no case": Look("P25", at("/echeances?dossier=DER-2026-999999")),
    "deadlines of others": Look("U01", at("/echeances")),
    "orders": Look("P03", at("/commandes")),
    "orders of others": Look("U01", at("/commandes")),
    "cancellation": Look("P03", case("R38", "/annulation")),
    "cancellation refused": Look("P03", case("R38", "/annulation"), refused),
    **{f"task {step}": Look(code, task(step)) for step, code in NAMERS.items()},
    "roles": Look("P02", at("/roles")),
    "roles in English, all told": Look("P01", at("/roles?langue=en"), unfolded),
    "roles read only": Look("P26", at("/roles"), unfolded),
    "roles of others": Look("U01", at("/roles")),
    "provider": Look("P03", at("/simulation/prestataire")),
    "not found": Look("U01", at("/dossiers/DER-2026-999999")),
    "forgery refused": Look("U01", task("R05"), forged),
}
