"""Who signed for a text, what is withdrawn, what somebody accepted."""

from typing import TYPE_CHECKING

from pipeline.core.door import door

if TYPE_CHECKING:
    from pipeline.review.records import Records as Records

__getattr__ = door(__name__, Records="records")
