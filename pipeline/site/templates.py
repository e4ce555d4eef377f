"""Jinja, and the strings of templates: the one module that renders a template.

Nothing from a catalog reaches a template as markup, a format string or a template: text is escaped or parsed by
`content`, and placeholders are replaced literally.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from decimal import Decimal
from enum import Enum
from pathlib import Path
from types import CodeType
from typing import Any, ClassVar

from jinja2 import (
    BytecodeCache,
    Environment,
    FileSystemLoader,
    StrictUndefined,
    TemplateError,
    TemplateNotFound,
    TemplateRuntimeError,
    TemplateSyntaxError,
    Undefined,
    pass_context,
)
from jinja2.bccache import Bucket
from jinja2.loaders import split_template_path
from jinja2.utils import missing
from markupsafe import Markup, escape

from pipeline.content import parse, plain
from pipeline.content.files import decoded
from pipeline.content.inline_html import words
from pipeline.content.template_errors import frames, in_words, unreadable
from pipeline.content.template_places import places
from pipeline.core import inputs, starter
from pipeline.core.errors import LockstepError
from pipeline.core.inline import ARGUMENT, NOWHERE, Facts, Syntax
from pipeline.core.locales import Locale, figures, number
from pipeline.core.model import Key, Message, Resolution, Span
from pipeline.core.pickled import travels
from pipeline.core.schema import nearest
from pipeline.resolve import Rules, Translations
from pipeline.resolve.message import counted, resolve

SPAN_IN_VALUE = re.compile(r"""=["'][^"'<>]*<span lang="[^>]*>[^<]*</span>[^"'<>]*["']""")
NAMED = re.compile(r"\s[\w-]+\Z")
NAME_OF = re.compile(r"\s([\w-]+)=")


@travels
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


@dataclass(frozen=True, slots=True)
class Interface:
    """What the templates of one language are made with: their strings, decided; the facts for text in each language and
    every locale, by locale name; and what a string that nobody extracted is decided by, the catalogs by locale name."""

    locale: Locale
    source: Locale
    locales: Mapping[str, Locale]
    strings: Mapping[tuple[Key, str | None], Resolution]
    facts: Mapping[str, Facts]
    chains: Mapping[str, tuple[Translations, ...]] = field(default_factory=dict)
    rules: Rules = field(default_factory=Rules)

    def string(self, key: Key, plural: str | None) -> Resolution:
        """What is shown of a template's string."""
        if found := self.strings.get((key, plural)):
            return found
        english = parse(key.msgid, Syntax.TEMPLATE)
        return resolve(
            Message(key, Span("templates", 0), plural), english, NOWHERE, self.chains[self.locale.name], self.rules
        )


Printed = tuple[str, str]
"""A text outside of blocks, with the tag of its language before it; `%(name)s` not filled in."""


@dataclass(frozen=True, slots=True)
class Speech:
    """One rendering in one language: says texts, and notes what it printed outside of blocks."""

    interface: Interface
    printed: dict[Printed, None] = field(default_factory=dict)
    known: dict[Key, tuple[Said, Printed]] = field(default_factory=dict)
    """The strings without a value in them that were asked for, and what they print."""
    unextracted: set[Key] = field(default_factory=set)
    """The strings that were asked for and that no template names."""

    @property
    def locale(self) -> Locale:
        return self.interface.locale

    def said(self, found: Resolution) -> Said:
        """A resolution as plain text for a template: a heading's links and footnotes stay in the heading."""
        spoken = self.interface.locales[found.spoken]
        text = plain(found.text, self.interface.facts[spoken.name])
        self.printed[spoken.tag, text] = None
        html = words(text, right_to_left=spoken.direction == "rtl")
        return Said(html, text, spoken.tag, spoken.direction, spoken.name != self.locale.name)

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
        key = Key(context, msgid)
        plain_ = not values and count is None
        if plain_ and key in self.known:
            said, printed = self.known[key]
            self.printed[printed] = None
            return said
        found = self.interface.string(key, plural)
        if (key, plural) not in self.interface.strings:
            self.unextracted.add(key)
        shown = found.text if count is None else counted(found, count, self.interface.source.name)
        spoken = self.interface.locales[found.spoken]
        known = values if count is None else {"num": count, **values}

        def fill(show: Callable[[Any], str]) -> str:
            def value(match: re.Match[str]) -> str:
                given = "%" if match[2] else known.get(match[1], match[0])
                if isinstance(given, (int, float)) and not isinstance(given, bool):
                    return show(number(spoken, given))
                return show(given)

            parts = re.split(r"(%\(\w+\)[sd]|%%)", source)
            return "".join(value(match) if (match := ARGUMENT.fullmatch(part)) else show(part) for part in parts)

        source = "".join(node.text for node in shown.nodes)
        self.printed[spoken.tag, source] = None
        html, text = fill(lambda part: str(escape(part))), fill(lambda part: str(getattr(part, "text", part)))
        said = Said(html, text, spoken.tag, spoken.direction, spoken.name != self.locale.name)
        if plain_:
            self.known[key] = said, (spoken.tag, source)
        return said


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


ARABIC = re.compile("[\u0660-\u0669]")
"""Digits that take the way of the text around them with what stands between (UAX 9, class AN): no isolate sets that right."""


def figures_of(locale: Locale, value: str) -> Markup:
    """A value that is figures alone as the language writes it, set apart so that it reads from the left."""
    written = figures(locale, value)
    tag = "bdo" if ARABIC.search(written) else "bdi"
    return Markup(f'<{tag} dir="ltr">{escape(written)}</{tag}>')


@pass_context
def _figures(jinja: Any, value: Any) -> Any:
    """A value of site.yaml in a template: with its digits as the language writes them where it is figures alone."""
    locale = speech(jinja).locale
    if not isinstance(value, str) or any(map(str.isalpha, value)) or figures(locale, value) == value:
        return value
    return figures_of(locale, value)


def speech(context: Any) -> Speech:
    found = context["speech"]
    assert isinstance(found, Speech)
    return found


class Missing(StrictUndefined):
    """What a template asks for and is not there: an error that says so in our words, and names what there is."""

    __slots__ = ()

    @property
    def _undefined_message(self) -> str:
        if self._undefined_hint:
            return str(self._undefined_hint)
        if self._undefined_obj is missing:
            return f"there is no `{self._undefined_name}` here"
        has = sorted(parts_of(self._undefined_obj))
        return f"there is no `{self._undefined_name}` in it; {nearest(str(self._undefined_name), has, listed(has))}"


def parts_of(value: Any) -> Iterable[str]:
    """The names of what there is in a value."""
    if isinstance(value, Mapping):
        return map(str, value)
    if isinstance(value, (str, int, float, list, tuple)) or callable(value):
        return ()
    return (name for name in dir(value) if not name.startswith("_") and not callable(getattr(value, name, None)))


def listed(names: Iterable[str]) -> str:
    """What there is in a value, as a sentence."""
    some = ", ".join(names)
    return f"there are: {some[:200]}" if some else "it has no parts"


def shown(value: Any) -> Any:
    """What a template prints, nothing where there is nothing. Raises where it is no text and no number, so that what readers would
    see is Python's."""
    if value is None:
        return ""
    if isinstance(value, (str, int, float, Undefined)) or hasattr(value, "__html__"):
        return value
    if isinstance(value, (datetime.date, Decimal, Enum)):
        return value
    if callable(value):
        raise TemplateRuntimeError("this is a function, and no text: call it, `name(…)`")
    if isinstance(value, (Mapping, list, tuple, set, frozenset)) or not parts_of(value):
        kind = "a mapping" if isinstance(value, Mapping) else "a list"
        raise TemplateRuntimeError(f"this is {kind}, and no text; {listed(parts_of(value))}. Print one of it")
    raise TemplateRuntimeError(f"this is several things, and no text; {listed(sorted(parts_of(value)))}. Print one")


class Templates(FileSystemLoader):
    """The templates of a folder, those that are links out of its site left out; and ours, below `lockstep/`; each as `made` makes
    it. What is read stays, but for those that somebody says are `outdated`."""

    def __init__(self, folder: Path, made: Callable[[str], str]) -> None:
        super().__init__(folder)
        self.made = made
        self.outdated: set[str] = set()

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        folder = Path(self.searchpath[0])
        if template.startswith(starter.PREFIX) and (ours := starter.template(template.removeprefix(starter.PREFIX))):
            path = starter.home() / "templates" / template.removeprefix(starter.PREFIX)
            return self.made(ours), str(path), lambda: True
        body = inputs.read(folder.parent, f"{folder.name}/{'/'.join(split_template_path(template))}")
        self.outdated.discard(template)
        if body is None:
            raise TemplateNotFound(template)
        text = decoded(body, f"templates/{template}").replace("\r\n", "\n")
        return self.made(text), f"{folder.name}/{template}", lambda: template not in self.outdated


class Compiled(BytecodeCache):
    """What templates were compiled to in this process, by their names and texts, whichever site they are of. It is not in the store:
    what is read there runs nothing."""

    MOST = 256
    known: ClassVar[dict[tuple[str, str], CodeType]] = {}

    def get_cache_key(self, name: str, filename: str | None = None) -> str:
        return f"{filename}:{name}"

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self.known.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        if len(self.known) >= self.MOST:
            self.known.clear()
        assert bucket.code is not None
        self.known[bucket.key, bucket.checksum] = bucket.code


class Named(Environment):
    """Jinja that says in our words what it falls over while it reads a template, and at its line."""

    def _parse(self, source: str, name: str | None, filename: str | None) -> Any:
        with self.reading(filename):
            return super()._parse(source, name, filename)

    def _generate(self, source: Any, name: str | None, filename: str | None, defer_init: bool = False) -> str:
        with self.reading(filename):
            return super()._generate(source, name, filename, defer_init)

    def _compile(self, source: str, filename: str) -> Any:
        with self.reading(filename):
            return super()._compile(source, filename)

    @contextmanager
    def reading(self, filename: str | None) -> Iterator[None]:
        try:
            yield
        except TemplateSyntaxError:
            raise
        except Exception as problem:  # deep nesting, a number of 5,000 digits, Python that is none
            assert filename is not None
            raise unreadable(problem, filename) from problem


def environment(folder: Path, made: Callable[[str], str] = str) -> Environment:
    """The site's templates, each as `made` makes it: autoescaped, undefined names an error, strings through our own gettext."""
    env = Named(
        loader=Templates(folder, made),
        autoescape=True,
        undefined=Missing,
        finalize=shown,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        extensions=["jinja2.ext.i18n"],
        auto_reload=True,
        bytecode_cache=Compiled(),
    )
    env.newstyle_gettext = True  # type: ignore[attr-defined]  # set by the i18n extension
    env.policies["ext.i18n.trimmed"] = True
    env.globals.update(
        {"_": _gettext, "gettext": _gettext, "ngettext": _ngettext, "pgettext": _pgettext, "npgettext": _npgettext}
    )
    env.filters["figures"] = _figures
    return env


def changed(env: Environment, name: str) -> None:
    """Have a template read again when it is next asked for; all others stay as they are."""
    assert isinstance(env.loader, Templates)
    env.loader.outdated.add(name)


def page(env: Environment, name: str, **context: Any) -> bytes:
    """One template rendered. Raises LockstepError with file:line when the template is broken, or breaks its own tags."""
    with blamed(name):
        html = env.get_template(name).render(**context)
    try:
        body = html.encode()
    except UnicodeEncodeError as problem:
        half = (
            f"half a character, `\\u{ord(html[problem.start]):04x}`, is printed by the template or one that it includes"
        )
        raise LockstepError(half, path=f"templates/{name}", todo="Write the character itself there.") from problem
    if broken := span_in_attribute(html):
        raise LockstepError(
            f"a translated text is printed inside an attribute: {broken[:60]}",
            path=f"templates/{name}",
            line=printed_in(env, name, NAME_OF.match(broken)),
            todo='Print it with `.text` there: {{ _("…").text }}.',
        )
    return body


def printed_in(env: Environment, name: str, attribute: re.Match[str] | None) -> int | None:
    """The line of a template on which something is printed whole inside an attribute of this name; None where that is in another."""
    assert env.loader is not None
    text = env.loader.get_source(env, name)[0]
    some = (one for one in places(text) if attribute and one.attribute == attribute[1].lower())
    found = next((one for one in some if not one.what.endswith((".text", ".lang", ".dir"))), None)
    return None if found is None else text.count("\n", 0, found.at) + 1


def span_in_attribute(html: str) -> str:
    """The first attribute that has a text marked with its language in it; "" where none has. Sought from the `=` on, which is
    rarer than white space."""
    for value in SPAN_IN_VALUE.finditer(html):
        if name := NAMED.search(html, max(0, html.rfind("<", 0, value.start())), value.start()):
            return name[0] + value[0]
    return ""


def told(env: Environment, speech: Speech) -> Any:
    """The macros of `notices.html` in one language. Raises LockstepError with file:line when the template is broken."""
    with blamed("notices.html"):
        return env.get_template("notices.html").make_module({"speech": speech})


def original(env: Environment, speech: Speech) -> Any:
    """The macro of `original.html` in one language; None where a site has no such template."""
    with blamed("original.html"):
        try:
            found = env.get_template("original.html")
        except TemplateNotFound:
            return None
        return found.make_module({"speech": speech}).original  # type: ignore[attr-defined]


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
    except LockstepError:
        raise
    except Exception as problem:  # a template may call anything, so anything may rise from it
        path, line = raised_in(problem, name)
        if line is None and not isinstance(problem, TemplateError):
            raise
        if isinstance(problem, TemplateNotFound):
            what = f"There is no such template: templates/{problem.name}"
            todo = "Restore it from git, or mend the name on this line." if line else "Restore it from git."
            raise LockstepError(what, path=path, line=line, todo=todo) from problem
        todo = "Mend the expression on this line."
        if (lost := LOST.fullmatch(str(problem))) and (near := nearest(lost[1], given(problem), "")):
            todo = f"{near} {todo}"
        raise LockstepError(f"the template failed: {why(problem)}", path=path, line=line, todo=todo) from problem


LOST = re.compile(r"there is no `(\w+)` here")


def why(problem: Exception) -> str:
    """What a template fell over, in words."""
    if isinstance(problem, RecursionError):
        return "it takes in itself, or is nested too deeply"
    said = (problem.message if isinstance(problem, TemplateError) else str(problem)) or "this cannot be worked out"
    return said if isinstance(problem, TemplateError) else in_words(said)


def given(problem: BaseException) -> list[str]:
    """The names that the template had that an error rose from."""
    inside = [
        frame for frame in frames(problem) if frame.f_code.co_filename.endswith(".html")
    ]  # Jinja's, with its names
    return sorted({name for frame in inside for name in frame.f_locals if not name.startswith("_")})


def raised_in(problem: BaseException, name: str) -> tuple[str, int | None]:
    """The template file and line an error rose from; no line where it rose from no template."""
    trace, path, line = problem.__traceback__, f"templates/{name}", None
    while trace is not None:
        file = Path(trace.tb_frame.f_code.co_filename)
        if file.suffix == ".html" and (file.parent != starter.home() / "templates" or line is None):
            path, line = (f"templates/{file.name}" if file.is_absolute() else file.as_posix()), trace.tb_lineno
        trace = trace.tb_next
    return path, line
