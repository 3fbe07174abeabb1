"""Files are known by their content, not by their name."""

from __future__ import annotations

import pytest

from workflows.cases.media import LARGEST, media_type, safe_name
from workflows.errors import Invalid

PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n"
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 32
JPG = b"\xff\xd8\xff\xe0" + b"\0" * 32


@pytest.mark.parametrize(("content", "found"), [(PDF, "application/pdf"), (PNG, "image/png"), (JPG, "image/jpeg")])
def test_three_kinds_of_files_are_taken(content: bytes, found: str) -> None:
    assert media_type(content) == found


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "file.empty"),
        (b"MZ\x90\0" + b"\0" * 60, "file.type"),
        (b"GIF89a" + b"\0" * 60, "file.type"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "file.type"),
        (b"just text", "file.type"),
        (PDF + b"\0" * LARGEST, "file.too_large"),
    ],
)
def test_anything_else_is_refused(content: bytes, code: str) -> None:
    with pytest.raises(Invalid) as refused:
        media_type(content)
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("Preuve de couverture.pdf", "Preuve de couverture.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\Users\\x\\carte.PDF", "carte.PDF"),
        ("facture.exe", "facture.exe.pdf"),
        ("a\u202e\r\nb.pdf", "ab.pdf"),
        ("", "fichier.pdf"),
        ("...", "fichier.pdf"),
        ("é" * 300 + ".pdf", "é" * 120 + ".pdf"),
    ],
)
def test_a_name_is_made_safe(given: str, kept: str) -> None:
    assert safe_name(given, "application/pdf") == kept
