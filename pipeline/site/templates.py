"""Jinja: the one module that renders a template.

Nothing from a catalog reaches a template as markup, a format string or a template (`speech`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import CodeType
from typing import Any, ClassVar

from jinja2 import BytecodeCache, Environment, FileSystemLoader, TemplateNotFound, TemplateSyntaxError, pass_context
from jinja2.bccache import Bucket
from jinja2.loaders import split_template_path

from pipeline.content.files import decoded
from pipeline.content.template_errors import unreadable
from pipeline.content.template_places import places
from pipeline.core import inputs, starter
from pipeline.core.errors import LockstepError
from pipeline.core.locales import figures
from pipeline.site.printed_values import Missing, shown
from pipeline.site.speech import Said, Speech, figures_of
from pipeline.site.template_failures import blamed

SPAN_IN_VALUE = re.compile(r"""=["'][^"'<>]*<span lang="[^>]*>[^<]*</span>[^"'<>]*["']""")
NAMED = re.compile(r"\s[\w-]+\Z")
NAME_OF = re.compile(r"\s([\w-]+)=")


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
