"""Someone at a browser of their own: signs in, opens a task from the inbox, fills in a form, goes on."""

from __future__ import annotations

import re
from collections.abc import Mapping

from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.browser.seeing import Seen, axe

PASSWORD = "parcours-demo"
Answer = str | bool | tuple[str, ...]
Answers = Mapping[str, Answer]


class Reader:
    """A person of the demonstration, and the page that is open before that person."""

    def __init__(self, context: BrowserContext, address: str, code: str, scripts: bool = True) -> None:
        self.context, self.address, self.code, self.scripts = context, address, code, scripts
        self.seen = Seen(context)
        self.page: Page = context.new_page()

    def sign_in(self) -> Reader:
        """Sign in with the code and the password, as anyone does."""
        self.open("/connexion")
        self.page.fill("#code", self.code)
        self.page.fill("#mot_de_passe", PASSWORD)
        self.page.click("main .pc-primary")
        expect(self.page).to_have_url(re.compile("/corbeille"))
        return self

    def open(self, path: str) -> None:
        """Open an address of the product."""
        self.page.goto(self.address + path)

    def start(self, process: str = "derogation_cellulaire") -> str:
        """Start a request and give the number of its case."""
        self.open("/commencer")
        self.page.click(f"form[action$='/{process}'] button")
        return self.page.locator("main a[href^='/dossiers/']").first.inner_text()

    def look_at(self, path: str) -> None:
        """Open an address, and see that nothing is wrong with it."""
        self.open(path)
        self.look()

    def number_of(self, case_id: str) -> str:
        """The number of a case, as its page tells it."""
        self.look_at(f"/dossiers/{case_id}")
        return self.page.locator(".pc-crumbs").inner_text().rpartition(" ")[2]

    def go_to(self, instant: str) -> None:
        """Move the clock of the simulation to an instant, from the band on top."""
        self.page.fill("#instant", instant)
        self.page.click("#horloge button")
        self.page.wait_for_load_state()

    def open_task(self, number: str, title: str = "") -> None:
        """Open the task of a case from the inbox, whichever box it lies in; with a title, the one that bears it."""
        for box in ("queue", "mine"):
            self.open(f"/corbeille?boite={box}&q={number}")
            rows = self.page.locator("[data-row] th a").filter(has_text=title)
            if rows.count():
                rows.first.click()
                expect(self.page).to_have_url(re.compile("/taches/"))
                return
        raise AssertionError(f"{self.code} has no task of {number}")

    def answer(self, answers: Answers, *, check: bool = True) -> None:
        """Fill in the form that is open and complete the task; the page that follows says what comes next."""
        for name, value in answers.items():
            self.give(name, value)
        if check:
            self.look()
        self.page.locator("#formulaire .pc-primary").click()
        expect(self.page).to_have_url(re.compile("/suite$"))
        if check:
            self.look()

    def give(self, name: str, value: Answer) -> None:
        """Answer one question, whatever its look; several choices are ticked one by one."""
        if isinstance(value, tuple):
            for one in value:
                self.give(name, one)
            return
        form = self.page.locator("#formulaire")
        form.locator(f"[name='{name}']").first.wait_for(state="attached")
        choice = form.locator(f"input[name='{name}'][value='{_worth(value)}']")
        if choice.count():
            choice.first.check()
            return
        field = form.locator(f"[name='{name}']").first
        if _tag(field) == "select":
            field.select_option(str(value))
        else:
            field.fill(str(value))

    def look(self) -> None:
        """Nothing is wrong with the page that is open: scripts, content policy, accessibility."""
        assert self.seen.troubles == [], self.page.url
        if self.scripts:
            assert axe(self.page) == [], self.page.url

    def end_of(self, number: str) -> str:
        """How a case stands, in the words of its page."""
        self.open(f"/dossiers/{number}")
        return self.page.locator("main .pc-state").first.inner_text()


def _worth(value: str | bool) -> str:
    return {True: "true", False: "false"}.get(value, str(value)) if isinstance(value, bool) else value


def _tag(field: Locator) -> str:
    return str(field.evaluate("one => one.tagName.toLowerCase()"))
