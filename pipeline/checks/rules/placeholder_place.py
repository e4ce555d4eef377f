"""The placeholders of other programs that name a place in a list (`%1`, `%2$s`): each stands in the translation as in the English, with its unit."""

from collections.abc import Iterator

from pipeline.checks import needs
from pipeline.checks.check import Check, Pair
from pipeline.core.model import Level
from pipeline.text.positional import brought, lost, units


def run(pair: Pair) -> Iterator[str]:
    ours, theirs = pair.english.source, pair.translation.source
    for place in lost(ours, theirs) if not pair.plural else ():
        yield f"The placeholder %{place} is missing. Put it where the value should stand."
    for place in brought(ours, theirs):
        yield f"The translation has %{place}, which is no placeholder of the English. Write those of the English as they are."
    here, there = units(pair.ours.tokens), units(pair.theirs.tokens)
    for place in sorted(here.keys() & there.keys()):
        if here[place].isdisjoint(there[place]):
            yield f"%{place} has another unit in the translation. Write the same unit."


CHECK = Check(
    "placeholder-place",
    Level.ERROR,
    run,
    needs=needs.positional,
    good=(
        ("es", "%1U at %2", "A las %2, %1 U"),
        ("zh_Hans", "%1h ago", "%1 小时前"),
        ("zh_Hans", "It ends on %1$s at 23:59", "将在%1$s 23:59结束"),
        ("tr", "%1 of 50%", "%50 üzerinden %1"),
        ("es", "Take %1 mg every %2 hours", "Cada %2 horas, tome %1 mg"),
    ),
    bad=(
        ("es", "%1U at %2", "%1 U"),
        ("es", "%1 of %2", "%1 de %3"),
        ("es", "Take %1 mg every %2 hours", "Cada %1 horas, tome %2 mg"),
        ("zh_Hans", "Take %1 mg", "服用 %1 克"),
        ("fr", "Take %1 mg", "Prenez %1 g"),
    ),
)
