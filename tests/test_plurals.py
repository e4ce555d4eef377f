"""Plural rules as other tools write them: read without being run, told apart by what they pick, and no language is lost by one."""

from __future__ import annotations

import json
from functools import reduce
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.catalog import po_file
from pipeline.cli.main import main
from pipeline.core import locales
from pipeline.core.locales import make as locale_of
from pipeline.core.plurals import completed, cover, fitting, plural_rule, refines, spread
from tests.conftest import REPO, Make

READ = (
    ("plural = n != 1", 2),
    ("plural=(n == 1 ? 0 : 1)", 2),
    ("plural=!(n==1);", 2),
    ("plural=n>1||n==0", 2),
    ("plural=((((n!=1))));", 2),
    ("plural=n==1 ? 0 : n != 0 && n % 1000000 == 0 ? 1 : 2;", 3),
    ("plural=n%100/10==1 ? 2 : n%10==1 ? 0 : (n+9)%10>3 ? 2 : 1", 3),
    ("plural=n?1:0", 2),
    ("plural=n%2", 2),
)
NOT_READ = (
    ("plural=EXPRESSION", 2),
    ("plural=n", 2),
    ("plural=n==1 ? 0 : n==2 ? 5 : 1", 2),
    ("plural=n/0", 2),
    ("plural=n%(n+1)", 2),
    ("plural=n%0", 2),
    ("plural=n-1", 2),
    ("plural=__import__('os').system('true')", 2),
    ("plural=n==1 ? 0", 2),
    ("plural=n==1)", 2),
    ("plural=", 2),
    ("plural=n**9999", 2),
    ("plural=" + "(" * 60 + "n" + ")" * 60, 2),
    ("plural=" + "!" * 500 + "n", 2),
    ("plural=" + "n%997==1||n%991==2||n%983==3||n%977==4", 2),
    ("plural=n" + "==1" * 400, 2),
    ("plural=n==99999999999", 2),
)


@pytest.mark.parametrize(("text", "count"), READ)
def test_a_rule_is_read(text: str, count: int) -> None:
    assert plural_rule(f"nplurals={count}; {text}")


@pytest.mark.parametrize(("text", "count"), NOT_READ)
def test_what_is_no_rule_is_none(text: str, count: int) -> None:
    assert plural_rule(f"nplurals={count}; {text}") is None


@pytest.mark.parametrize("name", "es fr ru uk pl lt lv cs sk ar he ga cy mt sl br pt pt_BR zh ja ht ro hi bn".split())  # noqa: SIM905
def test_the_rules_of_a_language_are_read(name: str) -> None:
    rules = locale_of(name).rules
    assert rules and all(map(plural_rule, rules))


SLAVIC = "n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : "
ES2, ES3 = "nplurals=2; plural=(n != 1);", "nplurals=3; plural=n==1 ? 0 : n != 0 && n % 1000000 == 0 ? 1 : 2;"
RU3, RU4 = (
    f"nplurals=3; plural=({SLAVIC}2);",
    f"nplurals=4; plural=({SLAVIC}n%10==0 || n%10>=5 || n%100>=11 && n%100<=14 ? 2 : 3);",
)
LV3 = "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n != 0 ? 1 : 2);"
LV3_CLDR = (
    "nplurals=3; plural=(n % 10 == 0 || n % 100 >= 11 && n % 100 <= 19) ? 0 : ((n % 10 == 1 && n % 100 != 11) ? 1 : 2);"
)


def test_rules_are_compared_by_what_they_pick() -> None:
    assert cover(ES3, ES2) == ({0}, {1}, {1}) and cover(ES2, ES3) == ({0}, {1, 2}), "a million is a number too"
    assert cover(RU4, RU3) == ({0}, {1}, {2}, frozenset()), "the last form is for fractions"
    assert refines("nplurals=2; plural=n==1;", ES2), "the same, the other way round"
    assert not refines("nplurals=2; plural=n>1;", ES2)
    assert cover(ES2, "nplurals=2; plural=n==1000 ? 0 : n!=1") == ({0}, {0, 1})
    assert cover(ES2, "nplurals=2; plural=n==900001 ? 0 : n!=1") == ({0}, {0, 1})
    assert cover(ES2, "nplurals=2; plural=n%300007==5 ? 0 : n!=1") == ({0}, {0, 1})


def test_the_rule_for_an_entry_is_the_catalog_s_or_the_language_s() -> None:
    spanish, russian = locale_of("es").rules, locale_of("ru").rules
    assert fitting(ES3, spanish, 3) == ES3 and fitting(RU4, russian, 4) == RU4
    assert fitting(ES3, spanish, 2) == ES2, "the header changed, the entry not yet"
    assert fitting("nonsense", spanish, 2) == ES2
    assert plural_rule(fitting("nonsense", spanish, 3)).form(1_000_000) == 1  # type: ignore[union-attr]
    assert fitting("nplurals=2; plural=n==1;", spanish, 2) == "nplurals=2; plural=n==1;"
    assert fitting("nplurals=3; plural=n==1 ? 0 : n>=2 && n<=4 ? 1 : 2", russian, 3) == locale_of("ru").plurals
    assert fitting("nonsense", spanish, 5) == ""


def test_an_empty_form_speaks_as_a_simpler_rule_of_the_language_does() -> None:
    spanish = locale_of("es").rules
    assert completed(("una", "", "unas"), ES3, spanish) == ("una", "unas", "unas")
    assert completed(("", "", "unas"), ES3, spanish) == ("", "unas", "unas"), "one is not many"
    assert completed(("a", "b", "c", ""), RU4, locale_of("ru").rules)[:3] == ("a", "b", "c")
    assert all(completed(("a", "b", "c", ""), RU4, locale_of("ru").rules))
    assert spread(("una", "unas"), ES2, ES3) == ("una", "unas", "unas")
    assert spread(("a", "b", "c"), RU3, "nplurals=2; plural=n != 1") == ("a", ""), "21 is as 1"
    assert spread(("a", "b", "b"), LV3, LV3_CLDR) == ("b", "a", "b"), "10 is as 2 and as 0, which say the same"
    assert spread(("a", "b", "c"), LV3, LV3_CLDR) == ("", "a", "b"), "10 is as 2, but 0 is not"
    assert spread(("a", "b", "c"), LV3, LV3_CLDR, 1) == ("b", "a", "b"), "and of 0 nothing is said"
    assert spread(("one", "many"), "nplurals=2; plural=n != 1", "nplurals=2; plural=n > 1", 1) == ("one", "many"), "hi"
    assert spread(("a", "b"), "nplurals=2; plural=n % 3 != 0", "nplurals=1; plural=0", 1) == ("",), (
        "3 is as 0, and is said"
    )
    assert spread(("a", "b", "c"), LV3, LV3, 1) == ("a", "b", "c"), "a form for 0 alone keeps its text"


HEADERS = (
    ("es", ES3),
    ("es", "nplurals=3; plural=(n == 1) ? 0 : ((n != 0 && n % 1000000 == 0) ? 1 : 2);"),
    ("es", "nplurals=2; plural=(n == 1 ? 0 : 1);"),
    ("es", "nplurals=2; plural=n>1;"),
    ("es", "nplurals=2; plural=n == 1;"),
    ("es", "nplurals=2; plural=!(n==1)"),
    ("es", "nplurals=2;\tplural = ( n != 1 ) ;"),
    ("es", "nplurals=1; plural=0;"),
    ("es", "nplurals=2; plural=0;"),
    ("es", "nplurals=INTEGER; plural=EXPRESSION;"),
    ("es", ""),
    ("ru", RU4),
    ("ru", RU3),
    (
        "ru",
        "nplurals=4; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : n%10==0 || (n%10>=5 && n%10<=9) || (n%100>=11 && n%100<=14)? 2 : 3);",
    ),
    ("ru", "nplurals=3; plural=n%100/10==1 ? 2 : n%10==1 ? 0 : (n+9)%10>3 ? 2 : 1;"),
    ("fr", "nplurals=3; plural=(n == 0 || n == 1) ? 0 : n != 0 && n % 1000000 == 0 ? 1 : 2;"),
    ("fr", "nplurals=2; plural=n>=2;"),
    (
        "ar",
        "nplurals=6; plural=n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 && n%100<=99 ? 4 : 5;",
    ),
    ("lv", LV3_CLDR),
    ("zh_Hans", "nplurals=1; plural=(0);"),
    ("zh_Hans", "nplurals=2; plural=n != 1;"),
    (
        "pl",
        "nplurals=4; plural=(n==1 ? 0 : (n%10>=2 && n%10<=4) && (n%100<12 || n%100>14) ? 1 : n!=1 && (n%10>=0 && n%10<=1) || (n%10>=5 && n%10<=9) || (n%100>=12 && n%100<=14) ? 2 : 3);",
    ),
)


@pytest.mark.parametrize(("name", "header"), HEADERS)
def test_no_header_unpublishes_a_language(make: Make, name: str, header: str) -> None:
    """As a platform does it: the header is written anew, and every text has as many forms as it says."""
    root = make({"index.md": "# Pump\n"}, locales=(name,), notices=False)
    assert main(["update", "--root", str(root)]) == 0
    path = root / f"locale/{name}/LC_MESSAGES/messages.po"
    own, rule = locale_of(name).plurals, plural_rule(header)
    text = path.read_text().replace(f'"Plural-Forms: {own}\\n"', f'"Plural-Forms: {header}\\n"' if header else "")
    lines, forms = [], [line for line in text.split("\n") if line.startswith("msgstr[")]
    for line in text.split("\n"):
        if rule and line.startswith("msgstr["):
            more = reduce(
                lambda had, at: [*had, had[-1].replace(f"[{at}]", f"[{at + 1}]")], range(rule.count - 1), [line]
            )
            lines += more if line.startswith("msgstr[0]") else []
        else:
            lines.append(line)
    assert forms and header in text
    path.write_text("\n".join(lines))
    for verb in ("update", "build"):
        assert main([verb, "--root", str(root)]) == 0
    assert (root / "dist" / locale_of(name).tag / "index.html").exists(), path.read_text()[:900]
    if rule:
        assert po_file.load(root, f"locale/{name}/LC_MESSAGES/messages.po").metadata("Plural-Forms") == header.strip()


LOST = 'msgstr[1] "%(num)s de %(all)s partes de esta página están'


@pytest.mark.parametrize(
    ("header", "wanted"),
    [
        (True, [("catalog", "error", "1 of 2 plural forms: msgstr[1] is missing. Write it in")]),
        (False, [("catalog", "warning", "No Plural-Forms"), ("plural", "warning", "This entry has 1 plural forms, and no")]),
    ],
)  # fmt: skip
def test_a_form_that_was_lost_is_told_once(
    make: Make, capsys: pytest.CaptureFixture[str], header: bool, wanted: list[tuple[str, str, str]]
) -> None:
    """By what mends it: the header is as before, and what `--mend-headers` would do is nobody's wish."""
    root = make({"index.md": "# Pump\n"}, notices=False)
    assert main(["update", "--root", str(root)]) == 0
    path = root / "locale/es/LC_MESSAGES/messages.po"
    lines = path.read_text("utf-8").splitlines(keepends=True)
    kept = [line for line in lines if LOST not in line and (header or "Plural-Forms" not in line)]
    assert len(kept) == len(lines) - 2 + header
    path.write_text("".join(kept), "utf-8")
    capsys.readouterr()
    assert main(["check", "--root", str(root), "--format", "json"]) == 1
    told = json.loads(capsys.readouterr().out)["findings"]
    ours = [one for one in told if one["check"] in {"catalog", "plural"}]
    assert [(one["check"], one["level"]) for one in ours] == [row[:2] for row in wanted], ours
    assert all(one["message"].startswith(row[2]) for one, row in zip(ours, wanted, strict=True))


NUMBERS = st.sampled_from([0, 1, 2, 3, 5, 7, 10, 19, 100, 999_999, 1_000_000]) | st.integers(0, 1_000_000)
REMAINDERS = st.sampled_from(["n", "n%10", "n%100", "n%7", "n%1000000", "n%300007", "(n+3)%10", "n%100/10"])
ATOMS = st.builds(
    lambda left, sign, right: f"{left} {sign} {right}",
    REMAINDERS,
    st.sampled_from(["==", "!=", "<", ">", "<=", ">="]),
    NUMBERS,
)
TRUTHS = st.recursive(
    ATOMS,
    lambda inner: (
        st.builds(lambda a, b, sign: f"({a}) {sign} ({b})", inner, inner, st.sampled_from(["&&", "||"]))
        | inner.map(lambda one: f"!({one})")
    ),
    max_leaves=4,
)


@given(TRUTHS, TRUTHS, st.lists(st.integers(0, 1_000_000), min_size=20, max_size=20), NUMBERS)
def test_what_is_seen_of_two_rules_is_so_of_every_number(one: str, other: str, numbers: list[int], edge: int) -> None:
    """Law: no number from 0 to a million has a pair of forms that the comparison has not seen."""
    first, second = f"nplurals=2; plural={one}", f"nplurals=2; plural={other}"
    rule, another, met = plural_rule(first), plural_rule(second), cover(first, second)
    if rule is None or another is None or met is None:
        return
    for number in (*numbers, *range(max(0, edge - 3), min(edge + 4, 1_000_001))):
        assert another.form(number) in met[rule.form(number)], number
        c = one.replace("&&", " and ").replace("||", " or ").replace("!(", "not (").replace("/", "//")
        assert rule.form(number) == eval(c, {"n": number}), "as C has it"


@pytest.mark.parametrize("path", sorted((REPO / "pipeline/catalog/interface").glob("*.po")), ids=lambda path: path.stem)
def test_a_language_has_the_rule_of_the_texts_that_are_shipped(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the installed Babel says: 2.19 has CLDR's rules for Spanish and French, of three forms, and 2.18 had two."""
    monkeypatch.setattr("babel.messages.plurals.PLURALS", {path.stem: (1, "0"), path.stem.partition("_")[0]: (1, "0")})
    locales.plurals.cache_clear()
    found, rule = po_file.load(path.parent, path.name), plural_rule(locales.plurals(path.stem))
    assert locales.plurals(path.stem) == (found.metadata("Plural-Forms") or locales.plurals(path.stem))
    assert rule and {len(entry.strings) for entry in found.entries if entry.plural is not None} <= {rule.count}
