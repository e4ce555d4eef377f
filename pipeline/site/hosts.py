"""What hosts of static files read beside the pages: `_headers` (what browsers may do with a page) and `_redirects`.

Sources: docs.netlify.com ("Custom headers", "Redirects and rewrites"), developers.cloudflare.com/pages ("Headers", "Redirects"),
Content Security Policy Level 3.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from html import unescape
from urllib.parse import urlsplit

from pipeline.content.links import written
from pipeline.core.model import Output

HOSTS = ("netlify", "cloudflare")
MOST = 2000
"""How many redirects Cloudflare reads; the files at those addresses lead on from the others."""
POLICY = {
    "default-src": {"'none'"},
    "img-src": {"'self'", "data:"},
    "media-src": {"'self'"},
    "font-src": {"'self'"},
    "style-src": {"'self'", "'unsafe-inline'"},
    "base-uri": {"'none'"},
    "form-action": {"'none'"},
    "frame-ancestors": {"'self'"},
}
"""What a page needs that has no script, no frame, no form and nothing of another host."""
CSP = "Content-Security-Policy"
HEADERS = (
    "X-Content-Type-Options: nosniff",
    "Referrer-Policy: strict-origin-when-cross-origin",
)
CACHE = "Cache-Control"
ASKED = "no-cache"
"""A browser asks each time whether what it holds is still so, and is answered in one line: nobody reads last week's dose."""
LASTING = "public, max-age=31536000, immutable"
MOST_RULES = 100
"""How many rules for headers Cloudflare reads; the files beyond are asked for each time."""
TAG = re.compile(
    r"<(img|source|video|audio|track|iframe|script|object|embed|form|link)\b((?:\"[^\"]*\"|'[^']*'|[^\"'<>])*)>", re.I
)
HANDLER = re.compile(r"""<[a-z](?:"[^"]*"|'[^']*'|[^"'<>])*?\son[a-z]+\s*=\s*("[^"]*"|'[^']*'|[^\s"'>]+)""", re.I)
SCRIPT = re.compile(r"<script\b((?:\"[^\"]*\"|'[^']*'|[^\"'<>])*)>(.*?)</script", re.I | re.S)
GIVEN = re.compile(r"""([^\s"'<>/=]+)\s*=\s*("[^"]*"|'[^']*'|[^\s"'<>]+)""")
LOADS = {
    "img": ("img-src", ("src", "srcset")),
    "source": ("media-src img-src", ("src", "srcset")),
    "video": ("media-src img-src", ("src", "poster")),
    "audio": ("media-src", ("src",)),
    "track": ("media-src", ("src",)),
    "iframe": ("frame-src", ("src",)),
    "script": ("script-src", ("src",)),
    "object": ("object-src", ("data",)),
    "embed": ("object-src", ("src",)),
    "form": ("form-action", ("action",)),
}
"""By element: what it loads by, and the attributes that say from where."""
Need = tuple[str, str]
"""A directive of the policy, and what it has to allow."""


def needs(html: bytes) -> Iterator[Need]:
    """What a page loads or runs that the policy for plain pages does not allow: what its authors or its templates put there."""
    text = html.decode("utf-8", "replace")
    for match in TAG.finditer(text):
        given = {name.lower(): unescape(value.strip("\"'")) for name, value in GIVEN.findall(match[2])}
        yield from loads(match[1].lower(), given)
    for match in SCRIPT.finditer(text):
        given = {name.lower(): value.strip("\"'").lower() for name, value in GIVEN.findall(match[1])}
        kind = given.get("type", "").strip()
        if "src" not in given and (not kind or kind == "module" or kind.endswith(("/javascript", "/ecmascript"))):
            yield "script-src", hashed(match[2])
    for match in HANDLER.finditer(text):
        yield "script-src", "'unsafe-hashes'"
        yield "script-src", hashed(unescape(match[1].strip("\"'")))


def loads(tag: str, given: Mapping[str, str]) -> Iterator[Need]:
    """What one element loads from where."""
    if tag == "link":
        rel = given.get("rel", "").lower().split()
        directive = "style-src" if "stylesheet" in rel else "img-src" if "icon" in rel else ""
        rows = [(directive, given.get("href", ""))] if directive else []
    else:
        directives, attributes = LOADS[tag]
        values = [value for name in attributes if (value := given.get(name)) is not None]
        if "srcset" in given:
            values[-1:] = [part.split()[0] for part in given["srcset"].split(",") if part.strip()]
        if tag == "form" and not values:
            values = ["./"]
        rows = [(directive, value) for directive in directives.split() for value in values]
    for directive, value in rows:
        if (origin := origin_of(value)) not in POLICY.get(directive, ()):
            yield directive, origin


def origin_of(address: str) -> str:
    """What allows an address: its host, its scheme where it has no host, or the site itself."""
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return "'self'"
    if parts.netloc:
        return f"{parts.scheme or 'https'}://{parts.netloc}"
    return f"{parts.scheme}:" if parts.scheme else "'self'"


def hashed(script: str) -> str:
    """What allows a script that stands in a page, and no other."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"


def policy(needed: Iterable[Need]) -> str:
    """The Content-Security-Policy of all pages."""
    found = {directive: set(values) for directive, values in POLICY.items()}
    for directive, value in sorted(needed):
        found[directive] = (found.get(directive, set()) - {"'none'"}) | {value}
    return "; ".join(f"{directive} {' '.join(sorted(values))}" for directive, values in found.items())


def outputs(
    host: str,
    base: str,
    moved: Mapping[str, str],
    tags: Iterable[str],
    needed: Iterable[Need],
    apart: Mapping[str, Iterable[Need]] = {},
    passing: Set[str] = frozenset(),
    lasting: Sequence[str] = (),
) -> Iterator[Output]:
    """The files of a host; none where the settings name none. `base`: the path of the site; `moved`: the files at former
    addresses, each with the address that it leads to; `tags`: the languages that have a page of their own for what is not found;
    `apart`: what some paths need besides, which Cloudflare can be told (Netlify would send both policies, of which the stricter
    holds); `passing`: the former addresses at which a page may stand again (see `redirects`); `lasting`: the files whose names say
    what is in them."""
    if host not in HOSTS:
        return
    known = {*needed}
    # Netlify may send both of two rules: where some files last, what it says of all others by itself stays (max-age=0,
    # must-revalidate), which asks each time as well
    asked = [] if lasting and host == "netlify" else [f"{CACHE}: {ASKED}"]
    rows = "".join(f"  {row}\n" for row in (f"{CSP}: {policy(known)}", *HEADERS, *asked))
    left = MOST_RULES - 1
    for path, more in apart.items() if host == "cloudflare" else ():
        rows += f"{base}{path}\n  ! {CSP}\n  {CSP}: {policy(known | {*more})}\n"
        left -= 1
    for path in lasting if host == "netlify" else lasting[:left]:
        instead = f"  ! {CACHE}\n" if host == "cloudflare" else ""
        rows += f"{base}/{written(path)}\n{instead}  {CACHE}: {LASTING}\n"
    yield Output("_headers", f"{base}/*\n{rows}".encode())
    if lines := [*redirects(host, base, moved, tags, passing)]:
        yield Output("_redirects", ("\n".join(lines) + "\n").encode())


def redirects(
    host: str, base: str, moved: Mapping[str, str], tags: Iterable[str], passing: Set[str] = frozenset()
) -> Iterator[str]:
    """The lines of `_redirects`. Netlify asks for a `!` where a file stands at the address, and for a rule for each page that
        answers for what is not found; Cloudflare finds the nearest `404.html` by itself. A browser keeps a 301 for good: where a page and its former address change places again
    (a title that is withdrawn, and comes back), it would lead a reader round in a circle. So `passing` ones are 302."""
    force = "!" if host == "netlify" else ""
    for at, (file, to) in enumerate(sorted(moved.items())):
        if host == "cloudflare" and at == MOST:
            return
        yield f"{base}/{written(file.removesuffix('index.html'))} {base}/{to} {302 if file in passing else 301}{force}"
    if host == "netlify":
        yield from (f"{base}/{tag}/* {base}/{tag}/404.html 404" for tag in tags)
