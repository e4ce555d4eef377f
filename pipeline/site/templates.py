"""Rendering: a document and its resolutions → the page of one language. The one module that knows Jinja.

Nothing from a catalog reaches a template as markup, a format string or a template: text is escaped or parsed by
`markup`, and placeholders are replaced literally.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from jinja2 import Environment, FileSystemLoader, StrictUndefined, TemplateError, TemplateSyntaxError, pass_context
from markupsafe import Markup, escape

from pipeline.content import markup
from pipeline.core.errors import LockstepError
from pipeline.core.locales import Locale, number
from pipeline.core.model import Action, Block, Document, Key, Message, Resolution, Section, Span, State

SPAN_IN_ATTRIBUTE = re.compile(r"""\s[\w-]+=["'][^"'<>]*<span lang="[^>]*>[^<]*</span>[^"'<>]*["']""")
IN_ATTRIBUTE = re.compile(r"=\s*([\"'])(?:(?!\1)[^<>])*?\{\{[^}]*?\b(?:_|n?p?gettext)\((?:(?!\.text)[^}])*?\}\}")
ID = re.compile(r' id="[^"]*"')
"""An anchor in inline HTML: a text that stands on a page twice has it once."""


@dataclass(frozen=True, slots=True)
class Said:
    """A text in a page: printed by a template it is marked with its language wherever that is not the page's."""

    html: str
    text: str
    lang: str
    dir: str
    foreign: bool

    def __html__(self) -> str:
        return f'<span lang="{self.lang}" dir="{self.dir}">{self.html}</span>' if self.foreign else self.html

    def __str__(self) -> str:
        return self.text


Decide = Callable[[Message, str, int | None], Resolution]
"""Decides a template's string: the message, its English form for the number, the number."""


@dataclass(frozen=True, slots=True)
class Speech:
    """One language's voice in the templates: resolves their strings, knows the facts and the locale's conventions.

    `decide(message, english, count)` decides; `facts` gives the facts for text in each language, by locale name, and
    `locales` every locale.
    """

    locale: Locale
    source: Locale
    locales: Mapping[str, Locale]
    decide: Decide
    facts: Mapping[str, markup.Facts]
    heard: dict[tuple[str, str], None] = field(default_factory=dict)
    """Every text said so far outside of blocks, with the tag of its language; `%(name)s` not filled in."""

    def said(self, found: Resolution) -> Said:
        """A resolution as plain text for a template: a heading's links and footnotes stay in the heading."""
        spoken = self.locales[found.spoken]
        text = markup.plain(found.text, self.facts[spoken.name])
        self.heard[spoken.tag, text] = None
        return Said(str(escape(text)), text, spoken.tag, spoken.direction, spoken.name != self.locale.name)

    def gettext(self, msgid: str, /, **values: Any) -> Said:
        """A template's string in this language, its `%(name)s` filled in."""
        return self.string(msgid, values)

    def string(
        self,
        msgid: str,
        values: Mapping[str, Any],
        context: str | None = None,
        plural: str | None = None,
        count: int | None = None,
    ) -> Said:
        """A template's string, filled in literally: no text of a catalog is ever a format. Numbers are written the language's way."""
        english = msgid if plural is None or count == 1 else plural
        found = self.decide(Message(Key(context, msgid), Span("templates", 0), plural), english, count)
        spoken = self.locales[found.spoken]
        known = values if count is None else {"num": count, **values}

        def fill(show: Callable[[Any], str]) -> str:
            def value(match: re.Match[str]) -> str:
                given = "%" if match[2] else known.get(match[1], match[0])
                if isinstance(given, (int, float)) and not isinstance(given, bool):
                    return show(number(spoken, given))
                return show(given)

            parts = re.split(r"(%\(\w+\)[sd]|%%)", source)
            return "".join(value(match) if (match := markup.ARGUMENT.fullmatch(part)) else show(part) for part in parts)

        source = "".join(node.text for node in found.text.nodes)
        self.heard[spoken.tag, source] = None
        html, text = fill(lambda part: str(escape(part))), fill(lambda part: str(getattr(part, "text", part)))
        return Said(html, text, spoken.tag, spoken.direction, spoken.name != self.locale.name)


@pass_context
def _gettext(jinja: Any, msgid: str, /, **values: Any) -> Said:
    return speech(jinja).string(msgid, values)


@pass_context
def _ngettext(jinja: Any, msgid: str, plural: str, n: int, /, **values: Any) -> Said:
    return speech(jinja).string(msgid, values, plural=plural, count=n)


@pass_context
def _pgettext(jinja: Any, context: str, msgid: str, /, **values: Any) -> Said:
    return speech(jinja).string(msgid, values, context=context)


@pass_context
def _npgettext(jinja: Any, context: str, msgid: str, plural: str, n: int, /, **values: Any) -> Said:
    return speech(jinja).string(msgid, values, context=context, plural=plural, count=n)


def speech(context: Any) -> Speech:
    found = context["speech"]
    assert isinstance(found, Speech)
    return found


def environment(folder: Path) -> Environment:
    """The site's templates: autoescaped, undefined names an error, strings through our own gettext."""
    env = Environment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        extensions=["jinja2.ext.i18n"],
        auto_reload=False,
    )
    env.newstyle_gettext = True  # type: ignore[attr-defined]  # set by the i18n extension
    env.policies["ext.i18n.trimmed"] = True
    env.globals.update(
        {"_": _gettext, "gettext": _gettext, "ngettext": _ngettext, "pgettext": _pgettext, "npgettext": _npgettext}
    )
    return env


def page(env: Environment, name: str, **context: Any) -> bytes:
    """One template rendered. Raises LockstepError with file:line when the template is broken, or breaks its own tags."""
    with blamed(name):
        html = env.get_template(name).render(**context)
    if broken := SPAN_IN_ATTRIBUTE.search(html):
        raise LockstepError(
            f"a translated text is printed inside an attribute: {broken[0][:60]}",
            path=f"templates/{name}",
            todo='Print it with `.text` there: {{ _("…").text }}.',
        )
    return html.encode()


def told(env: Environment, speech: Speech) -> Any:
    """The macros of `notices.html` in one language. Raises LockstepError with file:line when the template is broken."""
    with blamed("notices.html"):
        return env.get_template("notices.html").make_module({"speech": speech})


@contextmanager
def blamed(name: str) -> Iterator[None]:
    """Turn what goes wrong inside a template into one error that names its file and line; other errors pass."""
    try:
        yield
    except TemplateSyntaxError as problem:
        raise LockstepError(
            f"broken template: {problem.message}",
            path=f"templates/{problem.name or name}",
            line=problem.lineno,
            todo="Mend the tag on this line.",
        ) from problem
    except Exception as problem:  # a template may call anything, so anything may rise from it
        path, line = raised_in(problem, name)
        if line is None and not isinstance(problem, TemplateError):
            raise
        what = problem.message if isinstance(problem, TemplateError) else f"{type(problem).__name__}: {problem}"
        raise LockstepError(
            f"the template failed: {what}", path=path, line=line, todo="Mend the expression on this line."
        ) from problem


def raised_in(problem: BaseException, name: str) -> tuple[str, int | None]:
    """The template file and line an error rose from; no line where it rose from no template."""
    trace, path, line = problem.__traceback__, f"templates/{name}", None
    while trace is not None:
        file = Path(trace.tb_frame.f_code.co_filename)
        if file.suffix == ".html":
            path, line = f"templates/{file.name}", trace.tb_lineno
        trace = trace.tb_next
    return path, line


def misused(text: str) -> Iterator[int]:
    """The 1-based lines where a template prints a translated string inside an attribute without `.text`."""
    return (text[: match.start()].count("\n") + 1 for match in IN_ATTRIBUTE.finditer(text))


class Notice(NamedTuple):
    """What a reader is told above a block: which of the notices, since when, and whether in plain words to all (a critical
    block) or quietly."""

    kind: str
    since: str = ""
    plain: bool = False


WITHHELD = dict.fromkeys(state.traits.notice for state in sorted(State, key=lambda state: -state.traits.urgency))
NOTICES = (*WITHHELD, "older", "looks", "machine", "waiting", "held")
"""The kinds of notices, the gravest first; `held` is told once a page, in the line `Held`."""
TOLD = {"wording": "older", "cosmetic": "looks", "machine": "machine", "unreviewed": "waiting"}
"""The notice of a translation that is shown all the same, by the row of the policy that wants it."""
HELD = "Held"


def body(
    document: Document,
    resolutions: Mapping[int, Resolution],
    speech: Speech,
    notice: Callable[[Notice, str], str],
    names: Mapping[int, str] = {},
) -> Markup:
    """The page's content in one language. `resolutions` are by `id` of the block; `notice(what, id)` is the visible line
    above a stretch that has something to be told, to which each block it is about is tied; `names` name the blocks."""
    written: list[str] = []
    above: dict[Notice, str] = {}
    count = 0
    for section in document.sections:
        told = notices(section, resolutions, speech)
        if told != list(above):
            above = {what: f"Notice-{count + at}" for at, what in enumerate(told, 1)}
            count += len(above)
            written += [notice(what, name) for what, name in above.items()]
        for piece in section.pieces:
            if isinstance(piece, str):
                written.append(piece)
                continue
            found = resolutions.get(id(piece))
            tied = [tie(above, what) for what in notices_of(found, speech)] if found else []
            written.append(block(piece, found, speech, " ".join(tied), names.get(id(piece), "")))
    return Markup("".join(written))


def notices(section: Section, resolutions: Mapping[int, Resolution], speech: Speech) -> list[Notice]:
    """What is to be told of a section's blocks, each once, the gravest first."""
    found = (resolutions.get(id(block)) for block in section.blocks)
    told = {what for one in found if one for what in notices_of(one, speech) if what.kind != "held"}
    said = [what for what in told if what.plain or what._replace(plain=True) not in told]
    return sorted(said, key=lambda what: (NOTICES.index(what.kind), what.since, what.plain))


def tie(above: Mapping[Notice, str], what: Notice) -> str:
    """The id of the line that tells this: the plain one where the stretch has it, the page's where it is told there."""
    return above.get(what) or above.get(what._replace(plain=True)) or HELD


def notices_of(found: Resolution, speech: Speech) -> tuple[Notice, ...]:
    """What a reader is told of one block; nothing where nothing is to be told."""
    if speech.locale.name == speech.source.name or "stub" in found.told:
        return ()
    plain = found.message.critical
    if found.spoken == speech.source.name or found.state is State.RECALLED:
        if found.action is Action.HOLD:
            return (Notice("held"),)
        return (Notice(found.state.traits.notice, since_of(found) if found.state is State.STALE else "", plain),)
    kinds = {kind: one for row, kind in TOLD.items() for one in found.parts if row in one.told}
    if "machine" in kinds:
        kinds.pop("waiting", None)
    return tuple(
        Notice(kind, since_of(one) if kind in {"older", "looks"} else "", plain) for kind, one in kinds.items()
    )


def since_of(found: Resolution) -> str:
    return found.change.since if found.change else ""


def stands_beside(found: Resolution, speech: Speech) -> bool:
    """Whether the English stands beside a translation: in a critical block, where it is stale or nobody has reviewed it."""
    served = found.spoken != speech.source.name and found.state is not State.RECALLED
    open_ = found.vouched is not None and found.vouched.open
    return served and found.message.critical and (found.older or open_ or not found.whole)


def block(piece: Block, found: Resolution | None, speech: Speech, notice: str, name: str) -> str:
    """One block: its opening tag with its language where that is not the page's, its text, the English beside it where that
    has to stand there."""
    attributes, text, spoken, beside = "", piece.inline, speech.locale, ""
    if found is not None:
        text, spoken = found.text, speech.locales[found.spoken]
        if name:
            attributes = f' data-block="{escape(name)}"'
        if spoken.name != speech.locale.name:
            attributes += f' lang="{spoken.tag}" dir="{spoken.direction}"'
        if notice:
            attributes += "" if found.state.done else f' data-state="{found.state}"'
            attributes += f' aria-describedby="{notice}"'
        if stands_beside(found, speech):
            english = ID.sub("", markup.render(piece.inline, speech.facts[speech.source.name]))
            lang = f'lang="{speech.source.tag}" dir="{speech.source.direction}"'
            beside = f' <span class="beside" {lang}>{english}</span>'
    elif piece.english and speech.locale.name != speech.source.name:
        spoken = speech.source
        attributes = f' lang="{spoken.tag}" dir="{spoken.direction}" translate="no"'
    html = markup.render(text, speech.facts[spoken.name]) + beside
    if piece.opening:
        return f"{piece.opening}{attributes}>{html}"
    return f"<span{attributes}>{html}</span>" if attributes else html
