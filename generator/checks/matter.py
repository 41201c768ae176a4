"""What a rule may look at."""

from msgspec import Struct

from generator.catalogue import Catalogue
from generator.config import Site


class Matter(Struct, frozen=True):
    """A built site: its settings and folders, its catalogue, and the host it is to be checked for (`any` for none)."""

    site: Site
    catalogue: Catalogue
    host: str = "any"
