"""The geoparser: texts in, resolved mentions out."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from dashboard.core.batches import bounded
from dashboard.core.models import Abstention, Candidate, Mention, Parse, Resolution
from dashboard.core.settings import data_path
from dashboard.geoparse.documents import read_batch
from dashboard.geoparse.focus import find_focus
from dashboard.geoparse.judge import SCRIPTS, choose_spans, describe, judge
from dashboard.geoparse.language import detect_language
from dashboard.geoparse.lexicon import LANGUAGES, load_lexicon
from dashboard.geoparse.metonymy import find_metonymy
from dashboard.geoparse.offsets import span_offsets
from dashboard.geoparse.reasons import PLACE_REASONS, TOPONYM_REASONS, find_reasons
from dashboard.geoparse.resolve import share_on_the_spot, weigh
from dashboard.geoparse.unknown import find_unknown
from dashboard.geoparse.vocabulary import Vocabulary
from dashboard.geoparse.weights import load_weights

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from dashboard.core.models import Place, Reason
    from dashboard.gazetteer.index import Gazetteer
    from dashboard.geoparse.documents import Batch, Spans
    from dashboard.geoparse.judge import Described, Judged
    from dashboard.geoparse.resolve import Best, Weighed

__all__ = ["Geoparser", "Limits"]

_BATCH = 64
_BATCH_LETTERS = 2_000_000  # code points: articles fill no batch of so many, but 64 files of a megabyte would
_CANDIDATES_KEPT = 1 << 15
_CODE_VERSION = "2"  # raised when the same weights would give other answers


@dataclass(frozen=True, slots=True)
class Limits:
    """Where lines are drawn.

    Attributes
    ----------
    toponym
        Probability of being a toponym below which a stretch is not a mention.
    place
        Share of the best place below which the mention gets none.
    candidates
        How many candidates are kept with a mention.
    """

    toponym: float = 0.5
    place: float = 0.2
    candidates: int = 5


class Geoparser:
    """Find and resolve the toponyms of Arabic, English and French texts.

    One object serves one thread at a time; it learns the words that it meets, which makes it faster.

    Parameters
    ----------
    weights
        File of networks; None takes the project's own.
    """

    def __init__(
        self, gazetteer: Gazetteer, weights: Path | None = None, limits: Limits | None = None
    ) -> None:
        path = weights or data_path() / "model" / "geoparser.npz"
        self._path = path
        self._weights = load_weights(path)
        self._gazetteer = gazetteer
        self._limits = limits or Limits()
        self._vocabulary = Vocabulary(gazetteer, load_lexicon(data_path() / "lexicon"))
        # Without reasons the same candidates come again and again.
        self._candidate = lru_cache(maxsize=_CANDIDATES_KEPT)(
            lambda row, score: Candidate(gazetteer.place(row), score)
        )
        self.id = f"kharita-{_CODE_VERSION}-{self._weights.id}"

    def __reduce__(self) -> tuple[object, ...]:
        """Travel to another process as the paths of its files; what was learned stays behind."""
        return (type(self), (self._gazetteer, self._path, self._limits))

    @property
    def weights_path(self) -> Path:
        """The file of its weights."""
        return self._path

    @property
    def gazetteer(self) -> Gazetteer:
        """The places that it knows."""
        return self._gazetteer

    def place(self, ident: str) -> Place:
        """Return a place of the gazetteer by its id."""
        row = self._gazetteer.row(ident)
        if row is None:
            raise KeyError(f"no place {ident!r} in this gazetteer")
        return self._gazetteer.place(row)

    def parse(self, text: str, language: str | None = None) -> Parse:
        """Parse one text; `language` is `ar`, `en`, `fr`, or None to be found out."""
        return next(self.parse_many([(text, language)]))

    def parse_many(
        self, texts: Iterable[tuple[str, str | None]], *, explain: bool = True, batch: int = _BATCH
    ) -> Iterator[Parse]:
        """Parse many `(text, language)`, in order; `explain=False` leaves reasons out, which is faster."""
        for some in bounded(texts, batch, lambda one: len(one[0]), _BATCH_LETTERS):
            yield from self._parse_batch(some, explain=explain)

    def _parse_batch(self, texts: Sequence[tuple[str, str | None]], *, explain: bool) -> Iterator[Parse]:
        vocabulary, gazetteer = self._vocabulary, self._gazetteer
        languages = [
            language if language in LANGUAGES else detect_language(text, vocabulary.lexicon)
            for text, language in texts
        ]
        batch = read_batch(vocabulary, [text for text, _ in texts], languages)
        described = describe(vocabulary, batch)
        judged = judge(vocabulary, batch, described, self._weights)
        chosen = choose_spans(batch, described.spans, judged.probability, self._limits.toponym)
        spans, sure = described.spans.take(chosen), judged.probability[chosen]
        resolved: list[list[Resolution]] = [[] for _ in texts]
        if len(spans):
            weighed = weigh(vocabulary, gazetteer, batch, spans, sure, self._weights.networks["place"])
            why = self._toponym_reasons(described, judged, chosen) if explain else ()
            articles = batch.article[spans.first].tolist()
            decided = self._resolutions(batch, spans, sure, weighed, why)
            for article, resolution in zip(articles, decided, strict=True):
                resolved[article].append(resolution)
        grown: set[int] = set()
        for article, resolution in self._unknown_places(batch, spans):
            resolved[article].append(resolution)
            grown.add(article)
        for article in grown:
            resolved[article].sort(key=lambda one: one.mention.start)
        for (text, _), language, some in zip(texts, languages, resolved, strict=True):
            yield Parse(language, tuple(some), find_focus(some, len(text)), self.id, gazetteer.id)

    def _resolutions(
        self,
        batch: Batch,
        spans: Spans,
        sure: NDArray[np.float32],
        weighed: Weighed,
        why: Sequence[tuple[Reason, ...]],
    ) -> Iterator[Resolution]:
        start, end = (edge.tolist() for edge in span_offsets(self._vocabulary, batch, spans))
        best = weighed.best(self._limits.candidates)
        candidates = self._candidates(weighed, best, explain=bool(why))
        first = best.rows[best.edges[:-1]]
        places = weighed.options.place[best.rows]
        share = share_on_the_spot(self._gazetteer, places, weighed.share[best.rows], best.edges[:-1])
        confidence = self._weights.confidence(sure * share).round(4).tolist()
        placed = (share.round(4) >= self._limits.place).tolist()
        chosen = weighed.options.place[first]
        metonymy = find_metonymy(self._vocabulary, self._gazetteer, batch, spans, chosen).tolist()
        articles = batch.article[spans.first].tolist()
        edges = best.edges.tolist()
        for number, article in enumerate(articles):
            text = batch.texts[article][start[number] : end[number]]
            options = tuple(candidates[edges[number] : edges[number + 1]])
            yield Resolution(
                Mention(start[number], end[number], text),
                options[0].place if placed[number] else None,
                confidence[number],
                options,
                why[number] if why else (),
                metonymy[number],
                None if placed[number] else Abstention.AMBIGUOUS,
            )

    def _candidates(self, weighed: Weighed, best: Best, *, explain: bool) -> list[Candidate]:
        """Return the best options of all mentions, those of a mention together."""
        places = weighed.options.place[best.rows].tolist()
        scores = weighed.share[best.rows].round(4).tolist()
        if not explain:
            return list(map(self._candidate, places, scores))
        network = self._weights.networks["place"]
        reasons = find_reasons(network, weighed.names, weighed.matrix[best.rows], PLACE_REASONS)
        found = zip(places, scores, reasons, strict=True)
        return [Candidate(self._gazetteer.place(place), score, why) for place, score, why in found]

    def _unknown_places(self, batch: Batch, spans: Spans) -> Iterator[tuple[int, Resolution]]:
        """Yield, with the number of its article, each name of a place that the gazetteer does not know."""
        taken = np.zeros(len(batch.words), bool)
        for first, last in zip(spans.first.tolist(), spans.last.tolist(), strict=True):
            taken[first : last + 1] = True
        for first, last, particle in find_unknown(self._vocabulary, batch, taken):
            article = int(batch.article[first])
            start, end = int(batch.start[first]) + particle, int(batch.end[last])
            mention = Mention(start, end, batch.texts[article][start:end])
            yield article, Resolution(mention, None, 0.0, abstention=Abstention.NO_CANDIDATE)

    def _toponym_reasons(
        self, described: Described, judged: Judged, chosen: NDArray[np.intp]
    ) -> list[tuple[Reason, ...]]:
        """Say of each chosen stretch why it was taken for a toponym."""
        reasons: list[tuple[Reason, ...]] = [()] * len(chosen)
        arabic = described.arabic[chosen]
        for script, rows in zip(SCRIPTS, (np.flatnonzero(arabic), np.flatnonzero(~arabic)), strict=True):
            network = self._weights.networks[f"toponym-{script}"]
            found = find_reasons(network, judged.names, judged.matrix[chosen[rows]], TOPONYM_REASONS)
            for row, some in zip(rows.tolist(), found, strict=True):
                reasons[row] = some
        return reasons
