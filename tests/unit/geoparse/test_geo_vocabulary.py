from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest

from dashboard.geoparse import phrases as phrases_module
from dashboard.geoparse import vocabulary as module
from dashboard.geoparse.clitics import USAGE_FEATURES
from dashboard.geoparse.lexicon import LANGUAGES, WordClass
from dashboard.geoparse.phrases import DEAD
from dashboard.geoparse.toponyms import NAME_FEATURES
from dashboard.geoparse.vocabulary import BOUNDARY_WORD

FIELDS = ("clitic", "particle", "toponym", "node", "begins", "small")


def _readings(vocabulary, word):
    """Return the readings of a word, each as a simple object."""
    (ident,) = vocabulary.intern([word])
    first, count = (int(vocabulary.column(name)[ident]) for name in ("first_reading", "readings"))
    return [
        SimpleNamespace(**{name: vocabulary.reading(name)[row] for name in FIELDS})
        for row in range(first, first + count)
    ]


def _column(vocabulary, name, words):
    ids = vocabulary.intern(words)
    return vocabulary.column(name)[ids]


def _names(vocabulary, word):
    """Return the folded names that a word is by itself, in a text with capitals."""
    known = vocabulary.phrases._names
    return {
        known[reading.node]
        for reading in _readings(vocabulary, word)
        if reading.toponym >= 0 and not reading.small
    }


def test_a_word_is_learned_once(vocabulary):
    first = vocabulary.intern(["Paris", "طبرق", "Paris"])
    assert first[0] == first[2] != first[1]
    assert BOUNDARY_WORD not in first
    assert vocabulary.intern(["طبرق", "Paris"]) == [first[1], first[0]]
    assert vocabulary.folded[first[0]] == "paris"


@pytest.mark.parametrize(
    ("word", "names"),
    [
        ("طبرق", {"طبرق"}),
        ("وبطبرق", {"طبرق"}),
        ("لليونان", {"اليونان"}),
        ("طَـرابُلُس", {"طرابلس"}),
        ("Paris", {"paris"}),
        ("PARIS", {"paris"}),
        ("paris", set()),
        ("Libyan", set()),
        ("nothingknown", set()),
        ("ء", set()),
    ],
)
def test_readings_of_a_word(vocabulary, word, names):
    assert _names(vocabulary, word) == names


def test_small_letters_are_a_reading_of_their_own(vocabulary):
    (reading,) = (one for one in _readings(vocabulary, "paris") if one.toponym >= 0)
    assert reading.small


def test_company_is_looked_up_for_each_word_and_name(vocabulary):
    company = vocabulary.company
    (row,) = _column(vocabulary, "company", ["الوزير"])
    assert company.near[row, -1] == 1
    assert not company.near[company.rows(np.array([1], np.uint64))[0]].any()
    (reading,) = (one for one in _readings(vocabulary, "وبطبرق") if one.toponym >= 0)
    assert _column(vocabulary, "glued", ["وبطبرق", "طبرق"]).tolist() == [True, False]
    assert reading.particle == 3


def test_particles_are_counted_and_classed(vocabulary):
    assert [(r.clitic, r.particle) for r in _readings(vocabulary, "وبطبرق") if r.toponym >= 0] == [(2, 3)]
    assert [(r.clitic, r.particle) for r in _readings(vocabulary, "لليونان") if r.toponym >= 0] == [(1, 2)]


def test_longer_names_are_begun(vocabulary):
    assert any(reading.begins for reading in _readings(vocabulary, "Port"))
    phrases = vocabulary.phrases
    port_sudan, nowhere, new_york, again = phrases.intern(
        ["port sudan", "port of nowhere", "new york", "new york"]
    ).tolist()
    assert phrases.toponym[port_sudan] >= 0
    assert nowhere == DEAD
    assert (phrases.toponym[DEAD], phrases.begins[DEAD]) == (-1, False)
    assert new_york == again
    assert phrases.begins[new_york]


def test_steps_lead_from_name_to_name(vocabulary, monkeypatch):
    port = next(reading.node for reading in _readings(vocabulary, "Port") if reading.begins)
    words = vocabulary.intern(["Sudan", "nothingknown"])
    folds = vocabulary.column("fold")[words]
    starts = np.array([port, port])
    phrases = vocabulary.phrases
    expected = [*phrases.intern(["port sudan"]).tolist(), DEAD]
    for _ in range(2):  # the second time by heart
        assert phrases.step(starts, folds, ["sudan", "nothingknown"]).tolist() == expected
    monkeypatch.setattr(phrases_module, "_MAX_STEPS", 1)  # memory stays bounded, answers stay the same
    words = vocabulary.intern(["Sudan", "other"])
    folds = vocabulary.column("fold")[words]
    assert phrases.step(starts, folds, ["sudan", "other"]).tolist() == expected
    assert len(phrases._steps) <= 2


@pytest.mark.parametrize(
    ("word", "capital"), [("Paris", 1), ("PARIS", 2), ("paris", 0), ("P", 1), ("طبرق", 0), ("123", 0)]
)
def test_capitals(vocabulary, word, capital):
    assert _column(vocabulary, "capital", [word])[0] == capital


@pytest.mark.parametrize(
    ("word", "shape"),
    [("طبرق", 16), ("الليبية", 16 + 4 + 2 + 1), ("القاهرة", 16 + 2 + 1), ("Paris", 0), ("12", 8)],
)
def test_shapes(vocabulary, word, shape):
    assert _column(vocabulary, "shape", [word])[0] == shape


def test_adjectives_of_countries(vocabulary, small_gazetteer):
    ids = vocabulary.intern(["اللبنانية", "Libyan", "طبرق"])
    countries = [small_gazetteer.countries[code] for code in vocabulary.column("demonym")[ids]]
    assert countries == ["LB", "LY", ""]
    assert vocabulary.column("classes")[ids[0]] & WordClass.DEMONYM


def test_places_alone_are_strong_and_words_are_not(vocabulary):
    strong = _column(vocabulary, "strong", ["باريس", "nothingknown"])
    assert strong[0] > 4
    assert strong[1] == 0


def test_learning_many_words_keeps_the_first(vocabulary):
    before = vocabulary.intern(["Paris"])
    many = vocabulary.intern([f"word{number}" for number in range(9000)])
    assert len(set(many)) == 9000
    assert vocabulary.intern(["Paris"]) == before
    assert vocabulary.column("capital")[before[0]] == 1
    assert vocabulary.zipf.shape[1] == len(LANGUAGES)
    assert vocabulary.usage.shape[1] == len(USAGE_FEATURES)


def test_memory_stays_bounded(vocabulary, monkeypatch):
    monkeypatch.setattr(module, "_MAX_WORDS", 10)
    vocabulary.intern([f"word{number}" for number in range(9)])
    vocabulary.make_room()
    assert len(vocabulary.folded) == 10  # with the boundary word, and not yet too many
    vocabulary.intern(["one more"])
    vocabulary.make_room()
    ids = vocabulary.intern(["Paris", "word1", "Rome"])
    assert [vocabulary.folded[ident] for ident in ids] == ["paris", "word1", "rome"]
    assert len(vocabulary.folded) == 4  # the boundary word too
    assert _names(vocabulary, "Paris") == {"paris"}


def test_places_of_a_name_stand_by_prominence(vocabulary, small_gazetteer):
    toponym = next(r.toponym for r in _readings(vocabulary, "Paris") if r.toponym >= 0)
    places = [small_gazetteer.place(int(row)) for row in vocabulary.toponyms.places(toponym)]
    assert (places[0].name, places[0].country) == ("Paris", "FR")
    assert {"US", "CA"} <= {place.country for place in places}
    features = dict(zip(NAME_FEATURES, vocabulary.toponyms.features[toponym], strict=True))
    assert features["may_be_city"] == features["capital"] == features["main_name"] == 1
    assert features["may_be_country"] == features["only_generated"] == 0
    assert features["namesakes"] == pytest.approx(np.log10(len(places)))
    assert vocabulary.toponyms.weight(toponym) == pytest.approx(np.log10(places[0].population + 1), abs=1e-4)


def test_countries_weigh_as_much_as_world_cities(vocabulary):
    toponym = next(r.toponym for r in _readings(vocabulary, "ليبيا") if r.toponym >= 0)
    assert vocabulary.toponyms.weight(toponym) >= 7
    assert vocabulary.toponyms.is_country_form(toponym)
