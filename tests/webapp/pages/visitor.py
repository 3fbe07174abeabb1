"""Someone who reads pages and sends their forms, without a browser: what the server says is what is looked at."""

from __future__ import annotations

from typing import Any

from flask.testing import FlaskClient
from lxml import html
from werkzeug.test import TestResponse

PASSWORD = "parcours-demo"
TOKEN = "csrf_token"


class Visitor:
    """One session of the site."""

    def __init__(self, client: FlaskClient) -> None:
        self.client = client
        self.answer: TestResponse | None = None

    def get(self, path: str, **more: Any) -> TestResponse:
        """Read a page."""
        self.answer = self.client.get(path, **{"headers": {"Accept": "text/html"}, **more})
        return self.answer

    def send(self, path: str, *, follow: bool = False, **fields: Any) -> TestResponse:
        """Send a form as the page would, with the session's own token."""
        sent = {TOKEN: self.token(), **fields}
        headers = {"Accept": "text/html"}
        kind = "multipart/form-data"
        self.answer = self.client.post(path, data=sent, headers=headers, content_type=kind, follow_redirects=follow)
        return self.answer

    def sign_in(self, code: str, password: str = PASSWORD, **more: Any) -> TestResponse:
        """Sign in through the page."""
        return self.send("/connexion", code=code, mot_de_passe=password, **more)

    def token(self) -> str:
        """The forgery token of this session, as its pages carry it."""
        with self.client.session_transaction() as kept:
            found = kept.get(TOKEN)
        if found is None:
            self.client.get("/preferences", headers={"Accept": "text/html"}, follow_redirects=True)
            with self.client.session_transaction() as kept:
                found = kept.get(TOKEN)
        return str(found)

    @property
    def page(self) -> html.HtmlElement:
        """The page last read."""
        assert self.answer is not None
        return html.document_fromstring(self.answer.get_data(as_text=True))

    def said(self, path: str = "//main") -> str:
        """The words of a part of the page, on one line."""
        return " ".join(" ".join(one.text_content() for one in self.page.xpath(path)).split())

    def value(self, name: str) -> str:
        """What a field of the task's form holds now."""
        (found,) = self.page.xpath(f"//form[@id='formulaire']//*[@name='{name}'][not(@type='radio')]")
        return str(found.get("value") if found.tag == "input" else found.text_content().strip("\n"))

    def chosen(self, name: str) -> list[str]:
        """The choices of a question that are ticked now."""
        return [str(one.get("value")) for one in self.page.xpath(f"//input[@name='{name}'][@checked]")]
