"""XLIFF 2.0 to 2.2 (OASIS) ⇄ units; we write 2.0, which readers of all of them read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from pipeline.catalog.exchange import Format, Heading
from pipeline.catalog.exchange.forms import Apart, apart, gathered
from pipeline.catalog.exchange.xml import Element, parse, plain, tag, words
from pipeline.core.errors import LockstepError
from pipeline.core.exchange import (
    FUZZY,
    NEW,
    REVIEWED,
    TRANSLATED,
    UNSAID,
    UNWRITABLE,
    Piece,
    Pieces,
    Unit,
    joined,
    matched,
)

SPACE, OURS = "urn:oasis:names:tc:xliff:document:2.0", "urn:lockstep:exchange"
STATES = {
    NEW: ("initial", None),
    FUZZY: ("initial", "lockstep:fuzzy"),
    TRANSLATED: ("translated", None),
    REVIEWED: ("reviewed", None),
}
KINDS = {"ph": "ph", "sc": "open", "ec": "close"}


def write(heading: Heading, units: Sequence[Unit]) -> bytes:
    """A file with all units, those of each page in a `<file>` of their own."""
    files: dict[str, list[str]] = defaultdict(list)
    for unit in units:
        files[unit.references[0] if unit.references else "site"].append(grouped(unit))
    body = "\n".join(
        tag("file", "\n" + "\n".join(made) + "\n", id=f"f{number}", original=name)
        for number, (name, made) in enumerate(files.items(), 1)
    )
    given = {"srcLang": heading.source, "trgLang": heading.target}
    top = tag("xliff", f"\n{body}\n", version="2.0", xmlns=SPACE, xmlns__lockstep=OURS, **given)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{top}\n'.encode()


def grouped(unit: Unit) -> str:
    """A unit, or a group of one a plural form."""
    parts = [*apart(unit)]
    if len(unit.sources) < 2:
        return one_of(parts[0])
    inside = "\n".join(map(one_of, parts))
    return tag("group", f"\n{inside}\n", id=f"g{unit.id}", type="lockstep:plural")


def one_of(part: Apart) -> str:
    """One `unit`."""
    unit = part.unit
    target = matched(part.target, part.source)
    data: dict[str, str] = {}
    source = inline(part.source, data)
    made = inline(target, data)
    notes = [("reference", path) for path in unit.references]
    notes += [("developer", text) for text in unit.comments]
    notes += [("translator", text) for text in unit.notes]
    notes += [("previous", text) for text in unit.previous]
    state, more = STATES[unit.state]
    inside = ""
    if notes:
        inside += tag("notes", "".join(tag("note", plain(text), category=kind) for kind, text in notes))
    if data:
        inside += tag(
            "originalData",
            "".join(tag("data", characters(words(text)), id=id, xml__space="preserve") for text, id in data.items()),
        )
    texts = tag("source", source, xml__space="preserve")
    texts += tag("target", made, xml__space="preserve") if part.target else ""
    inside += tag("segment", texts, state=state, subState=more)
    form = "" if unit.form is None else f".{unit.form}"
    return tag("unit", inside, id=f"u{unit.id}{form}", name=unit.context, lockstep__base=unit.base)


def inline(pieces: Pieces, data: dict[str, str]) -> str:
    """A text with its codes; what they are goes into `data`."""

    def ref(text: str) -> str:
        return data.setdefault(text, f"d{len(data) + 1}")

    made: list[str] = []
    ends = {piece.id: piece.text for piece in pieces if piece.kind == "close"}
    for piece in pieces:
        match piece.kind:
            case "text":
                made.append(characters(words(piece.text)))
            case "open":
                given = {"id": piece.id, "dataRefStart": ref(piece.text), "dataRefEnd": ref(ends[piece.id])}
                made.append(tag("pc", "", **given).removesuffix("</pc>"))
            case "close":
                made.append("</pc>")
            case _:
                made.append(tag("ph", id=piece.id, dataRef=ref(piece.text), disp=piece.text))
    return "".join(made)


def characters(text: str) -> str:
    """Text whose characters that XML cannot have are elements."""
    return UNWRITABLE.sub(lambda found: tag("cp", hex=f"{ord(found[0]):04X}"), text)


def read(body: bytes, path: str) -> Iterator[Unit]:
    """The units of a file, in its order."""
    root = parse(body, path)
    if root.name != "xliff":
        raise LockstepError(
            f"begins with <{root.name}>, and is no XLIFF", path=path, line=root.line, todo="Export it again."
        )
    found = [unit_of(one, root.get("trgLang")) for file in root.each("file") for one in file.below("unit")]
    yield from gathered(found)


def unit_of(one: Element, language: str) -> Unit:
    """A `unit` as a unit: its segments, however a tool cut them, joined again."""
    id, _, form = one.get("id").partition(".")
    store = one.first("originalData")
    data = {each.get("id"): joined(pieces(each, {})) for each in (store.each("data") if store else ())}
    segments = [*one.each("segment", "ignorable")]
    source: list[Piece] = []
    rows: list[tuple[int, Pieces]] = []
    complete, begun, states = True, False, []
    for at, part in enumerate(segments, 1):
        english, target = part.first("source"), part.first("target")
        own = pieces(english, data) if english else ()
        source += own
        if target is not None:
            order = target.get("order")
            rows.append((int(order[:6]) if order.isdecimal() else at, pieces(target, data)))
            begun = True
        elif part.name == "ignorable" or not joined(own).strip():
            rows.append((at, own))
        else:
            complete = False
        if part.name == "segment":
            states.append((part.get("state"), part.get("subState")))
    made = tuple(piece for _, some in sorted(rows, key=lambda row: row[0]) for piece in some)
    made = made if complete and begun else ()
    notes = [(note.get("category"), note.text) for note in one.below("note")]
    fuzzy = any(state == "initial" or "fuzzy" in more for state, more in states)
    stated = any(state for state, _ in states)
    checked = stated and all(state in {"reviewed", "final"} for state, _ in states)
    ours = id.startswith("u") and len(id) == 17
    return Unit(
        id[1:] if ours else id,
        (tuple(source),),
        (made,) if made else (),
        one.given.get("name"),
        placed=ours,
        state=FUZZY if fuzzy else REVIEWED if checked else TRANSLATED if stated else UNSAID,
        notes=tuple(text for kind, text in notes if kind not in {"developer", "reference", "previous"}),
        base=one.get("base"),
        form=int(form[:3]) if ours and form.isdecimal() else None,
        line=one.line,
        locale=language,
    )


def pieces(element: Element, data: Mapping[str, str]) -> Pieces:
    """The text of an element, in pieces."""
    made: list[Piece] = []
    for one in element.inside:
        if isinstance(one, str):
            made.append(Piece("text", one))
        elif one.name == "cp":
            try:
                made.append(Piece("text", chr(int(one.get("hex")[:6], 16))))
            except (ValueError, OverflowError):
                made.append(Piece("text", "\ufffd"))
        elif one.name == "pc":
            id = one.get("id")
            made.append(Piece("open", data.get(one.get("dataRefStart"), ""), id))
            made += pieces(one, data)
            made.append(Piece("close", data.get(one.get("dataRefEnd"), ""), id))
        elif one.name in KINDS:
            made.append(Piece(KINDS[one.name], data.get(one.get("dataRef"), ""), one.get("startRef") or one.get("id")))
        else:
            made += pieces(one, data)
    return tuple(made)


FORMAT = Format((".xlf", ".xliff"), write, read)
