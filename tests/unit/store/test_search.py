from __future__ import annotations

import pytest
from sqlalchemy import select

from dashboard.core.models import Article, Focus, Parse
from dashboard.store.schema import articles
from dashboard.store.search import MAX_TERMS, Terms, parse_terms, search_conditions

TEXTS = {
    "tobruk": "وصل الوفد إلى مدينة وبطبرق أُعلن الاتفاق",
    "qom": "زار الوفد قم أمس",
    "height": "بلغ الرقمين",
    "somali": "Somali troops entered the town until noon; the UN said.",
    "ali": "Ali visited Al-Jufra, and the JUFRA base.",
    "cafe": "Le café près de l’Élysée",
}
EMPTY = Parse("ar", (), Focus(), "p", "g")


@pytest.fixture
def filled(store):
    store.add_many([(Article(name, text, id=name), EMPTY) for name, text in TEXTS.items()])
    return store


@pytest.mark.parametrize(
    ("query", "terms"),
    [
        ("", Terms()),
        ("  !!! - -- ", Terms()),
        ("Paris", Terms(("paris",))),
        ("Al-Jufra paris", Terms(("al jufra", "paris"))),
        ('"قصر الإليزيه" -موسكو', Terms(("قصر الاليزيه",), ("موسكو",))),
        ('-"new york" x x', Terms(("x",), ("new york",))),
        ('"open quote', Terms(("open", "quote"))),
    ],
)
def test_terms(query, terms):
    assert parse_terms(query) == terms


def test_terms_have_a_limit():
    assert len(parse_terms(" ".join(f"w{number}" for number in range(99))).included) == MAX_TERMS


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("طبرق", {"tobruk"}),
        ("قم", {"qom"}),
        ("إلي", {"tobruk"}),
        ("اعلن", {"tobruk"}),
        ("الوفد", {"tobruk", "qom"}),
        ("الوفد -طبرق", {"qom"}),
        ("-الوفد -the", {"height", "cafe"}),
        ("ali", {"ali"}),
        ("un", {"somali"}),
        ("الوفد قم", {"qom"}),
        ('"الوفد قم"', {"qom"}),
        ('"قم الوفد"', set()),
        ("al-jufra", {"ali"}),
        ("jufra base", {"ali"}),
        ("elysee cafe", {"cafe"}),
        ("l", {"cafe"}),
        ("troop", {"somali"}),
        ("roops", set()),
        ("OR", set()),
        ('a" OR "b', set()),
    ],
)
def test_search_on_both_databases_ways(filled, query, names):
    terms = parse_terms(query)
    with filled.engine.connect() as connection:
        for way in (connection, _Elsewhere()):
            conditions = search_conditions(way, articles.c.key, terms)
            assert set(connection.scalars(select(articles.c.id).where(*conditions))) == names


class _Elsewhere:
    """Stands for a connection to a database without the index."""

    class dialect:  # noqa: N801 - the name of the attribute
        name = "postgresql"


@pytest.mark.parametrize(
    ("query", "terms"),
    [
        ("haftar OR saddam", Terms((), (), (("haftar", "saddam"),))),
        ("حفتر|صدام طبرق", Terms(("طبرق",), (), (("حفتر", "صدام"),))),
        ('paris | "new york" | minsk', Terms((), (), (("paris", "new york", "minsk"),))),
        ("OR paris", Terms(("or", "paris"))),
        ("paris OR", Terms(("paris",))),
        ("paris or minsk", Terms(("paris", "or", "minsk"))),
        ("paris OR -minsk", Terms(("paris",), ("minsk",))),
        ("x OR x", Terms(("x",))),
        ("|", Terms()),
    ],
)
def test_either_word(query, terms):
    assert parse_terms(query) == terms
