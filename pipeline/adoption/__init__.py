"""Taking over what other tools extracted: their catalogs, each translation found its place here or kept, with the reason."""

from typing import TYPE_CHECKING

from pipeline.core.door import door

if TYPE_CHECKING:
    from pipeline.adoption.accounts import Account as Account
    from pipeline.adoption.accounts import Adopted as Adopted
    from pipeline.adoption.fates import Fate as Fate
    from pipeline.adoption.filled import adopted as adopted
    from pipeline.adoption.foreign import Foreign as Foreign
    from pipeline.adoption.site import Site as Site

__getattr__ = door(
    __name__, Account="accounts", Adopted="accounts", Fate="fates", Foreign="foreign", Site="site", adopted="filled"
)
