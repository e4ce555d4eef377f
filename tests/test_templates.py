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
from pipeline.site.speech import Said
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


PRINTED = [
    ("page.html", "{{ front }}", "a mapping, and no text; there are: title, layout"),
    ("page.html", "{{ figures }}", "several things, and no text; there are: english, held, machine"),
    ("page.html", "{{ reviewed }}", "several things, and no text; there are: clinical"),
    ("page.html", "{{ headings }}", "a function, and no text"),
    ("page.html", "{{ nav }}", "a list, and no text"),
    ("page.html", "{{ nav[0] }}", "a mapping, and no text; there are: "),
    ("page.html", "{{ site }}", "a mapping, and no text; there are: "),
    ("page.html", "{{ subtitle }}", "there is no `subtitle` here\n  Did you mean `title`?"),
    ("page.html", "{{ locale.directon }}", "there is no `directon` in it; Did you mean `direction`?"),
    ("page.html", "{{ site.clinic.phone }}", "there is no `clinic` in it; there are: "),
    ("page.html", "{{ 1 + title }}", "a number and a text"),
    ("page.html", "{{ title() }}", "a text is not callable"),
    ("find.html", "{{ pages[0] }}", "a mapping, and no text; there are: href, title, description, toc"),
]


@pytest.mark.parametrize(("name", "printed", "said"), PRINTED)
def test_what_is_no_text_is_an_error_in_the_words_of_templates(
    make: Make, name: str, printed: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    root = make({"index.md": "---\ntitle: Home\nlayout: wide\n---\n\nWords.\n"}, extra='front-matter = ["layout"]\n')
    whole = (REPO / "templates" / name).read_text("utf-8")
    (root / "templates" / name).write_text(whole.replace("</body>", f"\n<i>{printed}</i></body>"))
    updated(root)
    assert main(["build", "--root", str(root)]) == 2
    told = capsys.readouterr().err
    assert f"templates/{name}:{whole[: whole.index('</body>')].count(chr(10)) + 2}: the template failed: " in told
    assert said in told and len(told) < 400
    assert not re.search(r"Error|pipeline|object|Said|Front|Figures\(|\bNone\b|dict|'str'|'int'", told), told


def test_what_is_not_there_prints_nothing_and_a_title_in_the_list_is_a_text(make: Make) -> None:
    root = make({"index.md": "# Home\n", "a.md": "---\ntitle: A\ndescription: Why.\n---\n\n# A & B\n"})
    own_page(root, '{% block end %}<i>{{ front.get("layout") }}{{ description }}</i>{% endblock %}')
    (root / "templates/find.html").write_text(
        '<!doctype html><html lang="{{ locale.tag }}"><body>{% for p in pages %}<i>{{ p.title }}|{{ p.description }}</i>'
        "{{ p.title.text }}{% for one in p.toc %}{{ one }}{{ one.id }}{% endfor %}{% endfor %}</body></html>"
    )
    updated(root)
    build.build(project_of(root), 1)
    assert "<i></i>" in (root / "dist/en/index.html").read_text("utf-8")
    find = next((root / "dist/en").glob("find*/index.html")).read_text("utf-8")
    assert "<i>Home|</i>Home" in find and "<i>A|Why.</i>A" in find
    spanish = next((root / "dist/es").glob("find*/index.html")).read_text("utf-8")
    assert '<i><span lang="en" dir="ltr">A</span>|<span lang="en" dir="ltr">Why.</span></i>A' in spanish


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


TOLD = [
    ("{{ subtitle }}", "template-variable", "There is no `subtitle` in this template. Did you mean `title`?"),
    ("{% if titel %}x{% endif %}", "template-variable", "There is no `titel` in this template. Did you mean `title`?"),
    ("{{ qqq }}", "template-variable", "There is no `qqq` in this template. docs/templates.md of Lockstep lists"),
    ("{{ locale.directon }}", "template-variable", "`locale` has no `directon`. Did you mean `direction`?"),
    ("{{ title.txt }}", "template-variable", "`title` has no `txt`. Did you mean `text`?"),
    ("{{ figures }}", "template-variable", "`{{ figures }}` prints no text: it has english, "),
    ("{{ front }}", "template-variable", "`{{ front }}` prints no text"),
    ("{{ title|uper }}", "template", "No filter named 'uper'"),
    ('<i title="{{ title }}">', "template-attribute", "printed with `.text`: {{ title.text }}."),
    ('{% for p in nav %}<i title="{{ p.label }}">{% endfor %}', "template-attribute", "{{ p.label.text }}."),
    ("<i title={{ title.text }}>", "template-place", "Write quotes around it: title="),
    ("<i title={% if is_english %}{{ title.text }}{% endif %}>", "template-place", "Write quotes around it: title="),
    ('<script>var u = {{ _("Hello") }};</script>', "template-place", "Print it with `|tojson`"),
    ("<script>var u = '{{ title.text }}';</script>", "template-place", "Print it with `|tojson`"),
    ("""<i onclick="go('{{ title.text }}')">""", "template-place", "Print it with `|tojson`"),
    ("{{ subtitle|default('') }}{{ other if other is defined }}", "", ""),
    ("{% set own = 1 %}{{ own }}{% for x in nav %}{{ x.label }}{{ loop.index }}{% endfor %}", "", ""),
    ("{% macro m(title) %}<i title='{{ title }}'>{{ caller() }}</i>{% endmacro %}{% call m('a') %}{{ title }}{% endcall %}", "", ""),
    ("{{ name }}{{ clinic.get('phone') }}{{ name_text }}", "", ""),
    ('<i title="{{ title.text }}" lang="{{ title.lang }}" data-n="{{ figures.parts }}"><b class=a>{{ title }}</b></i>', "", ""),
    ("<script>var r = '{{ root }}', t = {{ title.text|tojson }};</script><p>{{ title }}</p>", "", ""),
    ("{# <i title={{ x }}> #}{% raw %}<i title={{ y }}>{% endraw %}", "", ""),
]  # fmt: skip


@pytest.mark.parametrize(("written", "code", "said"), TOLD)
def test_check_says_of_a_template_what_a_build_falls_over_and_what_a_browser_would(
    make: Make, written: str, code: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    root = make(THREE)
    own_page(root, f"{{% block end %}}\n{written}\n{{% endblock %}}")
    code_of = main(["check", "--root", str(root)])
    out = capsys.readouterr().out
    if code:
        assert code_of == 1 and f"templates/page.html:3: error [{code}]" in out and said in out, out
    else:
        assert "templates/page.html" not in out, out
        assert main(["build", "--root", str(root)]) == 0


def test_names_of_another_template_of_the_site_are_no_errors(make: Make, capsys: pytest.CaptureFixture[str]) -> None:
    root = make(THREE)
    (root / "templates/base.html").write_text('{% extends "lockstep/page.html" %}\n{% set colour = "red" %}\n')
    (root / "templates/piece.html").write_text('<i class="{{ colour }}">{{ title }}{{ tilte }}</i>\n')
    (root / "templates/page.html").write_text(
        '{% extends "base.html" %}\n{% block end %}{% include "piece.html" %}{{ colour }}{% endblock %}\n'
    )
    updated(root)
    main(["check", "--root", str(root)])
    assert re.findall(r"(\S+): error", out := capsys.readouterr().out) == ["templates/piece.html:1"], out


def test_an_address_of_front_matter_that_is_a_program_is_named_at_its_page(
    make: Make, capsys: pytest.CaptureFixture[str]
) -> None:
    pages = {
        "index.md": "---\ntitle: Home\nlink: JavaScript:alert(1)\nnote: 'javascript: a language'\n---\n\n# Home\n",
        "a.md": "---\ntitle: A\nlink: https://x.org\n---\n\n# A\n",
    }
    root = make(pages, extra='front-matter = ["link", "note"]\n')
    own_page(
        root,
        """{% block end %}<a href="{{ front.get('link', '') }}" title="{{ front.get('note') }}">x</a>{% endblock %}""",
    )
    assert main(["check", "--root", str(root)]) == 1
    out = capsys.readouterr().out
    assert "source/index.md:3: error [template-place] `link: JavaScript:alert(1)` is a program" in out
    assert out.count("[template-place]") == 1 and "templates/page.html:2 prints it" in out


def test_a_build_says_at_which_line_a_text_stands_in_an_attribute(
    make: Make, capsys: pytest.CaptureFixture[str]
) -> None:
    root = make(THREE)
    own_page(root, '{% block end %}\n\n<i title="{{ title.text }}"></i><i title="{{ title }}"></i>{% endblock %}')
    assert main(["build", "--root", str(root)]) == 2
    assert "templates/page.html:4: a translated text is printed inside an attribute" in capsys.readouterr().err


def test_what_check_knows_of_templates_is_what_they_are_given() -> None:
    from dataclasses import fields

    from pipeline.content import template_variables
    from pipeline.resolve.figures import Figures, Reviewed

    assert template_variables.GIVEN.keys() == {
        name for name in template_variables.GIVEN if documented(name) == template_variables.GIVEN[name]
    }
    for name, kind in (("figures", Figures), ("reviewed", Reviewed), ("title", Said)):
        assert template_variables.PARTS[name] == {field.name for field in fields(kind)}


def test_an_included_template_has_the_names_of_the_loop_it_stands_in(make: Make) -> None:
    root = make({"index.md": "# Home\n"})
    page = root / "templates/page.html"
    loop = '{% for item in languages %}{% include "row.html" %}{% endfor %}{% with clinic = "a" %}{% include "row.html" %}{% endwith %}'
    page.write_text(page.read_text("utf-8").replace("</body>", f"{loop}</body>", 1), "utf-8")
    (root / "templates/row.html").write_text("<i>{{ item.tag }} {{ clinic }} {{ nobody }}</i>\n", "utf-8")
    said = [one.text for one in project_of(root).findings if one.code == "template-variable"]
    assert len(said) == 1 and "`nobody`" in said[0]
