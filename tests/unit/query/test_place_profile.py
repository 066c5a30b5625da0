from __future__ import annotations

from datetime import date

import pytest

from dashboard.core.models import Article, Focus, Kind, Mention, Parse, Place, Resolution
from dashboard.query import Filters, country_ranks, evidence_by_source, place_curves, place_profile
from dashboard.query.curves import CURVE_STEPS
from dashboard.store import open_store

TRIPOLI = Place("kh:tripoli", "Tripoli", Kind.CITY, 32.9, 13.2, "LY")
LIBYA = Place("country:LY", "Libya", Kind.COUNTRY, 27.0, 17.0, "LY")
MALTA = Place("country:MT", "Malta", Kind.COUNTRY, 35.9, 14.4, "MT")
SEA = Place("kh:sea", "Sea", Kind.WATER, 35.0, 18.0, None)
SURE, UNSURE = 0.9, 0.4
AGENCY = "{} was reached by a ship with three thousand tons of wheat on Sunday evening, as the port says. "
REST = (
    "Unloading takes four days if the sea stays calm. Bakeries had complained of a lack of flour for weeks."
)


@pytest.fixture(scope="module")
def desk(database):
    """Return a store: an agency's story in three papers, and four other articles."""
    told = AGENCY.format("Tripoli") + REST
    rows = [
        ("a", "Wheat\n" + told, "Wasat", date(2024, 1, 1), [(TRIPOLI, SURE), (LIBYA, SURE)]),
        ("b", "Bread at last\n" + told, "Herald", date(2024, 1, 1), [(TRIPOLI, SURE), (LIBYA, SURE)]),
        ("c", "Ship\n" + told + " (Agencies)", None, date(2024, 1, 2), [(TRIPOLI, SURE)]),
        (
            "d",
            "Malta writes to Tripoli about fishing.",
            "Herald",
            date(2024, 3, 1),
            [(TRIPOLI, SURE), (MALTA, SURE)],
        ),
        ("e", "Tripoli, undated.", "Herald", None, [(TRIPOLI, SURE), (LIBYA, UNSURE)]),
        ("f", "Perhaps Tripoli.", "Herald", date(2024, 3, 1), [(TRIPOLI, UNSURE), (SEA, SURE)]),
        ("g", "Libya and Malta meet.", "Wasat", date(2024, 4, 8), [(LIBYA, SURE), (MALTA, SURE)]),
    ]
    with open_store(database) as store:
        for ident, text, source, day, named in rows:
            found = tuple(
                Resolution(Mention(at, at + 1, text[at]), place, sure)
                for at, (place, sure) in enumerate(named)
            )
            parse = Parse("en", found, Focus(), "hand", "gaz")
            store.add(Article(ident, text, "en", source, None, day, id=ident), parse)
        yield store


def test_copies_count_once(desk):
    found = place_profile(desk, "kh:tripoli", Filters())
    assert (found.articles, found.independent) == (5, 3)


def test_copies_count_once_when_the_first_is_filtered_away(desk):
    found = place_profile(desk, "kh:tripoli", Filters(sources=("Herald",), until=date(2024, 2, 1)))
    assert (found.articles, found.independent) == (2, 2)  # a copy and the undated one
    later = place_profile(
        desk, "kh:tripoli", Filters(since=date(2024, 1, 1), until=date(2024, 1, 2), undated=False)
    )
    assert (later.articles, later.independent) == (3, 1)


def test_sources_are_ranked_and_the_unknown_one_is_told(desk):
    assert place_profile(desk, "kh:tripoli", Filters()).sources == (("Herald", 3), (None, 1), ("Wasat", 1))


def test_the_trend_ignores_the_filters_of_time_only(desk):
    whole = place_profile(desk, "kh:tripoli", Filters())
    assert whole.days == ((date(2024, 1, 1), 2), (date(2024, 1, 2), 1), (date(2024, 3, 1), 1))
    assert whole.undated == 1
    later = place_profile(desk, "kh:tripoli", Filters(since=date(2024, 2, 1), undated=False))
    assert later.days == whole.days
    assert later.articles == 1
    assert place_profile(desk, "kh:tripoli", Filters(sources=("Wasat",))).days == ((date(2024, 1, 1), 1),)


def test_companions_share_articles_that_are_sure_of_both(desk):
    found = place_profile(desk, "kh:tripoli", Filters()).companions
    assert [(place.id, place.articles) for place in found] == [("country:LY", 2), ("country:MT", 1)]
    unsure = place_profile(desk, "kh:tripoli", Filters(min_confidence=0.3)).companions
    assert {(place.id, place.articles) for place in unsure} >= {("country:LY", 3), ("kh:sea", 1)}
    assert len(place_profile(desk, "kh:tripoli", Filters(), companions=1).companions) == 1


def test_an_unknown_place_has_nothing(desk):
    found = place_profile(desk, "kh:gone", Filters())
    assert (found.articles, found.days, found.companions) == (0, (), ())


def test_a_curve_counts_the_dated_articles_in_its_span(desk):
    span = (date(2024, 1, 1), date(2024, 4, 8))
    curves = place_curves(desk, Filters(), ["kh:tripoli", "country:LY", "kh:gone"], span)
    assert set(curves) == {"kh:tripoli", "country:LY"}
    assert {len(curve) for curve in curves.values()} == {CURVE_STEPS}
    assert curves["kh:tripoli"][0] == 3
    assert sum(curves["kh:tripoli"]) == 4
    short = place_curves(desk, Filters(), ["kh:tripoli"], (date(2024, 2, 1), date(2024, 2, 25)))
    assert sum(short["kh:tripoli"]) == 0


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (Filters(), [("LY", 6), ("MT", 2)]),
        (Filters(kinds=(Kind.COUNTRY,)), [("LY", 3), ("MT", 2)]),
        (Filters(countries=("MT",)), [("MT", 2)]),
        (Filters(sources=("Wasat",)), [("LY", 2), ("MT", 1)]),
    ],
)
def test_countries_count_articles_not_places(desk, filters, expected):
    ranks = country_ranks(desk, filters, (date(2024, 1, 1), date(2024, 4, 8)))
    assert [(rank.code, rank.articles) for rank in ranks] == expected
    undated = 1 if filters == Filters() else 0
    assert sum(ranks[0].curve) == ranks[0].articles - undated
    flat = country_ranks(desk, filters, None)
    assert [(rank.code, rank.articles) for rank in flat] == expected
    assert sum(flat[0].curve) == 0


def test_how_the_articles_write_a_place_is_counted(tmp_path):
    with open_store(f"sqlite:///{(tmp_path / 'names.sqlite').as_posix()}") as store:
        for number, (name, sure) in enumerate(
            [("Tarabulus", SURE), ("Tripoli", SURE), ("TRIPOLI", SURE), ("Oea", UNSURE)]
        ):
            found = (Resolution(Mention(0, len(name), name), TRIPOLI, sure),)
            article = Article(name, f"{name} {number}.", "en", f"s{number}")
            store.add(article, Parse("en", found, Focus(), "hand", "gaz"))
        assert place_profile(store, "kh:tripoli", Filters()).names == (("TRIPOLI", 2), ("Tarabulus", 1))
        assert place_profile(store, "kh:tripoli", Filters(sources=("s0",))).names == (("Tarabulus", 1),)


def test_each_source_since_when_and_how_often(desk):
    profile = place_profile(desk, TRIPOLI.id, Filters())
    told = {report.name: report for report in profile.reports}
    herald = told["Herald"]
    assert (herald.articles, herald.stories) == (3, 3)
    assert (herald.first, herald.last) == (date(2024, 1, 1), date(2024, 3, 1))
    assert told[None].name is None
    assert [report.articles for report in profile.reports] == [3, 1, 1]
    assert [report.name for report in profile.first_to_report()] == ["Herald", "Wasat", None]
    undated = place_profile(
        desk, TRIPOLI.id, Filters(sources=("Herald",), since=date(2025, 1, 1), undated=True)
    )
    assert (undated.reports[0].first, undated.reports[0].articles) == (None, 1)


def test_the_newest_sentences_of_each_source(desk):
    reports = place_profile(desk, TRIPOLI.id, Filters()).reports
    keys = [report.key for report in reports]
    one_each = evidence_by_source(desk, TRIPOLI.id, Filters(), keys, each=1)
    assert dict(zip(one_each["source"], one_each["article_id"], strict=True)) == {
        "Herald": "d",
        "Wasat": "a",
        None: "c",
    }
    two = evidence_by_source(desk, TRIPOLI.id, Filters(), keys[:1], each=2)
    assert list(two["article_id"]) == ["d", "b"]
    assert evidence_by_source(desk, "kh:nowhere", Filters(), keys).empty
    assert evidence_by_source(desk, TRIPOLI.id, Filters(), []).empty
