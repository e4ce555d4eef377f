"""TMX 1.4b (LISA, 2005) ⇄ units: a memory of translations. Only what is translated and in step goes out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.catalog.exchange import Format, Heading
from pipeline.catalog.exchange.forms import Apart, apart, gathered, numbered, unnumbered
from pipeline.catalog.exchange.xliff1 import CHARACTER, character
from pipeline.catalog.exchange.xml import Element, parse, plain, tag, words
from pipeline.core.errors import LockstepError
from pipeline.core.exchange import FUZZY, NEW, UNSAID, UNWRITABLE, Piece, Pieces, Unit, matched

KINDS = {"bpt": "open", "ept": "close", "ph": "ph", "it": "ph", "ut": "ph"}
HEADER = {"creationtoolversion": "1", "segtype": "block", "o-tmf": "po", "adminlang": "en", "datatype": "plaintext"}


def write(heading: Heading, units: Sequence[Unit]) -> bytes:
    """A memory of all units that are translated and not fuzzy."""
    rows = [one_of(part, heading) for unit in units if unit.state not in {NEW, FUZZY} for part in apart(unit)]
    head = f'<header creationtool="Lockstep" srclang="{heading.source}"'
    head += "".join(f' {name}="{value}"' for name, value in HEADER.items()) + "/>"
    body = tag("body", "\n" + "\n".join(rows) + "\n")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{tag("tmx", f"{chr(10)}{head}{chr(10)}{body}{chr(10)}", version="1.4")}\n'.encode()


def one_of(part: Apart, heading: Heading) -> str:
    """One `tu`."""
    unit = part.unit
    said = [tag("note", plain(text)) for text in unit.notes]
    said += [tag("prop", plain(text), type="x-context") for text in ([] if unit.context is None else [unit.context])]
    said += [
        tag("prop", unit.base, type="x-base"),
        *(tag("prop", plain(path), type="x-file") for path in unit.references),
    ]
    said += [tag("tuv", tag("seg", inline(part.source)), xml__lang=heading.source)]
    said += [tag("tuv", tag("seg", inline(matched(part.target, part.source))), xml__lang=heading.target)]
    return tag("tu", "".join(said), tuid=numbered(unit))


def inline(pieces: Pieces) -> str:
    """A text with its codes; those of the two languages that are one have one number."""
    numbers: dict[str, str] = {}
    made: list[str] = []
    for piece in pieces:
        number = piece.id.removeprefix("t")
        if piece.id.startswith("t"):  # the numbers of what the English has not come after all of its own
            number = str(9000 + int(number))
        numbers[piece.id] = number
        match piece.kind:
            case "text":
                made.append(
                    UNWRITABLE.sub(lambda found: tag("ph", f"U+{ord(found[0]):04X}", type=CHARACTER), words(piece.text))
                )
            case "open":
                made.append(tag("bpt", plain(piece.text), i=number, x=number))
            case "close":
                made.append(tag("ept", plain(piece.text), i=number))
            case _:
                made.append(tag("ph", plain(piece.text), x=number))
    return "".join(made)


def read(body: bytes, path: str) -> Iterator[Unit]:
    """The units of a memory: a `tu` with several languages is one unit for each."""
    root = parse(body, path)
    header, inside = root.first("header"), root.first("body")
    if root.name != "tmx" or inside is None:
        raise LockstepError(
            "is no TMX: it has no <tmx> with a <body>", path=path, line=root.line, todo="Export it again."
        )
    source = header.get("srclang") if header else ""
    yield from gathered([unit for one in inside.below("tu") for unit in units_of(one, one.get("srclang") or source)])


def units_of(one: Element, source: str) -> Iterator[Unit]:
    """The units of a `tu`."""
    id, form = unnumbered(one.get("tuid"))
    texts = [(tuv.get("xml:lang") or tuv.get("lang"), tuv) for tuv in one.each("tuv")]
    first = source.lower().partition("-")[0]
    english = next((tuv for lang, tuv in texts if lang.lower() == source.lower()), None)
    english = english or next((tuv for lang, tuv in texts if lang.lower().partition("-")[0] == first), None)
    english = english or (texts[0][1] if texts and source in {"", "*all*"} else None)
    if english is None:
        return
    props = {prop.get("type"): prop.text for prop in one.each("prop")}
    notes = tuple(note.text for note in one.each("note"))
    for lang, tuv in texts:
        if tuv is not english:
            seg, own = tuv.first("seg"), english.first("seg")
            yield Unit(
                id,
                (pieces(own) if own else (),),
                (pieces(seg),) if seg and seg.inside else (),
                props.get("x-context"),
                placed="x-base" in props,
                state=UNSAID,
                notes=notes,
                base=props.get("x-base", ""),
                form=form,
                line=one.line,
                locale=lang,
                date=tuv.get("changedate")
                or tuv.get("creationdate")
                or one.get("changedate")
                or one.get("creationdate"),
            )


def pieces(element: Element) -> Pieces:
    """The text of a segment, in pieces."""
    made: list[Piece] = []
    for one in element.inside:
        if isinstance(one, str):
            made.append(Piece("text", one))
        elif one.name == "ph" and one.get("type") == CHARACTER and one.text.startswith("U+"):
            made.append(Piece("text", character(one.text)))
        elif one.name in KINDS:
            made.append(Piece(KINDS[one.name], one.text, one.get("i") or one.get("x")))
        else:
            made += pieces(one)
    return tuple(made)


FORMAT = Format((".tmx",), write, read, memory=True)
