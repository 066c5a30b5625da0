"""A selection of the store made by hand, with one article more whose every word tries to be a formula."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from made_store import PLACES, make_store

from dashboard.core.models import Article, Focus, Kind, Mention, Parse, Place, Resolution
from dashboard.query import Filters, select_all
from dashboard.render.exports import Handover
from dashboard.store import Store, open_store
from dashboard.words import strings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

FORMULA = '=HYPERLINK("http://evil.example","Tobruk")'
SOUTH = Place("kh:south", "@South", Kind.CITY, -34.6, -58.4, "AR", name_ar="-الجنوب")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with open_store(make_store(tmp_path_factory.mktemp("made"))) as store:
        text = f"{FORMULA}\n\n+1 ship went to Tobruk and @South."
        found = [
            Resolution(Mention(text.rindex(word), text.rindex(word) + len(word), word), place, 0.9)
            for word, place in (("Tobruk", PLACES["Tobruk"]), ("@South", SOUTH))
        ]
        article = Article(FORMULA, text, "en", "-2+3", "https://a.example/?q=1&b=<i>", date(2024, 5, 1))
        store.add(article, Parse("en", tuple(found), Focus(), "parser-made", "gaz-made"))
        yield store


@pytest.fixture
def handed(made: Store) -> Callable[..., Handover]:
    """Return a function that makes a handover: `handed("ar", countries=("LY",))`."""

    def make(language: str = "en", *, raw: bool = False, **filters: object) -> Handover:
        chosen = select_all(made, Filters(**filters))  # type: ignore[arg-type]
        return Handover(chosen, strings(language), said=("in <b>Libya</b>",), parameters={"x": "1"}, raw=raw)

    return make
