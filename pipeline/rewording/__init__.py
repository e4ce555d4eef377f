"""English wordings that say the same, for whoever grades an edit."""

from typing import TYPE_CHECKING

from pipeline.core.door import door

if TYPE_CHECKING:
    from pipeline.rewording.constructions import one_form as one_form

__getattr__ = door(__name__, one_form="constructions")
