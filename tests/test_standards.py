"""What a site holds its translations to: levels in the settings, the glossary, accepted exceptions, plural forms, hints."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pipeline.cli.main import main
from pipeline.commands import accept
from pipeline.commands.check import check
from pipeline.core import settings
from pipeline.core.errors import LockstepError
from pipeline.core.model import Finding, Level
from tests.conftest import Make, built, project_of, translate, updated

DOSE = "Take 5 mg of morphine now."


def found(root: Path, code: str = "") -> list[Finding]:
    read = project_of(root)
    said = check(read)
    return [finding for finding in said if finding.locale and (not code or finding.code == code)]


def shown(root: Path, page: str = "es/index.html") -> str:
    built(root)
    return (root / "dist" / page).read_text("utf-8")


def rule(root: Path, text: str) -> None:
    path = root / "pyproject.toml"
    path.write_text(path.read_text("utf-8") + f"\n[[tool.lockstep.checks]]\n{text}\n", "utf-8")


def test_a_wrong_dose_is_withheld_until_a_named_person_accepts_it(make: Make) -> None:
    root = make({"index.md": f"{DOSE}\n"})
    path = translate(root, {DOSE: "Tome 50 mg de morfina ahora."})
    (wrong,) = [finding for finding in found(root) if finding.level is Level.ERROR]
    assert (wrong.code, wrong.span.path, wrong.source) == (
        "number",
        "locale/es/LC_MESSAGES/messages.po",
        ("source/index.md", 1),
    )
    assert "50 mg" not in shown(root) and DOSE in shown(root)
    config = project_of(root)
    with pytest.raises(LockstepError, match="name and a reason"):
        accept.accept(config, [str(wrong.span)], "number", " ", "x")
    with pytest.raises(LockstepError, match="complains"):
        accept.accept(config, [str(wrong.span)], "unit", "Ana Ruiz", "x")
    with pytest.raises(LockstepError, match="no line of a catalog"):
        accept.accept(config, ["es.po:3"], "number", "Ana Ruiz", "x")
    ((written, silenced),) = accept.accept(config, [str(wrong.span)], "number", "Ana Ruiz", 'a "test"')
    assert written == "locale/es/exceptions.yaml" and silenced == (wrong,)
    assert not found(root, "number") and "Tome 50 mg" in shown(root)
    path.write_text(path.read_text("utf-8").replace("50 mg", "51 mg"), "utf-8")
    assert found(root, "number") and "51 mg" not in shown(root), "one changed character ends it"


def test_several_are_accepted_at_once_or_none(make: Make, capsys: pytest.CaptureFixture[str]) -> None:
    root = make({"index.md": f"{DOSE}\n\n{WEEK}\n"})
    translate(root, {DOSE: "Tome 50 mg de morfina ahora.", WEEK: "Llame dentro de 8 días."})
    places = [str(finding.span) for finding in found(root) if finding.code == "number" and finding.level is Level.ERROR]
    words = ["--root", str(root), "--check", "number", "--by", "Ana Ruiz", "--reason", "x"]
    assert len(places) == 2
    assert main(["accept", *places, "locale/es/LC_MESSAGES/messages.po:1", *words]) == 2
    assert not (root / "locale/es/exceptions.yaml").exists()
    capsys.readouterr()
    assert main(["accept", *places, places[0], *words]) == 0
    said = capsys.readouterr().out.splitlines()
    assert said[:2] == [f"{place}: accepted: number" for place in places] and len(said) == 3
    assert not found(root, "number") and all(text in shown(root) for text in ("Tome 50 mg", "de 8 días"))
    path = root / "locale/es/exceptions.yaml"
    whole = path.read_text("utf-8")
    assert whole.count('- check: "number"') == 2
    assert main(["accept", *places, *words]) == 2 and "accepted already" in capsys.readouterr().err
    path.write_text(whole[: whole.rindex("  - ")], "utf-8")  # as a run leaves it that died before the second
    assert main(["accept", *places, *words[:-1], "another"]) == 2, "what another reason was given for is not the same"
    assert main(["accept", *places, *words]) == 0 and path.read_text("utf-8") == whole


def test_the_other_texts_of_the_entry_end_an_exception_too(make: Make) -> None:
    root = make({"index.md": f"{DOSE}\n"})
    translate(root, {DOSE: "Tome 50 mg de morfina ahora."})
    (wrong,) = found(root, "number")
    accept.accept(project_of(root), [str(wrong.span)], "number", "Ana Ruiz", "x")
    (root / "source/index.md").write_text("Take 6 mg of morphine now.\n", "utf-8")
    updated(root)
    assert "Tome 50 mg" not in shown(root)


def test_what_locks_the_structure_cannot_be_accepted_or_turned_off(make: Make) -> None:
    root = make({"index.md": "Call us\n"})
    translate(root, {"Call us": "Llame [aquí](https://evil.example)"})
    (wrong,) = found(root, "brings")
    with pytest.raises(LockstepError, match="cannot be accepted"):
        accept.accept(project_of(root), [str(wrong.span)], "brings", "Ana Ruiz", "x")
    rule(root, 'check = "brings"\nlevel = "off"')
    assert "evil.example" not in shown(root)
    read = project_of(root)
    assert any(finding.code == "settings" and "holds always" in finding.text for finding in read.findings)


WEEK = "Call us within 7 days."
ROW = "\n    ".join(("  - check: number", *(f"{key}: x" for key in ("message", "translation", "text", "reason", "on"))))


def test_broken_exceptions_accept_nothing_and_say_where(make: Make) -> None:
    root = make({"index.md": f"{DOSE}\n"})
    translate(root, {DOSE: "Tome 50 mg de morfina ahora."})
    path = root / "locale/es/exceptions.yaml"
    for text, line in (
        ("exceptions:\n  - check: number\n    by: A\n", 2),
        ("exceptions: [\n", 2),
        ("exceptions:\n  - a: &x c\n", 2),
        ("exceptions:\n  - a\n", 2),
        (f"exceptions:\n{ROW}\n    by: ' '\n", 8),
    ):
        path.write_text(text, "utf-8")
        read = project_of(root)
        said = [finding for finding in read.findings if finding.span.path == "locale/es/exceptions.yaml"]
        assert [(one.level, one.span.line) for one in said] == [(Level.ERROR, line)], text
        assert "Tome 50 mg" not in shown(root)
    path.write_bytes(b"\xff")
    assert "Tome 50 mg" not in shown(root)


@pytest.mark.parametrize("by", ["\u200b", "🙂", ".", "\u3164"])
def test_nobody_accepts_nothing(make: Make, by: str) -> None:
    """By the command, and by hand."""
    root = make({"index.md": f"{DOSE}\n"})
    translate(root, {DOSE: "Tome 50 mg de morfina ahora."})
    (wrong,) = found(root, "number")
    path = root / "locale/es/exceptions.yaml"
    with pytest.raises(LockstepError, match="an exception needs a name"):
        accept.accept(project_of(root), [str(wrong.span)], "number", by, "x")
    assert not path.exists()
    accept.accept(project_of(root), [str(wrong.span)], "number", "Dr. Ana Ruiz", "x")
    assert "Tome 50 mg" in shown(root)
    path.write_text(path.read_text("utf-8").replace("Dr. Ana Ruiz", by), "utf-8")
    assert "Tome 50 mg" not in shown(root)
    said = [finding for finding in project_of(root).findings if finding.span.path == str(path.relative_to(root))]
    line = next(n for n, text in enumerate(path.read_text("utf-8").split("\n"), 1) if "by:" in text)
    assert [(one.code, one.level, one.span.line) for one in said] == [("exceptions", Level.ERROR, line)]


def test_levels_by_language_and_page_class(make: Make) -> None:
    text = "We are beside the library."
    files = {
        "index.md": f"---\ntitle: Home\nclass: news\n---\n{text}\n",
        "b.md": "---\ntitle: Other\n---\nWe are beside the school.\n",
    }
    root = make(files, locales=("es", "fr"))
    translate(
        root, {text: "Estamos junto a la biblioteca 14.", "We are beside the school.": "Estamos junto a la escuela 14."}
    )
    assert {finding.level for finding in found(root, "number-added")} == {Level.ERROR}
    rule(root, 'check = "number-added"\nlevel = "warning"\nclasses = ["news"]\nlocales = ["es"]')
    assert sorted(str(finding.level) for finding in found(root, "number-added")) == ["error", "warning"]
    assert "biblioteca" in shown(root) and "junto a la escuela" not in shown(root, "es/b/index.html")
    rule(root, 'check = "number-added"\nlevel = "off"')
    assert not found(root, "number-added") and "biblioteca" in shown(root)


@pytest.mark.parametrize(
    ("text", "at", "says"),
    [
        ('check = "number"', 0, "says no level"),
        ('level = "off"', 0, "has no `check`"),
        ('check = "number"\nlevel = "loud"', 2, "`level` is one of off, error, warning, info, not 'loud'"),
        ('check = "number"\nlevel = "off"\nlocales = ["xx"]', 3, "one of the languages in `locales`"),
        ('check = "number"\nlevel = "off"\nlocales = "es"', 3, "list of names"),
        ('check = "number"\nlevel = "off"\nwhy = "x"', 3, "`why` is not a setting"),
    ],
)
def test_wrong_rules_name_their_line(make: Make, text: str, at: int, says: str) -> None:
    root = make({"index.md": "Hello\n"})
    line = (root / "pyproject.toml").read_text("utf-8").count("\n") + 2
    rule(root, text)
    with pytest.raises(LockstepError, match=says) as problem:
        settings.load(root)
    assert problem.value.line == line + at


def test_a_rule_about_no_check_is_said(make: Make) -> None:
    root = make({"index.md": "Hello\n"})
    rule(root, 'check = "nmber"\nlevel = "off"')
    assert any("There is no check 'nmber'" in finding.text for finding in project_of(root).findings)


TERM = "terms:\n  - english: x\n    es:\n      never: y\n"


def test_the_glossary(make: Make) -> None:
    root = make({"index.md": "Your pain pump is a SynchroMed II.\n\nYour pump\n"})
    (root / "locale").mkdir(exist_ok=True)
    (root / "locale/glossary.yaml").write_text(
        "protected:\n  - name: SynchroMed II\n    confuse: Prometra\nterms:\n  - english: pain pump, pain pumps\n"
        "    es:\n      must: bomb* analgésic*\n      prefer: bomba analgésica\n      never: bomba de dolor\n",
        "utf-8",
    )
    for text, codes in (
        ("Su bomba analgésica es una SynchroMed II.", set()),
        ("Sus bombas analgésicas son SynchroMed II.", {"term-preferred"}),
        ("Su bomba de dolor es una SynchroMed II.", {"false-friend", "term", "term-preferred"}),
        ("Su bomba analgésica es una Prometra.", {"protected-name"}),
    ):
        path = translate(root, {"Your pain pump is a SynchroMed II.": text, "Your pump": "Su máquina"})
        assert {finding.code for finding in found(root)} - {"negation", "not-published"} == codes, text
        path.unlink()


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ("protected: x\n", 1, "`protected` is a list of names, not 'x'"),
        ("protected:\n  - a: b\n", 2, "`protected.a` is not a locale name"),
        ("protected:\n  - es: b\n", 2, "`protected` has no `name`"),
        ("protected:\n  - a\n  - ' '\n", 3, "`protected` is a name that has a letter"),
        ("terms:\n  - es: {must: x}\n", 2, "`terms` has no `english`"),
        ("terms:\n  - english: x\n    es: y\n", 3, "`terms.es` is a table, not 'y'"),
        ("terms:\n  - english: x\n    es: {}\n", 3, "`terms.es` is empty"),
        ("words: x\n", 1, "`words` is not a setting"),
        ("terms:\n  - english: x\n    ES: {must: y}\n", 3, "`terms.ES` is not a locale name"),
        (
            f"{TERM}  - english: y\n    es:\n      nevr: z\n",
            7,
            "`terms.es.nevr` is not a setting. Did you mean `never`?",
        ),
        (f"{TERM}  - english: y\n    es: z\n", 6, "`terms.es` is a table, not 'z'"),
    ],
)
def test_a_broken_glossary_is_one_clear_error(make: Make, text: str, line: int, what: str) -> None:
    root = make({"index.md": "Hello\n"})
    (root / "locale").mkdir(exist_ok=True)
    (root / "locale/glossary.yaml").write_text(text, "utf-8")
    said = [finding for finding in project_of(root).findings if finding.span.path == "locale/glossary.yaml"]
    assert [(one.level, one.span.line) for one in said] == [(Level.ERROR, line)] and what in said[0].text


def test_hints_for_editors(make: Make) -> None:
    long = "This is a sentence that goes on and on with many small words until nobody who reads it can tell what it was about."
    page = f"""# Hints

{long}

Take 5mg and [click here](https://a.example). It is a piece of cake.

Your MRI is next. Magnetic resonance imaging (CT).

Ask the nurse to check your pump today please.

Ask the nurse to inspect your pump today please.

![](x.png)
"""
    root = make({"index.md": page})
    (root / "source/x.png").write_bytes(b"x")
    said = project_of(root).findings
    assert {finding.code for finding in said} >= {
        "long-sentence",
        "unit-spacing",
        "vague-link",
        "idiom",
        "acronym",
        "near-repeat",
        "alt-text",
    }
    assert next(finding for finding in said if finding.code == "unit-spacing").span == ("source/index.md", 5)
    assert not any("CT" in finding.text for finding in said if finding.code == "acronym")
    rule(root, 'check = "idiom"\nlevel = "off"')
    assert "idiom" not in {finding.code for finding in project_of(root).findings}


def test_the_reading_grade_of_a_page(make: Make) -> None:
    hard = (
        "Intrathecal administration necessitates comprehensive multidisciplinary evaluation preceding surgical implantation. "
        * 12
    )
    easy = "Call us if you feel sick. We will help you. " * 14
    root = make({"index.md": f"{hard}\n", "easy.md": f"{easy}\n"})
    said = [finding for finding in project_of(root).findings if finding.code == "reading-grade"]
    assert [finding.span.path for finding in said] == ["source/index.md"]


def test_what_a_template_says_is_no_instruction_to_a_patient(make: Make) -> None:
    """“Skip to the content” left half in English does not cost a language its page; the same words on a page are held back."""
    root = make({"index.md": "Skip to the content\n\nSkip to the content of the box.\n"})
    translate(
        root,
        {
            "Skip to the content": "Vaya to the content",
            "Skip to the content of the box.": "Vaya to the content of the box.",
        },
    )
    levels = {str(one.source).split("/")[0]: one.level for one in found(root, "untranslated")}
    assert levels == {"source": Level.ERROR, "templates": Level.WARNING}


def test_a_decimal_that_is_read_tenfold_is_pointed_out(make: Make) -> None:
    """ISMP: no naked decimal point, no trailing zero; versions and times are none."""
    page = (
        "# Doses\n\nTake .5 mg of it.\n\nTake 5.0 mL of it.\n\nTake 0.5 mg or 5 mg, as in version 2.0 of 10.05 p.m.\n"
    )
    said = [one for one in project_of(make({"index.md": page})).findings if one.code == "bare-decimal"]
    assert [(one.span.line, one.level) for one in said] == [(3, Level.INFO), (5, Level.INFO)]
    assert "Write 0.5" in said[0].text and "Write 5." in said[1].text


def test_an_acceptance_ends_where_a_fact_with_a_figure_changes(make: Make) -> None:
    """Who wrote a dose out by hand, and had it accepted, did so of the dose that was stated then."""
    english, site = "Take {dose.start} of it.", "dose:\n  start: {amount: 0.5, unit: mg}\n"
    root = make({"index.md": f"# Home\n\n{english}\n"}, data=site)
    translate(root, {english: "Tome 0,5 mg.", "Home": "Inicio"})
    words = ["--root", str(root), "--by", "Ana Ruiz", "--reason", "written out"]
    for _ in range(3):
        wrong = [one for one in found(root) if one.level is Level.ERROR]
        if wrong:
            assert main(["accept", str(wrong[0].span), "--check", wrong[0].code, *words]) == 0
    assert "Tome 0,5 mg." in shown(root)
    assert found(root, "exceptions") == []
    path = root / "locale/es/exceptions.yaml"
    rows = path.read_text("utf-8")
    path.write_text(re.sub(r"\n    values: .*", "", rows), "utf-8")  # from before values were noted
    assert "Tome 0,5 mg." not in shown(root)
    said = found(root, "exceptions")
    assert len(said) == rows.count("- check:") and "dose.start: 0.5 mg" in said[0].text
    assert 'check: "' in path.read_text("utf-8").splitlines()[said[0].span.line - 1]
    for one in said:
        at, code = re.search(r"lockstep accept (\S+) --check (\S+)", one.text).groups()  # type: ignore[union-attr]
        assert main(["accept", at, "--check", code, *words]) == 0, "as it can be typed"
    assert found(root, "exceptions") == [] and "Tome 0,5 mg." in shown(root), "accepted again"
    (root / "source/site.yaml").write_text(site.replace("0.5", "5"), "utf-8")
    assert main(["update", "--root", str(root)]) == 0
    assert "Tome 0,5 mg." not in shown(root) and "Take" in shown(root)
    assert {one.code for one in found(root) if one.level is Level.ERROR} >= {"placeholder-missing"}
    assert main(["build", "--root", str(root)]) == 0
    (root / "source/site.yaml").write_text(site, "utf-8")
    assert "Tome 0,5 mg." in shown(root)
