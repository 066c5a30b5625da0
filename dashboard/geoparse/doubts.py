"""What speaks against a name that a network took for a place: the rest of the article, and grammar.

A small town is named where something else of its country is; a name in an article on other countries is mostly a
namesake, a person or a word. None of these rules knows a word: they ask how small the place is, who else speaks of
its country, and what stands beside it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from dashboard.core.models import Kind
from dashboard.geoparse.documents import Separator
from dashboard.geoparse.lexicon import WordClass

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from dashboard.geoparse.documents import Batch, Spans
    from dashboard.geoparse.judge import Described
    from dashboard.geoparse.vocabulary import Vocabulary

__all__ = ["Backing", "backing", "doubts", "in_its_country", "is_ruled_out"]

_KINDS = tuple(Kind)  # as the bits of `ToponymTable.kind_bits`
_SURE = 0.6  # probability of a name that speaks for its country
# Log10 of the inhabitants below which a place needs backing; a division counts as 5.2.
_SMALL, _MIDDLING, _TINY = 5.3, 5.9, 5.0
# Zipf frequencies, as the features have them: of a word that an alternate name is hardly, of a frequent one, of the
# very commonest.
_WORDLIKE, _FREQUENT, _COMMONEST = 4.3 / 5, 4.6 / 5, 5.0 / 5
_ELSEWHERE = 2  # names of other countries from which an article is about these
_ARTICLE = 80  # words from which a text is long enough to name what else is in the country
# How often raw news must hold a word for its habit to be known, and which share of it stands where places do.
_MET, _HABIT, _NO_HABIT = 0.2, 0.3, 0.08
_STRANGER_ZIPF, _STRANGER_LETTERS = 2.2, 3
_MET_WITHOUT_ARTICLE = 2.4 / 5  # Zipf frequency of an adjective without its article
_ARABIC, _DEFINITE, _FEMININE, _ADJECTIVE = 16, 1, 2, 4  # bits of the column "shape"
_SPORT_WORDS, _SPORT_SHARE = (
    5,
    0.03,
)  # words of sport that make an article one of sport: how many, which share
# What no particle follows: two prepositions don't meet, nor a preposition and "and".
_PREPOSITIONS = frozenset(("في", "من", "الي", "علي", "عن", "منذ", "لدي", "عند", "مع"))
_TOWN = 4.5  # log10 of the inhabitants of a town that an adjective of its country may name
_IN, _AT = "في", "ب"
_INDEFINITE = "\u064b"  # the vowel mark of an indefinite accusative
_IN_TO = 2  # of `Spans.particle`: ب, ل or ك
_WORTH_ASKING = 0.1  # probability below which a stretch is drawn in no case
_NO_NOUN = WordClass.LOCATIVE | WordClass.TITLE | WordClass.HEAD_GENERIC | WordClass.TIME
_GIVEN = int(WordClass.GIVEN_NAME)
_PLACING = WordClass.HEAD_GENERIC | WordClass.HEAD_NAME | WordClass.DIRECTION
_OTHER_NOUNS = (
    WordClass.HEAD_GENERIC | WordClass.HEAD_NAME | WordClass.VENUE | WordClass.STREET | WordClass.EVENT
)
# Log-odds, set on pins of raw news that were read, and on the development part of our gold.
_UNBACKED, _UNBACKED_MIDDLING, _UNBACKED_WORD, _UNBACKED_SOUND = -2.0, -1.0, -1.5, -2.0
_UNUSUAL, _COMMON_WORD, _BY_ALIAS, _AGREES = -1.5, -3.0, -1.5, -2.0
_STRANGER, _CLUB, _IN_SPORT, _IN_RESULTS = -1.5, -2.5, -1.5, -3.0
_AWAY = (3, 4, 5)  # words behind a team after which the bracket of the other one opens


class Backing:
    """Who else in the article speaks of the countries of each name.

    Attributes
    ----------
    own
        Other names and adjectives of one of its countries, the most of any.
    others
        Names of none of its countries.
    words
        Of the article.
    """

    def __init__(
        self, own: NDArray[np.float64], others: NDArray[np.float64], words: NDArray[np.integer]
    ) -> None:
        self.own, self.others, self.words = own, others, words

    @property
    def lacking(self) -> NDArray[np.bool_]:
        """Which names stand in an article on other countries, with none of their own."""
        elsewhere = (self.others >= _ELSEWHERE) & (self.words >= _ARTICLE)
        return np.asarray((self.own == 0) & elsewhere, bool)


def backing(vocabulary: Vocabulary, batch: Batch, spans: Spans, probability: NDArray[np.float32]) -> Backing:
    """Count for each name the other names of its article that speak for one of its countries, and for others."""
    article = batch.article[spans.first].astype(np.int64)
    countries = vocabulary.toponyms.countries[spans.toponym].astype(np.int64)
    demonym = vocabulary.column("demonym")[batch.words].astype(np.int64)
    width = int(max(countries.max(initial=0), demonym.max(initial=0))) + 1
    size = int(spans.toponym.max(initial=0)) + 1
    sure = (probability >= _SURE) & (countries[:, 0] > 0)
    # A name counts once an article, for the country of its most prominent place.
    key = (article * width + countries[:, 0]) * size + spans.toponym
    table = np.bincount(np.unique(key[sure]) // size, minlength=len(batch.texts) * width)
    table = table.reshape(-1, width).astype(np.float64)
    itself = np.isin(key, key[sure]).astype(np.float64)
    spoken = np.flatnonzero(demonym)
    said = np.bincount(batch.article[spoken] * width + demonym[spoken], minlength=table.size) > 0
    known = countries > 0
    mine = countries == countries[:, :1]
    named = np.where(known, table[article[:, None], countries] - np.where(mine, itself[:, None], 0), 0)
    told = np.where(known, said.reshape(-1, width)[article[:, None], countries], 0)
    # Of equal countries among those of a name only the first counts.
    first = np.ones(countries.shape, bool)
    for place in range(1, countries.shape[1]):
        first[:, place] = (countries[:, :place] != countries[:, place : place + 1]).all(axis=1)
    everywhere = table.sum(axis=1)[article] - itself
    words = np.bincount(batch.article[batch.article >= 0], minlength=len(batch.texts))
    others = everywhere - np.where(first, named, 0).sum(axis=1)
    return Backing((named + told).max(axis=1), others, words[article])


def doubts(
    vocabulary: Vocabulary, batch: Batch, described: Described, backed: Backing, in_country: NDArray[np.bool_]
) -> NDArray[np.float64]:
    """Return what is taken off the log-odds of each stretch, zero or less.

    Parameters
    ----------
    in_country
        Which are followed by their country, as `in_its_country` tells.
    """
    spans, table = described.spans, vocabulary.toponyms
    lacking = backed.lacking
    weight = table.weights[spans.toponym]
    one = spans.last == spans.first
    wide = _may_be(vocabulary, described, "country", "region", "water")
    built = _may_be(vocabulary, described, "facility") & ~one
    met, located = _feature(described, "own_met"), _feature(described, "own_behind_locative")
    frequency = _feature(described, "zipf_name")
    # Villages whose name has the article have namesakes in every country; other names that news puts where places
    # stand are the well-known one's, and so are those of divisions alone.
    lone = vocabulary.column("shape")[batch.words[spans.first]] & _DEFINITE == 0
    lone |= _may_be(vocabulary, described, "admin") & ~_may_be(vocabulary, described, "city")
    usual = (met >= _MET) & (located >= _HABIT) & lone
    alone = lacking & ~wide & ~built & ~usual & ~(_feature(described, "capital") > 0)
    unusual = one & (met >= _MET) & (located < _NO_HABIT) & ~wide
    unusual &= lacking & (weight < _MIDDLING)
    word = one & (frequency >= _COMMONEST) & (weight < _TINY) & ~wide
    word &= ~((_feature(described, "head_before_agrees") > 0) | (_feature(described, "in_full_name") > 0))
    by_alias = _feature(described, "only_alternate") > 0
    rules = (
        (alone & (weight < _SMALL), _UNBACKED),
        (alone & (weight >= _SMALL) & (weight < _MIDDLING), _UNBACKED_MIDDLING),
        (alone & (weight < _MIDDLING) & (frequency >= _FREQUENT), _UNBACKED_WORD),
        (lacking & (_feature(described, "only_variant") > 0) & ~wide, _UNBACKED_SOUND),
        (unusual, _UNUSUAL),
        (word, _COMMON_WORD),
        (one & by_alias & (frequency >= _WORDLIKE) & (located < _HABIT), _BY_ALIAS),
        (_agrees(vocabulary, batch, described) & (weight < _SMALL) & ~wide, _AGREES),
        (_beside_stranger(vocabulary, batch, described) & (weight < _SMALL) & ~wide, _STRANGER),
        (_club_by_adjective(vocabulary, batch, described), _CLUB),
        (_team_in_sport(vocabulary, batch, described, in_country), _IN_SPORT),
        (_in_results(batch, spans) & _may_be(vocabulary, described, "city"), _IN_RESULTS),
    )
    found = np.zeros(len(spans))
    for applies, worth in rules:
        found[applies & described.arabic] += worth
    return found


def is_ruled_out(
    vocabulary: Vocabulary,
    batch: Batch,
    described: Described,
    probability: NDArray[np.float32],
    backed: Backing,
) -> NDArray[np.bool_]:
    """Tell which Arabic stretches are no names at all.

    A particle behind a preposition is none, nor before a function word (فإلى), nor the first letter of a person's
    name (كلاوس); no place takes the indefinite accusative (ميتاً); a mere direction is a place only where its country
    is spoken of.
    """
    spans = described.spans
    found = np.asarray(_mere_direction(vocabulary, batch, described) & (backed.own == 0), bool)
    rows = np.flatnonzero(described.arabic & (probability >= _WORTH_ASKING))
    led = rows[spans.clitic[rows] > 0]
    found[led[_misled(vocabulary, batch, spans.take(led))]] = True
    # The mark is rare: most texts have none.
    marked = np.array([_INDEFINITE in text for text in batch.texts], bool)
    for row in rows[marked[batch.article[spans.first[rows]]]].tolist():
        last = int(spans.last[row])
        ends = int(batch.end[last])
        found[row] |= _INDEFINITE in batch.texts[batch.article[last]][max(ends - 2, 0) : ends]
    return found


def _misled(vocabulary: Vocabulary, batch: Batch, spans: Spans) -> NDArray[np.bool_]:
    """Tell of names with a particle whether their first letters are none."""
    folded, classes = vocabulary.folded, vocabulary.lexicon.classes
    words, before = batch.words[spans.first].tolist(), batch.neighbour(spans.first, -1).tolist()
    one = (spans.first == spans.last).tolist()
    known = vocabulary.column("classes")[words].tolist()
    parts = zip(words, known, before, spans.clitic.tolist(), one, strict=True)
    return np.array(
        [
            folded[previous] in _PREPOSITIONS
            or (folded[word][clitic:] if single else "") in classes
            or (of_word & _GIVEN != 0 and _is_given_name(vocabulary, folded[word]))
            for word, of_word, previous, clitic, single in parts
        ],
        bool,
    )


def _is_given_name(vocabulary: Vocabulary, word: str) -> bool:
    """Tell whether a whole word is a person's name: Klaus is not "like Laos"."""
    word_class, stem = vocabulary.lexicon.word_class(word)
    return bool(word_class & WordClass.GIVEN_NAME) and stem == word


def _mere_direction(vocabulary: Vocabulary, batch: Batch, described: Described) -> NDArray[np.bool_]:
    """Tell which Arabic names are but a side of something (الساحل الغربي)."""
    spans = described.spans
    classes, shape = vocabulary.column("classes"), vocabulary.column("shape")
    first, last = batch.words[spans.first], batch.words[spans.last]
    side = classes[last] & int(WordClass.DIRECTION) != 0
    plain = classes[first] & int(WordClass.DIRECTION | WordClass.HEAD_GENERIC) != 0
    plain |= vocabulary.column("frequency")[first] >= _FREQUENT * 5
    plain &= shape[first] & _DEFINITE != 0
    other = _may_be(vocabulary, described, "country", "region", "facility", "water")
    return np.asarray(side & plain & ~other & described.arabic & (spans.last - spans.first <= 1), bool)


def _beside_stranger(vocabulary: Vocabulary, batch: Batch, described: Described) -> NDArray[np.bool_]:
    """Tell which Arabic names of one word touch a word that nobody knows: a person's, or half of a longer name."""
    spans = described.spans
    plain = batch.before & ~int(Separator.SPACE) == 0
    found = described.arabic & (spans.first == spans.last)
    behind = plain[spans.first] & (spans.clitic == 0)
    behind[found] &= _strange(vocabulary, batch.neighbour(spans.first[found], -1))
    ahead = plain[spans.last + 1]
    ahead[found] &= _strange(vocabulary, batch.neighbour(spans.last[found], 1))
    return np.asarray((behind | ahead) & found, bool)


def _strange(vocabulary: Vocabulary, words: NDArray[np.integer]) -> NDArray[np.bool_]:
    """Tell which are rare Arabic words that no list and no place knows."""
    shape = vocabulary.column("shape")[words]
    strange = (shape & _ARABIC != 0) & (shape & _DEFINITE == 0)
    strange &= vocabulary.column("frequency")[words] < _STRANGER_ZIPF
    for column in ("classes", "readings", "demonym"):
        strange &= vocabulary.column(column)[words] == 0
    return np.asarray(strange & (vocabulary.column("letters")[words] >= _STRANGER_LETTERS), bool)


def _agrees(vocabulary: Vocabulary, batch: Batch, described: Described) -> NDArray[np.bool_]:
    """Tell which names with the article follow a noun with the article and may be its adjective (الطريق المجاز).

    An owner follows no noun with the article. What follows one is its adjective, or the object of a verb before it
    (دخل الجيش القبة); as a word it is met without the article too.
    """
    spans = described.spans
    classes, shape = vocabulary.column("classes"), vocabulary.column("shape")
    before, verb = batch.neighbour(spans.first, -1), batch.neighbour(spans.first, -2)
    plain = batch.before[spans.first] & ~int(Separator.SPACE) == 0
    noun = plain & (shape[before] & _DEFINITE != 0) & (classes[before] & int(_NO_NOUN) == 0)
    noun &= classes[verb] & int(WordClass.MOTION | WordClass.GOVERNMENT_VERB | WordClass.SPEECH) == 0
    name = batch.words[spans.first]
    feminine = shape[name] & _FEMININE != 0
    agrees = feminine | (shape[before] & _FEMININE == 0)
    word = _feature(described, "zipf_other_definiteness") >= _MET_WITHOUT_ARTICLE
    alone = (spans.first == spans.last) & (spans.clitic == 0) & (shape[name] & _DEFINITE != 0)
    return np.asarray(noun & agrees & word & alone & described.arabic, bool)


def _club_by_adjective(vocabulary: Vocabulary, batch: Batch, described: Described) -> NDArray[np.bool_]:
    """Tell which towns have a masculine adjective of a country: a town is feminine, its club is not (روما الإيطالي)."""
    spans = described.spans
    demonym, shape = vocabulary.column("demonym"), vocabulary.column("shape")
    classes = vocabulary.column("classes")
    after, before = batch.neighbour(spans.last, 1), batch.neighbour(spans.first, -1)
    plain = batch.before[spans.last + 1] & ~int(Separator.SPACE) == 0
    said = plain & (demonym[after] > 0) & (shape[after] & _ADJECTIVE != 0) & (shape[after] & _FEMININE == 0)
    alone = (classes[before] & int(WordClass.LOCATIVE) != 0) | (spans.particle != 0)
    alone &= classes[before] & int(_OTHER_NOUNS) == 0
    town = _may_be(vocabulary, described, "city") & ~_may_be(
        vocabulary, described, "country", "region", "water"
    )
    return np.asarray(said & alone & town & described.arabic, bool)


def _team_in_sport(
    vocabulary: Vocabulary, batch: Batch, described: Described, in_country: NDArray[np.bool_]
) -> NDArray[np.bool_]:
    """Tell which towns of articles on sport stand where their club does: not behind "in", nor a head noun."""
    spans = described.spans
    classes, article = vocabulary.column("classes")[batch.words], batch.article[spans.first]
    inside = batch.article >= 0
    clubs = np.bincount(batch.article[inside], classes[inside] & int(WordClass.CLUB) != 0, len(batch.texts))
    words = np.bincount(batch.article[inside], minlength=len(batch.texts))
    sport = (clubs >= _SPORT_WORDS) & (clubs >= _SPORT_SHARE * words)
    town = _may_be(vocabulary, described, "city") & ~_may_be(
        vocabulary, described, "country", "region", "water"
    )
    rows = np.flatnonzero(sport[article] & town & described.arabic)
    before = batch.neighbour(spans.first, -1)[rows]
    placed = vocabulary.column("classes")[before] & int(_PLACING) != 0
    folded = vocabulary.folded
    placed |= np.array([folded[word] == _IN for word in before.tolist()], bool)
    words_of = zip(batch.words[spans.first[rows]].tolist(), spans.clitic[rows].tolist(), strict=True)
    placed |= np.array([folded[word][:clitic].endswith(_AT) for word, clitic in words_of], bool)
    placed |= in_country[rows]
    found = np.zeros(len(spans), bool)
    found[rows[~placed]] = True
    return found


def _in_results(batch: Batch, spans: Spans) -> NDArray[np.bool_]:
    """Tell which names of one word stand in a list of matches, each with a country in brackets: A (B) - C (D) 1 - 0."""
    marks, last = batch.before, spans.last
    found = np.zeros(len(spans), bool)
    rows = np.flatnonzero((spans.first == last) & (marks[last + 1] & Separator.OPEN_BRACKET != 0))
    first = spans.first[rows]
    # A dash behind the country, and another bracket within a few words; or a dash before the name.
    home = marks[np.minimum(first + 2, len(marks) - 1)] & Separator.DASH != 0
    beyond = np.minimum(first[:, None] + np.array(_AWAY), len(marks) - 1)
    home &= (marks[beyond] & Separator.OPEN_BRACKET != 0).any(axis=1)
    found[rows] = home | (marks[first] & Separator.DASH != 0)
    return found


def in_its_country(
    vocabulary: Vocabulary, batch: Batch, described: Described, probability: NDArray[np.float32]
) -> NDArray[np.bool_]:
    """Tell which Arabic names are followed by the country they lie in (ليون بفرنسا), or by a town's adjective of it.

    The adjective of a town is feminine (لاس فيغاس الأمريكية); behind another noun it may be that noun's.
    """
    spans = described.spans
    leading = np.zeros(len(batch.words) + 2, np.int64)
    country = vocabulary.toponyms.countries[spans.toponym].astype(np.int64)
    wide = (described.is_country | _may_be(vocabulary, described, "admin")) & (probability >= _SURE)
    leading[spans.first[wide]] = country[wide, 0]
    at = np.zeros(len(batch.words) + 2, bool)
    at[spans.first[wide & (spans.particle == _IN_TO)]] = True
    folded, following = vocabulary.folded, spans.last + 1
    same = batch.sentence[following] == batch.sentence[spans.last]
    rows = np.flatnonzero(same & described.arabic & (probability >= _WORTH_ASKING))
    words = batch.words[following[rows]].tolist()
    inside = np.array([folded[word] == _IN for word in words], bool)
    comma = batch.before[following[rows]] & (Separator.COMMA | Separator.OPEN_BRACKET) != 0
    comma &= ~_in_results(batch, spans)[rows]
    said = np.where(at[following[rows]] | comma, leading[following[rows]], 0)
    said = np.where(inside, leading[following[rows] + 1], said)
    demonym, shape = vocabulary.column("demonym"), vocabulary.column("shape")
    classes = vocabulary.column("classes")[batch.neighbour(spans.first[rows], -1)]
    feminine = shape[words] & (_FEMININE | _ADJECTIVE) == _FEMININE | _ADJECTIVE
    located = (classes & int(WordClass.LOCATIVE) != 0) | (spans.particle[rows] >= _IN_TO)
    feminine &= located & (classes & int(_OTHER_NOUNS) == 0) & _may_be(vocabulary, described, "city")[rows]
    feminine &= vocabulary.toponyms.weights[spans.toponym[rows]] >= _TOWN  # الفصائل الفلسطينية are no town
    said = np.where((said == 0) & feminine, demonym[words], said)
    found = np.zeros(len(spans), bool)
    found[rows] = (said > 0) & (country[rows] == said[:, None]).any(axis=1) & ~described.is_country[rows]
    # A head noun is no part of the name (مدينة العين): its heart is lifted, not the whole.
    headed = vocabulary.column("classes")[batch.words[spans.first]] & int(WordClass.HEAD_GENERIC) != 0
    return np.asarray(found & ~(headed & (spans.last > spans.first)), bool)


def _feature(described: Described, name: str) -> NDArray[np.floating]:
    return described.matrix[:, described.names.index(name)]


def _may_be(vocabulary: Vocabulary, described: Described, *kinds: str) -> NDArray[np.bool_]:
    """Tell which stretches may be a place of any of some kinds."""
    bits = sum(1 << _KINDS.index(Kind(kind)) for kind in kinds)
    return np.asarray(vocabulary.toponyms.kind_bits[described.spans.toponym] & bits != 0, bool)
