"""A site: what its files hold, and all that follows from them before anything is built. Read when asked for, kept where nothing changed."""

from typing import TYPE_CHECKING

from pipeline.core.door import door

if TYPE_CHECKING:
    from pipeline.project.project import Project as Project

__getattr__ = door(__name__, Project="project")
