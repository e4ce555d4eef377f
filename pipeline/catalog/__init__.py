"""What translators write: PO files ⇄ entries. The one room that knows polib."""

from typing import TYPE_CHECKING

from pipeline.core.door import door

if TYPE_CHECKING:
    from pipeline.catalog.po_entry import Entry as Entry
    from pipeline.catalog.po_file import Catalog as Catalog
    from pipeline.catalog.po_file import load as load
    from pipeline.catalog.po_file import save as save

__getattr__ = door(__name__, Catalog="po_file", Entry="po_entry", load="po_file", save="po_file")
