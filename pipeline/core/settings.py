"""What a site's maintainers decide, read once from its `pyproject.toml` into a value that cannot be wrong."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import EllipsisType
from typing import Any

from pipeline.core.errors import LockstepError
from pipeline.core.locales import NAME, Locale, make
from pipeline.core.model import Action, Level
from pipeline.core.policy import ACTIONS, DEFAULT, EDITS, NO_POLICY, ORIGINS, REVIEWS, ROLES, Cell, Policy
from pipeline.core.policy import Rule as PolicyRule

DEFAULT_MAPPINGS: tuple[dict[str, Any], ...] = (
    {"method": "lockstep-markdown", "pattern": "source/**.md", "keys": ["title", "description"]},
    {
        "method": "lockstep-yaml",
        "pattern": "source/**.yaml",
        "keys": ["name", "tagline", "sample", "nav.label"],
    },
    {"method": "lockstep-template", "pattern": "templates/**.html"},
)
"""What is extracted where nothing is said: the same shape as Babel's `[[tool.babel.mappings]]`."""

KNOWN = {"locales", "url", "locale", "gate", "source-locale", "checks", "reading-grade", "policy"}
RULE = {"check", "level", "strict", "locales", "classes"}
GATE = {"level", "translated"}
TERMS = {*EDITS, *REVIEWS, "require", "grace", "origin"}
WHERE = {"locales", "classes", "blocks"}
SHARES = ("listed", "indexed", "published")
LOCALE = {"name", "english-name", "direction", "plural-forms", "date"}


@dataclass(frozen=True, slots=True)
class Mapping_:
    """One line of Babel's mapping: files that match `pattern` are read by `method` with `options`."""

    method: str
    pattern: str
    options: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Gate:
    """When `check` fails: on findings of `level` or graver, or below a share translated (percent, by locale)."""

    level: Level = Level.ERROR
    translated: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Rule:
    """A line of `[[tool.lockstep.checks]]`: the level of a check in prose and where a patient may act on the text.

    None turns it off, `...` leaves it as it is. No `locales` or `classes` (of pages) means all of them.
    """

    check: str
    level: Level | EllipsisType | None = ...
    strict: Level | EllipsisType | None = ...
    locales: frozenset[str] = frozenset()
    classes: frozenset[str] = frozenset()
    line: int = 1

    def fits(self, locale: str, page_class: str) -> bool:
        """Whether the rule is about a page of this class in this language."""
        return (not self.locales or locale in self.locales) and (not self.classes or page_class in self.classes)


@dataclass(frozen=True, slots=True)
class Settings:
    """One site: its root folder, the locale it is written in, those it is translated into, and the rest of the table."""

    root: Path
    english: Locale
    locales: tuple[Locale, ...] = ()
    mappings: tuple[Mapping_, ...] = ()
    url: str = ""
    gate: Gate = Gate()
    project: str = "site"
    version: str = "0"
    rules: tuple[Rule, ...] = ()
    reading_grade: float = 8.0
    policy: Policy = NO_POLICY

    @property
    def by_name(self) -> dict[str, Locale]:
        """Every locale of the site, the source language first."""
        return {locale.name: locale for locale in (self.english, *self.locales)}

    def catalog_path(self, locale: Locale) -> str:
        """Where a locale's catalog is, relative to the root."""
        return f"locale/{locale.name}/LC_MESSAGES/messages.po"


TEMPLATE_PATH = "locale/messages.pot"


def load(root: Path) -> Settings:
    """Read `root/pyproject.toml`. Raises LockstepError with file:line for anything that is not as it should be."""
    path = root / "pyproject.toml"
    try:
        text = path.read_text("utf-8")
    except FileNotFoundError:
        raise LockstepError(
            "no pyproject.toml here, so this is not a Lockstep site",
            path=root,
            todo="Give the site's folder with --root DIR, or make one: lockstep init DIR",
        ) from None
    except (OSError, UnicodeDecodeError) as problem:
        raise LockstepError(
            f"cannot be read: {problem}", path=path, todo="Save it as UTF-8 and check its permissions."
        ) from problem
    try:
        whole = tomllib.loads(text)
    except tomllib.TOMLDecodeError as problem:
        line = re.search(r"line (\d+)", str(problem))
        raise LockstepError(
            f"not valid TOML: {problem}", path=path, line=int(line[1]) if line else None, todo="Mend the line."
        ) from problem
    return Parser(path, text).settings(root, whole)


@dataclass(frozen=True, slots=True)
class Parser:
    """The settings file as text, so that every complaint can name its line."""

    path: Path
    text: str

    def settings(self, root: Path, whole: dict[str, Any]) -> Settings:
        tool = self.table(whole.get("tool", {}), "tool")
        ours = self.table(tool.get("lockstep", {}), "tool.lockstep")
        self.only(ours, KNOWN, "[tool.lockstep]")
        overrides = self.table(ours.get("locale", {}), "locale")
        names = ours.get("locales", [])
        if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
            raise self.wrong(
                "locales", "`locales` is a list of names", 'Write for example: locales = ["es", "zh_Hans"]'
            )
        english = self.locale(ours.get("source-locale", "en"), overrides)
        if len(set(names)) < len(names) or english.name in names:
            raise self.wrong(
                "locales", "a locale stands twice, or is the source language itself", "List each translation once."
            )
        for name in overrides:
            if name not in [*names, english.name]:
                raise self.wrong(
                    f"locale.{name}",
                    f"settings for the locale {name!r}, which is not in `locales`",
                    "Add it there, or remove this table.",
                )
        url = ours.get("url", "")
        if not isinstance(url, str) or (url and not re.match(r"https?://", url)):
            raise self.wrong(
                "url",
                "`url` is the address the site is published at",
                'Write for example: url = "https://clinic.example"',
            )
        project = self.table(whole.get("project", {}), "project")
        return Settings(
            root,
            english,
            tuple(self.locale(name, overrides) for name in names),
            self.mappings(tool.get("babel", {})),
            url.rstrip("/"),
            self.gate(ours.get("gate", {}), names),
            str(project.get("name", "site")),
            str(project.get("version", "0")),
            tuple(self.rules(ours.get("checks", []), names)),
            self.grade(ours.get("reading-grade", 8.0)),
            self.policy(ours.get("policy", {}), names),
        )

    def grade(self, value: Any) -> float:
        if isinstance(value, bool) or not isinstance(value, (int, float)) or not 1 <= value <= 20:
            raise self.wrong(
                "reading-grade",
                "`reading-grade` is a school grade from 1 to 20",
                "Write for example: reading-grade = 8",
            )
        return float(value)

    def policy(self, value: Any, names: Sequence[str]) -> Policy:
        """The policy's table."""
        table = self.table(value, "policy")
        self.only(table, {*TERMS, *SHARES, "rules"}, "[tool.lockstep.policy]")
        own = {key: row for key, row in table.items() if key in TERMS}
        said = self.terms(own, self.lines_of("policy"))
        base = replace(
            DEFAULT,
            cells={**DEFAULT.cells, **said.cells},
            require=DEFAULT.require if said.require is None else said.require,
            grace=DEFAULT.grace if said.grace is None else said.grace,
            origin=said.origin or DEFAULT.origin,
        )
        rows = table.get("rules", [])
        starts = self.starts(r"\[\[\s*tool\.lockstep\.policy\.rules")
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            raise self.wrong("rules", "`rules` is a list of tables", "Begin each with [[tool.lockstep.policy.rules]].")
        rules = tuple(
            self.policy_rule(row, names, self.until_next(starts[at]) if at < len(starts) else self.lines_of("policy"))
            for at, row in enumerate(rows)
        )
        shares = {key: self.shares(key, table.get(key, {}), names) for key in SHARES}
        return Policy(base, rules, **shares)

    def policy_rule(self, row: dict[str, Any], names: Sequence[str], lines: range) -> PolicyRule:
        """One rule of the policy; `lines` are those it stands on."""
        if unknown := set(row) - TERMS - WHERE:
            key = min(unknown)
            raise self.at(
                key,
                lines,
                f"`{key}` is not a setting of a rule",
                f"The settings are: {', '.join(sorted(TERMS | WHERE))}.",
            )
        if not set(row) & TERMS:
            raise self.at("", lines, "this rule says nothing", f"Set one or more of: {', '.join(sorted(TERMS))}.")
        for key in ("locales", "classes"):
            if not isinstance(row.get(key, []), list) or not all(isinstance(one, str) for one in row.get(key, [])):
                raise self.at(key, lines, f"`{key}` is a list of names", f'Write for example: {key} = ["es"]')
        if unknown := set(row.get("locales", [])) - set(names):
            raise self.at(
                "locales",
                lines,
                f"the rule names the locale {min(unknown)!r}, which is not in `locales`",
                "Add it there, or remove it here.",
            )
        if row.get("blocks", "all") not in ("all", "critical", "prose"):
            raise self.at("blocks", lines, "`blocks` is all, critical or prose", "Write one of the three.")
        made = self.terms({key: value for key, value in row.items() if key in TERMS}, lines)
        critical = {"critical": True, "prose": False}.get(row.get("blocks", "all"))
        return replace(
            made,
            locales=frozenset(row.get("locales", [])),
            classes=frozenset(row.get("classes", [])),
            critical=critical,
            line=lines.start,
        )

    def terms(self, table: Mapping[str, Any], lines: range) -> PolicyRule:
        """What a part of the policy says: cells, required roles, days of grace, where a text is from."""
        cells = {row: self.cell(row, table[row], lines) for row in (*EDITS, *REVIEWS) if row in table}
        require = table.get("require")
        if require is not None and (not isinstance(require, list) or not set(map(str, require)) <= set(ROLES)):
            raise self.at(
                "require",
                lines,
                f"`require` is a list of {', '.join(ROLES)}",
                'Write for example: require = ["reviser"]',
            )
        grace = table.get("grace")
        if grace is not None and (isinstance(grace, bool) or not isinstance(grace, int) or not 0 <= grace <= 36500):
            raise self.at("grace", lines, "`grace` is a number of days", "Write for example: grace = 90")
        origin = table.get("origin", "")
        if origin != "" and origin not in ORIGINS:
            raise self.at(
                "origin", lines, f"`origin` is one of {', '.join(ORIGINS)}", 'Write for example: origin = "machine"'
            )
        ordered = None if require is None else tuple(role for role in ROLES if role in require)
        return PolicyRule(cells, ordered, grace, origin)

    def cell(self, row: str, value: Any, lines: range) -> Cell:
        """One cell: an action, or for an edit two: within the days of grace and after them."""
        two = value if isinstance(value, list) and row in EDITS and len(value) == 2 else [value, value]
        if not all(isinstance(action, str) and action in ACTIONS for action in two):
            pair = ", or two of them: within the days of grace, and after" if row in EDITS else ""
            raise self.at(
                row,
                lines,
                f"`{row}` is one of {', '.join(ACTIONS)}{pair}",
                'Write for example: wording = ["serve-with-notice", "english"]',
            )
        within, after = (ACTIONS[action] for action in two)
        if row == "critical" and within < Action.ENGLISH:
            raise self.at(
                row, lines, "a translation from before a critical edit is never served", "Write english or hold."
            )
        if after < within:
            raise self.at(
                row, lines, "an old edit cannot be served more freely than a fresh one", "Put the graver action second."
            )
        return within, after

    def shares(self, name: str, value: Any, names: Sequence[str]) -> Mapping[str, float]:
        """Percentages by locale, or one for all."""
        shares = (
            dict.fromkeys(names, value) if isinstance(value, (int, float)) and not isinstance(value, bool) else value
        )
        for locale, share in self.table(shares, name).items():
            if (
                locale not in names
                or isinstance(share, bool)
                or not isinstance(share, (int, float))
                or not 0 <= share <= 100
            ):
                raise self.wrong(
                    name,
                    f"`{name}` holds percentages by locale; {locale} = {share!r} is not one",
                    f"Write for example: {name} = {{ es = 100 }}",
                )
        return {locale: float(share) for locale, share in shares.items()}

    def starts(self, pattern: str) -> list[int]:
        """The lines on which a list's tables begin."""
        return [n for n, line in enumerate(self.text.split("\n"), 1) if re.match(rf"\s*{pattern}", line)]

    def lines_of(self, name: str) -> range:
        """The lines of the table `[tool.lockstep.NAME]`; all of the file where it is written otherwise."""
        found = self.starts(rf"\[\s*tool\.lockstep\.{name}\s*\]")
        return self.until_next(found[0]) if found else range(1, self.text.count("\n") + 2)

    def until_next(self, start: int) -> range:
        """The lines from a table's head to the next table's."""
        lines = self.text.split("\n")
        end = next(
            (
                n
                for n in range(start + 1, len(lines) + 1)
                if re.match(r"\s*\[[^\]\"']*\]", lines[n - 1]) and "=" not in lines[n - 1]
            ),
            len(lines) + 1,
        )
        return range(start, end)

    def at(self, key: str, lines: range, what: str, todo: str) -> LockstepError:
        """A complaint about a key within some lines."""
        text = self.text.split("\n")
        found = (
            n
            for n in lines
            if key and re.match(rf"\s*(?:\"?[\w.]+\"?\s*\.\s*)?\"?{re.escape(key)}\"?\s*=", text[n - 1])
        )
        return LockstepError(what, path=self.path, line=next(found, lines.start), todo=todo)

    def rules(self, value: Any, names: Sequence[str]) -> Iterator[Rule]:
        """The rules about checks, in order, each with its line."""
        lines = self.starts(r"\[\[\s*tool\.lockstep\.checks")
        if not isinstance(value, list):
            raise self.wrong("checks", "`checks` is a list of rules", "Begin each with [[tool.lockstep.checks]].")
        for at, row in enumerate(value):
            line = lines[at] if at < len(lines) else 1

            def bad(what: str, todo: str, line: int = line) -> LockstepError:
                return LockstepError(what, path=self.path, line=line, todo=todo)

            if not isinstance(row, dict) or not isinstance(row.get("check"), str) or set(row) - RULE:
                raise bad(
                    "a rule about a check has `check`, and one or more of level, strict, locales, classes",
                    "See docs/checks.md.",
                )
            if not {"level", "strict"} & set(row):
                raise bad(
                    f"the rule about {row['check']!r} says no level",
                    'Write level = "off", "info", "warning" or "error".',
                )
            for key in ("level", "strict"):
                if row.get(key, "off") not in ("off", "info", "warning", "error"):
                    raise bad(f"`{key}` is off, info, warning or error", "Write one of the four.")
            for key in ("locales", "classes"):
                if not isinstance(row.get(key, []), list) or not all(isinstance(one, str) for one in row.get(key, [])):
                    raise bad(f"`{key}` is a list of names", f'Write for example: {key} = ["es"]')
            if unknown := set(row.get("locales", [])) - set(names):
                raise bad(
                    f"the rule names the locale {min(unknown)!r}, which is not in `locales`",
                    "Add it there, or remove it here.",
                )
            levels = {
                key: None if row[key] == "off" else Level[row[key].upper()] for key in ("level", "strict") if key in row
            }
            yield Rule(
                row["check"],
                levels.get("level", ...),
                levels.get("strict", ...),
                frozenset(row.get("locales", [])),
                frozenset(row.get("classes", [])),
                line,
            )

    def locale(self, name: Any, overrides: dict[str, Any]) -> Locale:
        if not isinstance(name, str) or not NAME.match(name):
            raise self.wrong(
                "locales", f"{name!r} is not a locale name", "Write it as ll, ll_Scrp or ll_CC: es, zh_Hans, pt_BR."
            )
        table = self.table(overrides.get(name, {}), f"locale.{name}")
        self.only(table, LOCALE, f"[tool.lockstep.locale.{name}]")
        if table.get("direction", "ltr") not in ("ltr", "rtl"):
            raise self.wrong("direction", "`direction` is ltr or rtl", "Write one of the two.")
        return make(name, {key: str(value) for key, value in table.items()})

    def mappings(self, babel: Any) -> tuple[Mapping_, ...]:
        rows = self.table(babel, "tool.babel").get("mappings", list(DEFAULT_MAPPINGS))
        found = []
        for row in rows:
            if not isinstance(row, dict) or not isinstance(row.get("method"), str):
                raise self.wrong(
                    "mappings",
                    "a mapping has `method` and `pattern`",
                    'See Babel\'s documentation, "Extraction Method Mapping".',
                )
            options = {key: value for key, value in row.items() if key not in {"method", "pattern"}}
            patterns = row.get("pattern", [])
            found += [
                Mapping_(row["method"], pattern, options)
                for pattern in ([patterns] if isinstance(patterns, str) else patterns)
            ]
        return tuple(found)

    def gate(self, value: Any, names: Sequence[str]) -> Gate:
        table = self.table(value, "gate")
        self.only(table, GATE, "[tool.lockstep.gate]")
        level = table.get("level", "error")
        if level not in ("error", "warning", "info"):
            raise self.wrong("level", "`level` is error, warning or info", "Write one of the three.")
        return Gate(Level[level.upper()], self.shares("translated", table.get("translated", {}), names))

    def table(self, value: Any, name: str) -> dict[str, Any]:
        if not isinstance(value, dict):
            raise self.wrong(name.rpartition(".")[2], f"`{name}` is a table", "See docs/settings.md.")
        return value

    def only(self, table: Mapping[str, Any], known: set[str], where: str) -> None:
        for key in table:
            if key not in known:
                raise self.wrong(
                    key, f"`{key}` is not a setting of {where}", f"The settings are: {', '.join(sorted(known))}."
                )

    def wrong(self, key: str, what: str, todo: str) -> LockstepError:
        last = re.escape(key.rpartition(".")[2])
        match = re.search(rf"^[ \t]*(?:\[.*\b{last}\b.*\]|\"?{last}\"?[ \t]*=)", self.text, re.M)
        line = self.text[: match.start()].count("\n") + 1 if match else None
        return LockstepError(what, path=self.path, line=line, todo=todo)
