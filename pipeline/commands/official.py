"""Official notices: which are bound and shown, and a person's word that a text is the one to be shown."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.changes import people
from pipeline.changes.people import OFFICIAL
from pipeline.core import inputs
from pipeline.core.errors import LockstepError
from pipeline.core.ledger import save
from pipeline.core.signers import given
from pipeline.project.project import Project
from pipeline.review import official
from pipeline.review.official import FOLDER, PATH, Bindings, Bound


def bind(project: Project, files: Sequence[str], by: str) -> tuple[Bound, ...]:
    """Bind files as they are. Raises LockstepError, with nothing written, where one is no notice, or the person is not heard."""
    root = project.root
    name = given(by, "an official notice").name
    old = Bindings(now=project.clock.stamp, who=people.load(root)).load(root)
    if old.findings:
        raise LockstepError(old.findings[0].text, path=PATH, line=old.findings[0].span.line)
    if why := old.who.unlisted(name, OFFICIAL):
        raise LockstepError(why, path=people.PATH, todo="Ask somebody who is. Nothing was written.")
    known, lines = official.names(root), []
    for said in files:
        file = said.removeprefix(f"{FOLDER}/")
        if file not in known:
            here = ", ".join(known) or "none"
            raise LockstepError(f"there is no notice {said!r}", todo=f"In {FOLDER}/: {here}. Nothing was written.")
        body = inputs.read(root, f"{FOLDER}/{file}") or b""
        line = Bound(file, official.sha(body), name, project.clock.stamp)
        official.read(root, file, Bindings((line,)))  # what could not be shown is not bound
        if (last := old.last.get(file)) is None or last.sha256 != line.sha256:
            lines.append(line)
    save(root, old, old.added(lines))
    return tuple(lines)
