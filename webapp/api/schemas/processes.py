"""Processes: what may be started, and what each version is made of."""

from __future__ import annotations

from typing import Any

from marshmallow import INCLUDE, fields

from webapp.api.schemas.shapes import Instant, Out, items_of


class TitlesOut(Out):
    """A title in both languages."""

    fr = fields.String(required=True)
    en = fields.String(required=True)


class ProcessOut(Out):
    """A process, in its current version."""

    key = fields.String(required=True, metadata={"example": "derogation_cellulaire"})
    titles = fields.Nested(TitlesOut, required=True)
    version = fields.Integer(required=True)
    may_start = fields.Boolean(required=True)


class VersionOut(Out):
    """One published version: it never changes."""

    key = fields.String(required=True)
    version = fields.Integer(required=True)
    titles = fields.Nested(TitlesOut, required=True)
    checksum = fields.String(required=True)
    published_at = Instant(required=True)
    retired_at = Instant(required=True, allow_none=True)
    forms = fields.List(fields.String(), required=True)
    files = fields.List(fields.String(), required=True)


class FormOut(Out):
    """A form-js schema, as its editor writes it."""

    class Meta:
        unknown = INCLUDE

    schemaVersion = fields.Integer()
    components = fields.List(fields.Dict())

    def dump(self, obj: Any, **kwargs: Any) -> Any:
        """The schema, whole."""
        return obj


ProcessPage = items_of(ProcessOut)
