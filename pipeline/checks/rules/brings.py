"""A translation may not bring an element, attribute, link, image, placeholder or footnote that its English does not have."""

from collections.abc import Iterator

from pipeline.checks import needs
from pipeline.checks.check import Check, Pair
from pipeline.content.inline_html import holds
from pipeline.content.structure import excess
from pipeline.content.typed import in_tags
from pipeline.core.model import Level


def run(pair: Pair) -> Iterator[str]:
    if brought := excess(pair.english, pair.translation):
        typed = in_tags(pair.english, pair.translation, brought)
        yield typed or f"The translation has {brought}, more than the English has. Remove it."
    elif not holds(pair.english, pair.translation):
        yield "The translation's markup is not the English's. Use the same links and tags as the English."


CHECK = Check(
    "brings",
    Level.ERROR,
    run,
    needs=needs.markup,
    good=(
        ("es", "Call **us**", "Llame **ahora**"),
        ("es", "See [a](x) and *b*", "*b* y [a](x)"),
        ("es", "Call {clinic.phone}", "{clinic.phone}: llame"),
        ("es", "A <b title='now'>word</b>", "Una <b title='ya'>palabra</b>"),
        ("es", "Five < six & more", "Cinco < seis & más"),
    ),
    bad=(
        ("es", "Call us", "Llame a [aquí](https://evil.example)"),
        ("es", "See [a](x)", "Vea [a](y)"),
        ("es", "See [a](x)", "[a](x) y [b](x)"),
        ("es", "Call us", "Llame <script>alert(1)</script>"),
        ("es", "Call us", "Llame ![](x.png)"),
        ("es", "Call {clinic.phone}", "Llame {clinic.fax}"),
        ("es", "A <b>word</b>", "Una </b>palabra<b>"),
        ("es", "A <b title='now'>word</b>", "Una <b title='ya' onclick='x()'>palabra</b>"),
    ),
    final=True,
)
