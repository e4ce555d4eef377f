"""What a translation platform has to be told of a site, as the file that it reads.

Sources: Weblate's manual, "Component configuration" (the keys of its REST API and of `import_json`); Crowdin's "Configuration file";
Transifex's "Client configuration"; the l10n.toml of compare-locales, which Pontoon reads.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping

from pipeline.core.locales import Locale
from pipeline.core.settings import TEMPLATE_PATH, Settings

CATALOGS = "locale/{}/LC_MESSAGES/messages.po"
CROWDIN = {
    "es": "es-ES", "hy": "hy-AM", "ne": "ne-NP", "pa": "pa-IN", "pt": "pt-PT", "sv": "sv-SE", "ga": "ga-IE", "gu": "gu-IN", "ml": "ml-IN",
    "nn": "nn-NO", "si": "si-LK", "ur": "ur-PK", "zh_Hans": "zh-CN", "zh_Hant": "zh-TW", "zh": "zh-CN",
}  # fmt: skip
"""Languages that Crowdin calls otherwise than by their name with a hyphen."""


def weblate(settings: Settings) -> str:
    """A list of one component. Weblate adds no language and runs no msgmerge: `update` does both."""
    component = {
        "name": settings.project,
        "slug": "".join(char if char.isascii() and char.isalnum() else "-" for char in settings.project.lower()).strip(
            "-"
        )
        or "site",
        "vcs": "git",
        "repo": "",
        "push": "",
        "branch": "main",
        "file_format": "po",
        "filemask": CATALOGS.format("*"),
        "new_base": TEMPLATE_PATH,
        "new_lang": "none",
        "source_language": {"code": settings.english.name},
        "language_regex": f"^({'|'.join(locale.name for locale in settings.locales)})$",
        "check_flags": r'md-text, placeholders:r"\{[\w.-]+\}"',
        "merge_style": "merge",
        "report_source_bugs": settings.report_bugs if "@" in settings.report_bugs else "",
        "repoweb": "",
    }
    return json.dumps([component], ensure_ascii=False, indent=2) + "\n"


def pontoon(settings: Settings) -> str:
    """An l10n.toml: a language whose folder has another name than Pontoon knows it by has a path of its own."""
    names = ", ".join(json.dumps(locale.tag) for locale in settings.locales)
    alike = [locale.tag for locale in settings.locales if locale.tag == locale.name]
    groups = [(alike, CATALOGS.format("{locale}"))] if alike else []
    groups += [([one.tag], CATALOGS.format(one.name)) for one in settings.locales if one.tag != one.name]
    paths = (
        f'\n[[paths]]\nreference = "{TEMPLATE_PATH}"\nl10n = "{path}"\nlocales = [{", ".join(map(json.dumps, tags))}]\n'
        for tags, path in groups
    )
    return f'basepath = "."\nlocales = [{names}]\n' + "".join(paths)


def crowdin(settings: Settings) -> str:
    """A crowdin.yml. The numbers and keys come from the environment."""
    return (
        "project_id_env: CROWDIN_PROJECT_ID\napi_token_env: CROWDIN_PERSONAL_TOKEN\npreserve_hierarchy: true\nfiles:\n"
        f"  - source: /{TEMPLATE_PATH}\n    translation: /{CATALOGS.format('%locale_with_underscore%')}\n"
        "    languages_mapping:\n      locale_with_underscore:\n"
        + "".join(f"        {CROWDIN.get(one.name, one.tag)}: {one.name}\n" for one in settings.locales)
    )


def transifex(settings: Settings) -> str:
    """A .tx/config."""
    other = [locale for locale in settings.locales if transifex_code(locale) != locale.name]
    mapped = ", ".join(f"{transifex_code(locale)}: {locale.name}" for locale in other)
    return (
        "[main]\nhost = https://app.transifex.com\n" + (f"lang_map = {mapped}\n" if mapped else "") + "\n"
        "[o:ORGANISATION:p:PROJECT:r:messages]\n"
        f"file_filter = {CATALOGS.format('<lang>')}\nsource_file = {TEMPLATE_PATH}\nsource_lang = {settings.english.name}\ntype = PO\n"
    )


def transifex_code(locale: Locale) -> str:
    """A language as Transifex calls it: with a hyphen before a script, an underscore before a country."""
    first, *rest = locale.name.split("_")
    return first + "".join(("-" if len(part) == 4 else "_") + part for part in rest)


PLATFORMS: Mapping[str, Callable[[Settings], str]] = {
    "weblate": weblate,
    "pontoon": pontoon,
    "crowdin": crowdin,
    "transifex": transifex,
}
