"""Rules of the language that no network is asked about: they move its judgement of a stretch up or down.

What a network learns of a frame, it learns of the frames that its lessons hold. These rules hold in any frame: a head
noun announces a name of its kind, a verb or noun of motion its goal, names joined by "and" are names both, a name of
several words that our own tables list is that name; a school or hospital that no table knows only bears the name of a
place, and a word in the company that makes it a word is none.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

from dashboard.geoparse.abbreviations import are_abbreviations, find_towns_before
from dashboard.geoparse.documents import Separator
from dashboard.geoparse.doubts import backing, doubts, in_its_country, is_ruled_out
from dashboard.geoparse.lexicon import WordClass
from dashboard.geoparse.surroundings import NAMING
from dashboard.geoparse.weights import log_odds

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from dashboard.geoparse.documents import Batch, Spans
    from dashboard.geoparse.judge import Described
    from dashboard.geoparse.vocabulary import Vocabulary

__all__ = ["amend"]

# Log-odds that a rule is worth; set on the checklist's development templates and the development part of our gold.
_ANNOUNCED, _IN_FULL, _COORDINATED, _PHRASE, _GOAL = 2.0, 1.0, 1.5, 1.5, 1.0
_IN_COUNTRY, _SEVERAL, _ACTS = 1.5, 1.0, 1.0
_VENUE, _NAMES_VENUE, _OF_PLACE = -1.0, -1.5, -3.0
_TOWN_OF_SHORT, _SHORT, _POSTAL = 0.9, 0.97, 2  # probabilities; letters of a postal code
_SURE = 0.8  # probability of a name that speaks for the one beside it
_WORTH_ASKING = 0.2  # probability below which a stretch is drawn in no case
_COMMON = 4.0  # Zipf frequency of a word that a head noun without the article may well describe (قرى جديدة)
_CITY = 5.0  # log10 of the inhabitants of a town that is a verb's goal rather than its subject
_TOWN = 4.5  # log10 of the inhabitants of a town of several words that is told of without more
_AND, _IN_TO = 1, 2  # of `Spans.particle`: و or ف and nothing else; ب, ل or ك and nothing else
_FIRST_CAPITAL, _ALL_CAPITALS, _LONGEST_INITIALS = 1, 2, 3  # values of the column `capital`; letters
_OWNED = re.compile(r"(ت?)(?:ها|هم|نا|ه|ي)$")  # a noun with its owner: زيارته, وصولهم
_NAMING = sum(int(word_class) for word_class in NAMING)
_NAMES_OTHERS = _NAMING | int(WordClass.ORGANISATION)


def amend(
    vocabulary: Vocabulary, batch: Batch, described: Described, probability: NDArray[np.float32]
) -> NDArray[np.float32]:
    """Return the probability that each stretch is a toponym, amended."""
    spans = described.spans
    classes = vocabulary.column("classes")
    before = classes[batch.neighbour(spans.first, -1)]
    quoted = _feature(described, "open_quote_before")
    called = (before & _NAMES_OTHERS != 0) | quoted
    in_full = _feature(described, "in_full_name")
    bare = described.arabic & (spans.particle == 0)
    goal = bare & (before & int(WordClass.MOTION) != 0)
    goal[_goals_of_nouns(vocabulary, batch, spans, probability)] = True
    goal &= vocabulary.toponyms.weights[spans.toponym] >= _CITY
    phrase = _feature(described, "curated_phrase") & ~_feature(described, "only_bare")
    phrase &= ~_feature(described, "may_be_city") & ~_feature(described, "curated_phrase_of_direction")
    backed = backing(vocabulary, batch, spans, probability)
    in_country = in_its_country(vocabulary, batch, described, probability)
    rules = (
        (_announced(vocabulary, batch, described, before) & ~called, _ANNOUNCED),
        (in_full & ~quoted, _IN_FULL),
        (_coordinated(vocabulary, batch, spans, probability), _COORDINATED),
        (phrase & ~called, _PHRASE),
        (goal & ~called, _GOAL),
        (
            bare & (before & int(WordClass.GOVERNMENT_VERB) != 0) & _feature(described, "capital") & ~called,
            _ACTS,
        ),
        (in_country, _IN_COUNTRY),
        (_several_words(vocabulary, batch, described, before) & ~called, _SEVERAL),
        (bare & (before & int(WordClass.VENUE) != 0) & ~in_full, _VENUE),
        (_names_venue(vocabulary, batch, described) & ~in_full, _NAMES_VENUE),
        (_owned_by_place(vocabulary, batch, spans, probability) & ~described.arabic, _OF_PLACE),
    )
    lift = doubts(vocabulary, batch, described, backed, in_country)
    for applies, worth in rules:
        lift[applies] += worth
    moved = lift != 0
    found = probability.copy()
    found[moved] = 1 / (1 + np.exp(-(log_odds(probability[moved]) + lift[moved])))
    found[_called_club(vocabulary, batch, spans)] = 0
    _abbreviate(vocabulary, batch, described, found)  # Aiken, S.C. is no club
    # A paper's or club's name of several words, as the lexicon lists it; Arabic ones may be regions (الشرق الأوسط).
    found[_feature(described, "in_organisation_name") & ~described.arabic] = 0
    # "Thursday" is a day, whatever towns are called after their market; Morocco is also the hour of sunset.
    small = (spans.first == spans.last) & (vocabulary.toponyms.weights[spans.toponym] < _CITY)
    small &= _definite(vocabulary, batch, spans) & (spans.clitic == 0)
    found[small & _feature(described, "first_time") & ~_feature(described, "head_before_agrees")] = 0
    found[_words(vocabulary, batch, spans, found)] = 0
    found[is_ruled_out(vocabulary, batch, described, probability, backed)] = 0
    return found


def _abbreviate(
    vocabulary: Vocabulary, batch: Batch, described: Described, probability: NDArray[np.float32]
) -> None:
    """Make sure of a town and the abbreviated division that it lies in (Athens, Ga.); other codes are none."""
    spans = described.spans
    short = np.flatnonzero(are_abbreviations(vocabulary, batch, spans))
    towns, divisions = find_towns_before(vocabulary, spans, short)
    letters = vocabulary.column("letters")[batch.words[spans.first[short]]]
    lone = short[~np.isin(short, divisions) & (letters <= _POSTAL)]
    probability[lone[vocabulary.toponyms.only_abbreviates[spans.toponym[lone]]]] = 0
    sure = short[~np.isin(short, lone)]
    for rows, least in ((towns, _TOWN_OF_SHORT), (sure, _TOWN_OF_SHORT), (divisions, _SHORT)):
        probability[rows] = np.maximum(probability[rows], least)


def _feature(described: Described, name: str) -> NDArray[np.bool_]:
    return described.matrix[:, described.names.index(name)] > 0


def _definite(vocabulary: Vocabulary, batch: Batch, spans: Spans) -> NDArray[np.bool_]:
    """Tell which stretches begin with the Arabic article."""
    return np.asarray(vocabulary.column("shape")[batch.words[spans.first]] & 1 != 0, bool)


def _announced(
    vocabulary: Vocabulary, batch: Batch, described: Described, before: NDArray[np.integer]
) -> NDArray[np.bool_]:
    """Tell which Arabic names follow the head noun of a place of their kind (مدينة الباب)."""
    first = batch.words[described.spans.first]
    definite = _definite(vocabulary, batch, described.spans)
    fitting = definite | (vocabulary.column("frequency")[first] < _COMMON)
    heads = (before & int(WordClass.HEAD_GENERIC) != 0) & _feature(described, "head_before_agrees")
    return np.asarray(heads & fitting & described.arabic, bool)


def _several_words(
    vocabulary: Vocabulary, batch: Batch, described: Described, before: NDArray[np.integer]
) -> NDArray[np.bool_]:
    """Tell which Arabic names of towns have several words and stand where places do: chance seldom makes such."""
    spans = described.spans
    located = (before & int(WordClass.LOCATIVE | WordClass.DIRECTION) != 0) | (spans.particle >= _IN_TO)
    several = (spans.last > spans.first) & _feature(described, "may_be_city")
    several &= vocabulary.toponyms.weights[spans.toponym] >= _TOWN
    first = vocabulary.column("classes")[batch.words[spans.first]]
    several &= first & int(WordClass.GIVEN_NAME | WordClass.HEAD_GENERIC) == 0
    return np.asarray(several & located & described.arabic, bool)


def _names_venue(vocabulary: Vocabulary, batch: Batch, described: Described) -> NDArray[np.bool_]:
    """Tell which Latin names begin that of a venue or an event (Derna General Hospital, Tunis Film Festival)."""
    spans, classes = described.spans, vocabulary.column("classes")
    capital = vocabulary.column("capital")
    plain = batch.before & ~int(Separator.SPACE) == 0
    found = np.zeros(len(spans), bool)
    chain = ~described.arabic & (capital[batch.words[spans.first]] == _FIRST_CAPITAL)
    chain &= capital[batch.neighbour(spans.first, -1)] == 0  # in a headline every word has a capital
    for away in (1, 2):
        word = batch.neighbour(spans.last, away)
        chain = chain & plain[spans.last + away] & (capital[word] == _FIRST_CAPITAL)
        found |= chain & (classes[word] & int(WordClass.VENUE | WordClass.EVENT) != 0)
    return found


def _goals_of_nouns(
    vocabulary: Vocabulary, batch: Batch, spans: Spans, probability: NDArray[np.float32]
) -> NDArray[np.intp]:
    """Return the Arabic names with ل or ب behind a noun of motion, its owner included (زيارته لليونان)."""
    rows = np.flatnonzero((spans.particle == _IN_TO) & (probability >= _WORTH_ASKING) & (probability < _SURE))
    kinds, folded = vocabulary.lexicon.word_class, vocabulary.folded
    nouns = [folded[word] for word in batch.neighbour(spans.first[rows], -1).tolist()]
    stems = [_OWNED.sub(lambda owner: "ه" if owner[1] else "", noun) for noun in nouns]
    moves = [(kinds(a)[0] | kinds(b)[0]) & WordClass.MOTION_NOUN for a, b in zip(nouns, stems, strict=True)]
    found: NDArray[np.intp] = rows[np.array(moves, bool)]
    return found


def _owned_by_place(
    vocabulary: Vocabulary, batch: Batch, spans: Spans, probability: NDArray[np.float32]
) -> NDArray[np.bool_]:
    """Tell which names stand before "of" and a sure place: Al-Ittihad of Tripoli is a club, no town says so."""
    begins = np.zeros(len(batch.words), bool)
    begins[spans.first[probability >= _SURE]] = True
    rows = np.flatnonzero(begins[spans.last + 2] & (probability >= _WORTH_ASKING))
    between = batch.neighbour(spans.last[rows], 1).tolist()
    found = np.zeros(len(spans), bool)
    found[rows] = [vocabulary.folded[word] == "of" for word in between]
    return found


def _called_club(vocabulary: Vocabulary, batch: Batch, spans: Spans) -> NDArray[np.bool_]:
    """Tell which names have the initials of a club beside them (Derna FC, AC Milan)."""
    classes, letters = vocabulary.column("classes"), vocabulary.column("letters")
    initials = (vocabulary.column("capital") == _ALL_CAPITALS) & (letters <= _LONGEST_INITIALS)
    club = initials & (classes & int(WordClass.CLUB) != 0)
    beside = club[batch.neighbour(spans.first, -1)] | club[batch.neighbour(spans.last, 1)]
    return np.asarray(
        beside & (vocabulary.column("capital")[batch.words[spans.first]] != _ALL_CAPITALS), bool
    )


def _coordinated(
    vocabulary: Vocabulary, batch: Batch, spans: Spans, probability: NDArray[np.float32]
) -> NDArray[np.bool_]:
    """Tell which names are joined by و to a sure one of a like kind (البنين وتوغو)."""
    kinds = vocabulary.toponyms.kind_bits[spans.toponym]
    joined, sure = spans.particle == _AND, probability >= _SURE
    begins, ends = np.zeros(len(batch.words), np.int64), np.zeros(len(batch.words), np.int64)
    begins[spans.first[joined & sure]] = kinds[joined & sure]
    ends[spans.last[sure]] = kinds[sure]
    plain = batch.before & ~int(Separator.SPACE) == 0
    following, previous = spans.last + 1, spans.first - 1
    after = plain[following] & (begins[following] & kinds != 0)
    back = joined & plain[spans.first] & (ends[previous] & kinds != 0)
    return np.asarray(after | back, bool)


def _words(
    vocabulary: Vocabulary, batch: Batch, spans: Spans, probability: NDArray[np.float32]
) -> NDArray[np.intp]:
    """Return the stretches that are but words in the company that they keep."""
    homograph = vocabulary.homograph[spans.usage]
    rows = np.flatnonzero((homograph >= 0) & (probability >= _WORTH_ASKING))
    if not len(rows):
        return rows
    names, folded = tuple(vocabulary.lexicon.homographs), vocabulary.folded
    sides = (batch.neighbour(spans.first[rows], away).tolist() for away in (-1, 1))
    numbers = homograph[rows].tolist()
    beside = [
        vocabulary.lexicon.is_word_beside(names[name], folded[before], folded[after])
        for name, before, after in zip(numbers, *sides, strict=True)
    ]
    alone = [
        batch.languages[article] in vocabulary.lexicon.words_alone.get(names[name], ())
        for name, article in zip(numbers, batch.article[spans.first[rows]].tolist(), strict=True)
    ]
    headed = (
        vocabulary.column("classes")[batch.neighbour(spans.first[rows], -1)] & int(WordClass.HEAD_GENERIC)
        != 0
    )
    found: NDArray[np.intp] = rows[np.array(beside, bool) | (np.array(alone, bool) & ~headed)]
    return found
