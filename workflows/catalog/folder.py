"""A process's folder on disk: its drawing, its tables, its forms, and what ``process.toml`` says of it."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from workflows.errors import Invalid, Missing

MAIN = "process.bpmn"
ABOUT = "process.toml"
KEPT = frozenset({".bpmn", ".dmn", ".json", ".toml"})
LARGEST = 4 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class ProcessSources:
    """What a process is made of: each file of its folder by name, and the checksum of them all."""

    key: str
    about: Mapping[str, Any]
    files: Mapping[str, str]
    checksum: str

    @property
    def drawings(self) -> dict[str, bytes]:
        """The BPMN files, by name."""
        return {name: text.encode() for name, text in self.files.items() if name.endswith(".bpmn")}

    @property
    def forms(self) -> dict[str, str]:
        """The form schemas as text, by form name (``F-R1``)."""
        found = {name: text for name, text in self.files.items() if name.startswith("forms/")}
        return {name.removeprefix("forms/").removesuffix(".json"): text for name, text in found.items()}


def processes_root() -> Path:
    """Where the house's own processes lie: ``bpmn/`` beside the code, in a checkout as in an installed wheel."""
    here = Path(__file__).resolve().parent.parent
    for candidate in (here.parent / "bpmn", here / "bpmn"):
        if any(candidate.glob(f"*/{ABOUT}")):
            return candidate
    return here.parent / "bpmn"


def process_folders(root: Path | None = None) -> list[Path]:
    """Every process folder under a root, in the order of their names."""
    return sorted(found.parent for found in (root or processes_root()).glob(f"*/{ABOUT}"))


def read_folder(path: Path) -> ProcessSources:
    """Read a process's folder as it stands; scenarios and notes are not part of a version."""
    if not (path / ABOUT).is_file():
        raise Missing("process.no_folder", folder=str(path))
    files = {name: _text(path / name) for name in names_of(path)}
    try:
        about = tomllib.loads(files[ABOUT])
    except tomllib.TOMLDecodeError as wrong:
        raise Invalid("process.toml", file=ABOUT, reason=str(wrong)) from None
    return sources_of(files, about)


def names_of(path: Path) -> list[str]:
    """The files of a process's folder that are part of a version, by their names there."""
    return sorted(found.relative_to(path).as_posix() for found in path.rglob("*") if _belongs(path, found))


def sources_of(files: Mapping[str, str], about: Mapping[str, Any]) -> ProcessSources:
    """The same, from files already read: how a stored version is looked at again."""
    key = about.get("key")
    if not isinstance(key, str) or not key:
        raise Invalid("process.no_key", file=ABOUT)
    if MAIN not in files:
        raise Invalid("process.no_drawing", file=MAIN)
    return ProcessSources(key, about, dict(files), checksum(files))


def checksum(files: Mapping[str, str]) -> str:
    """One SHA-256 for a set of files: the same names with the same text, in any order."""
    digest = hashlib.sha256()
    for name in sorted(files):
        text = files[name].encode()
        digest.update(f"{name}\0{len(text)}\0".encode() + text)
    return digest.hexdigest()


def _belongs(root: Path, found: Path) -> bool:
    parts = found.relative_to(root).parts
    return found.is_file() and found.suffix in KEPT and parts[0] in {"forms", found.name}


def _text(found: Path) -> str:
    if found.stat().st_size > LARGEST:
        raise Invalid("process.too_large", file=found.name)
    try:
        return found.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise Invalid("process.not_text", file=found.name) from None
