"""What a locale shows → pages, manifest and status page → `dist/`."""

from typing import TYPE_CHECKING

from pipeline.core.door import door

if TYPE_CHECKING:
    from pipeline.site.site import Site as Site

__getattr__ = door(__name__, Site="site")
