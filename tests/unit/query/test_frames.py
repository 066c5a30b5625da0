from __future__ import annotations

from datetime import UTC, date, datetime

import pandas as pd
import pytest

from dashboard.core.models import Kind
from dashboard.query import (
    ARTICLE_COLUMNS,
    EVIDENCE_COLUMNS,
    PLACE_COLUMNS,
    Box,
    Facets,
    FacetValue,
    Filters,
    Near,
    Shape,
    Summary,
    article_frame,
    check_frame,
    evidence_frame,
    facets,
    place_frame,
    selected_sources,
    summary,
)

PARIS, LIBYA, TOBRUK, SEA = "geonames:2988507", "country:LY", "geonames:81302", "kh:mediterranean"
LONG_AGO, LONG_AHEAD = datetime(2000, 1, 1, tzinfo=UTC), datetime(2999, 1, 1, tzinfo=UTC)
HERALD = "Herald, The"


def _places(world, **filters):
    return list(place_frame(world, Filters(**filters)).place_id)


def _articles(world, **filters):
    return list(article_frame(world, Filters(**filters)).article_id)


def test_place_frame_counts_what_is_sure_enough(world):
    frame = place_frame(world, Filters())
    assert {name: str(dtype) for name, dtype in frame.dtypes.items()} == dict(PLACE_COLUMNS)
    counted = frame[["place_id", "articles", "mentions", "confidence", "sources", "focus_articles"]]
    assert counted.to_numpy().tolist() == [
        [LIBYA, 2, 2, 0.8, 1, 2],
        [PARIS, 2, 3, 0.9, 1, 0],
        [SEA, 1, 1, 0.95, 1, 0],
        [TOBRUK, 1, 2, 0.7, 1, 1],
    ]
    assert (frame.name_fr[1], frame.country[2], frame.kind[2]) == (None, None, "water")


@pytest.mark.parametrize(
    ("sure", "mentions"),
    [
        (0.0, 5),
        (0.3, 5),
        (0.35, 4),
        (0.4, 4),
        (0.45, 3),
        (0.5, 3),
        (0.55, 1),
        (0.6, 1),
        (0.9, 1),
        (0.91, None),
    ],
)
def test_mentions_are_counted_exactly_at_any_threshold(world, sure, mentions):
    frame = place_frame(world, Filters(min_confidence=sure)).set_index("place_id")
    assert (int(frame.mentions[PARIS]) if PARIS in frame.index else None) == mentions
    listed = article_frame(world, Filters(min_confidence=sure, countries=("FR",)))
    assert int(listed.mentions.sum()) == (mentions or 0)


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ({}, [LIBYA, PARIS, SEA, TOBRUK]),
        ({"min_confidence": 0.2}, [PARIS, LIBYA, SEA, TOBRUK]),
        ({"countries": ("LY",)}, [LIBYA, TOBRUK]),
        ({"countries": ("LY", "FR")}, [LIBYA, PARIS, TOBRUK]),
        ({"kinds": (Kind.CITY,)}, [PARIS, TOBRUK]),
        ({"kinds": (Kind.CITY, Kind.WATER), "countries": ("LY",)}, [TOBRUK]),
        ({"sources": ("Wasat",)}, [LIBYA, PARIS, TOBRUK]),
        ({"sources": (HERALD, "unknown")}, [SEA]),
        ({"languages": ("fr", "en")}, [SEA, PARIS]),
        ({"since": date(2024, 2, 1)}, [LIBYA, SEA, PARIS, TOBRUK]),
        ({"since": date(2024, 2, 1), "undated": False}, [LIBYA, PARIS, TOBRUK]),
        ({"until": date(2024, 1, 10), "undated": False}, [LIBYA, PARIS]),
        ({"since": date(2024, 2, 1), "until": date(2024, 2, 28), "undated": False}, [LIBYA, TOBRUK]),
        ({"undated": False}, [LIBYA, PARIS, TOBRUK]),
        ({"text": "طبرق"}, [LIBYA, TOBRUK]),
        ({"text": "ship"}, [SEA]),
        ({"text": "-ship -طبرق"}, [PARIS, LIBYA]),
        ({"text": "ship", "sources": ("Wasat",)}, []),
        ({"at": (TOBRUK,)}, [TOBRUK, LIBYA]),
        ({"at": (TOBRUK, SEA)}, [TOBRUK, LIBYA, SEA]),
        ({"at": (TOBRUK,), "kinds": (Kind.COUNTRY,)}, [LIBYA]),
        ({"together": (PARIS, LIBYA)}, [PARIS, LIBYA]),
        ({"together": (PARIS, TOBRUK)}, []),
        ({"at": ("kh:unknown",)}, []),
        ({"at": (SEA,), "min_confidence": 0.3}, [SEA, PARIS]),
        ({"near": Near(50, place=TOBRUK)}, [TOBRUK]),
        ({"near": Near(900, place=TOBRUK)}, [TOBRUK, SEA, LIBYA]),
        ({"near": Near(300, place=TOBRUK)}, [TOBRUK]),  # Libya's middle is further off, and it is wider
        ({"near": Near(10, place=LIBYA)}, [LIBYA]),  # the middle itself, however wide
        ({"near": Near(10, point=(27.0, 17.0))}, []),
        ({"near": Near(10, place="kh:unknown")}, []),
        ({"box": Box(30, 20, 34, 25)}, [TOBRUK]),
        ({"box": Box(30, 25, 34, 20)}, []),  # the other way round the Earth
        ({"box": Box(20, 0, 50, 25), "countries": ("LY",)}, [LIBYA, TOBRUK]),
        ({"box": Box(20, 0, 50, 25), "near": Near(200, place=PARIS)}, [PARIS]),
        ({"shape": Shape(((31, 22), (31, 26), (34, 24)))}, [TOBRUK]),
        ({"added": LONG_AGO}, [LIBYA, PARIS, SEA, TOBRUK]),
        ({"added": LONG_AHEAD}, []),
    ],
)
def test_place_frame_filters(world, filters, found):
    assert sorted(_places(world, **filters)) == sorted(found)


def test_place_frame_order_is_articles_then_name(world):
    assert _places(world) == [LIBYA, PARIS, SEA, TOBRUK]
    assert _places(world, min_confidence=0.1)[:2] == [PARIS, LIBYA]


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ({}, ["twice", "tobruk", "nowhere", "paris", "sea"]),
        ({"min_confidence": 1.0}, ["twice", "tobruk", "nowhere", "paris", "sea"]),
        ({"countries": ("FR",)}, ["twice", "paris"]),
        ({"countries": ("FR",), "min_confidence": 0.3}, ["twice", "paris", "sea"]),
        ({"countries": ("FR",), "min_confidence": 0.6}, ["paris"]),
        ({"kinds": (Kind.COUNTRY,)}, ["tobruk", "paris"]),
        ({"kinds": (Kind.CITY,), "countries": ("LY",)}, ["tobruk"]),
        ({"languages": ("en",)}, ["nowhere", "sea"]),
        ({"languages": ("en",), "undated": False}, ["nowhere"]),
        ({"until": date(2024, 1, 10)}, ["paris", "sea"]),
        ({"text": '"ship of"'}, ["nowhere"]),
        ({"at": (TOBRUK, SEA)}, ["tobruk", "sea"]),
        ({"together": (LIBYA, PARIS)}, ["paris"]),
        ({"together": (LIBYA,), "at": (TOBRUK, PARIS)}, ["tobruk", "paris"]),
        ({"near": Near(50, place=PARIS)}, ["twice", "paris"]),
        ({"near": Near(50, place=PARIS), "together": (LIBYA,)}, ["paris"]),
        ({"box": Box(30, 20, 34, 25)}, ["tobruk"]),
        ({"added": LONG_AGO, "kinds": (Kind.WATER,)}, ["sea"]),
        ({"added": LONG_AHEAD}, []),
    ],
)
def test_article_frame_filters(world, filters, found):
    assert _articles(world, **filters) == found
    matched = summary(world, Filters(**filters))
    assert matched == Summary(len(found), len(_places(world, **filters)), found.count("sea"))


def test_article_frame_counts(world):
    frame = article_frame(world, Filters()).set_index("article_id")
    assert frame.places.to_dict() == {"twice": 1, "tobruk": 2, "nowhere": 0, "paris": 2, "sea": 1}
    assert frame.mentions.to_dict() == {"twice": 2, "tobruk": 3, "nowhere": 0, "paris": 2, "sea": 1}
    assert (frame.published["sea"], frame.published["twice"]) == (None, date(2024, 3, 1))
    assert (frame.source["twice"], frame.url["twice"]) == (None, "https://e.org/2")
    assert (frame.focus_place["tobruk"], frame.focus_country["paris"]) == (TOBRUK, "LY")
    in_libya = article_frame(world, Filters(countries=("LY",), kinds=(Kind.CITY,)))
    assert in_libya[["article_id", "places", "mentions"]].to_numpy().tolist() == [["tobruk", 1, 2]]


def test_article_frame_by_pages(world):
    pages = [list(article_frame(world, Filters(), limit=2, offset=at).article_id) for at in (0, 2, 4, 6)]
    assert pages == [["twice", "tobruk"], ["nowhere", "paris"], ["sea"], []]


def test_evidence_is_the_sentences(world):
    frame = evidence_frame(world, PARIS, Filters(min_confidence=0.3))
    assert list(frame.columns) == list(EVIDENCE_COLUMNS)
    rows = frame[["article_id", "sentence", "spans", "confidence"]].to_numpy().tolist()
    assert rows == [
        ["twice", "De Paris à Paris, rien.", [(3, 8), (11, 16)], 0.5],
        ["paris", "وصل الوفد إلى باريس.", [(14, 19)], 0.9],
        ["paris", "غادر باريس إلى ليبيا.", [(5, 10)], 0.4],
        ["sea", "Paris said so.", [(0, 5)], 0.3],
    ]
    for _, sentence, spans, _ in rows:
        assert {sentence[start:end] for start, end in spans} <= {"Paris", "باريس"}


def test_evidence_knows_capitals_that_stand_for_governments(world):
    assert list(evidence_frame(world, PARIS, Filters(min_confidence=0.3)).metonymy) == [
        False,
        False,
        True,
        False,
    ]


def test_evidence_heeds_the_filters(world):
    assert list(evidence_frame(world, PARIS, Filters()).article_id) == ["twice", "paris"]
    assert list(evidence_frame(world, PARIS, Filters(), limit=1).article_id) == ["twice"]
    assert list(evidence_frame(world, PARIS, Filters(languages=("ar",))).confidence) == [0.9]
    assert list(evidence_frame(world, LIBYA, Filters(text="طبرق")).article_id) == ["tobruk"]
    assert evidence_frame(world, PARIS, Filters(countries=("LY",))).empty
    assert evidence_frame(world, "geonames:0", Filters()).empty
    assert list(evidence_frame(world, PARIS, Filters(together=(LIBYA,))).article_id) == ["paris"]
    assert list(evidence_frame(world, LIBYA, Filters(at=(PARIS, SEA))).article_id) == ["paris"]
    assert evidence_frame(world, LIBYA, Filters(near=Near(50, place=PARIS))).empty
    assert list(evidence_frame(world, PARIS, Filters(near=Near(50, place=PARIS))).confidence) == [0.5, 0.9]
    assert evidence_frame(world, PARIS, Filters(added=LONG_AHEAD)).empty


def test_facets_count_articles(world):
    assert facets(world) == Facets(
        sources=(FacetValue(HERALD, 2), FacetValue("Wasat", 2)),
        languages=(FacetValue("ar", 2), FacetValue("en", 2), FacetValue("fr", 1)),
        countries=(FacetValue("FR", 2), FacetValue("LY", 2)),
        kinds=(FacetValue("city", 3), FacetValue("country", 2), FacetValue("water", 1)),
        first=date(2024, 1, 10),
        last=date(2024, 3, 1),
        undated=1,
    )
    assert facets(world, 0.3).countries == (FacetValue("FR", 3), FacetValue("LY", 2))


def test_empty_store_gives_empty_frames(bare):
    filters = Filters(text="x")
    for chosen in (Filters(), filters):
        check_frame(place_frame(bare, chosen), PLACE_COLUMNS)
        check_frame(article_frame(bare, chosen), ARTICLE_COLUMNS)
        check_frame(evidence_frame(bare, PARIS, chosen), EVIDENCE_COLUMNS)
        assert summary(bare, chosen) == Summary(0, 0, 0)
    assert facets(bare) == Facets()


def test_check_frame_names_the_wrong_column():
    with pytest.raises(TypeError, match="place_id"):
        check_frame(pd.DataFrame({"x": [1]}), PLACE_COLUMNS)


def test_articles_that_name_a_city_are_the_same_however_they_are_found(world):
    cities = Filters(kinds=(Kind.CITY,))
    both = Filters(kinds=(Kind.CITY,), countries=("FR", "LY"))
    assert list(article_frame(world, cities)["article_id"]) == list(article_frame(world, both)["article_id"])
    assert summary(world, cities) == summary(world, both)
    assert len(article_frame(world, cities)) == 3


def test_the_sources_of_a_selection_are_counted(world) -> None:
    assert [(one.value, one.articles) for one in selected_sources(world, Filters())] == [
        ("Herald, The", 2),
        ("Wasat", 2),
    ]
    arabic = selected_sources(world, Filters(languages=("ar",)))
    assert [(one.value, one.articles) for one in arabic] == [("Wasat", 2)]


@pytest.mark.parametrize("least", [0.0, 0.5, 0.99])
def test_places_of_everything_are_counted_as_they_are_listed(world, least):
    for filters in (Filters(min_confidence=least), Filters(min_confidence=least, undated=False)):
        assert summary(world, filters).places == len(place_frame(world, filters))
