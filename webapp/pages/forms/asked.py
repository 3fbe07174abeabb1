"""A question as a page asks it: frozen values that the template only has to write down."""

from __future__ import annotations

from dataclasses import dataclass

from workflows.cases.views import FileRow


@dataclass(frozen=True, slots=True)
class Option:
    """One choice: its code, what it is called, whether it is chosen."""

    code: str
    label: str
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    """One question, ready to show.

    ``name`` is its name in the posted form (``frais.0.cents``), ``id`` its element. ``look`` is how it is asked:
    ``text``, ``long``, ``number``, ``money``, ``date``, ``radio``, ``checks``, ``yes_no``, ``select``, ``file``,
    ``group``, ``list``,
    ``fixed``. ``when`` is the condition that scripts watch (``decision!=RETOURNER``), ``required_when``
    the one under which an answer is due. ``rows`` are those of a list.
    """

    name: str
    id: str
    look: str
    label: str
    hint: str = ""
    value: str = ""
    options: tuple[Option, ...] = ()
    suggestions: tuple[Option, ...] = ()
    required: bool = False
    when: str = ""
    required_when: str = ""
    wrong: tuple[str, ...] = ()
    longest: int | None = None
    accept: str = ""
    most: int | None = None
    files: tuple[FileRow, ...] = ()
    fields: tuple[Asked, ...] = ()
    rows: tuple[tuple[Asked, ...], ...] = ()
    optional_choice: bool = False
    said: str = ""
    """Of what the case answered itself (``fixed``): that answer in words."""
    given: bool = False
    """Whether the case decides which rows a list has."""

    @property
    def described_by(self) -> str:
        """The elements that describe it: its hint, then what is wrong."""
        found = [f"{self.id}-aide"] if self.hint else []
        found += [f"{self.id}-erreur"] if self.wrong else []
        return " ".join(found)

    @property
    def target(self) -> str:
        """The element that takes the focus from the summary of errors."""
        if self.look in ("radio", "checks", "yes_no") and self.options:
            return f"{self.id}-0"
        return self.id


@dataclass(frozen=True, slots=True)
class Error:
    """One line of the summary of errors: where to go, what question, what is wrong."""

    target: str
    label: str
    said: str


@dataclass(frozen=True, slots=True)
class Questions:
    """A whole form, ready to show: what it says first, its questions, what is wrong on the whole."""

    lead: tuple[str, ...] = ()
    fields: tuple[Asked, ...] = ()
    errors: tuple[Error, ...] = ()

    @property
    def takes_files(self) -> bool:
        """Whether a file may be sent with it."""
        return any(one.look == "file" for field in self.fields for one in (field, *field.fields))
