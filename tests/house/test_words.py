"""Every sentence that a page says in French stands in English in the catalogue, and no page says one outside it."""

from __future__ import annotations

import re
from functools import cache
from html.parser import HTMLParser

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po

from tests.house.reading import ROOT, told

WEBAPP = ROOT / "webapp"
TRANSLATIONS = WEBAPP / "translations"
KEYWORDS = {"_": None, "_l": None, "gettext": None, "lazy_gettext": None, "ngettext": (1, 2)}
PLACEHOLDER = re.compile(r"%\(\w+\)s")
JINJA = re.compile(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)
READ_ALOUD = frozenset({"aria-label", "placeholder", "title", "alt"})
ATTRIBUTE = re.compile(r'[\w-]+="[^"]*"')
OWN_NAMES = frozenset({"parcours-demo"})
Message = str | tuple[str, str]


@cache
def _said() -> dict[Message, str]:
    """Every message of the templates and of the Python files, and a file that says it."""
    with (TRANSLATIONS / "babel.cfg").open(encoding="utf-8") as opened:
        methods, options = parse_mapping_cfg(opened)
    found: dict[Message, str] = {}
    for file, _line, message, _notes, _context in extract_from_dir(WEBAPP, methods, options, KEYWORDS):
        found.setdefault(message, file)
    return found


@cache
def _english() -> Catalog:
    with (TRANSLATIONS / "en" / "LC_MESSAGES" / "messages.po").open("rb") as opened:
        return read_po(opened, locale="en")


def _pairs() -> list[tuple[str, str]]:
    """Every French form beside its English one."""
    pairs = []
    for message in _english():
        if message.id:
            french = message.id if isinstance(message.id, tuple | list) else (message.id,)
            english = message.string if isinstance(message.string, tuple | list) else (message.string,)
            pairs += list(zip(french, english, strict=True))
    return pairs


def test_the_templates_and_the_pages_are_read() -> None:
    assert "Ma corbeille" in _said()
    assert _said()["Le fichier est joint au dossier."] == "pages/case.py"


def test_every_sentence_has_its_english() -> None:
    known = {message.id for message in _english() if message.id and all(_forms(message.string))}
    assert {message: file for message, file in _said().items() if message not in known} == {}


def test_the_catalogue_holds_nothing_that_no_page_says() -> None:
    assert [message.id for message in _english() if message.id and message.id not in _said()] == []


def test_no_translation_is_a_guess() -> None:
    assert [message.id for message in _english() if message.fuzzy and message.id] == []


def test_both_languages_name_the_same_things() -> None:
    different = [
        (french, english)
        for french, english in _pairs()
        if set(PLACEHOLDER.findall(english)) - {"%(num)s"} != set(PLACEHOLDER.findall(french)) - {"%(num)s"}
    ]
    assert different == []


def test_english_sentences_keep_no_french_signs() -> None:
    assert [english for _french, english in _pairs() if re.search(r"[«»]| [:;?!]", english)] == []


class _Words(HTMLParser):
    """The words that a template would show as they stand."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.kept: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.kept.append(tag)
        self.found += [value for name, value in attrs if name in READ_ALOUD and value]

    def handle_data(self, data: str) -> None:
        if not self.kept or self.kept[-1] not in ("script", "style"):
            self.found.append(ATTRIBUTE.sub("", data))


def test_no_template_says_a_word_outside_the_catalogue() -> None:
    found = {}
    for path in sorted((WEBAPP / "templates").rglob("*.html")):
        reader = _Words()
        reader.feed(JINJA.sub(" ", path.read_text(encoding="utf-8")))
        words = [one for text in reader.found for one in re.findall(r"[^\W\d_][^\W\d_\-]+(?:-\w+)*", text)]
        if foreign := [one for one in words if one not in OWN_NAMES]:
            found[told(path)] = foreign
    assert found == {}


def _forms(string: str | tuple[str, ...] | list[str]) -> tuple[str, ...]:
    return tuple(string) if isinstance(string, tuple | list) else (string,)
