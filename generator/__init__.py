"""Roznama: a static site generator for news archives, right-to-left first."""

__version__ = "0.1.0"
