"""A token that is the same in both texts (a hash, an address, a code, a version) is no error, whatever figures and units it seems to hold."""

from __future__ import annotations

from pipeline.commands.check import check
from tests.conftest import Make, project_of, translate

TOKENS = [
    "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08", "d41d8cd98f00b204e9800998ecf8427e", "4e3a5mg9c",
    "bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq", "0x52908400098527886E0F7030069D2De2E4", "v1.23.4-rc.2+build5", "1.2.3.4",
    "2001:0db8:85a3::8a2e:0370:7334", "192.168.10.24/16", "550e8400-e29b-41d4-a716-446655440000", "ISO 8601-1:2019",
    "SKU-4ML-20MG-9", "git@github.com:a/b-10mg.git", "A1:B2:C3:D4:E5:F6",
]  # fmt: skip
LANGUAGES = {
    "es": "El valor {} está aquí.", "zh_Hans": "值 {} 在这里。", "ar": "القيمة {} موجودة هنا.", "hi": "मान {} यहाँ है।",
    "ru": "Значение {} находится здесь.",
}  # fmt: skip


def test_a_token_that_is_the_same_in_both_texts_is_no_error(make: Make) -> None:
    english = [f"The value {token} is here." for token in TOKENS]
    root = make({"index.md": "# One\n\n" + "\n\n".join([*english, "Take 5 mg."])}, locales=tuple(LANGUAGES))
    for name, words in LANGUAGES.items():
        texts = {text: words.format(token) for text, token in zip(english, TOKENS, strict=True)}
        translate(root, {**texts, "Take 5 mg.": words.format("6 mg")}, name)
    found = [f for f in check(project_of(root)) if f.locale and f.key]
    assert [(f.locale, f.text) for f in found if f.key and f.key.msgid in english] == []
    assert {f.locale for f in found if f.key and f.key.msgid == "Take 5 mg."} == {*LANGUAGES}
