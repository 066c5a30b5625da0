from __future__ import annotations

from datetime import date

import pytest

from dashboard.query import (
    Likeness,
    NamedPlace,
    PlaceNames,
    Spellings,
    Understood,
    days_meant,
    load_names,
    understand,
)

PARIS, LIBYA, TOBRUK, SEA = "geonames:2988507", "country:LY", "geonames:81302", "kh:mediterranean"


@pytest.fixture(scope="module")
def names(world):
    return load_names(world, Spellings(), 0.5)


def _found(understood: Understood) -> list[tuple[str, str]]:
    return [(reading.place.id, reading.likeness.value) for reading in understood.places]


@pytest.mark.parametrize(
    ("search", "found"),
    [
        ("tobruk", [(TOBRUK, "whole")]),
        ("Tobrouk", [(TOBRUK, "whole")]),
        ("طُبرق", [(TOBRUK, "whole")]),
        ("الطبرق", [(TOBRUK, "whole")]),
        ("طبر", [(TOBRUK, "beginning")]),
        ("sea", [(SEA, "beginning")]),
        ("متوسط", [(SEA, "beginning")]),
        ("المتوسط", [(SEA, "beginning")]),
        ('"Mediterranean Sea"', [(SEA, "whole")]),
        ("mediterranean sea ship", [(SEA, "whole")]),
        ("paris libye", [(PARIS, "whole"), (LIBYA, "whole")]),
        ("libye", [(LIBYA, "whole")]),
        ("par", [(PARIS, "beginning")]),
        ("Tobrukk", [(TOBRUK, "similar")]),
        ("Tboruk", [(TOBRUK, "similar")]),
        ("Meditteranean Sea", [(SEA, "similar")]),
        ("طبرك", [(TOBRUK, "similar")]),
        ("Tabrak", []),
        ("p", []),
        ("ris", []),
        ("pars", [(PARIS, "similar")]),
        ("-paris", []),
        ("", []),
    ],
)
def test_a_place_is_found_by_its_name_in_any_script(names, search, found):
    assert _found(understand(names, None, search, 0)) == found


def test_the_words_are_told_and_what_remains_without_a_place(names):
    said = understand(names, None, ' ship Paris -"New York" "grain ship"', 3)
    assert (said.included, said.excluded) == (("ship", "Paris", "grain ship"), ("New York",))
    assert [(reading.words, reading.rest) for reading in said.places] == [
        ("Paris", 'ship -"New York" "grain ship"')
    ]


def test_a_misspelling_is_offered_only_where_it_leads_to_more(names):
    assert _found(understand(names, None, "Tobrukk", 0)) == [(TOBRUK, "similar")]
    assert understand(names, None, "Tobrukk", 1).places == ()


def test_other_names_come_from_the_gazetteer(small_gazetteer):
    row = small_gazetteer.lookup("Tobruk")[0].row
    place = small_gazetteer.place(row)
    known = [NamedPlace(place.id, place.name, None, None, place.kind.value, "LY", 7)]
    bare, full = (PlaceNames(known, Spellings(gazetteer)) for gazetteer in (None, small_gazetteer))
    for name in ("Тобрук", "ТОБРУК", "Τομπρούκ"):
        assert understand(bare, None, name, 0).places == ()
        said = understand(full, small_gazetteer, name, 0)
        assert (_found(said), said.unnamed) == ([(place.id, "whole")], ())
    assert _found(understand(full, small_gazetteer, "Тобрукк", 0)) == [(place.id, "similar")]


def test_a_place_that_no_article_names_is_known_all_the_same(names, small_gazetteer):
    said = understand(names, small_gazetteer, "بنغازى", 0)
    assert said.places == ()
    assert [found.place.name for found in said.unnamed] == ["Benghazi"]
    assert understand(names, small_gazetteer, "بنغازى", 5).unnamed == said.unnamed  # a big town
    assert understand(names, small_gazetteer, "zeppelin", 0) == Understood(included=("zeppelin",))


def test_many_places_of_one_name_come_by_their_articles():
    known = [NamedPlace(f"kh:{n}", "Tripoli", "طرابلس", None, "city", None, 9 - n) for n in range(8)]
    said = understand(PlaceNames(known, Spellings()), None, "طرابلس", 1)
    assert [reading.place.articles for reading in said.places] == [9, 8, 7, 6, 5]
    assert {reading.likeness for reading in said.places} == {Likeness.WHOLE}


def test_a_name_of_ones_own_counts_more_than_articles(small_gazetteer):
    row = small_gazetteer.lookup("Τομπρούκ")[0].row
    by_other_name = NamedPlace(small_gazetteer.place(row).id, "Tobruk", None, None, "city", "LY", 9)
    by_its_own = NamedPlace("kh:other", "Τομπρουκ", None, None, "city", None, 1)
    names = PlaceNames([by_other_name, by_its_own], Spellings(small_gazetteer))
    assert [found.id for found in names.whole("τομπρουκ")] == ["kh:other", by_other_name.id]


def test_no_names_at_all():
    assert understand(PlaceNames([], Spellings()), None, "paris", 0) == Understood(included=("paris",))


def test_a_place_named_in_two_scripts_is_one_place_and_leaves_nothing_behind(names):
    (one,) = understand(names, None, "ship Tobruk OR طبرق", 0).places
    assert (one.place.id, one.rest) == (TOBRUK, "ship")
    (one,) = understand(names, None, "zzz OR طبرق ship", 0).places
    assert one.rest == "ship"


@pytest.mark.parametrize(
    ("search", "meant"),
    [
        ("مارس 2024", ("2024-03-01", "2024-03-31", "")),
        ("March 2024", ("2024-03-01", "2024-03-31", "")),
        ("mars 2024", ("2024-03-01", "2024-03-31", "")),
        ("Haftar March 2024 -paris", ("2024-03-01", "2024-03-31", "Haftar -paris")),
        ("٢٠٢٤", ("2024-01-01", "2024-12-31", "")),
        ("grain 31/12/2024", ("2024-12-31", "2024-12-31", "grain")),
        ("1 March 2024 to 5 May 2024", ("2024-03-01", "2024-05-05", "")),
        ("last month", ("2026-10-01", "2026-10-31", "")),
        ("Friday", None),
        ("أبريل", None),
        ('"March 2024"', None),
        ("-2024", None),
        ("5 ships", None),
        ("", None),
    ],
)
def test_days_among_the_words_are_offered(search, meant):
    found = days_meant(search, date(2026, 11, 30))
    assert (found and (found.first.isoformat(), found.last.isoformat(), found.rest)) == meant
