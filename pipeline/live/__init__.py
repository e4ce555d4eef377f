"""A site held in memory while people work on it."""

from typing import TYPE_CHECKING

from pipeline.core.door import door

if TYPE_CHECKING:
    from pipeline.live.live import Live as Live

__getattr__ = door(__name__, Live="live")
