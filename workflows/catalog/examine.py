"""Examining one file of a process as it lies on disk, whatever it holds: each problem with its line and its words."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path

from workflows.catalog.folder import LARGEST
from workflows.catalog.wording import sentence
from workflows.decisions import DecisionError, Table, read_dmn
from workflows.decisions.analysis import Finding, analyse
from workflows.engine import Known, Problem, check
from workflows.errors import Invalid
from workflows.forms import Form
from workflows.forms.codes import SENTENCES as FORM_WORDS

DECLARED = re.compile(rb"<!(?:DOCTYPE|ENTITY)")
UNBOUNDED = "device, pipe or socket"
TOML_LINE = re.compile(r"at line (\d+)")
Source = bytes | tuple[Problem, ...]


def problem(code: str, file: str, line: int | None = 1, element: str | None = None, **params: object) -> Problem:
    """A problem of this room, an error, with its sentence in both languages."""
    return Problem(code, "error", element, line, sentence(code, {"file": file, **params}), file)


def source_of(path: Path) -> Source:
    """The bytes of a file, or the problem that keeps it from being read."""
    name = path.name
    try:
        if not path.exists():
            return (problem("process.no_file", str(path)),)
        if not path.is_file() and not path.is_dir():
            return (problem("process.not_a_file", str(path), reason=UNBOUNDED),)
        if path.stat().st_size > LARGEST:
            return (problem("process.too_large", name),)
        source = path.read_bytes()
    except (OSError, ValueError) as error:
        return (problem("process.not_a_file", str(path), reason=getattr(error, "strerror", None) or error),)
    return source if source.strip() else (problem("process.empty", name),)


def examine_source(
    name: str, source: bytes, beside: Mapping[str, bytes] | None = None, known: Known | None = None
) -> tuple[Problem, ...]:
    """Everything wrong with a file's content; ``beside`` holds the drawings that it may call.

    ``known`` is what the house and the file's own folder offer; without it a file is looked at by itself.
    """
    kind = name.rpartition(".")[2].lower()
    if kind in READERS:
        return READERS[kind](name, source)
    return drawing_problems(name, source, beside or {}, known)


def drawing_problems(
    name: str, source: bytes, beside: Mapping[str, bytes], known: Known | None = None
) -> tuple[Problem, ...]:
    """What keeps a drawing from running as drawn, among the drawings that it may call."""
    found = [one for one in check({**beside, name: source}, known, alone=known is None) if one.file in (name, None)]
    return tuple(placed(one, name, source) for one in found)


def placed(one: Problem, name: str, source: bytes) -> Problem:
    """The problem with a line: where a DOCTYPE stands, the first line of the file when nothing better is known."""
    if one.line is not None:
        return one
    declared = DECLARED.search(source) if one.code == "engine.doctype" else None
    line = source.count(b"\n", 0, declared.start()) + 1 if declared else 1
    return Problem(one.code, one.severity, one.element, line, one.message, name)


def _table(name: str, source: bytes) -> tuple[Problem, ...]:
    try:
        found = read_dmn(source)
    except DecisionError as wrong:
        line = wrong.line
        if line is None:
            declared = DECLARED.search(source)
            line = source.count(b"\n", 0, declared.start()) + 1 if declared else 1
        wrong.line = None
        words = {"fr": wrong.sentence("fr"), "en": wrong.sentence("en")}
        return (Problem(wrong.code, "error", str(wrong.params.get("where") or "") or None, line, words, name),)
    tables = [one.logic for one in found.decisions.values() if isinstance(one.logic, Table)]
    return tuple(as_problem(one, name) for table in tables for one in analyse(table))


def as_problem(found: Finding, file: str) -> Problem:
    """What the analysis of a table found, as a problem of its file."""
    words = {tongue: found.sentence(tongue) for tongue in ("fr", "en")}
    return Problem(found.code, found.severity, found.where or None, found.line or 1, words, file)


def _form(name: str, source: bytes) -> tuple[Problem, ...]:
    try:
        Form.load(json.loads(source.decode("utf-8")))
    except UnicodeDecodeError:
        return (problem("process.not_text", name),)
    except json.JSONDecodeError as wrong:
        return (problem("process.not_json", name, wrong.lineno, reason=wrong.msg),)
    except RecursionError:
        return (problem("process.not_json", name, reason="depth"),)
    except ValueError:
        return (problem("process.not_json", name, reason="number"),)
    except Invalid as wrong:
        key = str(wrong.params.get("key") or "")
        french, english = FORM_WORDS[wrong.code]
        words = {"fr": french.format_map(wrong.params), "en": english.format_map(wrong.params)}
        return (Problem(wrong.code, "error", key or None, _line_of_key(source.decode(), key), words, name),)
    return ()


def _line_of_key(text: str, key: str) -> int:
    found = re.search(rf'"(?:key|path)"\s*:\s*"{re.escape(key)}"', text) if key else None
    return text.count("\n", 0, found.start()) + 1 if found else 1


def _about(name: str, source: bytes) -> tuple[Problem, ...]:
    try:
        about = tomllib.loads(source.decode("utf-8"))
    except UnicodeDecodeError:
        return (problem("process.not_text", name),)
    except tomllib.TOMLDecodeError as wrong:
        line = TOML_LINE.search(str(wrong))
        last = len(source.splitlines()) if "end of document" in str(wrong) else 1
        return (problem("process.toml", name, int(line.group(1)) if line else last, reason=wrong),)
    except RecursionError:
        return (problem("process.toml", name, reason="depth"),)
    except ValueError:
        return (problem("process.toml", name, reason="number"),)
    key = about.get("key")
    return () if isinstance(key, str) and key else (problem("process.no_key", name),)


READERS: Mapping[str, Callable[[str, bytes], tuple[Problem, ...]]] = {"dmn": _table, "json": _form, "toml": _about}
