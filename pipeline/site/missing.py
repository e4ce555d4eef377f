"""The page of each language for what is not found below its folder (`es/404.html`)."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.core.model import Output
from pipeline.site import templates
from pipeline.site.language import Language
from pipeline.site.site import Rendered, Site, chooser_address, find_href, has_find, site_path

TEMPLATE = "missing.html"


def has_missing(site: Site) -> bool:
    """Whether a site has such pages: its templates say so."""
    return TEMPLATE in site.templates


def missing(site: Site) -> Iterator[Rendered]:
    """The page of every language. Its links begin at the top of the host: it is shown at whatever address was asked for."""
    for locale in site.plan.languages if has_missing(site) else ():
        yield of_language(Language(site, site.interfaces[locale.name], site.env))


def of_language(language: Language) -> Rendered:
    """The page of one language."""
    site, locale = language.site, language.locale
    base = f"{site_path(site.settings)}/"
    body = templates.page(
        language.env,
        TEMPLATE,
        speech=language.speech,
        locale=locale,
        english=site.english,
        site=language.values,
        root=base,
        home=f"{base}{locale.tag}/{site.home.href}",
        find=f"{base}{locale.tag}/{find_href(site)}" if has_find(site) else "",
        chooser=chooser_address(site, base) if len(site.plan.languages) > 1 else "",
        official=language.official,
    )
    return Rendered(Output(f"{locale.tag}/404.html", body), {locale.tag: frozenset(language.speech.printed)})
