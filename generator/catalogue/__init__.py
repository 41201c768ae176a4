"""The catalogue: SQLite, and the only SQL of the house. `Catalogue` is the one object with state."""

from generator.catalogue.changes import Change
from generator.catalogue.entries import (
    ArticleEntry,
    FigureEntry,
    PhraseEntry,
    PictureEntry,
    SourceEntry,
    TermEntry,
    entry_of,
)
from generator.catalogue.manifest import Written
from generator.catalogue.store import Catalogue, barred
from generator.catalogue.touching import Both, State, Touched

__all__ = [
    "ArticleEntry", "Both", "Catalogue", "Change", "FigureEntry", "PhraseEntry", "PictureEntry", "SourceEntry", "State", "TermEntry",
    "Touched", "Written", "barred", "entry_of",
]  # fmt: skip
