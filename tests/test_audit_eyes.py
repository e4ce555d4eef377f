"""What the audit's own eyes see: each row is a lie that a broken template or renderer would tell, with the digests of the files
forged along, so that nothing but what stands on the page can give it away. The correct pages pass."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
from pathlib import Path

import pytest

from pipeline.cli.main import main
from pipeline.commands.audit import audit
from tests.conftest import REPO, Make, built, material, translate, updated

D, H, A, E = "es/doses/index.html", "es/index.html", "ar/doses/index.html", "en/doses/index.html"
DATA = """name: Riverbend Pain Clinic
tagline: Clear facts
clinic:
  phone: "555-0142"
  after_hours: "555-0199"
  emergency: "911"
  mail: "desk@example.org"
  hours: 8 a.m. to 5 p.m.
pump:
  model: "Riverbend P-20"
nav:
  - page: index.md
    label: Home
  - page: doses.md
    label: Doses
  - page: about-these-translations.md
    label: About these translations
"""
ABOUT = """---
title: About these translations
updated: "2026-11-01"
---

# About these translations

We translate with care.
"""
HOME = """---
title: Welcome
description: The first page.
updated: "2026-11-15"
---

# Welcome

Read about [your doses](doses.md "Open the doses") or call [{clinic.phone}](tel:{clinic.phone}).
"""
DOSES = """---
title: Doses
description: How much and when.
updated: "2026-11-15"
class: safety
---

# Doses

Take your dose at <time datetime="08:00">eight in the morning</time>. The dose is <data value="5">five mg</data>.

![The pump under the skin](images/pump.svg "A small pump")

Press <kbd>Stop</kbd> and then `hold`. Write to [our desk](mailto:{clinic.mail}).

| Medicine | Dose | When |
| --- | ---: | --- |
| Baclofen | 5 mg | in the morning |
| Morphine | 20 mg | in the evening |

1. Wash your hands.
2. Open the box.
3. Take one tablet.

- Do eat.
- Do not drive.

::: warning Mind this
Do not stop baclofen suddenly.
:::

<!-- i18n: critical -->

Never take two doses.[^two]

[^two]: Two doses can stop your breathing.

Reservoir
: The tank of the pump.
: It holds medicine.

> Ask your nurse first.

See [the doctor](https://example.org/doctor?id=5#hours) on <abbr title="Monday to Friday">weekdays</abbr>, {clinic.hours}.

<details open>
<summary>More about doses</summary>
<p>Keep the list with you.</p>
</details>

<figure><img src="images/refill.svg" alt="A refill at the clinic" width="200"><figcaption>A refill</figcaption></figure>

<audio controls src="https://example.org/say.mp3"></audio>

<ol start="4" reversed><li value="4">Fourth step here</li></ol>

<p><del>Take four tablets.</del> <ins>Take two tablets.</ins></p>

<p><input type="checkbox" checked> <label>I read this</label></p>

- [x] Eaten today
- [ ] Slept today

```text
dose = 5
```

5–10 mg

Water is H<sub>2</sub>O and ten is 10<sup>1</sup> units. ~~Old text here~~ *Be careful* and **be calm**.
"""
WORDS = {
    "Doses": "Dosis",
    "How much and when.": "Cuánto y cuándo.",
    "Welcome": "Bienvenida",
    "The first page.": "La primera página.",
    'Take your dose at <time datetime="08:00">eight in the morning</time>. The dose is <data value="5">five mg</data>.': 'Tome su dosis a las <time datetime="08:00">ocho de la mañana</time>. La dosis es <data value="5">cinco mg</data>.',
    '![The pump under the skin](images/pump.svg "A small pump")': '![La bomba bajo la piel](images/pump.svg "Una bomba pequeña")',
    "Press <kbd>Stop</kbd> and then `hold`. Write to [our desk](mailto:{clinic.mail}).": "Pulse <kbd>Stop</kbd> y luego `hold`. Escriba a [nuestra oficina](mailto:{clinic.mail}).",
    "Medicine": "Medicamento",
    "Dose": "Dosis",
    "When": "Cuándo",
    "Baclofen": "Baclofeno",
    "5 mg": "5 mg",
    "in the morning": "por la mañana",
    "Morphine": "Morfina",
    "20 mg": "20 mg",
    "in the evening": "por la noche",
    "Wash your hands.": "Lávese las manos.",
    "Open the box.": "Abra la caja.",
    "Take one tablet.": "Tome una pastilla.",
    "Do eat.": "Coma.",
    "Do not drive.": "No conduzca.",
    "Do not stop baclofen suddenly.": "No deje el baclofeno de repente.",
    "Never take two doses.[^two]": "Nunca tome dos dosis.[^two]",
    "Two doses can stop your breathing.": "Dos dosis pueden detener su respiración.",
    "Reservoir": "Depósito",
    "The tank of the pump.": "El tanque de la bomba.",
    "It holds medicine.": "Guarda el medicamento.",
    "Ask your nurse first.": "Pregunte primero a su enfermera.",
    'See [the doctor](https://example.org/doctor?id=5#hours) on <abbr title="Monday to Friday">weekdays</abbr>, {clinic.hours}.': 'Vea a [su médico](https://example.org/doctor?id=5#hours) en <abbr title="Lunes a viernes">días laborables</abbr>, {clinic.hours}.',
    "More about doses": "Más sobre las dosis",
    "Keep the list with you.": "Lleve la lista consigo.",
    "A refill": "Una recarga",
    "Fourth step here": "Cuarto paso aquí",
    "<del>Take four tablets.</del> <ins>Take two tablets.</ins>": "<del>Tome cuatro pastillas.</del> <ins>Tome dos pastillas.</ins>",
    "I read this": "He leído esto",
    "Eaten today": "Hoy comí",
    "Home": "Inicio",
    "About these translations": "Sobre estas traducciones",
    "Clear facts": "Datos claros",
    'Read about [your doses](doses.md "Open the doses") or call [{clinic.phone}](tel:{clinic.phone}).': 'Lea sobre [sus dosis](doses.md "Abrir las dosis") o llame al [{clinic.phone}](tel:{clinic.phone}).',
    "5–10 mg": "5–10 mg",
    "Water is H<sub>2</sub>O and ten is 10<sup>1</sup> units. ~~Old text here~~ *Be careful* and **be calm**.": "El agua es H<sub>2</sub>O y diez es 10<sup>1</sup> unidades. ~~Texto viejo aquí~~ *Tenga cuidado* y **tenga calma**.",
    '<img src="images/refill.svg" alt="A refill at the clinic" width="200">': '<img src="images/refill.svg" alt="Una recarga en la clínica" width="200">',
    '<input type="checkbox" checked> <label>I read this</label>': '<input type="checkbox" checked> <label>He leído esto</label>',
    "8 a.m. to 5 p.m.": "8 a. m. a 5 p. m.",
    "Riverbend Pain Clinic": "Clínica del Dolor Riverbend",
}

LIES: list[tuple[str, str, str, str | None]] = [
    ("html lang", D, '<html lang="es"', '<html lang="en"'),
    ("html dir ar", A, '(<html lang="ar") dir="rtl"', r'\1 dir="ltr"'),
    ("html dir dropped", A, '(<html lang="ar") dir="rtl"', r"\1"),
    ("title text", D, '<title lang="es">[^<]*', '<title lang="es">Inicio'),
    ("title lang", A, '<title lang="en"', '<title lang="ar"'),
    ("description text", D, 'content="Cuánto y cuándo."', 'content="La primera página."'),
    ("description lang", A, '(content="How much and when.") lang="en"', r'\1 lang="ar"'),
    ("canonical other page", D, '(rel="canonical" href=")[^"]*', r"\1../../es/index.html"),
    ("canonical foreign", D, '(rel="canonical" href=")[^"]*', r"\1https://elsewhere.example/"),
    ("canonical dropped", D, r'<link rel="canonical"[^>]*>\n', ''),
    ("hreflang swapped", D, 'hreflang="es" href="([^"]*)"', r'hreflang="ar" href="\1"'),
    ("alternate href", D, '(<link rel="alternate" hreflang="es" href=")[^"]*', r"\1../../es/index.html"),
    ("alternate dropped", D, r'<link rel="alternate" hreflang="es"[^>]*>\n', ''),
    ("x default", D, '(hreflang="x-default" href=")[^"]*', r"\1../../ar/index.html"),
    ("robots noindex", D, '<meta name="color-scheme"', '<meta name="robots" content="noindex"><meta name="color-scheme"'),
    ("refresh", D, '<meta name="color-scheme"', '<meta http-equiv="refresh" content="0;url=https://elsewhere.example/"><meta name="color-scheme"'),
    ("og title", D, '<meta name="color-scheme"', '<meta property="og:title" content="Tome diez pastillas"><meta name="color-scheme"'),
    ("og url", D, '<meta name="color-scheme"', '<meta property="og:url" content="https://elsewhere.example/"><meta name="color-scheme"'),
    ("og locale", D, '<meta name="color-scheme"', '<meta property="og:locale" content="fr_FR"><meta name="color-scheme"'),
    ("og image", D, '<meta name="color-scheme"', '<meta property="og:image" content="https://elsewhere.example/a.png"><meta name="color-scheme"'),
    ("twitter description", D, '<meta name="color-scheme"', '<meta name="twitter:description" content="Tome diez pastillas"><meta name="color-scheme"'),
    ("base href", D, '<meta name="color-scheme"', '<base href="https://elsewhere.example/"><meta name="color-scheme"'),
    ("stylesheet missing", D, '(rel="stylesheet" href=")[^"]*', r"\1https://elsewhere.example/a.css"),
    ("script added", D, '</head>', '<script src="https://elsewhere.example/a.js"></script></head>'),
    ("ld name", D, '"name": "Dosis"', '"name": "Inicio"'),
    ("ld modified", D, '"dateModified": "2026-11-15", "inLanguage": "es"', '"dateModified": "2020-01-01", "inLanguage": "es"'),
    ("ld language", D, '"inLanguage": "es"', '"inLanguage": "fr"'),
    ("ld reviewed", D, '"inLanguage": "es",', '"inLanguage": "es", "lastReviewed": "2026-11-20",'),
    ("ld type", D, '"@type": "MedicalWebPage", "dateModified"', '"@type": "Product", "dateModified"'),
    ("ld translation dropped", D, r', "translationOfWork": \{[^}]*\}', ''),
    ("emergency tel", D, 'href="tel:911"', 'href="tel:119"'),
    ("emergency text", D, '(href="tel:911">)911', r"\g<1>119"),
    ("help tel", D, 'href="tel:555-0142">555', 'href="tel:555-0199">555'),
    ("help text", D, '(<a href="tel:555-0142">)555-0142</a></dd>', r"\g<1>555-0143</a></dd>"),
    ("help both swapped", D, '<a href="tel:555-0142">555-0142</a></dd>', '<a href="tel:555-0199">555-0199</a></dd>'),
    ("help dt swapped", D, '<dt>([^<]*)</dt>(.*?)<dt>([^<]*)</dt>', r"<dt>\3</dt>\2<dt>\1</dt>"),
    ("urgent dropped", D, r'<p class="urgent">.*?</p>\n', ''),
    ("nav href", D, 'href="../about-these-translations/index.html"', 'href="../index.html"'),
    ("nav label", D, '>Inicio</a></li>', '>Dosis</a></li>'),
    ("nav current", D, '(<a href="../index.html")>Inicio', r'\1 aria-current="page">Inicio'),
    ("nav order", D, r'(<li><a href="../index.html">[^\n]*\n)(<li>[^\n]*\n)', r"\2\1"),
    ("lang menu lang", D, '(ar/doses/index.html") lang="ar"', r'\1 lang="es"'),
    ("lang menu hreflang", D, '(<li><a href="../../ar/[^>]*) hreflang="ar"', r'\1 hreflang="es"'),
    ("lang menu dir", D, '(<li><a href="../../ar/[^>]*) dir="rtl"', r'\1 dir="ltr"'),
    ("lang menu href", D, '<li><a href="../../ar/doses/index.html"', '<li><a href="../../ar/index.html"'),
    ("lang menu name", D, '>العربية<', '>Deutsch<'),
    ("crumb", D, '<span aria-current="page">Dosis</span>', '<span aria-current="page">Inicio</span>'),
    ("read in english", D, 'href="../../en/doses/index.html" hreflang="en">', 'href="../../en/index.html" hreflang="en">'),
    ("updated datetime", D, '<time datetime="2026-11-15" lang', '<time datetime="2025-11-15" lang'),
    ("updated words", D, '15 de noviembre de 2026', '16 de noviembre de 2026'),
    ("figures data", D, r'data-english="(\d+)"', 'data-english="0"'),
    ("figures words", D, r"(<p>)\d+ de \d+", r"\g<1>1 de 99"),
    ("figures dropped", D, r'<div class="parts".*?</div>\n', ''),
    ("reviewed added", D, '(<div class="colophon">)', r'\1<p class="reviewed">Un médico revisó esta página el 15 de noviembre de 2026.</p>'),
    ("next href", D, '(rel="next" href=")[^"]*', r"\1../index.html"),
    ("next title", D, '(rel="next".*?turn-title">)[^<]*', r"\1Inicio"),
    ("prev rel swapped", D, 'rel="prev"', 'rel="next"'),
    ("foot name", D, 'foot-name">[^<]*', 'foot-name">Otra clínica'),
    ("skip href", D, 'class="skip" href="#Content"', 'class="skip" href="#Nowhere"'),
    ("aria labelledby", D, 'aria-labelledby="Help"', 'aria-labelledby="Pages"'),
    ("aria label added", D, '<aside class="help"', '<aside class="help" aria-label="Tome diez"'),
    ("css hides aside", D, '<aside class="help"', '<aside class="help" style="display:none"'),
    ("hidden block", D, '(<p) (data-block="doses.19")', r"\1 hidden \2"),
    ("aria hidden block", D, '(<p) (data-block="doses.19")', r'\1 aria-hidden="true" \2'),
    ("style hides block", D, '(<p) (data-block="doses.19")', r'\1 style="display:none" \2'),
    ("block text", D, r"Tome una pastilla\.", 'Tome nueve pastillas.'),
    ("block lang", D, 'data-block="doses.19"', 'data-block="doses.19" lang="en"'),
    ("block lang dropped", A, '(data-block="doses.19") lang="en" dir="ltr"', r"\1"),
    ("block dir", A, '(data-block="doses.19" lang="en") dir="ltr"', r'\1 dir="rtl"'),
    ("block swap li", D, r'(<li><span data-block="doses.13">[^\n]*\n)(<li>[^\n]*\n)', r"\2\1"),
    ("block name swap", D, r'data-block="doses.16">Coma.</span></li>\n<li><span data-block="doses.17">No conduzca.', r'data-block="doses.17">No conduzca.</span></li>\n<li><span data-block="doses.16">Coma.'),
    ("cells swapped", D, r"(<td [^\n]*doses.8[^\n]*\n)(<td [^\n]*doses.9[^\n]*\n)", r"\2\1"),
    ("rows swapped", D, r'(<tr>\n<td data-block="doses.7">.*?</tr>\n)(<tr>.*?</tr>\n)', r"\2\1"),
    ("header swap", D, r'(<th data-block="doses.4">[^\n]*\n)(<th [^\n]*\n)', r"\2\1"),
    ("th to td", D, '<th data-block="doses.4">Medicamento</th>', '<td data-block="doses.4">Medicamento</td>'),
    ("colspan", D, '<td data-block="doses.7">', '<td colspan="2" data-block="doses.7">'),
    ("list type", D, r'<ol>\n(<li><span data-block="doses.13.*?)</ol>', r"<ul>\n\1</ul>"),
    ("list start", D, r'<ol>\n(<li><span data-block="doses.13)', r'<ol start="3">\n\1'),
    ("list reversed", D, '<ol start="4" reversed>', '<ol start="4">'),
    ("li value", D, '<li value="4">', '<li value="9">'),
    ("heading level", D, '<h1 id="doses"(.*?)</h1>', r'<h3 id="doses"\1</h3>'),
    ("heading id", D, '<h1 id="doses"', '<h1 id="other"'),
    ("box kind", D, 'callout warning', 'callout note'),
    ("box role", D, '(callout warning") role="note"', r"\1"),
    ("box label", D, '>Mind this</p>', '>Note</p>'),
    ("box unwrapped", D, '<div class="callout warning" role="note">(.*?)</div>', r"\1"),
    ("notice dropped", D, r'<p class="notice notice-untranslated" id="Notice-1">.*?</p>\n', ''),
    ("notice other words", D, '(notice-untranslated" id="Notice-1"><span><span>)[^<]*', r"\1Nadie ha revisado todavía la traducción de esta parte."),
    ("notice kind class", D, 'notice-untranslated" id="Notice-1"', 'notice-waiting" id="Notice-1"'),
    ("notice untied", D, '(data-block="doses.18"[^>]*) aria-describedby="Notice-1"', r"\1"),
    ("notice tied to other", D, '(data-block="doses.18"[^>]*) aria-describedby="Notice-1"', r'\1 aria-describedby="Notice-2"'),
    ("notice tied extra", D, 'data-block="doses.19"', 'data-block="doses.19" aria-describedby="Notice-1"'),
    ("data state", D, 'data-block="doses.19"', 'data-block="doses.19" data-state="stale"'),
    ("data state dropped", D, '(data-block="doses.18"[^>]*) data-state="untranslated"', r"\1"),
    ("beside dropped", D, ' <span class="beside".*?two doses.*?</sup></span></p>', '</p>'),
    ("beside text", D, 'Never take two doses', 'Always take two doses'),
    ("beside lang", D, 'class="beside" lang="en"', 'class="beside" lang="es"'),
    ("href", D, r"https://example.org/doctor\?id=5#hours", 'https://example.org/doctor?id=6#hours'),
    ("href scheme", D, 'https://example.org/doctor', 'http://example.org/doctor'),
    ("href fragment", D, '#hours', '#other'),
    ("href page", H, 'href="doses/index.html" title', 'href="about-these-translations/index.html" title'),
    ("href mail", D, 'mailto:desk@example.org', 'mailto:desk@example.com'),
    ("tel block", H, '(<a href="tel:555-0142"><bdi[^>]*>)555-0142(</bdi>)', r'<a href="tel:555-0143"><bdi dir="ltr">555-0142\2'),
    ("tel block text", H, '(<a href="tel:555-0142"><bdi[^>]*>)555-0142(</bdi>)', r"\g<1>555-0143\2"),
    ("link title", H, 'title="Abrir las dosis"', 'title="Abrir las otras"'),
    ("link title dropped", H, ' title="Abrir las dosis"', ''),
    ("link target added", H, 'title="Abrir las dosis"', 'title="Abrir las dosis" target="_blank"'),
    ("link hreflang added", D, '(<a) (href="https://example.org/doctor)', r'\1 hreflang="fr" \2'),
    ("link dropped", D, '<a href="mailto:desk@example.org">nuestra oficina</a>', 'nuestra oficina'),
    ("abbr title", D, 'title="Lunes a viernes"', 'title="Lunes a domingo"'),
    ("img alt", D, 'alt="La bomba bajo la piel"', 'alt="Una recarga en la clínica"'),
    ("img alt empty", D, 'alt="La bomba bajo la piel"', 'alt=""'),
    ("img alt english", D, 'alt="La bomba bajo la piel"', 'alt="The pump under the skin"'),
    ("img src", D, 'assets/images/pump.svg', 'assets/images/refill.svg'),
    ("img title", D, 'title="Una bomba pequeña"', 'title="Una bomba grande"'),
    ("img html src", D, 'assets/images/refill.svg', 'assets/images/pump.svg'),
    ("img srcset added", D, 'alt="Una recarga en', 'srcset="../../assets/images/pump.svg 2x" alt="Una recarga en'),
    ("audio src", D, 'https://example.org/say.mp3', 'https://example.org/other.mp3'),
    ("time datetime", D, 'datetime="08:00"', 'datetime="20:00"'),
    ("data value", D, '<data value="5">', '<data value="50">'),
    ("kbd text", D, '<kbd>Stop', '<kbd>Start'),
    ("kbd to plain", D, '<kbd>Stop</kbd>', 'Stop'),
    ("code text", D, '<code>hold</code>', '<code>fold</code>'),
    ("pre text", D, 'dose = 5', 'dose = 50'),
    ("pre lang dropped", D, '<pre lang="en" dir="ltr" translate="no">', '<pre>'),
    ("bare number", D, '>5–10 mg<', '>50–100 mg<'),
    ("del ins", D, '<del>(.*?)</del> <ins>(.*?)</ins>', r"<ins>\1</ins> <del>\2</del>"),
    ("strike dropped", D, '<s>(.*?)</s>', r"\1"),
    ("em dropped", D, '<em>(.*?)</em>', r"\1"),
    ("strong moved", D, '<strong>tenga calma</strong>', 'tenga <strong>calma</strong>'),
    ("sub sup", D, '<sup>1</sup>', '1'),
    ("input checked", D, ' checked>', '>'),
    ("details open", D, '<details open>', '<details>'),
    ("blockquote dropped", D, '</?blockquote>', None),
    ("figcaption order", D, '<figure>(<span.*?</span>)(<figcaption>.*?</figcaption>)', r"<figure>\2\1"),
    ("dl dt dd", D, '<dd><span data-block="doses.22">(.*?)</span></dd>', r'<dt><span data-block="doses.22">\1</span></dt>'),
    ("footnote number", D, r"\[1\]</a>", '[2]</a>'),
    ("footnote target", D, 'href="#fn1"', 'href="#fn9"'),
    ("footnote backref", D, 'href="#fnref1"', 'href="#fnref9"'),
    ("fact bdi lang", D, '<bdi lang="en" dir="ltr">8 a.m.', '<bdi dir="ltr">8 a.m.'),
    ("fact value", D, '8 a.m. to 5 p.m.', '8 a.m. to 6 p.m.'),
    ("text added outside", D, '</article>', '<p>Tome diez pastillas.</p></article>'),
    ("known text elsewhere", D, '</article>', '<p>No conduzca.</p></article>'),
    ("block doubled", D, r'(<li><span data-block="doses.17">[^\n]*\n)', r"\1\1"),
    ("block removed", D, r'<li><span data-block="doses.17">[^\n]*\n', ''),
    ("block moved", D, r'(<p data-block="doses.35">[^\n]*\n)(.*?)(</section>)', r"\2\3\1"),
    ("iframe added", D, '</article>', '<iframe src="https://elsewhere.example/"></iframe></article>'),
    ("form added", D, '</article>', '<form action="https://elsewhere.example/"></form></article>'),
    ("onclick", D, '<a class="skip"', '<a onclick="x()" class="skip"'),
    ("input placeholder", D, '</article>', '<input placeholder="Tome diez"></article>'),
    ("text split by comment entity", D, r"Abra la caja\.", 'Abra&#8203; la caja.'),
    ("bidi override", D, r"Abra la caja\.", 'Abra \u202ela caja.'),
    ("translate no dropped", D, ' translate="no"', ''),
    ("contenteditable", D, '<main ', '<main contenteditable="true" '),
    ("chooser lang", 'index.html', 'href="es/index.html" lang="es"', 'href="es/index.html" lang="en"'),
    ("chooser href", 'index.html', '<li><a href="es/index.html"', '<li><a href="ar/index.html"'),
    ("chooser dir", 'index.html', 'dir="rtl"', 'dir="ltr"'),
    ("chooser hreflang", 'index.html', 'lang="es" hreflang="es"', 'lang="es" hreflang="ar"'),
    ("chooser alternate", 'index.html', '(<link rel="alternate" hreflang="es" href=")[^"]*', r"\1ar/index.html"),
    ("chooser name", 'index.html', '<strong>Español', '<strong>Deutsch'),
    ("chooser text", 'index.html', 'Leer estas páginas', 'Lire ces pages'),
    ("chooser title", 'index.html', '<title>[^<]*', '<title>Otra'),
    ("404 href", '404.html', 'href="/es/index.html"', 'href="/ar/index.html"'),
    ("404 lang", '404.html', '<li lang="es" dir="ltr">', '<li lang="ar" dir="rtl">'),
    ("404 text", '404.html', 'No se pudo encontrar esta página', 'Tome diez pastillas'),
    ("404 for search engines", '404.html', '<meta name="robots" content="noindex">', ''),
    ("en tel", 'en/index.html', '(<p data.*?)tel:555-0142', r"\1tel:555-0199"),
    ("en text", E, 'Take one tablet', 'Take nine tablets'),
    ("en number", E, '>20 mg<', '>200 mg<'),
    ("en time", E, 'datetime="08:00"', 'datetime="20:00"'),
    ("en figures", E, '<article class="prose">', '<div class="parts" data-parts="1" data-english="1"></div><article class="prose">'),
    ("en alt", E, 'alt="The pump under the skin"', 'alt="Welcome"'),
]  # fmt: skip
"""A name; the page; what is put in the place of what, at its first place (None: nothing, at every place)."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("eyes") / "site"
    assert main(["init", str(root), "--locales", "es,ar"]) == 0
    for name in ("page.html", "notices.html"):  # whole ones, to be broken
        shutil.copy(REPO / "templates" / name, root / "templates")
    pages = {"site.yaml": DATA, "about-these-translations.md": ABOUT, "index.md": HOME, "doses.md": DOSES}
    for name, text in pages.items():
        (root / "source" / name).write_text(text, "utf-8")
    shutil.copytree(Path(__file__).parent.parent / "source/images", root / "source/images")
    translate(root, WORDS)
    built(root)
    return root


@pytest.fixture
def dist(site: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(site / "dist", tmp_path / "dist"))


def forged(dist: Path, name: str, old: str, new: str | None) -> None:
    """Tell a lie on a page, and give the manifest the digest of the page as it is then."""
    path = dist / name
    text = path.read_text("utf-8")
    found = re.sub(old, "" if new is None else new, text, count=int(new is not None), flags=re.S)
    assert found != text, "the lie is told"
    path.write_text(found, "utf-8")
    manifest = json.loads((dist / "lockstep.json").read_text("utf-8"))
    manifest["files"][name] = hashlib.sha256(path.read_bytes()).hexdigest()
    (dist / "lockstep.json").write_text(json.dumps(manifest), "utf-8")


def test_the_truth_passes(site: Path, dist: Path) -> None:
    assert audit.audit(dist) == []
    assert main(["audit", "--root", str(site)]) == 0


@pytest.mark.parametrize(("page", "old", "new"), [row[1:] for row in LIES], ids=[row[0] for row in LIES])
def test_a_lie_is_seen_on_the_page(dist: Path, page: str, old: str, new: str | None) -> None:
    forged(dist, page, old, new)
    found = audit.audit(dist)
    assert any(one.page == page and "is not the file" not in one.what for one in found), found


TEMPLATES: list[tuple[str, str, str]] = [
    ("the language of every page", '<html lang="{{ locale.tag }}"', '<html lang="en"'),
    ("the way every page runs", 'dir="{{ locale.direction }}">\n<head>', 'dir="ltr">\n<head>'),
    ("the canonical address", 'href="{{ canonical }}"', 'href="{{ home }}"'),
    ("the languages of the alternates", 'hreflang="{{ other.tag }}"', 'hreflang="en"'),
    ("where telephones call", 'href="tel:{{ clinic.phone }}"', 'href="tel:{{ clinic.after_hours }}"'),
    (
        "where the menu leads",
        '<a href="{{ item.href }}"{% if item.current %}',
        '<a href="{{ home }}"{% if item.current %}',
    ),
    ("where the languages lead", '<a href="{{ item.href }}" lang', '<a href="{{ home }}" lang'),
    ("the day of the last change", 'datetime="{{ updated_iso }}"', 'datetime="2020-01-01"'),
    (
        "the day in the data",
        "dateModified=updated_iso) if updated_iso else data",
        'dateModified="2020-01-01") if updated_iso else data',
    ),
    ("the name in the data", '"name": title.text if', '"name": name_text if'),
    ("the title", '<title lang="{{ title.lang }}">{{ title.text }}', '<title lang="{{ title.lang }}">{{ name_text }}'),
    ("the description", 'content="{{ description.text }}"', 'content="{{ title.text }}"'),
    ("the next page", 'href="{{ next.href }}"', 'href="{{ home }}"'),
    ("content that is cut", "{{ after }}", '{{ after|replace("<ol>", "<ul>") }}'),
]


@pytest.mark.parametrize(("old", "new"), [row[1:] for row in TEMPLATES], ids=[row[0] for row in TEMPLATES])
def test_a_broken_template_is_seen(site: Path, tmp_path: Path, old: str, new: str) -> None:
    root = Path(shutil.copytree(site, tmp_path / "site", ignore=shutil.ignore_patterns("dist")))
    path = root / "templates/page.html"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")
    built(root)
    assert main(["audit", "--root", str(root)]) == 1


OWN = """
<meta property="og:title" content="{{ title.text }}"><meta property="og:locale" content="{{ locale.tag }}">
<meta property="og:url" content="{{ canonical }}"><meta name="twitter:description" content="{{ description.text if description else title.text }}">
<meta property="og:site_name" content="{{ name_text }}"></head>"""
OWN_LIES = [
    ('(og:title" content=")[^"]*', r"\1Inicio"),
    ('(og:locale" content=")[^"]*', r"\1ar"),
    ('(og:url" content=")[^"]*', r"\1../index.html"),
    ('(twitter:description" content=")[^"]*', r"\1Bienvenida"),
]


def test_what_networks_show_of_a_page(site: Path, tmp_path: Path) -> None:
    """A template of one's own may say more of a page, in a wrapper of its own; the truth passes, lies do not."""
    root = Path(shutil.copytree(site, tmp_path / "site", ignore=shutil.ignore_patterns("dist")))
    path = root / "templates/page.html"
    text = path.read_text("utf-8").replace("</head>", OWN).replace("{{ lead }}", "<section>\n{{ lead }}")
    text = text.replace("{{ after }}", "{{ after }}</section>")
    text = text.replace(
        "</footer>", '<a href="https://hospital.example/find?from={{ canonical }}">Hospital</a></footer>'
    )
    path.write_text(text.replace(">Hospital<", ">{{ name }}<"), "utf-8")
    notices = root / "templates/notices.html"
    notices.write_text(notices.read_text("utf-8").replace('<p class="notice ', '<aside><p class="notice ', 1).replace("</span></p>", "</span></p></aside>", 1), "utf-8")  # fmt: skip
    built(root)
    assert main(["audit", "--root", str(root)]) == 0
    for at, (old, new) in enumerate(OWN_LIES):
        dist = Path(shutil.copytree(root / "dist", tmp_path / f"dist{at}"))
        forged(dist, D, old, new)
        assert audit.audit(dist), old


CORRECT = [
    ("a mail fact alone in a cell", "# A\n\n| Who | Mail |\n| --- | --- |\n| Nurse | {clinic.mail} |\n"),
    ("bare addresses alone", "# A\n\n- <https://example.org/report_it/>\n\n<desk@example.org>\n\n<tel:555>\n\n[www.example.org](https://www.example.org)\n"),
    ("a frame with a title alone", '# A\n\n<iframe src="https://example.org/" title="How the pump works"></iframe>\n'),
    ("a drawing with words", "# A\n\n<svg><text>Pump</text></svg>\n\nB\n"),
    ("no block but the title", "---\ntitle: A\n---\n\n```\ncode here\n```\n\n5–10 ml\n"),
    ("tags that are crossed", "# A\n\nFive <b><i>six</b></i> seven <q title='Eight'>nine</q>\n"),
    ("a table in HTML without a body", "# A\n\n<table><tr><td>One<td>Two</table>\n\n<ul><li>One<li>Two</ul>\n"),
    ("an element that nobody closes", "# A\n\n<div>\n\nOne\n\n<section>Two\n\n# B\n"),
    ("a link in a fact, and a fact in a link", "# A\n\nSee [{clinic.site}](https://{clinic.site}/x) and {clinic.hours}.\n\n{clinic.phone}\n"),
    ("lists that are the same", "# A\n\n" + "".join(f"- [Item number {n}](https://example.org/{n})\n" for n in range(30)) + "\nB\n\n"
        + "".join(f"- [Item number {n}](https://example.org/{n})\n" for n in range(30))),
    ("footnotes said twice", "# A\n\nOne[^1] and two[^1] and *three[^2]*.\n\n[^1]: Note.\n[^2]: Other.\n"),
    ("a picture in a link, with facts", '# A\n\n[![The {clinic.site}](x.png "At {clinic.hours}")](b.md)\n'),
]  # fmt: skip


@pytest.mark.parametrize("page", [row[1] for row in CORRECT], ids=[row[0] for row in CORRECT])
def test_a_correct_page_passes(make: Make, page: str, capsys: pytest.CaptureFixture[str]) -> None:
    data = "name: Site\nclinic:\n  phone: 555-0142\n  mail: desk@example.org\n  site: www.example.org\n  hours: 8 to 5 & later\n"
    root = make({"index.md": page, "b.md": "# B\n\nText\n"}, data=data, locales=("es", "ar"))
    translate(root, {"One": "Uno", "Two": "Dos", "A": "Á", "8 to 5 & later": "8 a 5 & más"})
    built(root)
    code = main(["audit", "--root", str(root)])
    assert code == 0, capsys.readouterr().out


@pytest.mark.parametrize(("name", "source", "catalogs"), [
    ("rust-by-example", "src", {"es": "es", "ja": "ja", "ko": "ko", "zh": "zh_Hans"}),
    ("walrus-docs", "docs", {"zh_CN": "zh_Hans"}),
])  # fmt: skip
def test_real_sites_pass(tmp_path: Path, name: str, source: str, catalogs: dict[str, str], capsys: pytest.CaptureFixture[str]) -> None:  # fmt: skip
    folder, root = material(name), tmp_path / "site"
    main(["init", str(root), "--locales", ",".join(catalogs.values())])
    shutil.copytree(folder / source, root / "source", dirs_exist_ok=True)
    for catalog, locale in catalogs.items():
        shutil.copyfile(folder / f"po/{catalog}.po", root / f"locale/{locale}/LC_MESSAGES/messages.po")
    updated(root)
    built(root)
    assert main(["audit", "--root", str(root)]) == 0, capsys.readouterr().out
