"""Joining a file to a case, and reading it back (« Joindre un fichier »)."""

from __future__ import annotations

import hashlib
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import undefer

from workflows.cases.access import allow_attach
from workflows.cases.commands import AttachFile
from workflows.cases.details import Attachment
from workflows.cases.media import media_type, safe_name
from workflows.cases.models import Case
from workflows.cases.sight import sees_whole
from workflows.cases.store import look_at_case
from workflows.desk import Desk
from workflows.errors import Missing
from workflows.journal.write import note
from workflows.people.discretion import unhidden


def attach_file(desk: Desk, command: AttachFile) -> Attachment:
    """Keep a file with a case: PDF, PNG or JPG by its content, at most 10 Mo."""
    case = look_at_case(desk, command.case)
    allow_attach(desk, case)
    media = media_type(command.content)
    file = Attachment(
        case_id=case.id,
        person_id=desk.actor.id,
        at=desk.now,
        filename=safe_name(command.filename, media),
        media_type=media,
        size=len(command.content),
        sha256=hashlib.sha256(command.content).hexdigest(),
        content=command.content,
    )
    desk.session.add(file)
    desk.session.flush()
    note(desk, "file.attached", case=case, file=file.id, media_type=media, size=file.size, sha256=file.sha256)
    return file


def read_file(desk: Desk, file_id: UUID) -> Attachment:
    """A file with its bytes, for whoever sees the whole of its case."""
    query = select(Attachment).where(Attachment.id == file_id, unhidden(desk.actor, Attachment.case_id))
    file = desk.session.scalar(query.options(undefer(Attachment.content)))
    if file is None:
        raise Missing("file.unknown")
    if not sees_whole(desk, desk.session.get_one(Case, file.case_id)):
        raise Missing("file.unknown")
    return file
