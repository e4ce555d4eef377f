"""What a translation is held to: rules, glossary, levels."""

from typing import TYPE_CHECKING

from pipeline.core.door import door

if TYPE_CHECKING:
    from pipeline.checks.check import Check as Check
    from pipeline.checks.check import Pair as Pair
    from pipeline.checks.glossary import Glossary as Glossary
    from pipeline.checks.levels import Levels as Levels

__getattr__ = door(__name__, Check="check", Glossary="glossary", Levels="levels", Pair="check")
