"""The order in which a reader expects names: those of most articles first, and equals by the name that is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from dashboard.render.map.layers import local_name

if TYPE_CHECKING:
    import pandas as pd

    from dashboard.words import Strings

__all__ = ["in_shown_order", "shown_order"]


def shown_order(places: pd.DataFrame, words: Strings) -> list[int]:
    """Return the positions of rows with `articles`, `place_id` and names, as they are listed for a reader."""
    names = ["name", "name_ar", "name_fr"]
    rows = cast("list[dict[str, Any]]", places[["place_id", *names]].to_dict("records"))
    keys = [(words.sort_key(local_name(row, words.language)), str(row["place_id"])) for row in rows]
    articles = places["articles"].tolist()
    return sorted(range(len(rows)), key=lambda at: (-articles[at], keys[at]))


def in_shown_order(places: pd.DataFrame, words: Strings) -> pd.DataFrame:
    """Return rows with `articles`, `place_id` and names, as they are listed for a reader."""
    return places.iloc[shown_order(places, words)]
