"""Laws of pairing: every text of a copy is accounted for once, in order; what differs in a number is never certain."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from pipeline.changes.pairing import CERTAIN, paired
from pipeline.changes.parts import numbers, parts
from pipeline.content import marks, sources
from pipeline.content.inline_html import same
from pipeline.core.model import Document
from pipeline.core.settings import SourceMapping
from pipeline.text import language

MAPPING = SourceMapping("lockstep-markdown", "source/**.md", {})
ROWS = [
    ("Take {} mg at night.", "Tome {} mg por la noche."),
    ("Call us after {} days.", "Llámenos después de {} días."),
    ("# Your pump", "# Su bomba"),
    ("- Rest for {} hours.", "- Descanse {} horas."),
    ("See [the guide](guide.md), page {}.", "Vea [la guía](guide.md), página {}."),
    ("The pump beeps when it is empty, and then you call `us`.", "La bomba suena cuando está vacía, y entonces `us` llama."),
    ("> Drink water.", "> Beba agua."),
    ("| Dose | {} mg |\n|---|---|", "| Dosis | {} mg |\n|---|---|"),
    ("```\nrun {}\n```", "```\nrun {}\n```"),
]  # fmt: skip
row = st.tuples(st.sampled_from(range(len(ROWS))), st.sampled_from(["5", "50", "0.5", "1,000", "7"]))
change = st.sampled_from(["", "", "", "drop", "swap", "twice", "5", "50", "0.5", "1000"])


def page(texts: list[str]) -> Document:
    return sources.document("\n\n".join(texts).encode(), "source/a.md", MAPPING, same, marks.NO_MARKS)


@given(st.lists(st.tuples(row, change), min_size=1, max_size=12))
def test_nothing_is_lost_and_no_number_lies(rows: list[tuple[tuple[int, str], str]]) -> None:
    english, copy = [], []
    for (which, number), what in rows:
        ours, theirs = ROWS[which]
        english.append(ours.format(number))
        said = theirs.format(what if what[:1].isdigit() else number)
        copy += [] if what == "drop" else [said, said] if what == "twice" else [said]
        if what == "swap":
            copy[-2:] = copy[-2:][::-1]
    ours, theirs = parts(page(english), language("en")), parts(page(copy), language("es"))
    (sides,) = paired([(ours, theirs)], language("es").length)
    pairs = [*sides.judged()]
    assert max(Counter(pair.copy for pair in pairs).values(), default=0) <= 1
    assert max(Counter(pair.english for pair in pairs).values(), default=0) <= 1
    onward = (one.copy < two.copy and one.english < two.english for one, two in pairwise(pairs))
    moved = next((at for at, goes in enumerate(onward, 1) if not goes), len(pairs))
    assert all(pair.how != CERTAIN for pair in pairs[moved:]), "what stands in another place is never certain"
    for pair in pairs:
        one, two = ours[pair.english], theirs[pair.copy]
        assert one.message and two.message
        if pair.how == CERTAIN:
            values = [sorted(text.replace(",", "") for text in numbers(part.text)) for part in (one, two)]
            assert values[0] == values[1], (one.text, two.text)


@given(st.lists(row, min_size=1, max_size=12))
def test_a_faithful_copy_is_paired_in_full(rows: list[tuple[int, str]]) -> None:
    """And block by block: each text is under its own English."""
    ours = parts(page([ROWS[which][0].format(number) for which, number in rows]), language("en"))
    theirs = parts(page([ROWS[which][1].format(number) for which, number in rows]), language("es"))
    (sides,) = paired([(ours, theirs)], language("es").length)
    assert [(pair.english, pair.copy) for pair in sides.judged()] == [
        (at, at) for at, part in enumerate(ours) if part.message and part.kind != "code"
    ]


def test_what_is_as_long_in_every_language_tells_nothing_of_length() -> None:
    """Tags, code and names are as long in Chinese as in English, and a page full of them made all its plain texts look too short."""
    link = '<a href="https://example.org/a/long/address/of/page{}" class="external-link" target="_blank">Example Library {}</a>'
    english = [f"You can read about it in {link} and then use `example_library_function_{{}}` from Example Library.", "But before that, handling all of it was quite a bit more complex and difficult.", "Restart the whole server."]  # fmt: skip
    chinese = [f"你可以阅读{link}，然后使用Example Library的`example_library_function_{{}}`。", "但在此之前，处理这一切非常复杂和困难。", "重启整个服务器。"]  # fmt: skip
    sides = [
        parts(page([text.replace("{}", str(at)) for at in range(40, 120) for text in texts]), language(tongue))
        for texts, tongue in ((english, "en"), (chinese, "zh_Hans"))
    ]
    (pairs,) = paired([(sides[0], sides[1])], 0.0)
    assert [(pair.english, pair.copy, pair.how) for pair in pairs.judged()] == [(at, at, CERTAIN) for at in range(240)]
