"""Laws of a page: identity, sameness, containment, honesty, totals."""

from __future__ import annotations

import io
import re
from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from pipeline.catalog.po_entry import Entry
from pipeline.catalog.po_file import Catalog
from pipeline.checks import glossary
from pipeline.content import babel_methods, markdown
from pipeline.core import locales
from pipeline.core.inline import Facts, Inline
from pipeline.core.model import Document, Key, Resolution
from pipeline.core.states import State
from pipeline.resolve.coverage import coverage
from pipeline.resolve.message import resolve, translations
from pipeline.resolve.notices import Notice
from pipeline.resolve.rules import Rules
from pipeline.site import blocks
from pipeline.site.speech import Interface
from tests.conftest import made_of, seen, spoken
from tests.laws.pages import HOSTILE_TEXT, PAGE

EN, ES = locales.make("en"), locales.make("es")
BOTH = {"en": EN, "es": ES}


def interface(locale: locales.Locale) -> Interface:
    phone = {"clinic.phone": "555-0100"}
    facts = Facts(phone, phone)
    return Interface(locale, EN, BOTH, {}, {"en": facts, "es": facts})


def notice(what: Notice, name: str) -> str:
    return f'<p class="notice" id="{name}">aviso</p>'


def in_english(document: Document) -> str:
    found = {
        block.number: Resolution(block.message, State.TRANSLATED, block.inline, "en")
        for block in document.blocks()
        if block.message
    }
    return str(blocks.body(document, found, {}, interface(EN), lambda state, name: "").html)


def in_spanish(
    document: Document, strings: dict[Key, str], flags: tuple[str, ...] = ()
) -> tuple[str, dict[int, Resolution]]:
    entries = tuple(Entry(key, (text,), flags=flags) for key, text in strings.items())
    chain = (translations(ES, Catalog("es.po", entries=entries)),)
    found = {
        block.number: resolve(block.message, block.inline, document.scope, chain, Rules())
        for block in document.blocks()
        if block.message
    }
    return str(blocks.body(document, found, {}, interface(ES), notice).html), found


def bare(html: str) -> str:
    """A page without its notices and without the English that stands beside translations."""
    html = re.sub(
        r' <span class="beside" lang="en" dir="ltr">(?:<span[^>]*>[^<]*</span>|(?!</?span).)*</span>',
        "",
        html,
        flags=re.S,
    )
    notice = r'<p class="notice" id="[^"]*">aviso</p>'
    return re.sub(rf'<div lang="es" dir="ltr">(?:{notice})+</div>\n|{notice}', "", html)


def unmarked(html: str) -> list[tuple[str, ...]]:
    """A page's events without language marks, notices, and the spans that only carried a mark."""
    html = re.sub(r'<span lang="en" dir="ltr"[^>]*>(.*?)</span>', r"\1", bare(html), flags=re.S)
    return seen(
        re.sub(r' lang="en" dir="ltr"(?: translate="no")?(?: data-state="\w+" aria-describedby="[\w-]+")?', "", html)
    )


@given(PAGE)
def test_identity_with_the_plain_rendering(page: str) -> None:
    """English through our walk is what the Markdown engine itself renders (bar heading ids and placeholders)."""
    document = markdown.read("p.md", page, ())
    plain = re.sub(r"<!-- i18n:.*?-->\n", "", markdown.builder().render(page)).replace("{clinic.phone}", "555-0100")
    ours = re.sub(r'(<h\d) id="[^"]*"', r"\1", in_english(document))
    assert seen(ours) == seen(plain)


@given(PAGE)
def test_identity_without_translations(page: str) -> None:
    """A localized page with nothing translated is the English page, marked."""
    document = markdown.read("p.md", page, ())
    html, _ = in_spanish(document, {})
    assert unmarked(html) == unmarked(in_english(document))


@given(PAGE)
def test_sameness(page: str) -> None:
    """Rendering asks for exactly the messages that Babel extracts, in the same order."""
    document = markdown.read("p.md", "---\ntitle: A title\n---\n" + page, ("title",))
    asked = [block.message.key for block in document.blocks() if block.message]
    file = io.BytesIO(("---\ntitle: A title\n---\n" + page).encode())
    found = [
        Key(message[0], message[1]) if function == "pgettext" else Key(None, message)
        for _, function, message, _ in babel_methods.markdown(file, (), (), {"keys": ["title"]})
    ]
    assert asked == found


@given(PAGE, st.data())
def test_containment(page: str, data: st.DataObject) -> None:
    """Whatever a msgstr says, the page has no element, attribute, URL or comment beyond the English page's."""
    document = markdown.read("p.md", page, ())
    strings = {message.key: data.draw(HOSTILE_TEXT, label=message.key.msgid) for message in document.messages()}
    extra = made_of(bare(in_spanish(document, strings)[0])) - made_of(bare(in_spanish(document, {})[0]))
    assert not extra, extra


@given(PAGE, st.sets(st.integers(0, 30)), st.booleans())
def test_honesty(page: str, translated: set[int], fuzzy: bool) -> None:
    """Every text node has the language it is really in: the translations here are Greek, the English is not."""
    document = markdown.read("p.md", page, ())
    strings = {}
    for at, message in enumerate(document.messages()):
        if at in translated:
            inline = next(block.inline for block in document.blocks() if block.message is message)
            strings[message.key] = greek(inline)
    html, _ = in_spanish(document, strings, ("fuzzy",) if fuzzy else ())
    for lang, text in spoken(f'<main lang="es">{html}</main>'):
        if re.search("[α-ω]", text):
            assert lang == "es", text
        elif re.search("[a-z]{3}", re.sub(r"https?://\S+|aviso|img\.png|x = 1|code|555-0100|\bref\b", "", text)):
            assert lang == "en", text


def greek(inline: Inline) -> str:
    """A translation with the English's own structure and every word in Greek."""
    parts = re.split(
        r"(<(?:[^>\"]|\"[^\"]*\")*>|\]\([^)]*\)|\{[^}]*\}|\[ref\]|\[\^n\]|https?://\S+|\\\n|&\w+;)", inline.source
    )
    parts = [re.sub(r'"([^"x]\w*[^"]*)"', '"λέξη"', part) if at % 2 else part for at, part in enumerate(parts)]
    return "".join(part if at % 2 else re.sub(r"[^\W\d_]+", "λέξη", part) for at, part in enumerate(parts))


@given(PAGE, st.dictionaries(st.integers(0, 20), HOSTILE_TEXT, max_size=8))
def test_totals(page: str, strings: dict[int, str]) -> None:
    """The states of a page sum to the number of its messages, and so do the words."""
    document = markdown.read("p.md", page, ())
    keys = list(dict.fromkeys(message.key for message in document.messages()))
    _, found = in_spanish(document, {key: strings[at] for at, key in enumerate(keys) if at in strings})
    whole = coverage("es", {"p.md": tuple(found.values())}, ()).whole
    assert whole.total == len(keys)
    states: dict[Key, set[State]] = {}  # one message can stand in Markdown and in HTML, and be unsafe in one of them
    for resolution in found.values():
        states.setdefault(resolution.message.key, set()).add(resolution.state)
    gravest = (
        State.UNSAFE,
        State.UNTRANSLATED,
        State.SUGGESTED,
        State.STALE,
        State.CARRIED,
        State.TRANSLATED,
    )
    recount = Counter(next(state for state in gravest if state in seen_states) for seen_states in states.values())
    assert {state: count for state, count in whole.messages.items() if count} == dict(recount)
    assert whole.total_words == sum(len([word for word in key.msgid.split() if re.search(r"\w", word)]) for key in keys)


@given(
    st.lists(st.sampled_from(["Ab", "b-Ab", "A*", "泵", "ä.b", "pump", "Pump 2"]), min_size=1, unique=True),
    st.text("AbÄä泵 .-2*pump_", max_size=40),
)
def test_names_are_found_where_a_plain_pattern_of_them_finds_them(names: list[str], text: str) -> None:
    def plain(form: str) -> str:
        start = "" if glossary.PARTLESS.match(form[0]) else r"(?<!\w)"
        end = "" if glossary.PARTLESS.match(form[-1]) else r"(?!\w)"
        return start + re.escape(form).replace(r"\*", r"\w*") + end

    for form in names:
        assert re.split(f"({glossary.whole(form)})", text) == re.split(f"({plain(form)})", text)
