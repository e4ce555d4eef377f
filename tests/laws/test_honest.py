"""Laws over whole generated sites, random states × random policies: honesty, fail-closed, totals.

Each site is written, extracted, translated, signed for, edited, partly recalled and built by the product; then `audit` reads
the pages with its own parser, and a second opinion, written here from the generator's knowledge alone, says which
translations may be read.
"""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hypothesis import example, given
from hypothesis import strategies as st

from pipeline.catalog import po_file
from pipeline.commands import build
from pipeline.commands.audit import audit
from pipeline.core.ledger import save
from pipeline.core.model import Key, ident
from pipeline.review import recalls, reviews
from pipeline.review.recalls import Recall
from pipeline.review.reviews import Line, PairId
from pipeline.site import html_text
from tests import test_flags
from tests.conftest import lay_out, project_of, translate, updated
from tests.sites import on

TEXTS = [
    ("Rest for a few days after the refill.", "Rest for a few days after your refill.", "Descanse unos días después de la recarga.", "Rest for a few days after the meal."),
    ("A nurse fills the pump with a needle.", "A nurse fills your pump with a needle.", "Una enfermera llena la bomba con una aguja.", "A nurse fills the pump with a spoon."),
    ("The pump sits under the skin.", "The pump sits under your skin.", "La bomba está debajo de la piel.", "The pump sits under the bed."),
    ("Ask the team about travel and heat.", "Ask your team about travel and heat.", "Pregunte al equipo sobre los viajes y el calor.", "Ask the team about travel and money."),
    ("Carry the card in a bag.", "Carry your card in a bag.", "Lleve la tarjeta en un bolso.", "Carry the card in a shoe."),
    ("The tube is soft and thin.", "The tube is thin and soft.", "El tubo es blando y delgado.", "The wire is soft and thin."),
    ("Walking helps the body heal.", "Walking helps your body heal.", "Caminar ayuda a sanar el cuerpo.", "Walking helps the mind heal."),
]  # fmt: skip
"""The English, the English reworded, the Spanish, the English of another thing (which no check would find in the Spanish). The right
translation never holds a number."""
PEOPLE = {"translator": "Ana", "reviser": "Omar", "clinician": "Lee"}
ACTIONS = ["serve", "serve-with-notice", "english", "hold"]
ROWS = ["cosmetic", "wording", "critical", "unreviewed", "machine"]


@dataclass(frozen=True)
class Block:
    """What happens to one text."""

    critical: bool
    kind: str
    edit: str
    signed: tuple[str, ...]
    qualified: bool
    origin: str
    void: bool
    recall: str
    before: bool
    """Whether the recall came before the edit."""


BLOCK = st.builds(
    Block,
    st.booleans(),
    st.sampled_from(["right", "right", "right", "right", "wrong", "hostile", "none"]),
    st.sampled_from(["none", "none", "cosmetic", "wording", "critical", "number"]),
    st.lists(st.sampled_from(sorted(PEOPLE)), max_size=3, unique=True).map(tuple),
    st.booleans(),
    st.sampled_from(["human", "machine", "machine+edited", "memory", ""]),
    st.sampled_from([False, False, False, True]),
    st.sampled_from(["", "", "", "", "plain", "stub"]),
    st.booleans(),
)
ACTION = st.sampled_from(ACTIONS[:3] * 6 + ["hold"])
"""A page that is held proves little, so few are."""
EARLY_LATE = st.tuples(ACTION, ACTION).map(lambda two: sorted(two, key=ACTIONS.index))
POLICY = st.fixed_dictionaries(
    {
        "cosmetic": EARLY_LATE,
        "wording": EARLY_LATE,
        "critical": st.sampled_from([["english", "english"]] * 8 + [["english", "hold"], ["hold", "hold"]]),
        "unreviewed": ACTION.map(lambda action: [action, action]),
        "machine": ACTION.map(lambda action: [action, action]),
        "require": st.lists(st.sampled_from(sorted(PEOPLE)), unique=True),
        "origin": st.sampled_from(["machine", "human", "unknown"]),
        "grace": st.sampled_from([0, 10, 90]),
    }
)


def toml(policy: Mapping[str, Any]) -> str:
    rows = [f"{name} = {value!r}".replace("'", '"') for name, value in policy.items()]
    return "\n[tool.lockstep.policy]\n" + "\n".join(
        row if name not in {"unreviewed", "machine"} else f'{name} = "{policy[name][0]}"'
        for name, row in zip(policy, rows, strict=True)
    )


def now_of(at: int, block: Block) -> str:
    old, reworded, _, other = TEXTS[at]
    return {
        "none": old,
        "cosmetic": old.replace(".", "!"),
        "wording": reworded,
        "critical": other,
        "number": f"{old[:-1]} for 3 hours.",
    }[block.edit]


def page(blocks: list[Block], *, edited: bool) -> str:
    parts = ["---\ntitle: Pump pages\n---\n\n# Pump pages"]
    for at, block in enumerate(blocks):
        text = now_of(at, block) if edited else TEXTS[at][0]
        parts.append(f"## Part {'abcdefg'[at] * 3}")
        parts.append(f"<!-- i18n: critical -->\n\n- {text}" if block.critical else text)
    return "\n\n".join(parts) + "\n"


@contextmanager
def built_site(blocks: list[Block], policy: Mapping[str, Any], days: int, tool: str = "none") -> Iterator[Path]:
    """The site, after everything that happened to it; `days` after the edit. `tool` has been at the catalog since."""
    root = Path(tempfile.mkdtemp(prefix="lockstep-law-")) / "site"
    try:
        with on(0):
            lay_out(root, {"index.md": page(blocks, edited=False)}, extra=toml(policy))
            words = {"Pump pages": "Páginas de la bomba"}
            for at, block in enumerate(blocks):
                right = TEXTS[at][2]
                said = {"right": right, "wrong": f"{right} 7 mg", "hostile": f"<script>{right}</script>", "none": ""}
                words[TEXTS[at][0]] = said[block.kind]
            translate(root, words)
        lines = [line for at, block in enumerate(blocks) for line in signed(TEXTS[at][0], words[TEXTS[at][0]], block)]
        lines += signed_notices(root)
        ledger = reviews.load(root, "es", "9999-12-31")
        save(root, ledger, ledger.added(lines))
        with on(1):
            (root / "source/index.md").write_text(page(blocks, edited=True))
            updated(root)
            TOOLS[tool](root)
        recalled = [
            Recall(
                recalls.RECALLED,
                ident(Key(None, TEXTS[at][0] if block.before else now_of(at, block))),
                "2026-11-03T08:00:00Z",
                ("Lee",),
                "why",
                block.recall == "stub",
            )
            for at, block in enumerate(blocks)
            if block.recall
        ]
        (root / recalls.PATH).write_bytes(recalls.Recalls().added(recalled).body or b"")
        with on(1 + days):
            outputs = build.outputs(project_of(root))
        for output in outputs:
            path = root / "dist" / output.path
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(output.body)
        yield root
    finally:
        shutil.rmtree(root.parent)


def signed(english: str, spanish: str, block: Block) -> Iterator[Line]:
    """The lines of the ledger that a block's people wrote on the first day, and that somebody took back on the second."""
    pair = PairId(ident(Key(None, english)), reviews.hash_of((spanish,)))
    for role in block.signed:
        qualification = "certified" if block.qualified else ""
        yield Line("signed", pair, "2026-11-01T09:00:00Z", role, PEOPLE[role], qualification)
    if block.origin:
        yield Line("signed", pair, "2026-11-01T08:00:00Z", origin=block.origin)
    if block.void:
        yield Line("void", pair, "2026-11-01T10:00:00Z", name="Lee", note="doubt")


def signed_notices(root: Path) -> Iterator[Line]:
    """All roles signed for the title, and for the notices, without which no policy would let the language out."""
    for entry in po_file.load(root, "locale/es/LC_MESSAGES/messages.po").live().values():
        if "templates/notices.html" in entry.references or entry.key.msgid == "Pump pages":
            for role, name in PEOPLE.items():
                pair = reviews.pair_of(entry.key, entry.strings, entry.plural)
                yield Line("signed", pair, "2026-11-01T09:00:00Z", role, name, "certified", "human")


def expected(block: Block, policy: Mapping[str, Any], days: int) -> tuple[str, str]:
    """A second opinion, from what happened alone: the action, and what is read: spanish, english or stub."""
    late = days > policy["grace"]
    said = ["serve"]
    same = block.edit in {"none", "cosmetic"} or (block.critical and block.edit == "wording")
    if block.recall and (same or not block.before):
        return "serve", "stub" if block.recall == "stub" else "english"
    if block.kind == "none":
        return "serve", "english"
    if block.recall:
        said.append("english")  # another wording now, but what was translated is the recalled one
    if block.edit != "none":
        row = "critical" if block.critical or block.edit == "number" else block.edit
        action = policy[row][late]
        if row == "wording" and block.critical:
            action = max(action, "serve-with-notice", key=ACTIONS.index)
        said.append(action)
    if max(said, key=ACTIONS.index) in {"english", "hold"}:
        return max(said, key=ACTIONS.index), "english"
    if block.kind != "right":
        return "serve", "english"
    people = () if block.void else block.signed
    floor = "serve-with-notice" if block.critical else "serve"
    if set(policy["require"]) - set(people):
        said.append(max(policy["unreviewed"][0], floor, key=ACTIONS.index))
    if from_machine(block, policy):
        said.append(max(policy["machine"][0], floor, key=ACTIONS.index))
    action = max(said, key=ACTIONS.index)
    return action, "english" if action in {"english", "hold"} else "spanish"


TOOLS: dict[str, Callable[[Path], object]] = {
    "none": lambda root: None,
    "marks taken off": test_flags.sed,
    "comments dropped": test_flags.of_polib(bare=True, obsolete=True),
    "all but the texts dropped": test_flags.of_polib(bare=True, obsolete=False),
    "marks taken off, and an update": lambda root: (test_flags.sed(root), updated(root)),
}
"""What other tools do to a catalog: it changes nothing of what readers see."""


def told(*blocks: tuple[bool, str, str]) -> list[Block]:
    """Blocks of which only this is special: critical or not, the edit, and who signed (`*` qualified), or how it was recalled."""
    made = []
    for critical, edit, rest in blocks:
        recall, _, when = rest.partition(" ") if rest.startswith(("plain", "stub")) else ("", "", "")
        roles = () if recall else tuple(role for role in rest.strip("*!").split() if role in PEOPLE)
        origin = "machine" if "machine" in rest else ""
        made.append(Block(critical, "right", edit, roles, "*" in rest, origin, "!" in rest, recall, when == "before"))
    return made


LENIENT = {
    "cosmetic": ["serve", "serve"], "wording": ["serve", "serve-with-notice"], "critical": ["english", "english"],
    "unreviewed": ["serve", "serve"], "machine": ["serve", "serve"], "require": [], "origin": "human", "grace": 10,
}  # fmt: skip
STRICT = {**LENIENT, "unreviewed": ["english", "english"], "machine": ["english", "english"], "require": ["reviser"]}
AFTER_EDITS = told(
    (False, "critical", ""), (False, "wording", "plain before"), (False, "wording", ""), (True, "wording", ""),
    (True, "cosmetic", "stub before"), (False, "cosmetic", "plain before"), (False, "number", ""),
)  # fmt: skip
AFTER_SIGNATURES = told(
    (False, "none", "reviser"), (False, "none", "reviser!"), (False, "none", "machine reviser*"), (False, "none", "machine reviser"),
    (False, "wording", "reviser"), (True, "cosmetic", "reviser"), (False, "wording", "translator"),
)  # fmt: skip
"""Sites with each of the cases that matter at once: sixty at random seldom meet them all."""


@example(AFTER_EDITS, LENIENT, 11, "none")
@example(AFTER_EDITS, LENIENT, 9, "comments dropped")
@example(AFTER_SIGNATURES, STRICT, 11, "none")
@given(
    st.lists(BLOCK, min_size=1, max_size=len(TEXTS)),
    POLICY,
    st.sampled_from([0, 9, 11, 91]),
    st.sampled_from(["none", *TOOLS]),
)
def test_honest_closed_and_summed(blocks: list[Block], policy: dict[str, Any], days: int, tool: str) -> None:
    with built_site(blocks, policy, days, tool) as root:
        dist = root / "dist"
        assert not audit.audit(dist), "honesty and totals: every text has its language, every figure is a recount's"
        page_of = (dist / "es/index.html").read_text("utf-8")
        html = html_text.read(page_of)
        visible = html_text.folded(" ".join(one.text for one in html.texts if not (one.place.beside or one.place.of)))
        asked = [expected(block, policy, days) for block in blocks]
        held = any(action == "hold" for action, _ in asked)
        manifest = audit.read_json(dist / "lockstep/es.json")["es/index.html"]
        assert manifest["held"] == held
        for at, (block, (action, shows)) in enumerate(zip(blocks, asked, strict=True)):
            spanish, english = TEXTS[at][2], now_of(at, block)
            wanted = "english" if held and shows == "spanish" else shows
            assert (spanish[:-1] in visible) == (wanted == "spanish"), ("fail-closed", block, wanted)
            assert (english in visible) == (wanted == "english"), ("the English is there", block)
            if wanted == "spanish" and not block.critical:
                tag = re.search(rf"<(?:p|li)\b([^<>]*)>\s*{re.escape(spanish[:-1])}", page_of)
                noticed = tag is not None and "aria-describedby" in tag[1]
                assert noticed == (action == "serve-with-notice"), ("a notice says why", block)
            if wanted == "spanish" and block.critical:
                beside = {html_text.folded(one.text) for one in html.texts if one.place.beside}
                open_ = needs_review(block, policy)
                assert (english in beside) == open_, ("the English stands beside it", block)
        for block, text in zip(blocks, TEXTS, strict=False):
            if block.recall:
                assert_gone(dist, text[2][:-1])


def from_machine(block: Block, policy: Mapping[str, Any]) -> bool:
    """Whether a machine made the text and no qualified person stands by it; a void takes back trust, not an admission."""
    people = () if block.void else block.signed
    claims = {block.origin, policy["origin"]} if block.void else {block.origin or policy["origin"]}
    return bool(claims & {"machine", "machine+edited"}) and not (
        block.qualified and {"reviser", "translator"} & set(people)
    )


def needs_review(block: Block, policy: Mapping[str, Any]) -> bool:
    people = () if block.void else block.signed
    return from_machine(block, policy) or bool(set(policy["require"]) - set(people))


def assert_gone(dist: Path, text: str) -> None:
    """No trace in any file of the build."""
    for path in dist.rglob("*"):
        assert path.is_dir() or text.encode() not in path.read_bytes(), path


def test_the_edits_are_graded_as_the_law_assumes() -> None:
    """The table above says cosmetic, wording and critical; if the grading changes, the law would prove less than it says."""
    from pipeline.content.inline import parse
    from pipeline.core.inline import Syntax
    from pipeline.severity.severity import grade

    for at, (old, *_) in enumerate(TEXTS):
        for kind in ("cosmetic", "wording", "critical", "number"):
            new = now_of(at, Block(False, "right", kind, (), False, "", False, "", False))
            wanted = "critical" if kind == "number" else kind
            assert str(grade(parse(old, Syntax.MARKDOWN), parse(new, Syntax.MARKDOWN)).severity) == wanted, new
