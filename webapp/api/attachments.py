"""Files: join one to a case, read one back."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from flask import request, send_file
from flask_smorest.fields import Upload
from marshmallow import fields
from werkzeug import Response

from webapp.api.door import Room, identifier, persons_only
from webapp.api.schemas.shapes import In, Out
from webapp.desk import open_desk
from webapp.security import takes_files
from workflows.cases.attach import attach_file, read_file
from workflows.cases.commands import AttachFile
from workflows.cases.media import SUFFIXES
from workflows.desk import Desk
from workflows.errors import Flaw, Invalid

room = Room("attachments", "Files joined to cases: PDF, PNG or JPG, 10 Mo at most.")
PART = "file"
BYTES = {"schema": {"type": "string", "format": "binary"}}


class UploadIn(In):
    """One file, in the part `file`."""

    file = Upload(required=True)


class AttachmentOut(Out):
    """A file that was joined."""

    id = fields.String(required=True)
    filename = fields.String(required=True)
    media_type = fields.String(required=True)
    size = fields.Integer(required=True)
    sha256 = fields.String(required=True)


@room.route("/cases/<case_id>/attachments", methods=["POST"])
@persons_only
@room.doc(requestBody={"required": True, "content": {"multipart/form-data": {"schema": UploadIn}}})
@room.writes(AttachmentOut, 201)
@takes_files
def attach(desk: Desk, case_id: str) -> Any:
    """Join a file to a case: one part, `file`."""
    sent = request.files.getlist(PART)
    if len(sent) != 1 or set(request.files) != {PART}:
        raise Invalid("file.one_part", {PART: (Flaw("file.one_part"),)})
    return attach_file(desk, AttachFile(case_id, sent[0].filename or "", sent[0].stream.read()))


@room.route("/attachments/<file_id>")
@persons_only
@room.doc(responses={"200": {"description": "The file", "content": dict.fromkeys(SUFFIXES, BYTES)}})
@room.alt_response(200, success=True)
def download(file_id: str) -> Response:
    """The bytes of a file, as they were sent."""
    with open_desk() as desk:
        file = read_file(desk, identifier(file_id, "file.unknown"))
        content = BytesIO(file.content)
        return send_file(content, mimetype=file.media_type, as_attachment=True, download_name=file.filename)
