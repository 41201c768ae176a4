"""What a rule may look at, and what several rules look at together."""

from functools import cached_property

from msgspec import Struct

from generator.catalogue import Catalogue
from generator.checks.links import Links, survey
from generator.config import Site


class Matter(Struct, frozen=True, dict=True):
    """A built site: its settings and folders, its catalogue, and the host it is to be checked for (`any` for none)."""

    site: Site
    catalogue: Catalogue
    host: str = "any"

    @cached_property
    def links(self) -> Links:
        """What the links of all pages lead to: every page is read once, whichever rules ask."""
        return survey(self.site.output, self.site.settings.base_url, [(path, kind) for path, kind, _ in self.catalogue.outputs()])
