"""Templates: a site's own lie over ours, and all that they are given is written down."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path
from typing import Any

import pytest

from pipeline.cli.main import main
from pipeline.commands import build
from pipeline.core.settings import load
from pipeline.site import templates
from tests.conftest import REPO, Make, project_of, read_tree, updated

DOCS = (REPO / "docs/templates.md").read_text("utf-8")
PAGES = {
    "index.md": "---\ntitle: Home\nlayout: wide\nsummary: In short\n---\n\n# Home\n\n## One *more*\n\nWords.\n\n### Deep\n",
    "guide/index.md": "# Guide\n\nWords.\n",
}


def documented(template: str) -> set[str]:
    """The variables that the documentation names for a template."""
    section = next(part for part in DOCS.split("\n## ")[1:] if f"`{template}`" in part.partition("\n")[0])
    rows = [line.split(" | ")[0] for line in section.splitlines() if line.startswith("| `")]
    return {name for row in rows for name in re.findall(r"`(\w+)`", row)}


def test_every_variable_is_documented_and_no_other(make: Make, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    root = make(PAGES, extra='url = "https://x.org"')
    given: dict[str, set[str]] = {}
    render = templates.page

    def page(env: Any, name: str, **context: Any) -> bytes:
        given.setdefault(name, set()).update(context)
        return render(env, name, **context)

    monkeypatch.setattr(templates, "page", page)
    updated(root)
    build.build(project_of(root))
    assert main(["handout", "index", "--root", str(root), "-l", "es", "-o", str(tmp_path / "paper.html")]) == 0
    assert given.keys() >= {"page.html", "chooser.html", "404.html", "find.html", "paper.html", "handout.html"}
    for name, keys in given.items():
        if (REPO / "templates" / name).exists():  # the others are made for reports
            assert documented(name) == keys, name


def test_the_blocks_are_documented() -> None:
    ours = re.findall(r"{% block (\w+) %}", (REPO / "templates/page.html").read_text("utf-8"))
    assert re.findall(r"^\| `(\w+)` ", DOCS.partition("## Texts")[0], re.M) == ours


OWN = """{% extends "lockstep/page.html" %}
{% block head %}
<meta name="layout" content="{{ front.get("layout", "narrow") }}">
{% endblock %}
{% block end %}
<p id="Own" data-source="{{ source }}">{{ _("My own words") }}</p>
<ul>
{% for level, id, heading in headings() %}
<li class="own-{{ level }}"><a href="#{{ id }}">{{ heading }}</a></li>
{% endfor %}
</ul>
{% if front.summary is defined %}
<p>{{ front.summary }}</p>
{% endif %}
{% endblock %}
"""


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        (
            "page.html",
            "{% block fooot %}<p>Mine</p>{% endblock %}",
            "no block `fooot`, so nothing of this is shown. Did you mean `foot`?",
        ),
        ("page.html", "{% block foot %}{% block mine %}<p>Mine</p>{% endblock %}{% endblock %}", ""),
        ("page.html", "{# {% block fooot %} #}{% block end %}{% endblock %}", ""),
        ("404.html", "{% block foot %}<p>Mine</p>{% endblock %}", "lockstep/404.html has no block `foot`"),
    ],
)
def test_a_block_that_is_none_is_an_error_with_its_line(
    make: Make, capsys: pytest.CaptureFixture[str], name: str, text: str, said: str
) -> None:
    root = make(PAGES)
    (root / "templates" / name).write_text(f'{{% extends "lockstep/{name}" %}}\n{text}\n')
    updated(root)
    assert main(["check", "--root", str(root)]) == bool(said)
    shown = " ".join(capsys.readouterr().out.split())
    assert (f"templates/{name}:2: error [template-block]" in shown) is bool(said) and said in shown


@pytest.mark.parametrize(
    ("printed", "wrong"),
    [
        ('alt="{{ _("Our logo").text }}" lang="{{ _("Our logo").lang }}" dir="{{ _("Our logo").dir }}"', False),
        ('alt="{{ _("Our logo") }}"', True),
    ],
)
def test_in_an_attribute_a_text_says_which_part_of_it_is_meant(
    make: Make, capsys: pytest.CaptureFixture[str], printed: str, wrong: bool
) -> None:
    root = make(PAGES)
    text = f'{{% extends "lockstep/page.html" %}}\n{{% block end %}}<img src="a.svg" {printed}>{{% endblock %}}\n'
    (root / "templates/page.html").write_text(text)
    updated(root)
    main(["check", "--root", str(root)])
    assert ("[template-attribute]" in capsys.readouterr().out) is wrong


def test_front_matter_that_is_printed_whole_tells_nothing_of_the_site(make: Make) -> None:
    root = make({"index.md": "---\ntitle: Home\nlayout: wide\n---\n\nWords.\n"}, extra='front-matter = ["layout"]\n')
    (root / "templates/page.html").write_text(
        '{% extends "lockstep/page.html" %}\n{% block end %}<i>{{ front }}</i>{% endblock %}\n'
    )
    updated(root)
    build.build(project_of(root), 1)
    (said,) = re.findall("<i>(.*?)</i>", (root / "dist/en/index.html").read_text("utf-8"), re.S)
    assert "wide" in said and len(said) < 100


def test_a_template_that_changes_one_block_has_all_else_from_ours(make: Make, tmp_path: Path) -> None:
    whole, thin = make(PAGES), tmp_path / "thin"
    subprocess.run(["cp", "-r", str(whole), str(thin)], check=True)
    for path in sorted((thin / "templates").glob("*.html")):
        path.write_text(f'{{% extends "lockstep/{path.name}" %}}\n')
    for root in (whole, thin):
        assert main(["update", "--root", str(root)]) == 0 and main(["build", "--root", str(root)]) == 0
    assert read_tree(thin / "dist") == read_tree(whole / "dist"), "a template that changes nothing changes nothing"
    file = thin / "pyproject.toml"
    file.write_text(
        file.read_text()
        .replace('"description"]', '"description", "summary"]')
        .replace("[tool.lockstep]", '[tool.lockstep]\nfront-matter = ["layout"]')
    )
    (thin / "templates/page.html").write_text(OWN)
    for verb in ("update", "check", "build", "audit"):
        assert main([verb, "--root", str(thin)]) == 0, verb
    html = (thin / "dist/es/index.html").read_text("utf-8")
    assert 'content="wide"' in html and 'data-source="source/index.md"' in html and "In short</span></p>" in html
    assert re.findall(r'class="own-(\d)"><a href="#([\w-]+)"', html) == [
        ("1", "home"),
        ("2", "one-more"),
        ("3", "deep"),
    ]
    catalog = (thin / "locale/es/LC_MESSAGES/messages.po").read_text("utf-8")
    assert 'msgid "My own words"' in catalog and 'msgid "Back to the top"' in catalog and "\n#~ msgid" not in catalog
    assert load(thin).front_matter == ("layout",)
    assert 'content="narrow"' in (thin / "dist/es/guide/index.html").read_text("utf-8")


@pytest.mark.parametrize(("text", "said"), [
    ('{% extends "lockstep/none.html" %}', "templates/page.html:1: There is no such template"),
    ('{% extends "lockstep/../../pyproject.html" %}', "templates/page.html:1: There is no such template"),
    ('{% extends "lockstep/page.html" %}\n{% block end %}\n{{ nothing }}{% endblock %}', "templates/page.html:3: the template failed"),
    ('{% extends "lockstep/page.html" %}\n{% set site = 1 %}', "templates/page.html"),
])  # fmt: skip
def test_what_is_wrong_is_said_of_the_site_s_own_file(
    make: Make, text: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    root = make({"index.md": "# Home\n"})
    (root / "templates/page.html").write_text(text)
    assert main(["update", "--root", str(root)]) in (0, 2) and main(["build", "--root", str(root)]) == 2
    assert said in capsys.readouterr().err


THREE = {
    "index.md": "# Home\n\nFirst.\n\n## One\n\nWords.\n\n## Two\n\nWords.\n\n## Three\n\nWords.\n",
    "thin.md": "# Thin\n",
}
SAID = '<p>{{ _("A card") }}</p><ul><li><a href="{{ root }}static/lockstep.css">{{ _("The style") }}</a></li></ul>'


def own_page(root: Path, blocks: str) -> None:
    """Have a site's `page.html` change blocks of ours, and bring the catalogs into step."""
    (root / "templates/page.html").write_text(f'{{% extends "lockstep/page.html" %}}\n{blocks}\n')
    updated(root)


@pytest.mark.parametrize(
    "contents", ["", SAID, f"{SAID}{{{{ super() }}}}", f"{{{{ super() }}}}{SAID}", "{{ super() }}"]
)
def test_what_a_site_puts_beside_the_list_of_headings_is_no_part_of_the_content(
    make: Make, contents: str, capsys: pytest.CaptureFixture[str]
) -> None:
    root = make(THREE)
    own_page(root, f"{{% block contents %}}{contents}{{% endblock %}}")
    build.build(project_of(root), 1)
    assert main(["audit", "--root", str(root)]) == 0, capsys.readouterr().out
    page = root / "dist/en/index.html"
    html = page.read_text("utf-8")
    for there, other, what in (
        ("</h1>", "</h1><p>Take two.</p>", "between its blocks"),
        ("A card", "No card", "“No card”"),
        ("A card</p>", "A card</p><h2 id='x'>One</h2>", "<h2 id="),
    ):
        if there in html:
            page.write_text(html.replace(there, other, 1), "utf-8")
            assert main(["audit", "--root", str(root)]) == 1
            assert what in capsys.readouterr().out


BESIDE = """{% block end %}<footer>{{ _("By the clinic.") }} {{ _("All rights reserved.") }}</footer>
<p>{{ _("By the clinic.") }} {{ title }}</p>
<p>{{ _("More") }}: {{ title }} · {{ _("Page %(n)s", n=3) }} | {{ locale.endonym }}</p>{% endblock %}"""


def test_two_texts_in_one_element_are_what_both_say(make: Make, capsys: pytest.CaptureFixture[str]) -> None:
    root = make(THREE)
    own_page(root, BESIDE)
    build.build(project_of(root), 1)
    assert main(["audit", "--root", str(root)]) == 0, capsys.readouterr().out
    page = root / "dist/en/index.html"
    html = page.read_text("utf-8")
    for said, other in (
        ("By the clinic. All", "By the clinic: no rights. All"),
        ("More: Home", "More: not Home"),
        ("clinic. Home", "clinic. House"),
    ):
        assert said in html
        page.write_text(html.replace(said, other), "utf-8")
        assert main(["audit", "--root", str(root)]) == 1
        assert other in capsys.readouterr().out
