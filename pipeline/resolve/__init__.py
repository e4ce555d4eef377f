"""Which text is shown, and why: the only place that decides."""

from typing import TYPE_CHECKING

from pipeline.core.door import door

if TYPE_CHECKING:
    from pipeline.resolve.coverage import Coverage as Coverage
    from pipeline.resolve.message import Translations as Translations
    from pipeline.resolve.rules import Rules as Rules
    from pipeline.resolve.table import Table as Table
    from pipeline.resolve.table import tabulate as tabulate

__getattr__ = door(
    __name__, Coverage="coverage", Rules="rules", Table="table", Translations="message", tabulate="table"
)
