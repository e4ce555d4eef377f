"""The names that a template prints: those that nothing gives it, those of what has no such part, and what is no text.

What a build would fall over is told without one, from the template alone. A name that a template asks for with `is defined` or
`default` may be missing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from jinja2 import Environment, TemplateAssertionError, TemplateError, nodes
from jinja2.defaults import DEFAULT_NAMESPACE
from jinja2.meta import find_undeclared_variables

from pipeline.core import starter
from pipeline.core.locales import Locale
from pipeline.core.model import Finding, Level, Span
from pipeline.core.schema import nearest

CODE = "template-variable"
EVERYWHERE = "speech locale english site official"
GIVEN: Mapping[str, frozenset[str]] = {
    name: frozenset(names.split())
    for name, names in {
        "page.html": f"""{EVERYWHERE} version is_english title description source front headings toc body urgent rest lead after
            report edit find page_class updated updated_iso figures reviewed reviews home root up chooser here version_id spelled
            paper nav start about previous next breadcrumb languages canonical alternates noindex social feed""",
        "find.html": f"{EVERYWHERE} version home root languages pages search",
        "chooser.html": "speech version english root official canonical homes",
        "404.html": "speech version english root official canonical homes",
        "missing.html": f"{EVERYWHERE} root home find chooser",
        "paper.html": f"{EVERYWHERE} version_id spelled standing changed others title href",
        "handout.html": f"""{EVERYWHERE} is_english title figures updated updated_iso reviews version_id spelled rows bilingual large
            size css address check qr""",
    }.items()
}
"""What each template of a site is given; `docs/templates.md` says of each what it is."""
TEXT = frozenset(["html", "text", "lang", "dir", "foreign"])
PARTS: Mapping[str, frozenset[str]] = {
    "title": TEXT,
    "description": TEXT,
    "locale": frozenset(name for name in dir(Locale) if not name.startswith("_")) | {"name", "tag", "stated"},
    "figures": frozenset(["parts", "english", "older", "machine", "unreviewed", "held"]),
    "reviewed": frozenset(["linguistic", "clinical", "last"]),
}
"""What there is of those that are several things."""
SHOWN = {"locale": "tag, direction, name, endonym, english"}
NO_TEXT = frozenset(
    """speech locale english site official front headings toc figures reviewed reviews nav start about previous next breadcrumb
    languages alternates social pages homes changed others rows""".split()  # noqa: SIM905
)
"""The variables that are several things, so that printed alone they are none that a reader reads."""
ANY = frozenset().union(*GIVEN.values())
BUILT_IN = frozenset(
    {*DEFAULT_NAMESPACE, "_", "gettext", "ngettext", "pgettext", "npgettext"}
    | {"self", "super", "caller", "loop", "varargs", "kwargs", "true", "false", "none", "True", "False", "None"}
)
READER = Environment(extensions=["jinja2.ext.i18n"], autoescape=True)
READER.filters["figures"] = str


class Names(NamedTuple):
    """What a template does with names: those that it asks for, by their first lines; those that it gives itself, to others that
    share its page as well (`shared`), or may do without (`unsure`); the parts of names that it asks for, and what it prints whole,
    with the lines."""

    asked: Mapping[str, int]
    own: frozenset[str]
    shared: frozenset[str]
    unsure: frozenset[str]
    parts: tuple[tuple[str, str, int], ...]
    printed: tuple[tuple[str, int], ...]
    broken: tuple[str, int] = ("", 0)
    """What Jinja does not know of it, such as a filter, and the line."""


NONE = Names({}, frozenset(), frozenset(), frozenset(), (), ())


@lru_cache(maxsize=256)
def names(text: str) -> Names:
    """The names of a template, by its text; none of one that cannot be read, which others say."""
    try:
        tree = READER.parse(text)
        undeclared = find_undeclared_variables(tree)
    except TemplateAssertionError as problem:
        return NONE._replace(broken=(problem.message or "", problem.lineno))
    except (TemplateError, RecursionError, ValueError, SyntaxError, MemoryError):
        return NONE
    asked: dict[str, int] = {}
    own, shared, unsure, parts, printed = set[str](), set[str](), set[str](), [], []
    maybe = set[nodes.Node]()
    for one in everything(tree):
        if asks(one):
            maybe.update(everything(one))
            unsure.update(inner.name for inner in everything(one) if isinstance(inner, nodes.Name))
        match one:
            case nodes.Name(ctx="load") if one.name in undeclared:
                asked[one.name] = min(asked.get(one.name, one.lineno), one.lineno)
            case nodes.Name():
                own.add(one.name)
            case nodes.Getattr(node=nodes.Name() as of) if one not in maybe:
                parts.append((of.name, one.attr, one.lineno))
            case nodes.Output():
                printed += [(inner.name, inner.lineno) for inner in one.nodes if isinstance(inner, nodes.Name)]
        shared.update(given(one))
    return Names(asked, frozenset(own | shared), frozenset(shared), frozenset(unsure), tuple(parts), tuple(printed))


def everything(node: nodes.Node) -> Iterator[nodes.Node]:
    """A node and all in it."""
    waiting = [node]
    while waiting:
        one = waiting.pop()
        yield one
        waiting.extend(one.iter_child_nodes())


def asks(node: nodes.Node) -> bool:
    """Whether what is in a node may be missing."""
    if isinstance(node, nodes.Test):
        return node.name in {"defined", "undefined"}
    return isinstance(node, nodes.Filter) and node.name in {"default", "d"}


def given(node: Any) -> Iterator[str]:
    """The names that a node gives to all that comes after."""
    match node:
        case nodes.With():
            yield from (
                one.name for target in node.targets for one in everything(target) if isinstance(one, nodes.Name)
            )
        case nodes.Assign() | nodes.AssignBlock() | nodes.For():
            yield from (one.name for one in everything(node.target) if isinstance(one, nodes.Name))
        case nodes.Macro():
            yield node.name
        case nodes.Import():
            yield node.target
        case nodes.FromImport():
            yield from (name if isinstance(name, str) else name[1] for name in node.names)


def wrong(path: str, text: str, others: Mapping[str, str]) -> Iterator[Finding]:
    """What a template asks for and nothing gives it, and what it prints that is no text, each at its line. `others`: the site's
    templates by name, which may give names to each other."""
    here, name = names(text), path.rpartition("/")[2]
    if here.broken[0]:
        text = f"Broken template: {here.broken[0].rstrip('.')}. Mend the tag on this line."
        yield Finding("template", Level.ERROR, text, Span(path, here.broken[1]))
    known = GIVEN.get(name, ANY)
    lost = {one: line for one, line in here.asked.items() if one not in known | here.own | BUILT_IN | here.unsure}
    for asked, line in sorted(lost.items(), key=lambda item: (item[1], item[0])) if lost else ():
        if asked not in shared(others):
            near = nearest(asked, sorted(known), "docs/templates.md of Lockstep lists what there is.")
            yield Finding(CODE, Level.ERROR, f"There is no `{asked}` in this template. {near}", Span(path, line))
    for of, part, line in here.parts:
        if of in PARTS and of in known and of not in here.own and of not in here.unsure and part not in PARTS[of]:
            has = SHOWN.get(of) or ", ".join(sorted(PARTS[of] - {"html", "foreign"}))
            near = nearest(part, sorted(PARTS[of]), f"There are: {has}.")
            yield Finding(CODE, Level.ERROR, f"`{of}` has no `{part}`. {near}", Span(path, line))
    for printed, line in here.printed:
        if printed in NO_TEXT and printed in known and printed not in here.own:
            yield Finding(CODE, Level.ERROR, no_text(printed), Span(path, line))


def shared(others: Mapping[str, str]) -> frozenset[str]:
    """The names that the templates of a site and those of ours that they take in give to each other."""
    ours = dict(inner for other in others.values() for inner in starter.inherited(other))
    return frozenset().union(*(names(other).shared for other in (*others.values(), *ours.values())))


def no_text(name: str) -> str:
    """What is said of a variable that is printed whole and is several things."""
    has = SHOWN.get(name) or ", ".join(sorted(PARTS.get(name, ())))
    what = (
        f"has {has}: print one of them, `{name}.…`"
        if has
        else "is several things: print one of them (docs/templates.md of Lockstep)"
    )
    return f"`{{{{ {name} }}}}` prints no text: it {what}."
