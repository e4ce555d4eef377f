"""The policy: the default table whole, every cell of it, rules, thresholds, and settings that are wrong."""

from __future__ import annotations

import datetime
import itertools
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.cli.main import main
from pipeline.core import policy, settings
from pipeline.core.errors import LockstepError
from pipeline.core.model import Action, Change, Key, Review, Severity
from pipeline.core.policy import DEFAULT, NO_POLICY, Policy, Rule, Terms
from pipeline.core.states import State
from pipeline.project.project import Project
from pipeline.resolve import message as resolve
from pipeline.resolve.policy_eval import gravest, of_change, of_review
from tests.conftest import Make, built, project_of, translate
from tests.sites import every_notice, on

GOLDEN = Path(__file__).parent / "golden" / "policy.tsv"
TODAY = datetime.date(2026, 11, 25)
KEY = Key(None, "x")
CHANGES = {
    "none": None,
    **{
        f"{severity}, {age}": Change(KEY, severity, (TODAY - datetime.timedelta(days)).isoformat() if days >= 0 else "", ())
        for severity in Severity
        for age, days in (("today", 0), ("90 days", 90), ("91 days", 91), ("no date", -1))
    },
}  # fmt: skip
OPEN = {
    "reviewed": Review("human"),
    "unreviewed": Review("human", missing=("reviser",)),
    "a machine's": Review("machine"),
    "a machine's, unreviewed": Review("machine", missing=("reviser",)),
}


def situations(terms: Terms) -> Iterator[tuple[str, str, Action, tuple[str, ...]]]:
    """What the terms say of every situation there is: the edit and its age, what review is open, the action, what is told."""
    for change, review in itertools.product(CHANGES, OPEN):
        said = {**of_change(terms, CHANGES[change], TODAY), **of_review(terms, OPEN[review])}
        told = tuple(row for row, action in said.items() if action is Action.NOTICE)
        yield change, review, gravest(said), told if gravest(said) < Action.ENGLISH else ()


def test_the_default_table_is_what_the_golden_file_says() -> None:
    """Every situation of prose and of a critical block, as a table a maintainer can read."""
    rows = [("block", "edit of the English", *OPEN)]
    for block in ("prose", "critical"):
        found = list(situations(NO_POLICY.terms("es", "", block == "critical")))
        for change in CHANGES:
            cells = (" ".join((str(action), *told)) for edit, _, action, told in found if edit == change)
            rows.append((block, change, *cells))
    text = "".join("\t".join(row) + "\n" for row in rows)
    if not GOLDEN.exists():
        GOLDEN.write_text(text)
        pytest.fail("golden/policy.tsv was missing and is written now: read it, and commit it")
    assert text == GOLDEN.read_text(), "delete golden/policy.tsv and run again to see the difference in git"


LADDER = list(itertools.combinations_with_replacement(Action, 2))
CELLS = [(row, cell) for row in policy.EDITS for cell in LADDER if row != "critical" or cell[0] >= Action.ENGLISH]
CELLS += [(row, (action, action)) for row in policy.REVIEWS for action in Action]


@pytest.mark.parametrize(("row", "cell"), CELLS, ids=[f"{row} {cell[0]}, {cell[1]}" for row, cell in CELLS])
def test_every_cell_says_what_is_done_and_no_other(row: str, cell: policy.Cell) -> None:
    """With one cell set, the situations of its row are decided by it, and all others as before."""
    terms = replace(DEFAULT, cells={**DEFAULT.cells, row: cell})
    for before, after in zip(situations(DEFAULT), situations(terms), strict=True):
        change, review, action, _ = after
        if row in policy.EDITS:
            touched = change.startswith(row)
            mine = cell[change.endswith(("91 days", "no date"))]
        else:
            touched = row in review
            mine = cell[0]
        if not touched:
            assert after == before
        else:
            rest = replace(DEFAULT, cells={**DEFAULT.cells, row: (Action.SERVE, Action.SERVE)})
            others = next(line[2] for line in situations(rest) if line[:2] == after[:2])
            assert action is max(mine, others), "of several rows the gravest holds"


MACHINES = [
    (origin, qualified, origin.startswith("machine") and not qualified)
    for origin in policy.ORIGINS
    for qualified in ("", "2026-01-01")
]


@pytest.mark.parametrize(("origin", "qualified", "machine"), MACHINES)
def test_whose_text_is_a_machines(origin: str, qualified: str, machine: bool) -> None:
    """45 CFR 92.201(c)(3): until a qualified human translator has reviewed it, edited by whomever."""
    assert Review(origin, qualified=qualified).machine == machine


def test_a_critical_block_is_never_without_a_notice() -> None:
    calm = replace(DEFAULT, cells=dict.fromkeys(DEFAULT.cells, (Action.SERVE, Action.SERVE)))
    found = Policy(calm).terms("es", "", True)
    assert {row: found.cells[row][0] for row in policy.TOLD} == dict.fromkeys(policy.TOLD, Action.NOTICE)
    critical = Change(KEY, Severity.CRITICAL, TODAY.isoformat(), ())
    assert gravest(of_change(calm, critical, TODAY)) is Action.ENGLISH, "whatever a table says"


def test_the_last_rule_that_fits_decides_cell_by_cell() -> None:
    grave, calm = (Action.HOLD, Action.HOLD), (Action.SERVE, Action.SERVE)
    found = Policy(
        rules=(
            Rule(cells={"machine": grave, "wording": grave}, locales=frozenset({"es"})),
            Rule(cells={"machine": calm}, classes=frozenset({"news"}), grace=7),
            Rule(cells={"unreviewed": grave}, require=("reviser", "clinician"), critical=True, origin="human"),
        )
    )
    assert found.terms("fr", "", False) == DEFAULT
    assert found.terms("es", "", False).cells["machine"] == grave
    news = found.terms("es", "news", False)
    assert (news.cells["machine"], news.cells["wording"], news.grace, news.require) == (calm, grave, 7, ("reviser",))
    block = found.terms("fr", "", True)
    assert (block.cells["unreviewed"], block.require, block.origin) == (grave, ("reviser", "clinician"), "human")


BASE = '[project]\nname = "t"\nversion = "0"\n\n[tool.lockstep]\nlocales = ["es"]\n\n'
BAD = [
    ('[tool.lockstep.policy]\nwordng = "english"\n', 9, "[tool.lockstep.policy] `wordng` is not a setting"),
    ('[tool.lockstep.policy]\nwording = "hide"\n', 9, "`wording` is one of serve, serve-with-notice, english, hold, or two"),
    ('[tool.lockstep.policy]\nwording = ["serve"]\n', 9, "`wording` is one of"),
    ('[tool.lockstep.policy]\nwording = ["english", "serve"]\n', 9, "`wording` serves an old edit more freely"),
    ('[tool.lockstep.policy]\n\ncritical = "serve-with-notice"\n', 10, "never served"),
    ('[tool.lockstep.policy]\ncritical = ["serve", "english"]\n', 9, "`critical` item 1 is english or hold (a translation from before a critical edit is never served)"),
    ('[tool.lockstep.policy]\nmachine = ["serve", "english"]\n', 9, "`machine` is one of"),
    ('[tool.lockstep.policy]\nmachine = 3\n', 9, "`machine` is one of"),
    ('[tool.lockstep.policy]\nrequire = "reviser"\n', 9, "`require` is a list of translator, reviser, clinician"),
    ('[tool.lockstep.policy]\nrequire = ["doctor"]\n', 9, "`require` item 1 is one of translator"),
    ('[tool.lockstep.policy]\ngrace = -1\n', 9, "number of days"),
    ('[tool.lockstep.policy]\ngrace = true\n', 9, "number of days"),
    ('[tool.lockstep.policy]\norigin = "robot"\n', 9, "`origin` is one of human"),
    ('[tool.lockstep.policy]\npublished = 101\n', 9, "`published` is a percentage from 0 to 100"),
    ('[tool.lockstep.policy]\nlisted = { fr = 10 }\n', 9, "[tool.lockstep.policy.listed] `fr` is not one of the languages in `locales`"),
    ('[tool.lockstep.policy]\nrules = "x"\n', 9, "`rules` is a list of tables"),
    ('[[tool.lockstep.policy.rules]]\nclasses = ["a"]\n', 8, "[[tool.lockstep.policy.rules]] says nothing"),
    ('[[tool.lockstep.policy.rules]]\nmachine = "hold"\n\n[[tool.lockstep.policy.rules]]\nmachine = "gone"\n', 12, "`machine` is one of"),
    ('[[tool.lockstep.policy.rules]]\nmachine = "hold"\nlocales = ["fr"]\n', 10, "`locales` item 1 is one of the languages in `locales`, not 'fr'"),
    ('[[tool.lockstep.policy.rules]]\nmachine = "hold"\nclasses = "a"\n', 10, "`classes` is a list"),
    ('[[tool.lockstep.policy.rules]]\nmachine = "hold"\nblocks = "some"\n', 10, "`blocks` is one of all, critical, prose"),
    ('[[tool.lockstep.policy.rules]]\nmachine = "hold"\nlisted = 3\n', 10, "[[tool.lockstep.policy.rules]] `listed` is not a setting"),
    ('[[tool.lockstep.policy.rules]]\nmachine = "hold"\nblocks = []\n', 10, "`blocks` is one of all, critical, prose"),
    ('[tool.lockstep.policy]\norigin = []\n', 9, "`origin` is one of"),
    ('[tool.lockstep.policy]\nmachine = [[]]\n', 9, "`machine` is one of"),
    ('[tool.lockstep.policy]\nrules = [{ machine = "bad" }]\n', 9, "`machine` is one of"),
    ('[tool.lockstep.gate]\nlevel = []\n', 9, "[tool.lockstep.gate] `level` is one of error, warning, info"),
    ('[tool.lockstep.locale.es]\ndirection = []\n', 9, "[tool.lockstep.locale.es] `direction` is one of ltr, rtl"),
    ('[[tool.lockstep.checks]]\ncheck = "number"\nlevel = []\n', 10, "[[tool.lockstep.checks]] `level` is one of off, error, warning, info"),
]  # fmt: skip


@pytest.mark.parametrize(("table", "line", "what"), BAD, ids=[f"{line} {what}" for _, line, what in BAD])
def test_a_table_that_is_wrong_names_file_and_line(tmp_path: Path, table: str, line: int, what: str) -> None:
    (tmp_path / "pyproject.toml").write_text(BASE + table)
    with pytest.raises(LockstepError) as problem:
        settings.load(tmp_path)
    assert what in problem.value.what and problem.value.todo
    assert str(problem.value).startswith(f"{tmp_path / 'pyproject.toml'}:{line}: "), str(problem.value)


def test_what_is_written_is_what_is_read(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text(
        BASE + '[tool.lockstep.policy]\nwording = "hold"\ncosmetic = ["serve", "hold"]\nmachine = "english"\n'
        'require = ["clinician", "translator"]\ngrace = 3\norigin = "memory"\nlisted = 10\nindexed = { es = 20 }\n'
        '\n[[tool.lockstep.policy.rules]]\nlocales = ["es"]\nclasses = ["x"]\nblocks = "prose"\ngrace = 4\n'
    )
    found = settings.load(tmp_path).policy
    assert found.base.cells["wording"] == (Action.HOLD, Action.HOLD)
    assert found.base.cells["cosmetic"] == (Action.SERVE, Action.HOLD)
    assert (found.base.require, found.base.grace, found.base.origin) == (("translator", "clinician"), 3, "memory")
    assert (found.listed, found.indexed, found.published) == ({"es": 10.0}, {"es": 20.0}, {"es": 0.0})
    assert found.rules == (Rule({}, None, 4, "", frozenset({"es"}), frozenset({"x"}), False),)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The site on which every notice stands, as read three days after its first."""
    root = every_notice(tmp_path_factory.mktemp("notices") / "site")
    with on(3):
        return project_of(root)


def decided(site: Project, table: Policy) -> dict[tuple[str, str, int], tuple[str, str, Action, tuple[str, ...]]]:
    """What is shown of every block of every language under a policy."""
    changed = site.having(rules=replace(site.rules, policy=table))
    return {
        (locale, path, at): (one.text.source, one.spoken, one.action, one.told)
        for locale, table in changed.tables.items()
        for path, found in table.documents.items()
        for at, one in enumerate(found.values())
    }


MADE = replace(DEFAULT, origin="machine")
CALM = dict.fromkeys(DEFAULT.cells, (Action.SERVE, Action.SERVE))


def rows_of(site: Project) -> dict[tuple[str, str, int], set[str]]:
    """The rows of the table that each block is in, from what its people did and from nothing that the policy says."""
    calm = site.having(rules=replace(site.rules, policy=Policy(replace(MADE, cells=CALM))))
    found: dict[tuple[str, str, int], set[str]] = {}
    for locale, table in calm.tables.items():
        for path, blocks in table.documents.items():
            for at, one in enumerate(blocks.values()):
                rows = {str(one.change.severity)} if one.change and one.state in {State.STALE, State.CARRIED} else set()
                if one.review and one.review.missing:
                    rows.add("unreviewed")
                if one.review and one.review.machine:
                    rows.add("machine")
                if resolve.STUB in one.told:
                    rows |= {
                        "unreviewed",
                        "machine",
                        "stub",
                    }  # what stands in place of a withdrawn text is a translation, too
                found[locale, path, at] = rows
    return found


SETS = [
    (row, action) for row in policy.EDITS + policy.REVIEWS for action in (Action.SERVE, Action.NOTICE, Action.ENGLISH)
]


@pytest.mark.parametrize(("row", "action"), SETS, ids=[f"{row} {action}" for row, action in SETS])
def test_changing_one_cell_changes_only_the_blocks_it_touches(site: Project, row: str, action: Action) -> None:
    before, rows = decided(site, Policy(MADE)), rows_of(site)
    after = decided(site, Policy(replace(MADE, cells={**MADE.cells, row: (action, action)})))
    moved = {where for where in before if before[where] != after[where]}
    assert all(row in rows[where] for where in moved), "nothing else moved"
    own = {where for where, found in rows.items() if row in found and "stub" not in found and where[0] != "en"}
    assert own, "the site has blocks of this row"
    assert all(
        after[where][2] >= action for where in own if before[where][2] is not Action.ENGLISH or row == "critical"
    )


def test_a_hold_holds_its_page_and_no_other(site: Project) -> None:
    table = Policy(
        rules=(Rule({"machine": (Action.HOLD, Action.HOLD)}, classes=frozenset({"held"}), origin="machine"),)
    )
    before, after = decided(site, Policy()), decided(site, table)
    moved = {(locale, path) for (locale, path, at) in before if before[locale, path, at] != after[locale, path, at]}
    assert moved == {(locale, "source/held.md") for locale in ("es", "ar", "zh_Hans")}
    assert all(said[1] == "en" for (locale, path, _), said in after.items() if path == "source/held.md")


SHARES = [("listed", True, False), ("indexed", True, True), ("published", False, False)]


@pytest.mark.parametrize(("name", "published", "linked"), SHARES)
def test_a_language_below_its_share(make: Make, name: str, published: bool, linked: bool) -> None:
    """Half-translated: below `listed` it is not in the switcher, below `indexed` not in hreflang, below `published` not there."""
    root = make(
        {"index.md": "---\ntitle: Uno\n---\n\nAlpha beta gamma delta.\n"},
        locales=("es", "fr"),
        extra=f"[tool.lockstep.policy]\n{name} = {{ es = 40 }}\n",
    )
    built(root)
    dist = root / "dist"
    assert (dist / "es/index.html").exists() == published and (dist / "fr/index.html").exists()
    for other in ("en/index.html", "fr/index.html", "index.html"):
        html = (dist / other).read_text()
        assert bool(re.search(r'<a [^>]*hreflang="es"', html)) == linked, other
        assert bool(re.search(r'<link [^>]*hreflang="es"', html)) is False, "nothing of it is translated"
    if published:
        own = (dist / "es/index.html").read_text()
        assert 'rel="canonical" href="../en/index.html"' in own


def test_a_share_of_nought_lets_a_page_into_the_index(make: Make) -> None:
    root = make({"index.md": "---\ntitle: Uno\n---\n\nAlpha.\n"}, extra="[tool.lockstep.policy]\nindexed = 0\n")
    built(root)
    assert re.search(r'<link [^>]*hreflang="es"', (root / "dist/en/index.html").read_text())


def test_a_language_without_its_notices_is_not_published(make: Make, capsys: pytest.CaptureFixture[str]) -> None:
    root = make({"index.md": "# Uno\n"}, locales=("es", "tlh"), notices=False)
    assert main(["update", "--root", str(root)]) == 0
    capsys.readouterr()
    assert main(["build", "--root", str(root)]) == 0
    out, err = capsys.readouterr()
    assert "tlh is not published" in err and "templates/notices.html" in err and "\n2 pages: " in out
    assert not (root / "dist/tlh").exists() and (root / "dist/es/index.html").exists()
    assert "tlh" not in (root / "dist/index.html").read_text()


def test_the_table_of_a_site_can_be_read(site: Project, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["policy", "--root", str(site.settings.root)]) == 0
    said = " ".join(capsys.readouterr().out.split())
    assert (
        "all held prose serve-with-notice serve-with-notice, then english english serve hold reviser 90 days machine"
        in said
    )


def test_a_rule_for_a_class_that_no_page_has_is_pointed_out(make: Make, capsys: pytest.CaptureFixture[str]) -> None:
    """`Held` for `held` would publish what should wait."""
    extra = '[[tool.lockstep.policy.rules]]\nclasses = ["Held"]\nmachine = "hold"\n'
    root = make({"index.md": "---\nclass: wait\n---\n\n# A\n"}, extra=extra)
    assert main(["check", "--root", str(root)]) == 0
    said = capsys.readouterr().out
    assert (
        "pyproject.toml:7: warning [settings]" in said and "'Held', and no page has it. The classes are: wait." in said
    )


@pytest.mark.parametrize(
    ("name", "meant"),
    [("saftey", "safety"), ("Safety", "safety"), ("safty", "safety"), ("safety", ""), ("news", ""), ("", "")],
)
@pytest.mark.parametrize("table", ["policy", "checks"])
def test_a_class_that_is_nearly_a_rule_s_is_an_error(
    make: Make, capsys: pytest.CaptureFixture[str], name: str, meant: str, table: str
) -> None:
    """One page of many whose class is misspelt would be served what the rule withholds."""
    extra = '[[tool.lockstep.policy.rules]]\nclasses = ["safety"]\nmachine = "hold"\n'
    if table == "checks":
        extra = '[[tool.lockstep.checks]]\ncheck = "unit-word"\nclasses = ["safety"]\nlevel = "off"\n'
    page = "---\nclass: {}\n---\n\n# A\n"
    root = make({"index.md": page.format("safety"), "b.md": page.format(name)}, extra=extra)
    assert main(["check", "--root", str(root)]) == (1 if meant else 0)
    said = capsys.readouterr().out
    assert ("source/b.md:1: error [front-matter]" in said and f"Did you mean '{meant}'?" in said) == bool(meant), said


@pytest.mark.parametrize(
    ("rule", "name", "named"),
    [
        ("stage-1", "stage-2", False),
        ("week 12", "week 2", False),
        ("type-a", "type-b", False),
        ("stage-1", "stgae-1", True),
        ("stage-1", "stage", True),
        ("doses", "dose", True),
    ],
)
def test_classes_that_are_counted_are_no_misspellings(make: Make, rule: str, name: str, named: bool) -> None:
    """`stage-2` is no `stage-1` with a slip in it: the page was an error that only a rule without effect could mend."""
    extra = f'[[tool.lockstep.policy.rules]]\nclasses = ["{rule}"]\nmachine = "hold"\n'
    page = "---\nclass: {}\n---\n\n# A\n"
    root = make({"index.md": page.format(rule), "b.md": page.format(name)}, extra=extra)
    assert main(["check", "--root", str(root)]) == named


def test_a_hold_holds_what_nothing_is_wrong_with_too(make: Make) -> None:
    """One text of a machine's holds the whole page, also the text that somebody signed for."""
    extra = '[tool.lockstep.policy]\norigin = "machine"\n\n[[tool.lockstep.policy.rules]]\nclasses = ["d"]\nmachine = "hold"\n'
    root = make({"index.md": "---\nclass: d\n---\n\n# Pump\n\nRest well.\n"}, extra=extra)
    translate(root, {"Pump": "Bomba", "Rest well.": "Descanse bien."})
    sign = ["review", "--root", str(root), "es", "index#pump.1", "--as", "reviser", "--by", "Omar"]
    assert main([*sign, "--qualification", "q"]) == 0
    built(root)
    html = (root / "dist/es/index.html").read_text()
    assert "Descanse bien." not in html and "Rest well." in html and 'id="Held"' in html
    assert main(["audit", "--root", str(root)]) == 0
