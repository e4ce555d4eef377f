"""What a text says, in any language: words, numbers, units, times, names; and how alike two texts are."""

from typing import TYPE_CHECKING

from pipeline.core.door import door

if TYPE_CHECKING:
    from pipeline.text.languages import language as language
    from pipeline.text.languages.table import Language as Language
    from pipeline.text.quantities import Reading as Reading

__getattr__ = door(__name__, Language="languages.table", language="languages", Reading="quantities")
