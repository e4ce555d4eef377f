"""What a translation says otherwise than its English: numbers, orders, conditions, lists, things."""

from typing import TYPE_CHECKING

from pipeline.core.door import door

if TYPE_CHECKING:
    from pipeline.comparison.differing import differences as differences
    from pipeline.comparison.matching import agree as agree

__getattr__ = door(__name__, agree="matching", differences="differing")
