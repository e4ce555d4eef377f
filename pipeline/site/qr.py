"""Codes that a telephone reads: an address as a QR code, drawn as SVG."""

from __future__ import annotations

from pipeline.core import installed
from pipeline.core.errors import LockstepError


def svg(address: str) -> str:
    """An address as a QR code. Raises LockstepError where the library for it is not installed."""
    try:
        import segno
    except ImportError as problem:
        raise LockstepError(
            "a handout has a QR code, and the library that draws it is not installed",
            todo=installed.more("pdf"),
        ) from problem
    return str(segno.make_qr(address, error="m").svg_inline(border=2, omitsize=True, svgclass="qr"))
