"""How grave an edit of an English text is, by what it tells its readers otherwise."""

from typing import TYPE_CHECKING

from pipeline.core.door import door

if TYPE_CHECKING:
    from pipeline.severity.severity import Grade as Grade
    from pipeline.severity.severity import grade as grade

__getattr__ = door(__name__, Grade="severity", grade="severity")
