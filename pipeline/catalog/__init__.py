"""What translators write: PO files ⇄ entries. The one room that knows polib."""
