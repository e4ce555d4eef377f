"""Laws of accounts: what all files add up to is what all rows say, whatever was edited between; and of a file to which nothing happened
no row is read."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from pipeline.build import deciding
from pipeline.checks import kept
from pipeline.checks.check import Across, Remark, Texts
from pipeline.core import book, clock
from pipeline.core.cache import NO_STORE, Store
from pipeline.core.errors import LockstepError
from pipeline.project import project
from pipeline.project.known_rows import KnownRows
from pipeline.project.project import Project
from pipeline.resolve import findings, table
from pipeline.resolve.addresses import titled
from pipeline.resolve.coverage import coverage
from pipeline.resolve.figures import figures, share, words_of
from pipeline.resolve.publication import of_pages, shown_on_pages
from pipeline.site.pages import Edition
from tests.conftest import SOAK, Make, translate
from tests.laws.edits import EDITS, ES, HOME, PAGE, again, edited, put
from tests.laws.test_earlier import model as model
from tests.laws.test_earlier import outputs
from tests.laws.test_earlier import plain as plain
from tests.sites import on, run

TWICE = "\n\nThis stands on two pages, {clinic.open}.\n\nTake 5 mg of it.\n\nTake 5 mg of it.\n"


@pytest.fixture(scope="module")
def twice(plain: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site with texts that stand on several pages, and several times on one."""
    root = tmp_path_factory.mktemp("twice") / "site"
    shutil.copytree(plain, root)
    for page in (HOME, PAGE):
        with (root / page).open("a", encoding="utf-8") as file:
            file.write(TWICE)
    with on(4):
        run(root, "update")
    return root


def of_rows(found: Project, name: str) -> tuple[object, ...]:
    """What the rows of a language say, all of them read."""
    shown, content, source = found.table(name), found.content, found.settings.english.name
    measured = next(one for one in found.coverage if one.locale == name)
    pages = [(page.path, shown.shown(page.path)) for page in content.pages]
    return (
        coverage(name, shown.by_file, measured.findings),
        share(words_of(of_pages(content, shown), source)),
        [(share(words_of(rows, source)), figures(rows, name, source)) for _, rows in pages],
        titled(content, shown),
        {path: shown.documents[path].get(content.by_path[path].title.number) for path, _ in pages},
        {said for rows in shown.by_file.values() for one in rows for said in one.findings},
    )


def of_accounts(found: Project, name: str) -> tuple[object, ...]:
    """The same, from the accounts."""
    accounts, content, source = found.accounts(name), found.content, found.settings.english.name
    measured = next(one for one in found.coverage if one.locale == name)
    pages = [(page, accounts[page.path]) for page in content.pages]
    return (
        measured,
        share(shown_on_pages(content, accounts, source)),
        [(share(one.words), one.figures) for _, one in pages],
        frozenset(page.slug for page, one in pages if one.called),
        {page.path: one.title for page, one in pages},
        {said for one in accounts.values() for said in one.findings},
    )


@settings(max_examples=200 if SOAK else 15, phases=[Phase.reuse, Phase.generate])
@given(days=st.lists(st.tuples(st.sampled_from(sorted(EDITS)), st.integers(0, 9)), min_size=1, max_size=5))
def test_accounts_say_what_the_rows_say(
    days: list[tuple[str, int]], twice: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("accounts")
    root, store = folder / "site", Store(folder / "store")
    shutil.copytree(twice, root)
    for how, at in [("nothing", 0), *days]:
        edited(root, how, at, 5)
        with on(5):
            said: list[list[tuple[object, ...]]] = []
            for kept in (store, NO_STORE, store):
                try:
                    found = project.load(root, clock.read(), store=kept)
                    deciding.measure(found, 1)
                except LockstepError:
                    break
                if how == "nothing":
                    assert found.content.shared and any(
                        map(found.content.shared.__contains__, found.content.keys[HOME])
                    )
                names = [one.locale for one in found.coverage]
                assert [of_accounts(found, name) for name in names] == [of_rows(found, name) for name in names]
                said.append([of_accounts(found, name) for name in names])
            assert all(one == said[0] for one in said)


@pytest.mark.parametrize("how", ["a text and its update", "an edit by hand", "a line more in a catalog"])
def test_of_a_file_to_which_nothing_happened_no_row_is_read(
    how: str, twice: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """But for what no page is (the site's own texts), which every page may print."""
    root, store = tmp_path / "site", Store(tmp_path / "store")
    shutil.copytree(twice, root)
    asked: set[tuple[str, str]] = set()
    read = KnownRows.read

    def reading(rows: KnownRows, path: str) -> object:
        asked.add((rows.works.deciding.chain[0].locale.name if rows.works.deciding.chain else "en", path))
        return read(rows, path)

    with on(5):
        run(root, "update")
        outputs(root, store)
        monkeypatch.setattr(KnownRows, "read", reading)
        edited(root, how, 1, 5)
        outputs(root, store)
    pages = {path for name, path in asked if name != "en" and path.endswith(".md")}
    assert len(pages) == (0 if how == "a line more in a catalog" else 1), asked


def test_verdicts_that_nobody_asked_for_stay(twice: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of the files to which nothing happened nobody asks the checks; when somebody does, they are not asked again."""
    from pipeline.checks import kept, runner

    root, store = tmp_path / "site", Store(tmp_path / "store")
    shutil.copytree(twice, root)
    monkeypatch.setattr(kept, "OTHERS", 2)
    with on(5):
        outputs(root, store)
        for at in range(3):
            edited(root, "a translation", at, 5)
            outputs(root, store)
        judged: list[str] = []
        monkeypatch.setattr(runner, "judged", lambda english, *rest: judged.append(english.source) or (False, ()))
        kept.book.cache_clear()
        kept.LENT.clear()
        for path in (tmp_path / "store").iterdir():
            if path.name.startswith(("rows-", "accounts-", "decided-")):
                path.unlink()
        outputs(root, store)
    assert not judged


def test_rows_that_nobody_read_stay(twice: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where accounts are gone, rows are read, and none is decided again."""
    root, store, decided = tmp_path / "site", Store(tmp_path / "store"), list[str]()
    shutil.copytree(twice, root)
    monkeypatch.setattr(book, "OTHERS", 1)
    with on(5):
        outputs(root, store)
        for at in range(2):
            edited(root, "a translation", at, 5)
            outputs(root, store)
        for path in (tmp_path / "store").iterdir():
            if path.name.startswith(("accounts-", "decided-")):
                path.unlink()
        blocks_of = table.blocks_of
        monkeypatch.setattr(table, "blocks_of", lambda one, *rest: decided.append(one.path) or blocks_of(one, *rest))
        outputs(root, store)
    assert not decided


@given(st.dictionaries(st.text("abcdef/", min_size=1, max_size=8), st.integers(0, 1800), max_size=40))
def test_a_large_catalog_is_judged_in_parts_that_are_large(sizes: dict[str, int]) -> None:
    files: dict[str, list[int]] = {path: [0] * size for path, size in sizes.items()}
    found = findings.parts(files)
    assert sorted(path for part in found for path in part) == sorted(files)
    assert len(found) == 1 or all(sum(len(files[path]) for path in part) >= findings.ENOUGH for part in found)
    for path in [*files][:3]:  # an edit of a file changes its own part alone, but where that is halved or made whole
        other = findings.parts({**files, path: files[path] + [0]})
        assert len(other) != len(found) or other == found


def test_what_a_rule_reads_follows_from_the_seal(make: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a catalog in parts as well: which part a text counts to that stands in files of several is told by their order."""
    both = "This stands on both pages."
    pages = {
        f"{name}.md": f"# Page {name}\n\n{text}\n"
        for name, text in zip("kmnx", (both, both, "It is so.", "It is not."), strict=True)
    }
    root = make({"index.md": "# Home\n", **pages})
    translate(root, {both: "Esto está en las dos.", **{f"Page {name}": f"Página {name}" for name in "kmnx"}})
    monkeypatch.setattr(findings, "ENOUGH", 1)
    across, known = kept.across, dict[tuple[str, str], list[str]]()

    def asked(store: Store, rule: Across, read: Sequence[str], texts: Texts, seal: str, *rest: Any) -> list[Remark]:
        assert known.setdefault((rule.code, seal), [*read]) == [*read]
        whole = [one for one in read if one and rule.code == "duplicate"]
        assert len({*whole}) == len(whole), "what stands on both pages is one message"
        return across(store, rule, read, texts, seal, *rest)

    monkeypatch.setattr(kept, "across", asked)
    for old, new in ("m", "j"), ("j", "r"), ("k", "z"):  # k, n and r are of one half, j, m, x and z of the other
        deciding.measure(project.load(root, clock.read()), 1)
        (root / f"source/{old}.md").rename(root / f"source/{new}.md")
    assert len(known) > 6


def test_a_page_that_search_engines_are_no_longer_told_of_reaches_no_other(
    twice: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is named, with its languages, on itself alone, in each of them."""
    root, store, viewed = tmp_path / "site", Store(tmp_path / "store"), set[str]()
    shutil.copytree(twice, root)
    with on(5):
        found = project.load(root, clock.read())
        least = share(words_of(found.table("es").shown(PAGE), "en"))
        put(root, "pyproject.toml", 'cosmetic = "', f'indexed = {{ es = {least} }}\ncosmetic = "')
        first = outputs(root, store)
        view = Edition.view

        def viewing(edition: Edition, at: int) -> object:
            viewed.add(edition.site.content.pages[at].path)
            return view(edition, at)

        monkeypatch.setattr(Edition, "view", viewing)
        again(root, ES, r'(\nmsgid "A nurse fills the pump\."\nmsgstr) ".+"', r'\1 ""', 0)
        now = outputs(root, store)
        assert viewed == {PAGE}
        assert outputs(root, NO_STORE) == now != first and isinstance(now, dict) and isinstance(first, dict)
        assert now["ar/notices/index.html"] != first["ar/notices/index.html"], "which named the Spanish page"
