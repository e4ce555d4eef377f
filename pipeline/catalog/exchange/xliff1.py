"""XLIFF 1.2 (OASIS, 2008) ⇄ units; plural forms as its representation guide for gettext has them, one `trans-unit` a form."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from pipeline.catalog.exchange import Format, Heading
from pipeline.catalog.exchange.forms import OURS, Apart, apart, gathered, numbered, unnumbered
from pipeline.catalog.exchange.xml import Element, parse, plain, tag, words
from pipeline.core.errors import LockstepError
from pipeline.core.exchange import FUZZY, NEW, REVIEWED, TRANSLATED, UNSAID, UNWRITABLE, Piece, Pieces, Unit, matched

SPACE, BASE = "urn:oasis:names:tc:xliff:document:1.2", "x-lockstep-base"
STATES = {NEW: "new", FUZZY: "needs-review-translation", TRANSLATED: "translated", REVIEWED: "signed-off"}
DONE = frozenset(["final", "signed-off", "translated"])
CHARACTER = "x-character"
KINDS = {"bpt": "open", "ept": "close", "ph": "ph", "it": "ph", "x": "ph", "bx": "open", "ex": "close"}


def write(heading: Heading, units: Sequence[Unit]) -> bytes:
    """A file with all units, those of each page in a `<file>` of their own."""
    files: dict[str, list[str]] = defaultdict(list)
    for unit in units:
        files[unit.references[0] if unit.references else "site"].append(grouped(unit))
    body = "\n".join(
        f"{tag('file', chr(10) + tag('body', chr(10) + chr(10).join(made) + chr(10)) + chr(10), original=name, source_language=heading.source, target_language=heading.target, datatype='po')}"
        for name, made in files.items()
    )
    top = tag("xliff", f"\n{body}\n", version="1.2", xmlns=SPACE)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{top}\n'.encode()


def grouped(unit: Unit) -> str:
    """A unit: one `trans-unit`, or a group of them."""
    parts = [*apart(unit)]
    if len(unit.sources) < 2:
        return one_of(parts[0])
    inside = "\n".join(map(one_of, parts))
    return tag("group", f"\n{inside}\n", id=unit.id, restype="x-gettext-plurals")


def one_of(part: Apart) -> str:
    """One `trans-unit`."""
    unit = part.unit
    approved = {REVIEWED: "yes", TRANSLATED: "yes", FUZZY: "no"}.get(unit.state)
    target = inline(matched(part.target, part.source))
    inside = [
        tag("source", inline(part.source)),
        tag("target", target, state=STATES[unit.state]),
        *(tag("note", plain(text), from_="developer") for text in unit.comments),
        *(tag("note", plain(text), from_="translator") for text in unit.notes),
        *(
            tag("alt-trans", tag("source", plain(text)) + tag("target", ""), alttranstype="previous-version")
            for text in unit.previous
        ),
    ]
    contexts = [("sourcefile", path) for path in unit.references]
    if unit.context is not None:
        contexts.append(("x-msgctxt", unit.context))
    contexts += [(BASE, unit.base)] if unit.base else []
    if contexts:
        places = "".join(tag("context", plain(text), context_type=kind) for kind, text in contexts)
        inside.insert(2, tag("context-group", places, purpose="location"))
    return tag(
        "trans-unit",
        "".join(inside),
        id=numbered(unit),
        xml__space="preserve",
        approved=approved,
    )


def inline(pieces: Pieces) -> str:
    """A text with its codes."""
    return "".join(code(piece) for piece in pieces)


def code(piece: Piece) -> str:
    """One piece."""
    match piece.kind:
        case "text":
            return UNWRITABLE.sub(
                lambda found: tag("ph", f"U+{ord(found[0]):04X}", id=f"c{ord(found[0])}", ctype=CHARACTER),
                words(piece.text),
            )
        case "open":
            return tag("bpt", plain(piece.text), id=piece.id, rid=piece.id)
        case "close":
            return tag("ept", plain(piece.text), id=f"{piece.id}e", rid=piece.id)
    return tag("ph", plain(piece.text), id=piece.id)


def read(body: bytes, path: str) -> Iterator[Unit]:
    """The units of a file, in its order."""
    root = parse(body, path)
    if root.name != "xliff":
        raise LockstepError(
            f"begins with <{root.name}>, and is no XLIFF", path=path, line=root.line, todo="Export it again."
        )
    found: list[Unit] = []
    for file in root.each("file"):
        language = file.get("target-language")
        for one in file.below("trans-unit"):
            found.append(unit_of(one, language))
    yield from gathered(found)


def unit_of(one: Element, language: str) -> Unit:
    """A `trans-unit` as a unit."""
    id, form = unnumbered(one.get("id"))
    source, target = one.first("source"), one.first("target")
    contexts = [*one.below("context")]
    kinds = {context.get("context-type"): context.text for context in contexts}
    notes = [(note.get("from"), note.text) for note in one.each("note")]
    state = target.get("state") if target else ""
    how = {"yes": REVIEWED, "no": FUZZY}.get(one.get("approved"), UNSAID)
    how = (TRANSLATED if state == "translated" else REVIEWED if state in DONE else FUZZY) if state else how
    made = pieces(target) if target else ()
    return Unit(
        id,
        (pieces(source) if source else (),),
        (made,) if made else (),
        kinds.get("x-msgctxt"),
        placed=OURS.fullmatch(id) is not None,
        state=how,
        notes=tuple(
            text if who in {"translator", ""} else f"{who}: {text}" for who, text in notes if who != "developer"
        ),
        base=kinds.get(BASE, ""),
        form=form,
        line=one.line,
        locale=(target.get("xml:lang") if target else "") or language,
    )


def pieces(element: Element) -> Pieces:
    """The text of an element, in pieces; segments that a tool made are read through."""
    made: list[Piece] = []
    for one in element.inside:
        if isinstance(one, str):
            made.append(Piece("text", one))
        elif one.name == "ph" and one.get("ctype") == CHARACTER and one.text.startswith("U+"):
            made.append(Piece("text", character(one.text)))
        elif one.name in KINDS:
            id = one.get("rid") or one.get("id")
            made.append(Piece(KINDS[one.name], one.text, id))
        elif one.name == "g":
            made += [Piece("open", "", one.get("id")), *pieces(one), Piece("close", "", one.get("id"))]
        elif one.name not in {"sub"}:
            made += pieces(one)
    return tuple(made)


def character(said: str) -> str:
    """A character that XML cannot have, as `U+000C`; what is none, as it stands there."""
    try:
        return chr(int(said[2:8], 16))
    except (ValueError, OverflowError):
        return said


FORMAT = Format((".xlf", ".xliff"), write, read)
