"""What an article as a whole says of the places that its names may stand for.

A *case* is one name in one article; it has one option for each place that bears the name. The other names of
the article speak for the options in their country, in their division, and near them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from dashboard.core.geo import distance_km
from dashboard.core.models import Kind
from dashboard.geoparse.arrays import rows_of_runs

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from dashboard.gazetteer.index import Gazetteer
    from dashboard.geoparse.documents import Spans
    from dashboard.geoparse.vocabulary import Vocabulary

__all__ = ["CONTEXT_FEATURES", "Cases", "softmax_by"]

_NEAR_KM, _FAR_KM = 100.0, 500.0  # scales at which another place of the article is a neighbour
_MOST_TELLING = 400  # names of an article beside which each of its options is put
_FAR_IN_NEAR = int(_FAR_KM / _NEAR_KM)
_PRIOR = 1.6  # how much more likely a place ten times as prominent is: e ** _PRIOR
_WIDE_KINDS = (Kind.COUNTRY, Kind.REGION, Kind.WATER)  # too wide for their middle to be a neighbour
CONTEXT_FEATURES = (
    "same_country",
    "same_country_share",
    "country_named",
    "same_country_places",
    "same_division",
    "near_other_place",
    "in_reach_of_other_place",
)


def softmax_by(group: NDArray[np.int64], score: NDArray[np.floating], size: int) -> NDArray[np.float64]:
    """Turn scores into shares that add up to 1 within each group; the rows of a group stand together."""
    top = np.zeros(size)
    if len(group):
        starts = np.flatnonzero(np.concatenate(([True], group[1:] != group[:-1])))
        top[group[starts]] = np.maximum.reduceat(score, starts)
    raised = np.exp(score - top[group])
    total = np.bincount(group, raised, minlength=size)
    return np.asarray(raised / total[group], np.float64)


class Cases:
    """The names of a batch, each once an article, with their options and weights.

    Parameters
    ----------
    article
        Running number of the article of each of `spans`; that of its sentence makes each sentence an article.
    weight
        Probability that each of `spans` is a toponym.
    """

    def __init__(
        self,
        vocabulary: Vocabulary,
        gazetteer: Gazetteer,
        spans: Spans,
        article: NDArray[np.integer],
        weight: NDArray[np.floating],
    ) -> None:
        of_span: NDArray[np.int64] = np.asarray(article, np.int64)
        key = of_span * (int(spans.toponym.max()) + 1) + spans.toponym
        _, sample, self.of_mention = np.unique(key, return_index=True, return_inverse=True)
        self.article: NDArray[np.int64] = of_span[sample]
        self.weight = np.zeros(len(sample))
        np.maximum.at(self.weight, self.of_mention, weight)
        table = vocabulary.toponyms
        self.counts, self.place, _ = table.options(spans.toponym[sample])
        self.starts = np.cumsum(self.counts) - self.counts
        self.case = np.repeat(np.arange(len(sample)), self.counts)
        worth = table.prominence(self.place.astype(np.int32)).astype(np.float64)
        self.prior = softmax_by(self.case, worth * _PRIOR, len(sample))
        self.worth = worth
        self.gazetteer = gazetteer
        self.articles = int(of_span.max(initial=-1)) + 1

    def rows(self, mention: NDArray[np.integer]) -> NDArray[np.int64]:
        """Return which option of a case each option of a mention is; `mention` as in `Options`."""
        counts = np.bincount(mention, minlength=len(self.of_mention))
        inner = np.arange(len(mention)) - (np.cumsum(counts) - counts)[mention]
        found: NDArray[np.int64] = self.starts[self.of_mention[mention]] + inner
        return found

    def believe(self, rows: NDArray[np.integer], share: NDArray[np.floating]) -> None:
        """Take the shares that mentions gave their options in place of what fame alone says.

        Parameters
        ----------
        rows
            Option of a case that each option of a mention is.
        share
            Of each option of a mention; what several mentions of a case give is averaged.
        """
        size = len(self.prior)
        self.prior = np.bincount(rows, share, size) / np.maximum(np.bincount(rows, minlength=size), 1)

    def context(self) -> NDArray[np.float32]:
        """Describe each option by the other names of its article; one row an option of a case."""
        country = _Areas(self, self.gazetteer.country[self.place].astype(np.int64))
        admin1 = _Areas(self, self.gazetteer.admin1[self.place].astype(np.int64) + 1)
        is_country = self.gazetteer.kind[self.place] == self.gazetteer.kinds.index(Kind.COUNTRY)
        article, share = self.article[self.case], self.prior * self.weight[self.case]
        of_country = share * (self.gazetteer.country[self.place] > 0)
        everything = np.bincount(article, of_country, minlength=self.articles)[article]
        of_countries = np.maximum(everything - np.bincount(self.case, of_country)[self.case], 0)
        by_country, by_admin1 = country.others(share), admin1.others(share)
        named, towns = country.others(share * is_country), country.others(share * ~is_country)
        near, far = self._neighbours(article)
        return np.stack(
            [
                np.log1p(by_country),
                by_country / np.maximum(of_countries, 1e-6),
                np.log1p(named),
                np.log1p(towns),
                np.log1p(by_admin1),
                np.log1p(near),
                np.log1p(far),
            ],
            axis=1,
        ).astype(np.float32)

    def _neighbours(self, article: NDArray[np.int64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Sum the weights of the other names of the article that lie near, on two scales."""
        best = self.starts + _argmax_by(self.prior, self.starts, self.counts)
        wide = np.isin(
            self.gazetteer.kind[self.place[best]], [self.gazetteer.kinds.index(k) for k in _WIDE_KINDS]
        )
        point = self.place[best]
        # Each option beside each other name of its article: cases of an article stand together.
        told = self._most_telling()
        cases = np.bincount(self.article[told], minlength=self.articles)
        first_case = np.cumsum(cases) - cases
        option = np.repeat(np.arange(len(self.place)), cases[article])
        other = told[rows_of_runs(first_case[article], cases[article])]
        keep = (other != self.case[option]) & ~wide[other]
        option, other = option[keep], other[keep]
        lat, lon = self.gazetteer.latitude, self.gazetteer.longitude
        away = distance_km(
            lat[self.place][option], lon[self.place][option], lat[point][other], lon[point][other]
        )
        weight = self.weight[other] * self.prior[best][other]
        in_reach = np.exp(-away / _FAR_KM)
        beside = in_reach**_FAR_IN_NEAR
        size = len(self.place)
        near = np.bincount(option, weight * beside, minlength=size)
        far = np.bincount(option, weight * in_reach, minlength=size)
        return near.astype(np.float64, copy=False), far.astype(np.float64, copy=False)

    def _most_telling(self) -> NDArray[np.int64]:
        """Return the surest names of each article, so many at most, in order: work must not grow with their square."""
        order = np.lexsort((-self.weight, self.article))
        counts = np.bincount(self.article, minlength=self.articles)
        rank = np.arange(len(order)) - (np.cumsum(counts) - counts)[self.article[order]]
        return np.sort(order[rank < _MOST_TELLING])


class _Areas:
    """Which options of the cases lie in the same area (0: none) of the same article, and of the same case."""

    def __init__(self, cases: Cases, area: NDArray[np.int64]) -> None:
        width = int(area.max()) + 1
        self._known = area > 0
        _, self._of_article = np.unique(cases.article[cases.case] * width + area, return_inverse=True)
        _, self._of_case = np.unique(cases.case * width + area, return_inverse=True)

    def others(self, share: NDArray[np.float64]) -> NDArray[np.float64]:
        """Sum the shares of the other names' options in the same area."""
        share = np.where(self._known, share, 0.0)
        total = np.bincount(self._of_article, share)[self._of_article]
        mine = np.bincount(self._of_case, share)[self._of_case]
        return np.where(self._known, np.maximum(total - mine, 0), 0)


def _argmax_by(
    values: NDArray[np.float64], starts: NDArray[np.int64], counts: NDArray[np.int64]
) -> NDArray[np.int64]:
    """Return the position of the largest value within each run."""
    order = np.lexsort((-values, np.repeat(np.arange(len(counts)), counts)))
    return np.asarray(order[starts] - starts, np.int64)
