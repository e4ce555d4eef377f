"""The options of a site's settings, each declared once: what it can be, what it is for, its default.

`docs/settings.md` and `docs/lockstep.schema.json` are held to these declarations by a test.
"""

from __future__ import annotations

import pkgutil
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum
from typing import Any, Final
from urllib.parse import urlsplit

from pipeline.core import components, dialects, plugins
from pipeline.core.locales import NAME
from pipeline.core.model import Action, Level
from pipeline.core.plurals import plural_rule
from pipeline.core.policy import ACTIONS, DEFAULT, EDITS, INDEXED, NOINDEX, ORIGINS, REVIEWS, ROLES, Cell, Policy, Terms
from pipeline.core.policy import Rule as PolicyRule
from pipeline.core.schema import (
    ANYTHING,
    Kind,
    Node,
    Option,
    choice,
    each,
    either,
    not_this,
    number,
    switch,
    table,
    text,
)


class Keep(Enum):
    """A level of which a rule says nothing: it stays as it is."""

    KEEP = "as it is"


KEEP: Final = Keep.KEEP
Shares = Mapping[str, float]
"""Percentages by locale."""


@dataclass(frozen=True, slots=True)
class SourceMapping:
    """One line of Babel's mapping: files that match `pattern` are read by `method` with `options`."""

    method: str
    pattern: str
    options: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Gate:
    """When `check` fails: on findings of `level` or graver, below a share translated (percent, by locale), or where a language is
    not published, unless it is one of `unpublished`."""

    level: Level = Level.ERROR
    translated: Shares = field(default_factory=dict)
    unpublished: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rule:
    """A line of `[[tool.lockstep.checks]]`: the level of a check in prose and where a patient may act on the text.

    None turns it off, KEEP leaves it as it is. No `locales` or `classes` (of pages) means all of them.
    """

    check: str
    level: Level | Keep | None = KEEP
    strict: Level | Keep | None = KEEP
    locales: frozenset[str] = frozenset()
    classes: frozenset[str] = frozenset()
    line: int = 1

    def fits(self, locale: str, page_class: str) -> bool:
        """Whether the rule is about a page of this class in this language."""
        return (not self.locales or locale in self.locales) and (not self.classes or page_class in self.classes)


UNADDRESSED = frozenset(" \"'<>\\^`{|}#?")
"""What no address of a site has as it is (RFC 3986); a query or fragment would end up in the middle of every page's."""


def is_address(value: str) -> bool:
    """Whether a text can be a site's address; an empty one is none."""
    try:
        parts = urlsplit(value)
        plain = value.isprintable() and not set(value) & UNADDRESSED
        return not value or (plain and bool(parts.hostname) and parts.port != 0)
    except ValueError:
        return False


def is_method(name: str) -> bool:
    """Whether files are extracted by a method of this name: ours, or one that Babel would find."""
    if name in (*METHODS, "python", "javascript") or is_format(name):
        return True
    try:
        if "." in name or ":" in name:
            return callable(pkgutil.resolve_name(name))
    except (ImportError, AttributeError, ValueError):
        return False
    from importlib.metadata import entry_points

    return bool(entry_points(group="babel.extractors", name=name))


def is_format(name: str) -> bool:
    """Whether a method reads a file as a document, which pages are made of or filled from: one of ours, or a plug-in's."""
    return name in FORMATS or name in plugins.named()


def is_page(name: str) -> bool:
    """Whether a method reads a file as a page: all formats but that of data do."""
    return is_format(name) and name != DATA


def is_known(name: str) -> bool:
    """Whether the messages that a method finds follow from a file's bytes, its name and its options alone."""
    return is_format(name) or name == TEMPLATE


def language(names: Sequence[str]) -> Kind[str]:
    """One of the site's languages."""
    known = choice(
        {name: name for name in names}, "one of the languages in `locales`", "Add it there, or remove it here."
    )
    return replace(known, schema=LOCALE.schema)


def shares(names: Sequence[str], default: float | None = None) -> Kind[Shares]:
    """Percentages by language, or one for all; languages of which nothing is said have the default."""
    others = {} if default is None else dict.fromkeys(names, float(default))
    percent = number("a percentage from 0 to 100", 0, 100, float)
    some = table(lambda node, rest: {**others, **rest}, names=language(names), rest=percent)
    return either(dict, some, percent.then(lambda share: dict.fromkeys(names, share)))


def cell(known: Mapping[str, Action], one_of: str) -> Kind[Cell]:
    """A cell for an edit: an action, or one within the days of grace and one after them."""
    words = f"{one_of}, or two of them (within the days of grace, and after)"
    one, two = choice(known, words), each(choice(known, one_of), words)

    def read(node: Node) -> Cell:
        said = two.read(node) if isinstance(node.value, list) else (one.read(node),) * 2
        if len(said) != 2:
            raise not_this(node, words)
        if said[1] < said[0]:
            raise node.wrong("serves an old edit more freely than a fresh one", "Put the graver action second.")
        return said[0], said[1]

    return Kind(words, read, {"anyOf": [one.schema, {**two.schema, "minItems": 2, "maxItems": 2}]})


def written(cell: Cell) -> object:
    """A cell as it stands in the settings."""
    return str(cell[0]) if cell[0] is cell[1] else [str(action) for action in cell]


def mappings(
    node: Node, rest: Mapping[str, object], method: str, pattern: str | tuple[str, ...], keys: object = None
) -> tuple[SourceMapping, ...]:
    """One of Babel's tables: a mapping for each of its patterns."""
    if is_format(method) and rest:
        key = min(rest)
        raise node.child(key, rest[key]).wrong(f"is not an option of {method}", "Its one option is `keys`.")
    said = rest if keys is None else {"keys": keys, **rest}
    return tuple(SourceMapping(method, one, said) for one in ([pattern] if isinstance(pattern, str) else pattern))


def rule(node: Node, check: str, **said: Any) -> Rule:
    """A rule about a check."""
    if not {"level", "strict"} & said.keys():
        raise node.wrong(f"says no level of {check!r}", 'Write level = "off", "info", "warning" or "error".')
    return Rule(check, line=node.line, **said)


def policy_rule(node: Node, blocks: bool | None, **said: Any) -> PolicyRule:
    """A rule of the policy."""
    if not said.keys() - {"locales", "classes"}:
        raise node.wrong("says nothing", f"Set one or more of: {', '.join(option.key for option in terms())}.")
    if blocks is not None and "noindex" in said:
        raise node.wrong("says `noindex` of some blocks only", "Leave out `blocks`: it is about whole pages.")
    rows, rest = cells(said)
    return PolicyRule(rows, critical=blocks, line=node.line, **rest)


def policy(
    node: Node, rules: tuple[PolicyRule, ...], listed: Shares, indexed: Shares, published: Shares, **said: Any
) -> Policy:
    """The whole policy."""
    rows, rest = cells(said)
    return Policy(Terms(rows, **rest), rules, listed, indexed, published)


def cells(said: Mapping[str, Any]) -> tuple[dict[str, Cell], dict[str, Any]]:
    """The cells of what is said, and the rest of it."""
    rows = {*EDITS, *REVIEWS}
    return {key: said[key] for key in said if key in rows}, {key: said[key] for key in said if key not in rows}


MARKDOWN, DATA, HTML, TEMPLATE = "lockstep-markdown", "lockstep-yaml", "lockstep-html", "lockstep-template"
FORMATS = (MARKDOWN, DATA, HTML)
METHODS = (*FORMATS, TEMPLATE, "ignore")
LEVELS: Mapping[str, Level | None] = {"error": Level.ERROR, "warning": Level.WARNING, "info": Level.INFO}
SWITCH = choice({"off": None, **LEVELS})
GRAVE = {name: action for name, action in ACTIONS.items() if action >= Action.ENGLISH}
METHOD = text(
    f"one of {', '.join(METHODS)}, or a format or Babel method of another package (install that package beside Lockstep)",
    "",
    is_method,
)
TEXTS = either(str, text(), each(text(), "a text, or a list of them"))
NAMES = each(text(), "a list of names")
BOXES_LOOK = r"^[a-z][a-z0-9_-]*$"
BOXES = each(text("a kind of box: lower-case letters, digits, - and _", BOXES_LOOK), "a list of kinds of boxes")
SHAPE = text(f"a kind of box, or one of {', '.join(components.SHAPES)}", BOXES_LOOK)
ATTRIBUTES = TEXTS.then(lambda said: (said,) if isinstance(said, str) else said)
COMPONENT = table(
    lambda node, **said: components.Component(**said),
    Option(
        "box",
        SHAPE,
        "the box it is: a kind, `tab`, `details`, `plain`, `code`, `picture`, `inline`, `badge` or `nothing`",
        "note",
    ),
    Option("kind", ATTRIBUTES, "the attributes that say the kind of the box"),
    Option("title", ATTRIBUTES, "the attributes that hold its title"),
    Option("words", ATTRIBUTES, "the attributes that hold other words of it"),
    Option("link", ATTRIBUTES, "the attributes that hold an address for its title"),
)
COMPONENTS = table(
    lambda node, rest: tuple(sorted(rest.items())),
    names=text("a name of a component, a shortcode, a tag or an included file", r"^[A-Za-z][\w.:/-]*$"),
    rest=either(str, SHAPE.then(components.simple), COMPONENT),
)
DIALECT = each(choice({name: name for name in dialects.NAMES}), "a list of dialects")
LOCALE = text("a locale name (es, zh_Hans, pt_BR)", f"^{NAME.pattern[:-2]}$", NAME.match)


def is_filled(value: str, *names: str) -> bool:
    """Whether a text can be an address with these placeholders in it, at least one of them and no other."""
    said = re.findall(r"\{(\w*)\}", value)
    return not value or (bool(said) and set(said) <= {*names} and is_filled_address(re.sub(r"\{\w*\}", "x", value)))


def is_filled_address(value: str) -> bool:
    """Whether a text is an address, of a page or of mail, in which a query may be."""
    return bool(value.isprintable() and re.match(r"(?:https?://[^/]|mailto:[^?]+@)", value)) and not set(value) & set(
        " \"'<>\\^`{|}"
    )


REPORT = text(
    "an address with {page}, {block}, {version} or {language} in it (mailto:web@clinic.example?subject={page}%23{block}%20{version})",
    "",
    lambda value: is_filled(value, "page", "block", "version", "language"),
)
EDIT = text(
    "an address with {path} in it (https://github.com/clinic/pages/edit/main/{path})",
    "",
    lambda value: is_filled(value, "path"),
)
HOST = choice({"plain": "", "netlify": "netlify", "cloudflare": "cloudflare"})
SLUGS = choice({"english": False, "translated": True})
ADDRESSES = choice({"auto": None, "files": False, "folders": True})
URL = text("the address the site is published at (https://clinic.example)", "^(https?://|$)", is_address)
PLURALS = text("a plural rule (nplurals=2; plural=(n != 1);)", "^\\s*nplurals", plural_rule)
LINE = text("one line of text", r"^[^\x00-\x1f\x7f]*$")
FORMER = text(
    "folders of addresses (zh-cn, docs/zh)",
    r"^[A-Za-z0-9][\w-]*(/[A-Za-z0-9][\w-]*)*( [A-Za-z0-9][\w-]*(/[A-Za-z0-9][\w-]*)*)*$",
)
SOURCE = Option("source-locale", LOCALE, "the language of `source/`", "en")
LOCALES = Option("locales", each(LOCALE, NAMES.words), "the languages to translate into", [])
OVERRIDES = table(
    lambda node, **said: {key.replace("_", "-"): value for key, value in said.items()},
    Option("name", text(), "the language's own name for itself, in the language menu"),
    Option("english-name", text(), "its English name, in reports"),
    Option("digits", choice({"latn": "latn", "native": "native"}), "`latn` or `native`"),
    Option("direction", choice({"ltr": "ltr", "rtl": "rtl"}), "`ltr` or `rtl`"),
    Option("plural-forms", PLURALS, "the `Plural-Forms` of a **new** catalog"),
    Option("date", text(), "a CLDR date pattern"),
    Option("team", LINE, "`Language-Team` of catalogs that name none"),
    Option("former", FORMER, "the folders that its pages were in, elsewhere: each of them leads on"),
)
MAPPING = table(
    mappings,
    Option("method", METHOD, "how files are read", required=True),
    Option("pattern", TEXTS, "which files, relative to the site's folder", required=True),
    Option("keys", TEXTS, "what is translated of front matter and data"),
    rest=ANYTHING,
)
MAPPINGS = Option(
    "mappings",
    each(MAPPING, "a list of tables"),
    "what is extracted, by Babel's own mapping",
    [
        {"method": MARKDOWN, "pattern": "source/**.md", "keys": ["title", "description"]},
        {"method": DATA, "pattern": "source/**.yaml", "keys": ["name", "tagline", "sample", "nav.label"]},
        {"method": TEMPLATE, "pattern": "templates/**.html"},
    ],
)


def places(names: Sequence[str]) -> tuple[Option[object], ...]:
    """Where a rule holds."""
    return (
        Option("locales", each(language(names), NAMES.words).then(frozenset), "only in these languages"),
        Option("classes", NAMES.then(frozenset), "only on pages whose front matter has one of these as `class`"),
    )


def terms(default: Terms | None = None) -> tuple[Option[object], ...]:
    """What the policy can say, with its defaults, and a rule of it, without."""
    edit = cell(ACTIONS, f"one of {', '.join(ACTIONS)}")
    grave = cell(GRAVE, "english or hold (a translation from before a critical edit is never served)")
    review = choice(ACTIONS).then(lambda action: (action, action))
    roles = each(choice({role: role for role in ROLES}), f"a list of {', '.join(ROLES)}")
    asked = roles.then(lambda found: tuple(role for role in ROLES if role in found))
    days, origins = number("a number of days", 0, 36500, int), choice({origin: origin for origin in ORIGINS})
    asks = choice({one: one for one in NOINDEX})
    rows: tuple[tuple[str, Kind[Cell], str], ...] = (
        ("cosmetic", edit, "only the looks of its English changed"),
        ("wording", edit, "words of its English changed"),
        ("critical", grave, "its English changed gravely"),
        ("unreviewed", review, "a required role has not signed"),
        ("machine", review, "a machine made it and nobody with a qualification has reviewed it"),
    )
    return (
        *(Option(row, kind, doc, default and written(default.cells[row])) for row, kind, doc in rows),
        Option("require", asked, "the roles that have to sign", default and list(default.require)),
        Option("grace", days, "days that an edit is fresh", default and default.grace),
        Option(
            "origin", origins, "where translations are from that the ledger says nothing of", default and default.origin
        ),
        Option("noindex", asks, "which pages ask search engines to leave them out", default and default.noindex),
    )


def lockstep(names: Sequence[str] = (), source: str = "en") -> tuple[Option[object], ...]:
    """The options of `[tool.lockstep]`, for a site in these languages."""
    blocks = choice({"all": None, "critical": True, "prose": False})
    rules = table(policy_rule, *places(names), Option("blocks", blocks, "only in such blocks", "all"), *terms())
    checks = table(
        rule,
        Option("check", text(), "the check's name, as printed in brackets", required=True),
        Option("level", SWITCH, "its level in prose"),
        Option("strict", SWITCH, "its level where the English carries a dose or contact, or is marked `critical`"),
        *places(names),
    )
    gate = table(
        lambda node, **said: Gate(**said),
        Option("level", choice(LEVELS), "`check` fails on findings of this level or graver", "error"),
        Option("translated", shares(names), "least share of words translated, in percent", {}),
        Option(
            "unpublished",
            each(language(names), NAMES.words),
            "languages that may be missing from `dist/`",
            [],
        ),
    )
    whole = table(
        policy,
        *terms(DEFAULT),
        Option(
            "listed",
            shares(names, 0),
            "least share of words shown in a language, in percent, for its place in the language menu",
            0,
        ),
        Option("indexed", shares(names, INDEXED), "the same by page, for `hreflang`", INDEXED),
        Option("published", shares(names, 0), "the same for being published at all", 0),
        Option("rules", each(rules, "a list of tables"), "what differs in some languages, page classes or blocks", []),
    )
    own = table(lambda node, rest: rest, names=language((*names, source)), rest=OVERRIDES)
    grade = number("a school grade from 1 to 20", 1, 20, float)
    return (
        LOCALES,
        SOURCE,
        Option("url", URL, "the address the site is published at", ""),
        Option(
            "addresses",
            ADDRESSES,
            "how links name a page",
            "auto",
        ),
        Option("slugs", SLUGS, "what pages are called in addresses", "english"),
        Option(
            "report-bugs", LINE, "`Report-Msgid-Bugs-To` of all catalogs: where translators ask about the English", ""
        ),
        Option(
            "english", choice({"tap": True, "off": False}), "where readers of a translation find its English", "tap"
        ),
        Option("report", REPORT, "where readers say that something on a page is wrong", ""),
        Option("host", HOST, "who publishes the pages: for whom `_headers` and `_redirects` are written", "plain"),
        Option("hashed", switch(), "whether style sheets, scripts and fonts have names that change with them", False),
        Option("edit", EDIT, "where a file of the site is edited", ""),
        Option(
            "search",
            choice({"off": False, "pagefind": True}),
            "whether the list of all pages carries a search",
            "off",
        ),
        Option("locale", own, "what to say of a language instead of CLDR", {}),
        Option("gate", gate, "when `check` fails", {}),
        Option("checks", each(checks, "a list of rules"), "other levels for checks", []),
        Option("policy", whole, "what readers see of a stale or unreviewed translation", {}),
        Option("boxes", BOXES, "kinds of boxes that the site's own design has", []),
        Option("dialect", DIALECT, "whose Markdown the pages are written in: tools or single constructs", ["common"]),
        Option(
            "append",
            NAMES,
            "files that every page ends with (abbreviations, links), as with `auto_append` of snippets",
            [],
        ),
        Option("components", COMPONENTS, "what components, shortcodes and tags of other tools are", {}),
        Option("official", each(LOCALE, NAMES.words), "the languages that each official notice has to be in", []),
        Option("front-matter", NAMES, "keys of front matter that other tools read; `*` stands for anything", []),
        Option("reading-grade", grade, "the school grade (Flesch-Kincaid) that no English page should exceed", 8),
    )


def json_schema() -> dict[str, object]:
    """The settings in a `pyproject.toml` as JSON Schema, for editors. It lets other tools' tables be."""
    ours, babel = table(dict, *lockstep()).schema, table(dict, MAPPINGS, rest=ANYTHING).schema
    tools = {"type": "object", "properties": {"lockstep": ours, "babel": babel}}
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "The settings of a Lockstep site, in its pyproject.toml",
        "type": "object",
        "properties": {"tool": tools},
    }
