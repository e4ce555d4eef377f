"""A link to a program, `javascript:` and its kind: no page has it as a link, and no translator writes it by mistake."""

import html
import re
from collections.abc import Iterator

from pipeline.checks.check import Check, Pair
from pipeline.core.model import Level

PROGRAM = re.compile(r"""(?:\]\s*\(\s*<?|\]:\s*<?|=\s*["']?|<)(?:javascript|vbscript|livescript|data|file)\s*:""", re.I)
UNSEEN = re.compile(
    "[\\x00-\\x20\\x7f-\\xa0\\u00ad\\u200b-\\u200f\\u2028-\\u202e\\u2060-\\u2064\\ufeff]|\\\\(?=[^A-Za-z0-9])"
)
SCHEME = re.compile(r"script|data|file|&", re.I)


def run(pair: Pair) -> Iterator[str]:
    source = pair.translation.source
    if (":" in source or "&" in source) and SCHEME.search(source) and leads(source) and not leads(pair.english.source):
        yield "The translation has a link to a program or file (javascript:, data:, file:). Link where the English links."


def leads(text: str) -> bool:
    """Whether a text has such a target, however it is written."""
    return PROGRAM.search(text) is not None or PROGRAM.search(UNSEEN.sub("", html.unescape(text))) is not None


CHECK = Check(
    "target",
    Level.ERROR,
    run,
    good=(
        ("es", "See [a](b.md)", "Vea [a](b.md)"),
        ("es", "JavaScript: a language", "JavaScript: un lenguaje"),
        ("es", "See <b title='data: all'>a</b>", "Vea <b title='data: all'>a</b>"),
    ),
    bad=(
        ("es", "See [a](b.md)", "Vea [a](javascript:alert(1))"),
        ("es", "See [a](b.md)", "Vea [a]( <JaVaScRiPt:alert(1)>)"),
        ("es", "See [a](b.md)", "Vea [a](java&#115;cript:alert(1))"),
        ("es", "See [a](b.md)", "Vea [a](java\tscript:alert(1))"),
        ("es", "See", "Vea <a href=vbscript:x>a</a>"),
        ("es", "See", "Vea <javascript:alert(1)>"),
        ("es", "See [a](b.md)", "Vea [a](data:text/html,x)"),
    ),
    final=True,
)
