"""What editors and designers write: source files and templates → documents and their messages."""

from typing import TYPE_CHECKING

from pipeline.core.door import door

if TYPE_CHECKING:
    from pipeline.content.content import Content as Content
    from pipeline.content.inline import parse as parse
    from pipeline.content.inline_html import plain as plain
    from pipeline.content.inline_html import render as render
    from pipeline.content.pages import read as read

__getattr__ = door(__name__, Content="content", read="pages", parse="inline", plain="inline_html", render="inline_html")
