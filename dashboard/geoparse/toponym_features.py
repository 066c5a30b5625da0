"""What speaks for and against a stretch of text being a toponym, as one matrix for a whole batch.

No feature names a word: what is learned must hold for names that no training text held. Groups: the name in
the gazetteer, the word in general language, the words around, the marks around, capital letters, the rest of
the article.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from dashboard.geoparse.clitics import USAGE_FEATURES
from dashboard.geoparse.columns import Columns
from dashboard.geoparse.documents import Separator
from dashboard.geoparse.lexicon import LANGUAGES, WordClass
from dashboard.geoparse.surroundings import NAMING, add_surroundings
from dashboard.geoparse.toponyms import NAME_FEATURES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from dashboard.geoparse.documents import Batch, Spans
    from dashboard.geoparse.vocabulary import Vocabulary

__all__ = ["SUPPORT_FEATURES", "local_features", "overlaps", "support_features"]

_ALL = tuple(WordClass)
_OF_NAME = tuple(one for one in WordClass if one not in (*NAMING, WordClass.BOUNDARY))
_FEW = (
    *NAMING,
    WordClass.LOCATIVE,
    WordClass.TITLE,
    WordClass.SPEECH,
    WordClass.MOTION,
    WordClass.MOTION_NOUN,
    WordClass.GIVEN_NAME,
    WordClass.ORGANISATION,
    WordClass.HEAD_GENERIC,
    WordClass.DIRECTION,
    WordClass.DEMONYM,
    WordClass.GOVERNMENT,
    WordClass.NUMBER,
)
_MARKS = {
    "comma": Separator.COMMA,
    "sentence": Separator.SENTENCE,
    "line": Separator.LINE,
    "dash": Separator.DASH,
    "colon": Separator.COLON,
    "open_quote": Separator.OPEN_QUOTE,
    "close_quote": Separator.CLOSE_QUOTE,
    "open_bracket": Separator.OPEN_BRACKET,
    "close_bracket": Separator.CLOSE_BRACKET,
    "apostrophe": Separator.APOSTROPHE,
    "hash": Separator.HASH,
    "cell": Separator.CELL,
}
_SHAPES = {"definite": 1, "feminine": 2, "adjective": 4}  # bits of the column `shape` of the vocabulary
_COMPANY = ("before", "before2", "after")
_RARE, _COMMON = 3.0, 5.0  # Zipf frequencies between which a word's rarity says most


def overlaps(vocabulary: Vocabulary, batch: Batch) -> NDArray[np.bool_]:
    """Mark the words inside the name of a paper, club, party or the like, as the lexicon lists them.

    A name of one word (الخليج, البيان) is mostly an ordinary word: it counts in quotation marks, in brackets as
    the source of a dispatch, or after such a word as "newspaper" only.
    """
    words, folded = batch.words, vocabulary.folded
    classes = vocabulary.column("classes")[words]
    marked: NDArray[np.bool_] = vocabulary.column("organisation")[words]
    marked[1:] &= (batch.before[1:] & (Separator.OPEN_QUOTE | Separator.OPEN_BRACKET) != 0) | (
        classes[:-1] & WordClass.ORGANISATION != 0
    )
    begins = vocabulary.begins_organisation(words[:-1], words[1:])
    for at in np.flatnonzero(begins).tolist():
        for rest in vocabulary.lexicon.rests_of_names(folded[words[at]]):
            following = words[at + 1 : at + 1 + len(rest)].tolist()
            if rest and tuple(folded[word] for word in following) == rest:
                marked[at : at + len(rest) + 1] = True
                break
    return marked


def local_features(
    vocabulary: Vocabulary, batch: Batch, spans: Spans, spare: int = 0
) -> tuple[tuple[str, ...], NDArray[np.float32]]:
    """Describe each stretch by itself and its neighbourhood.

    Parameters
    ----------
    spare
        Columns to be added at the end, for features yet to come.

    Returns
    -------
    names, matrix
        One row a stretch, one column a name; float32.
    """
    columns = Columns(len(spans))
    first, last = spans.first, spans.last
    columns.add_rows(NAME_FEATURES, vocabulary.toponyms.features, spans.toponym)
    _add_word(columns, vocabulary, batch, spans)
    words, near = batch.words, batch.neighbour
    around = {
        "before": (near(first, -1), _ALL),
        "before2": (near(first, -2), _FEW),
        "before3": (near(first, -3), _FEW),
        "after": (near(last, 1), _ALL),
        "after2": (near(last, 2), _FEW),
    }
    looks, strong = vocabulary.column("look"), vocabulary.column("strong")
    company, rows = vocabulary.company, vocabulary.column("company")
    zipf = vocabulary.column("frequency")
    for where, (neighbours, chosen) in around.items():
        columns.add_rows(_class_names(where, chosen), _class_table(vocabulary, chosen), looks[neighbours])
        columns.add(f"{where}_strong", strong[neighbours] / 7)
        if where in _COMPANY:
            names = [f"{where}_{name}" for name in company.near_names]
            columns.add_rows(names, company.near, rows[neighbours])
            columns.add(f"{where}_zipf", zipf[neighbours] / 5)
        names = [f"{where}_{shape}" for shape in ("capital", *_SHAPES)]
        columns.add_rows(names, _shape_table(vocabulary), looks[neighbours])
    for where, at in (("first", first), ("last", last)):
        table = _class_table(vocabulary, _OF_NAME)
        columns.add_rows(_class_names(where, _OF_NAME), table, looks[words[at]])
    columns.add_rows(company.own_names, company.own, vocabulary.usage_company[spans.usage])
    _add_heads(columns, vocabulary, spans, around["before"][0], around["before2"][0])
    for where, at in (("before", first), ("after", last + 1)):
        columns.add_rows([f"{name}_{where}" for name in _MARKS], _mark_table(), batch.before[at])
    named = overlaps(vocabulary, batch)
    inside = named[first] | named[last]
    columns.add("in_organisation_name", inside)
    told = batch.before[first] & (Separator.OPEN_QUOTE | Separator.COLON | Separator.OPEN_BRACKET) != 0
    said = int(WordClass.ORGANISATION | WordClass.SPEECH)
    told |= vocabulary.column("classes")[around["before"][0]] & said != 0
    columns.add("organisation_name_in_its_place", inside & told)
    _add_capitals(columns, vocabulary.column("capital"), batch, spans)
    add_surroundings(columns, vocabulary, batch, spans)
    _add_rivals(columns, spans)
    return tuple(columns.names), columns.matrix(spare)


def _class_names(where: str, chosen: Sequence[WordClass]) -> list[str]:
    return [f"{where}_{(word_class.name or '').lower()}" for word_class in chosen]


def _class_table(vocabulary: Vocabulary, chosen: Sequence[WordClass]) -> NDArray[np.float32]:
    """Return for each look of a word, a row each, whether it is of each of the classes."""
    bits = np.array([int(word_class) for word_class in chosen], np.int64)
    return np.asarray(vocabulary.looks[:, :1] & bits != 0, np.float32)


def _shape_table(vocabulary: Vocabulary) -> NDArray[np.float32]:
    """Return for each look of a word whether it has a capital letter, and its `_SHAPES`."""
    capital, shape = vocabulary.looks[:, 1:2] > 0, vocabulary.looks[:, 2:]
    return np.column_stack((capital, shape & np.array(list(_SHAPES.values())) != 0)).astype(np.float32)


@cache
def _mark_table() -> NDArray[np.float32]:
    """Return for each value of the bits between two words, a row each, which of `_MARKS` they are."""
    values = np.arange(Separator.ALL + 1)[:, None]
    return np.asarray(values & np.array(list(_MARKS.values())) != 0, np.float32)


def _add_word(columns: Columns, vocabulary: Vocabulary, batch: Batch, spans: Spans) -> None:
    """Add the name as a word of general language, and its length."""
    usage = vocabulary.usage[spans.usage]
    columns.add_matrix(USAGE_FEATURES, np.asarray(usage / 5, np.float32))
    single = spans.usage > 0
    of_article = np.array([LANGUAGES.index(x) if x in LANGUAGES else 1 for x in batch.languages], np.int64)
    language = of_article[batch.article[spans.first]]
    z_first = vocabulary.zipf[batch.words[spans.first], language]
    z_last = vocabulary.zipf[batch.words[spans.last], language]
    rarest = np.where(single, usage[:, 0], np.minimum(z_first, z_last))
    columns.add("zipf_rarest_part", rarest / 5)
    columns.add("rare_word", np.clip(_RARE - rarest, 0, _RARE) / _RARE)
    columns.add("common_word", np.clip(rarest - _COMMON, 0, 2))
    columns.add("zipf_as_written", np.where(single, z_first, 0) / 5)
    columns.add("particle_is_likelier", np.where(single, usage[:, 0] - z_first, 0) / 5)
    people = vocabulary.toponyms.features[spans.toponym, NAME_FEATURES.index("prominence")]
    columns.add("prominent_for_its_frequency", people - rarest / 5)
    columns.add("prominent_and_rare", people * np.clip(_COMMON - rarest, 0, _COMMON) / _COMMON)
    columns.add("in_full_name", spans.full >= 0)
    columns.add("particle_and", spans.particle & 1)
    columns.add("particle_in_to", spans.particle & 2)
    words = spans.last - spans.first + 1
    for count in (1, 2, 3):
        columns.add(f"words_{count}", words == count if count < 3 else words >= count)  # noqa: PLR2004
    curated = vocabulary.toponyms.features[spans.toponym, NAME_FEATURES.index("curated")] > 0
    begins = vocabulary.column("classes")[batch.words[spans.first]]
    curated &= (words > 1) & (begins & WordClass.HEAD_GENERIC == 0)
    columns.add("curated_phrase", curated)
    columns.add("curated_phrase_of_direction", curated & (begins & WordClass.DIRECTION != 0))
    letters = batch.end[spans.last] - batch.start[spans.first] - spans.clitic
    columns.add("letters", np.minimum(letters, 20) / 10)
    columns.add("three_letters", letters <= 3)  # noqa: PLR2004


def _add_heads(
    columns: Columns,
    vocabulary: Vocabulary,
    spans: Spans,
    before: NDArray[np.int32],
    before2: NDArray[np.int32],
) -> None:
    """Add whether a head noun just before announces a kind of place that the name can be."""
    kinds = vocabulary.toponyms.kind_bits[spans.toponym]
    announced = vocabulary.column("head_kinds")
    for where, neighbours in (("before", before), ("before2", before2)):
        heads = announced[neighbours].astype(np.int64)
        columns.add(f"head_{where}_agrees", heads & kinds != 0)
        columns.add(f"head_{where}_disagrees", (heads != 0) & (heads & kinds == 0))


def _add_capitals(columns: Columns, capital: NDArray[np.uint8], batch: Batch, spans: Spans) -> None:
    """Add how the name is written; in scripts without capitals all are zero."""
    first = capital[batch.words[spans.first]]
    last = capital[batch.words[spans.last]]
    columns.add("capital_first", first == 1)
    columns.add("capital_all", first == 2)  # noqa: PLR2004
    columns.add("small_first", first == 0)
    columns.add("small_last", last == 0)
    starts = batch.before[spans.first] & Separator.SENTENCE != 0
    columns.add("capital_at_sentence_start", starts & (first == 1))
    plain_before = batch.before[spans.first] == Separator.SPACE
    plain_after = batch.before[spans.last + 1] == Separator.SPACE
    columns.add("part_of_capitals_before", plain_before & (capital[batch.words[spans.first - 1]] == 1))
    columns.add("part_of_capitals_after", plain_after & (capital[batch.words[spans.last + 1]] == 1))


def _add_rivals(columns: Columns, spans: Spans) -> None:
    """Add whether another stretch holds this one, begins with it, or reads the same word otherwise."""
    order = np.lexsort((-spans.last, spans.first))
    first, last = spans.first[order], spans.last[order]
    place = np.arange(len(order))
    # The stretch that reaches farthest among those before, in the order of first words, longer ones leading.
    farthest = np.maximum.accumulate(np.concatenate(([-1], last)))
    reaches = last > farthest[:-1]
    holder = np.maximum.accumulate(np.where(reaches, place, 0))
    inside = ~reaches & ((last < last[holder]) | (first > first[holder]))
    same = np.zeros(len(order) + 1, bool)
    same[1:-1] = (first[1:] == first[:-1]) & (last[1:] == last[:-1])
    back = np.empty(len(order), np.intp)
    back[order] = place
    columns.add("inside_longer_name", inside[back])
    columns.add("begins_longer_name", (inside & (first == first[holder]))[back])
    columns.add("other_reading", (same[:-1] | same[1:])[back])


SUPPORT_FEATURES = (
    "same_name_elsewhere",
    "best_of_same_name",
    "country_support",
    "country_named",
    "country_adjective_near",
    "places_in_article",
    "place_density",
)


def support_features(  # noqa: PLR0913, PLR0917 - the parts of one batch
    vocabulary: Vocabulary,
    batch: Batch,
    spans: Spans,
    probability: NDArray[np.float32],
    countries: NDArray[np.uint16],
    is_country: NDArray[np.bool_],
) -> tuple[tuple[str, ...], NDArray[np.float32]]:
    """Describe what the rest of the article says, given a first judgement of every stretch.

    Parameters
    ----------
    probability
        First judgement of each stretch, 0 to 1.
    countries
        For each stretch the countries of its (up to five) most prominent places, shape (n, 5); 0 for none.
    is_country
        Whether the most prominent place of the stretch is a country.
    """
    count = len(spans)
    if not count:
        return SUPPORT_FEATURES, np.zeros((0, len(SUPPORT_FEATURES)), np.float32)
    article = batch.article[spans.first].astype(np.int64)
    # The same name in the same article.
    group = article * (int(spans.toponym.max()) + 1) + spans.toponym
    _, where = np.unique(group, return_inverse=True)
    size = np.bincount(where)
    total = np.bincount(where, probability)
    best = np.zeros(len(size))
    np.maximum.at(best, where, probability)
    others = size[where] - 1
    # Countries spoken for by other names: one row an article, one column a country.
    width = int(max(countries.max(), vocabulary.column("demonym").max())) + 1
    cells = len(batch.texts) * width
    pairs = article[:, None] * width + countries
    mass = np.bincount(pairs[:, 0], probability, cells)
    named = np.bincount(pairs[is_country, 0], probability[is_country], cells)
    demonym = vocabulary.column("demonym")[batch.words]
    spoken = np.flatnonzero(demonym)
    adjectives = np.bincount(
        batch.article[spoken] * width + demonym[spoken].astype(np.int64), minlength=cells
    )
    own = np.where(countries == countries[:, :1], total[where][:, None], 0)
    known = countries > 0
    support = np.where(known, mass[pairs] - own, 0).max(axis=1)
    direct = np.where(known & ~is_country[:, None], named[pairs], 0).max(axis=1)
    near = np.where(known, adjectives[pairs], 0).max(axis=1)
    everywhere = np.bincount(article, probability, minlength=len(batch.texts))
    words = np.bincount(batch.article[batch.article >= 0], minlength=len(batch.texts))
    columns = (
        np.log1p(others),
        np.where(
            others > 0, np.maximum(best[where], (total[where] - probability) / np.maximum(others, 1)), 0
        ),
        np.log1p(np.maximum(support, 0)),
        np.log1p(direct),
        np.log1p(near),
        np.log1p(np.maximum(everywhere[article] - probability, 0)),
        everywhere[article] / np.maximum(words[article], 1) * 10,
    )
    return SUPPORT_FEATURES, np.stack(columns, axis=1).astype(np.float32)
