"""Rules of the world that move the score of a place: what the network for places has had too few lessons on.

A country keeps its name from a division abroad that bears it too, unless the text gives that its full name or names one
of its towns (Georgia, Niger); a division without its head noun is its main town; an article all of whose places lie in
one country names another place there; a capital is meant before its namesakes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from dashboard.core.models import Kind
from dashboard.gazetteer.names import NameFlag
from dashboard.geoparse.documents import Separator
from dashboard.geoparse.place_context import CONTEXT_FEATURES, softmax_by

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from dashboard.gazetteer.index import Gazetteer
    from dashboard.geoparse.documents import Batch, Spans
    from dashboard.geoparse.place_context import Cases
    from dashboard.geoparse.place_features import Options

__all__ = ["lean", "lean_by_sentence"]

# Log-odds, set on the development part of our gold.
_COUNTRYS_NAME, _TOWN_OF_DIVISION, _MAIN_TOWN, _ONE_COUNTRY, _CAPITAL = 4.0, 3.0, 1.0, 1.0, 0.7
_LIKELY, _SURE = (
    0.3,
    0.5,
)  # share of a place, times the probability of its name, from which it speaks for others
_BESIDE, _SENTENCES_COUNTRY = 2.0, 1.0
# Other names of a sentence near a place, and its country's, each as it is sure and near; those of a rival.
_NEAR, _NAMED, _AT_ONCE = 0.8, 0.8, 0.4
_FEWEST = 2  # other names that make an article one of a single country


def lean(  # noqa: PLR0913, PLR0917 - the parts of one batch
    gazetteer: Gazetteer,
    batch: Batch,
    spans: Spans,
    options: Options,
    probability: NDArray[np.floating],
    score: NDArray[np.floating],
    features: tuple[tuple[str, ...], NDArray[np.float32]],
) -> NDArray[np.float64]:
    """Return what is added to the score of each option.

    Parameters
    ----------
    probability
        That each mention is a toponym.
    score
        Log-odds of each option, up to a constant for each mention.
    features
        Names and matrix of `option_features`.
    """
    names, matrix = features

    def feature(name: str) -> NDArray[np.bool_]:
        return matrix[:, names.index(name)] > 0

    article = batch.article[spans.first].astype(np.int64)[options.mention]
    share = softmax_by(options.mention, score, len(spans)) * probability[options.mention]
    in_brackets = batch.before[spans.last + 1] & (Separator.COMMA | Separator.OPEN_BRACKET) != 0
    said = feature("named_in_full") | feature("head_before_exactly")
    said |= feature("container_after") & in_brackets[options.mention]
    without_head = options.flags & NameFlag.BARE != 0
    bare = _countrys_names(gazetteer, spans, options)
    helped = _with_towns(gazetteer, options, article, share)
    capital = gazetteer.feature_code[options.place] == gazetteer.feature_codes.index("PPLC")
    rules = (
        (bare & ~said & ~helped, -_COUNTRYS_NAME),
        (bare & helped, _TOWN_OF_DIVISION),
        (without_head & feature("division_of_namesake_town") & ~said, -_MAIN_TOWN),
        (_in_the_one_country(gazetteer, spans, options, article, share), _ONE_COUNTRY),
        (capital & feature("most_prominent"), _CAPITAL),
    )
    found = np.zeros(len(score))
    for applies, worth in rules:
        found[applies] += worth
    return found


def lean_by_sentence(
    gazetteer: Gazetteer, cases: Cases, options: Options, share: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return what is added to the score of each option for what else its sentence names.

    Sousse is not meant where Shahhat and Bayda, some kilometres from another Susa, stand beside it, nor where the
    sentence says "in Libya".

    Parameters
    ----------
    cases
        The names of each sentence.
    share
        Of each option, as believed so far.
    """
    rows = cases.rows(options.mention)
    cases.believe(rows, share)
    told = np.expm1(cases.context()[rows].astype(np.float64))
    near, named = (told[:, CONTEXT_FEATURES.index(name)] for name in ("near_other_place", "country_named"))
    country = gazetteer.country[options.place].astype(np.int64)
    # A country that bears the name is meant by its own rules.
    of_country = (
        np.bincount(options.mention, _is(gazetteer, options, Kind.COUNTRY), len(cases.of_mention)) > 0
    )
    asked = (country > 0) & ~of_country[options.mention]
    found = np.zeros(len(share))
    for what, least, worth in ((near, _NEAR, _BESIDE), (named, _NAMED, _SENTENCES_COUNTRY)):
        most, elsewhere = _most_by_country(options.mention, country, what)
        found[asked & (most >= least) & (elsewhere <= _AT_ONCE)] += worth
    return found


def _most_by_country(
    mention: NDArray[np.int64], country: NDArray[np.int64], what: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return for each option the most that any of its mention has in its country, and in any other."""
    width = int(country.max(initial=0)) + 1
    cells, of = np.unique(mention * width + country, return_inverse=True)
    most = np.zeros(len(cells))
    np.maximum.at(most, of, what)
    group = cells // width
    order = np.lexsort((-most, group))
    first = order[np.searchsorted(group, np.unique(group))]  # the best country of each mention
    best = np.full(int(mention.max(initial=-1)) + 1, -1)
    best[group[first]] = first
    second = np.zeros(len(best))
    others = np.ones(len(cells), bool)
    others[first] = False
    np.maximum.at(second, group[others], most[others])
    leads = best[mention] == of
    return most[of], np.where(leads, second[mention], most[best[mention]])


def _is(gazetteer: Gazetteer, options: Options, kind: Kind) -> NDArray[np.bool_]:
    return np.asarray(gazetteer.kind[options.place] == gazetteer.kinds.index(kind), bool)


def _countrys_names(gazetteer: Gazetteer, spans: Spans, options: Options) -> NDArray[np.bool_]:
    """Tell which options are divisions that bear a country's name but for their head noun."""
    of_country = np.bincount(options.mention, _is(gazetteer, options, Kind.COUNTRY), len(spans)) > 0
    bare = options.flags & NameFlag.BARE != 0
    return np.asarray(bare & _is(gazetteer, options, Kind.ADMIN) & of_country[options.mention], bool)


def _with_towns(
    gazetteer: Gazetteer, options: Options, article: NDArray[np.int64], share: NDArray[np.float64]
) -> NDArray[np.bool_]:
    """Tell which options are divisions one of whose towns the article names."""
    size = len(gazetteer)
    division = gazetteer.admin1[options.place].astype(np.int64)
    towns = _is(gazetteer, options, Kind.CITY) & (division >= 0) & (share > _LIKELY)
    return np.isin(article * size + options.place, (article * size + division)[towns])


def _in_the_one_country(
    gazetteer: Gazetteer,
    spans: Spans,
    options: Options,
    article: NDArray[np.int64],
    share: NDArray[np.float64],
) -> NDArray[np.bool_]:
    """Tell which options lie in the country in which all the article's other sure places lie."""
    country = gazetteer.country[options.place].astype(np.int64)
    width = len(gazetteer.countries) + 1
    sure = (share > _SURE) & (country > 0)
    articles = int(article.max(initial=0)) + 1
    # A name counts once an article.
    size = int(spans.toponym.max(initial=0)) + 1
    cell = article[sure] * width + country[sure]
    once = np.unique(cell * size + spans.toponym[options.mention[sure]]) // size
    table = np.bincount(once, minlength=articles * width).reshape(articles, width)
    own = np.zeros((len(spans), width), bool)
    own[options.mention[sure], country[sure]] = True
    there = table[article, country] - own[options.mention, country]
    everywhere = table.sum(axis=1)[article] - own.sum(axis=1)[options.mention]
    alone = (there >= _FEWEST) & (there == everywhere) & (country > 0)
    return np.asarray(alone & ~_is(gazetteer, options, Kind.COUNTRY), bool)
