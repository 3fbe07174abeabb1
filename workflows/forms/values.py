"""What each kind of question accepts: one function a kind, giving the value as it is kept or saying what is wrong."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from zoneinfo import ZoneInfo

from workflows.errors import Flaw
from workflows.forms.context import FormContext
from workflows.forms.field import REGISTERS, Field
from workflows.forms.texts import flaw_of_text, is_imei, tidied

WIDEST = 2**53
MOST_CENTS = 10**12
MOST_ITEMS = 100
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}(:[0-9]{2})?(Z|[+-][0-9]{2}:[0-9]{2})?")
CODE = re.compile(r"[^\x00-\x1f\x7f]{1,100}")


class Wrong(Exception):
    """An answer is not accepted."""

    def __init__(self, flaw: Flaw) -> None:
        super().__init__(flaw.code)
        self.flaw = flaw


def _wrong(code: str, **params: object) -> Wrong:
    return Wrong(Flaw(code, **params))


def is_empty(value: object) -> bool:
    """Whether nothing was answered: an empty string, blanks or an empty list are no answer."""
    return value is None or (isinstance(value, str) and not value.strip()) or value in ([], {})


def _text(value: object, field: Field, context: FormContext) -> object:
    if not isinstance(value, str):
        raise _wrong("form.type")
    kept = value if is_code(field) else tidied(value)
    flaw = flaw_of_text(kept, field)
    if flaw is not None:
        raise Wrong(flaw)
    return kept


def is_code(field: Field) -> bool:
    """Whether a text is a code, written to a pattern: it is taken as it is, to the sign."""
    return field.kind == "imei" or field.rules.pattern is not None


def _imei(value: object, field: Field, context: FormContext) -> object:
    kept = _text(value, field, context)
    if not is_imei(str(kept)):
        raise _wrong("form.imei")
    return kept


def _integer(value: object, field: Field, context: FormContext) -> object:
    if isinstance(value, bool) or not isinstance(value, int) or abs(value) > WIDEST:
        raise _wrong("form.integer")
    low, high = field.rules.minimum, field.rules.maximum
    if isinstance(low, int) and value < low:
        raise _wrong("form.too_small", min=low)
    if high is not None and value > high:
        raise _wrong("form.too_large", max=high)
    return value


def _money(value: object, field: Field, context: FormContext) -> object:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= MOST_CENTS:
        raise _wrong("form.money")
    return value


def _boolean(value: object, field: Field, context: FormContext) -> object:
    if not isinstance(value, bool):
        raise _wrong("form.boolean")
    return value


def _date(value: object, field: Field, context: FormContext) -> object:
    if not isinstance(value, str) or not DAY.fullmatch(value):
        raise _wrong("form.date")
    try:
        day = date.fromisoformat(value)
    except ValueError:
        raise _wrong("form.date") from None
    if field.rules.minimum == "today" and day < context.today:
        raise _wrong("form.date_past")
    return day.isoformat()


def _moment(value: object, field: Field, context: FormContext) -> object:
    """A day, or an instant with its offset."""
    if isinstance(value, str) and DAY.fullmatch(value):
        return _date(value, field, context)
    try:
        found = datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        found = None
    if found is None or found.tzinfo is None:
        raise _wrong("form.date")
    return found.isoformat()


def _on_the_clock(value: object, field: Field, context: FormContext) -> object:
    """An instant, kept with its offset; one without an offset is read on the organisation's clocks."""
    if not isinstance(value, str) or not MOMENT.fullmatch(value):
        raise _wrong("form.moment")
    try:
        told = datetime.fromisoformat(value)
    except ValueError:
        raise _wrong("form.moment") from None
    if told.tzinfo is None:
        told = told.replace(tzinfo=ZoneInfo(context.zone))
    return told.isoformat()


def _choice(value: object, field: Field, context: FormContext) -> object:
    if not isinstance(value, str) or value not in field.choices:
        raise _wrong("form.choice")
    return value


def _choices(value: object, field: Field, context: FormContext) -> object:
    chosen = as_list(value, field)
    for one in chosen:
        _choice(one, field, context)
    if len({str(one) for one in chosen}) != len(chosen):
        raise _wrong("form.duplicate")
    return chosen


def _files(value: object, field: Field, context: FormContext) -> object:
    ids = as_list(value, field)
    for one in ids:
        if not isinstance(one, str) or not CODE.fullmatch(one) or context.look_up("files", one) is None:
            raise _wrong("form.unknown_file")
    if len({str(one) for one in ids}) != len(ids):
        raise _wrong("form.duplicate")
    return ids


def _reference(value: object, field: Field, context: FormContext) -> object:
    if not isinstance(value, str) or not CODE.fullmatch(value):
        raise _wrong("form.type")
    if context.look_up(str(field.source), value) is None:
        raise _wrong("form.unknown_reference", value=value)
    return value


def _texts(value: object, field: Field, context: FormContext) -> object:
    """A list of short texts; of codes, when the question names a register."""
    kept = []
    for one in as_list(value, field):
        if not isinstance(one, str) or not CODE.fullmatch(one.strip()):
            raise _wrong("form.type")
        if field.source and context.look_up(field.source, one.strip()) is None:
            raise _wrong("form.unknown_reference", value=one)
        kept.append(one.strip())
    if len(set(kept)) != len(kept):
        raise _wrong("form.duplicate")
    return kept


def as_list(value: object, field: Field) -> list[object]:
    """A list of answers, not longer than the question allows."""
    if not isinstance(value, list):
        raise _wrong("form.type")
    most = field.rules.most or MOST_ITEMS
    if len(value) > most:
        raise _wrong("form.too_many", max=most)
    return list(value)


def as_mapping(value: object) -> Mapping[str, object]:
    """An answer made of several."""
    if not isinstance(value, Mapping):
        raise _wrong("form.type")
    return value


CHECKS: Mapping[str, Callable[[object, Field, FormContext], object]] = {
    "text": _text,
    "long_text": _text,
    "imei": _imei,
    "integer": _integer,
    "money": _money,
    "boolean": _boolean,
    "date": _date,
    "moment": _moment,
    "instant": _on_the_clock,
    "choice": _choice,
    "choices": _choices,
    "file": _files,
    "texts": _texts,
    **dict.fromkeys(REGISTERS, _reference),
}
