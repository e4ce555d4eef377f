"""What became of each English text, and of its translations."""

from typing import TYPE_CHECKING

from pipeline.core.door import door

if TYPE_CHECKING:
    from pipeline.changes.edit_log import Log as Log
    from pipeline.changes.lineage import lineage_of as lineage_of
    from pipeline.changes.occurrences import Occurrence as Occurrence
    from pipeline.changes.occurrences import Occurrences as Occurrences

__getattr__ = door(
    __name__,
    Log="edit_log",
    Occurrence="occurrences",
    Occurrences="occurrences",
    lineage_of="lineage",
)
