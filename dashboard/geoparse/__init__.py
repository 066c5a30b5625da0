"""Finds toponyms in text and says which place each one is."""

from dashboard.geoparse.parser import Geoparser, Limits

__all__ = ["Geoparser", "Limits"]
