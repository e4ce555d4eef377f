"""A browser that is on this computer, asked to print: Chromium, Chrome or Edge, without a window and without a network."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from pipeline.core import disk
from pipeline.core.errors import LockstepError

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome", "microsoft-edge", "msedge")
PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
)
NAMED = "LOCKSTEP_BROWSER"
QUIET = (
    "--headless",
    "--disable-gpu",
    "--disable-extensions",
    "--disable-background-networking",
    "--no-first-run",
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--font-render-hinting=none",
)
WAIT = 120
DATED = re.compile(rb"D:\d{14}(?=[Z+-])")


def find() -> str:
    """The browser of this computer; "" where there is none."""
    if said := os.environ.get(NAMED):
        return said if Path(said).is_file() else ""
    found = (shutil.which(name) for name in NAMES)
    return next(filter(None, found), next((place for place in PLACES if Path(place).is_file()), ""))


def pdf(html: bytes, day: str) -> bytes:
    """An HTML file as a tagged PDF; the same bytes for the same file, browser and fonts: its dates are `day`. Raises LockstepError
    where no browser is there, or it does not print."""
    what, instead = "a PDF is printed by a browser", "Or write the paper as HTML (-o FILE.html) and print that."
    body = made(html, "paper.pdf", ["--no-pdf-header-footer"], "--print-to-pdf", what, instead)
    stamp = f"D:{day.replace('-', '')}000000".encode()
    return DATED.sub(stamp, body)


def picture(html: bytes, size: str) -> bytes:
    """What a window of a size (`720,440`) shows of an HTML file, as PNG. Raises LockstepError as `pdf` does."""
    words = ["--hide-scrollbars", f"--window-size={size}", "--allow-file-access-from-files"]
    return made(
        html, "picture.png", words, "--screenshot", "pictures are taken by a browser", "Or leave out --pictures."
    )


def made(html: bytes, name: str, words: list[str], how: str, what: str, instead: str) -> bytes:
    """The file that the browser makes of an HTML file. Raises LockstepError where no browser is there, or it makes none."""
    browser = find()
    if not browser:
        raise LockstepError(
            f"{what}, and there is no Chromium, Chrome or Edge on this computer",
            todo=f"Install one, or name it: {NAMED}=/path/to/chrome. {instead}",
        )
    with tempfile.TemporaryDirectory() as folder:
        page, result = Path(folder, "page.html"), Path(folder, name)
        disk.write_new(page, html)
        alone = (
            ["--no-sandbox"] if sys.platform == "linux" and os.geteuid() == 0 else []
        )  # Chromium refuses one to root
        command = [browser, *QUIET, *alone, f"--user-data-dir={folder}/profile", *words, f"{how}={result}"]
        try:
            done = subprocess.run([*command, page.as_uri()], capture_output=True, timeout=WAIT, check=False)
            return result.read_bytes()
        except (OSError, subprocess.TimeoutExpired) as problem:
            said = done.stderr.decode("utf-8", "replace").strip()[-200:] if "done" in locals() else problem
            raise LockstepError(
                f"the browser made nothing: {said}", path=browser, todo=f"Try again. {instead}"
            ) from problem
