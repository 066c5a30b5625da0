"""Places and their names: sources, the build, the compiled index, outlines of countries, a geopy geocoder."""

from dashboard.gazetteer.index import Gazetteer, NameHit
from dashboard.gazetteer.locate import ensure_index
from dashboard.gazetteer.names import NameFlag, keys_of, name_key

__all__ = ["Gazetteer", "NameFlag", "NameHit", "ensure_index", "keys_of", "name_key"]
