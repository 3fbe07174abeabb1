"""The pieces that schemas are made of: strict values coming in, plain values going out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from marshmallow import RAISE, Schema, fields, validate

from workflows.errors import Flaw

BASE = {
    "required": [Flaw("field.required")],
    "null": [Flaw("field.required")],
    "validator_failed": [Flaw("field.value")],
}
SAID: dict[str, Any] = {"unknown": Flaw("field.unknown"), "type": Flaw("field.type", expected="object")}
LARGEST_WHOLE = 2**53 - 1


def _typed(expected: str) -> dict[str, Any]:
    wrong = [Flaw("field.type", expected=expected)]
    kinds = ("invalid", "invalid_utf8", "format", "too_large", "special", "invalid_uuid")
    return BASE | dict.fromkeys(kinds, wrong)


class In(Schema):
    """What comes in: an unknown key is refused."""

    error_messages = SAID

    class Meta:
        unknown = RAISE


class NothingIn(In):
    """A call that needs nothing said."""


class Out(Schema):
    """What goes out: written from a mapping or a frozen view."""


class Instant(fields.Field[datetime]):
    """An instant, in UTC with ``Z`` going out (``2026-12-07T14:00:00Z``); coming in it may carry any offset."""

    def _serialize(self, value: Any, attr: str | None, obj: Any, **kwargs: Any) -> str | None:
        if value is None:
            return None
        text: str = value.astimezone(UTC).isoformat()
        return text.replace("+00:00", "Z")

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> datetime:
        try:
            instant = datetime.fromisoformat(value)
            if instant.tzinfo is None:
                raise self.make_error("invalid")
            return instant.astimezone(UTC)
        except (TypeError, ValueError, OverflowError):
            raise self.make_error("invalid") from None


class Sized(validate.Length):
    """A text of so many characters."""

    def _format_error(self, value: Any, message: str) -> Any:
        return [Flaw("field.length", least=self.min or 0, most=self.max)]


class Between(validate.Range):
    """A number within bounds."""

    def _format_error(self, value: Any, message: str) -> Any:
        return [Flaw("field.range", least=self.min, most=self.max)]


class Among(validate.OneOf):
    """One of a list of codes."""

    def _format_error(self, value: Any) -> Any:
        return [Flaw("field.choice", choices=list(self.choices))]


def text(least: int = 1, most: int = 255, **options: Any) -> fields.String:
    """A text of so many characters."""
    return fields.String(validate=Sized(least, most), error_messages=_typed("string"), **options)


def whole(least: int = 0, most: int = LARGEST_WHOLE, *, loose: bool = False, **options: Any) -> fields.Integer:
    """A whole number within bounds; ``loose`` for the query, where all is text."""
    bounds = Between(min=least, max=most)
    return fields.Integer(strict=not loose, validate=bounds, error_messages=_typed("integer"), **options)


def instant(**options: Any) -> Instant:
    """An instant with its offset."""
    return Instant(error_messages=_typed("date-time"), **options)


def choice(choices: Sequence[str], **options: Any) -> fields.String:
    """One of a list of codes."""
    return fields.String(validate=Among(choices), error_messages=_typed("string"), **options)


def mapping(**options: Any) -> fields.Dict:
    """An object with any keys: the form or the process says which."""
    return fields.Dict(keys=fields.String(), error_messages=_typed("object"), **options)


def items_of(schema: type[Schema]) -> type[Schema]:
    """A page of a list: its items, and the cursor of the next page or null."""
    content: Mapping[str, Any] = {
        "items": fields.List(fields.Nested(schema), required=True),
        "next": fields.String(required=True, allow_none=True),
    }
    return Out.from_dict(dict(content), name=schema.__name__.removesuffix("Out") + "Page")


class PageIn(In):
    """How a list is paged."""

    limit = whole(1, 200, loose=True, load_default=50, metadata={"description": "Items a page, 1 to 200."})
    cursor = text(most=1000, load_default=None, metadata={"description": "`next` of the page before."})
