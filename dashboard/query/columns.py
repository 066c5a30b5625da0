"""The frames' columns and dtypes, and the one place where a frame is made and checked.

Text is `object`: `str`, or None where a column may lack a value (marked `?` below). Dates are `datetime.date`
or None.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

__all__ = [
    "AREA_COLUMNS",
    "ARTICLE_COLUMNS",
    "EVIDENCE_COLUMNS",
    "PLACE_COLUMNS",
    "check_frame",
    "make_frame",
]

_TEXT, _WHOLE, _REAL = "object", "int64", "float64"

PLACE_COLUMNS: Mapping[str, str] = {
    "place_id": _TEXT,
    "name": _TEXT,
    "name_ar": _TEXT,  # ?
    "name_fr": _TEXT,  # ?
    "kind": _TEXT,  # value of Kind
    "feature_code": _TEXT,
    "country": _TEXT,  # ? ISO 3166-1 alpha-2
    "latitude": _REAL,
    "longitude": _REAL,
    "radius_km": _REAL,
    "articles": _WHOLE,  # that name the place, of those that the filters let through
    "mentions": _WHOLE,  # in these articles, at least as sure as asked for
    "confidence": _REAL,  # of the surest mention
    "sources": _WHOLE,  # different known sources of these articles
    "focus_articles": _WHOLE,  # of these articles, those that are about the place
}
ARTICLE_COLUMNS: Mapping[str, str] = {
    "article_id": _TEXT,
    "title": _TEXT,
    "source": _TEXT,  # ?
    "url": _TEXT,  # ?
    "published": _TEXT,  # ? date
    "language": _TEXT,  # ?
    "places": _WHOLE,  # that match the filters
    "mentions": _WHOLE,  # of these places, at least as sure as asked for
    "focus_place": _TEXT,  # ? id
    "focus_country": _TEXT,  # ?
}
EVIDENCE_COLUMNS: Mapping[str, str] = {
    "article_id": _TEXT,
    "title": _TEXT,
    "source": _TEXT,  # ?
    "url": _TEXT,  # ?
    "published": _TEXT,  # ? date
    "language": _TEXT,  # ?
    "sentence": _TEXT,
    "spans": _TEXT,  # list of (start, end) in the sentence, code points, end exclusive, in order
    "confidence": _REAL,  # of the surest mention in the sentence
    "metonymy": "bool",  # every mention in the sentence probably stands for a government or a team
    "story": _WHOLE,  # the same for copies of one story
}
AREA_COLUMNS: Mapping[str, str] = {
    "area_id": _TEXT,  # `country:LY` or `adm1:LY-BU`
    "articles": _WHOLE,  # that name at least one place in it
    "places": _WHOLE,  # of it that these articles name
    "confidence": _REAL,  # of the surest mention
}
COMPARED_COLUMNS: Mapping[str, str] = {
    "place_id": _TEXT,
    "name": _TEXT,
    "name_ar": _TEXT,  # ?
    "name_fr": _TEXT,  # ?
    "kind": _TEXT,  # value of Kind
    "country": _TEXT,  # ? ISO 3166-1 alpha-2
    "latitude": _REAL,
    "longitude": _REAL,
    "articles": _WHOLE,  # of both selections together
    "first": _WHOLE,  # articles of the first selection
    "second": _WHOLE,
    "lean": _REAL,  # 1: only the first names it; -1: only the second; 0: the same share of both
    "confidence": _REAL,  # of the surest mention
}


def make_frame(rows: Sequence[Sequence[Any]], columns: Mapping[str, str]) -> pd.DataFrame:
    """Make a frame of the declared columns from rows with one value a column, in the same order."""
    values = zip(*rows, strict=True) if rows else ((),) * len(columns)
    data = {
        name: pd.Series(list(cells), dtype=dtype)
        for (name, dtype), cells in zip(columns.items(), values, strict=True)
    }
    frame = pd.DataFrame(data)
    check_frame(frame, columns)
    return frame


def check_frame(frame: pd.DataFrame, columns: Mapping[str, str]) -> None:
    """Make sure that a frame has the declared columns, in this order, with their dtypes.

    Raises
    ------
    TypeError
        It has not; this is a mistake in the program.
    """
    found = {str(name): str(dtype) for name, dtype in frame.dtypes.items()}
    if list(found.items()) != list(columns.items()):
        wrong = sorted(set(found.items()) ^ set(columns.items()))
        raise TypeError(f"The frame's columns are not as declared: {wrong or list(found)}.")
