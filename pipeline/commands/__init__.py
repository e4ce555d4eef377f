"""One use case a file: values in, values out."""

from typing import TYPE_CHECKING

from pipeline.core.door import door

if TYPE_CHECKING:
    from pipeline.commands.project import Project as Project

__getattr__ = door(__name__, Project="project")
