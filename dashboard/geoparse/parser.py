"""The geoparser: texts in, resolved mentions out."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

import numpy as np

from dashboard.core.models import Abstention, Candidate, Mention, Parse, Resolution
from dashboard.core.settings import data_path
from dashboard.geoparse.documents import read_batch
from dashboard.geoparse.focus import find_focus
from dashboard.geoparse.judge import SCRIPTS, choose_spans, describe, judge
from dashboard.geoparse.language import detect_language
from dashboard.geoparse.lexicon import LANGUAGES, WordClass, load_lexicon
from dashboard.geoparse.offsets import span_offsets
from dashboard.geoparse.reasons import PLACE_REASONS, TOPONYM_REASONS, find_reasons
from dashboard.geoparse.resolve import weigh
from dashboard.geoparse.unknown import find_unknown
from dashboard.geoparse.vocabulary import Vocabulary
from dashboard.geoparse.weights import load_weights

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from dashboard.core.models import Reason
    from dashboard.gazetteer.index import Gazetteer
    from dashboard.geoparse.documents import Batch, Spans
    from dashboard.geoparse.judge import Described, Judged
    from dashboard.geoparse.resolve import Weighed

__all__ = ["Geoparser", "Limits"]

_BATCH = 32
_CODE_VERSION = "1"  # raised when the same weights would give other answers


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
        self._weights = load_weights(path)
        self._gazetteer = gazetteer
        self._limits = limits or Limits()
        self._vocabulary = Vocabulary(gazetteer, load_lexicon(data_path() / "lexicon"))
        self.id = f"kharita-{_CODE_VERSION}-{self._weights.id}"

    def parse(self, text: str, language: str | None = None) -> Parse:
        """Parse one text; `language` is `ar`, `en`, `fr`, or None to be found out."""
        return next(self.parse_many([(text, language)]))

    def parse_many(
        self, texts: Iterable[tuple[str, str | None]], *, explain: bool = True, batch: int = _BATCH
    ) -> Iterator[Parse]:
        """Parse many `(text, language)`, in order; `explain=False` leaves reasons out, which is faster."""
        waiting = iter(texts)
        while some := list(islice(waiting, batch)):
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
            for number, resolution in enumerate(self._resolutions(batch, spans, sure, weighed, why)):
                resolved[batch.article[spans.first[number]]].append(resolution)
        for article, resolution in self._unknown_places(batch, spans):
            resolved[article].append(resolution)
        for (text, _), language, some in zip(texts, languages, resolved, strict=True):
            found = sorted(some, key=lambda one: one.mention.start)
            yield Parse(language, tuple(found), find_focus(found, len(text)), self.id, gazetteer.id)

    def _resolutions(
        self,
        batch: Batch,
        spans: Spans,
        sure: NDArray[np.float32],
        weighed: Weighed,
        why: Sequence[tuple[Reason, ...]],
    ) -> Iterator[Resolution]:
        start, end = span_offsets(self._vocabulary, batch, spans)
        metonymy = self._metonymy(batch, spans)
        capital = self._gazetteer.feature_codes.index("PPLC")
        network = self._weights.networks["place"]
        top = np.maximum.reduceat(weighed.share, weighed.edges[:-1])
        confidence = self._weights.confidence(sure * top).round(4).tolist()
        for number in range(len(spans)):
            rows = np.arange(weighed.edges[number], weighed.edges[number + 1])
            best = rows[np.argsort(-weighed.share[rows], kind="stable")][: self._limits.candidates]
            candidates = tuple(
                Candidate(
                    self._gazetteer.place(int(weighed.options.place[row])),
                    round(float(weighed.share[row]), 4),
                    find_reasons(network, weighed.names, weighed.matrix[row], PLACE_REASONS) if why else (),
                )
                for row in best
            )
            share = candidates[0].score
            placed = share >= self._limits.place
            text = batch.texts[batch.article[spans.first[number]]]
            yield Resolution(
                mention=Mention(int(start[number]), int(end[number]), text[start[number] : end[number]]),
                place=candidates[0].place if placed else None,
                confidence=confidence[number],
                candidates=candidates,
                reasons=why[number] if why else (),
                metonymy=bool(
                    metonymy[number]
                    and self._gazetteer.feature_code[weighed.options.place[best[0]]] == capital
                ),
                abstention=None if placed else Abstention.AMBIGUOUS,
            )

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
        return [
            find_reasons(
                self._weights.networks[f"toponym-{SCRIPTS[0] if described.arabic[row] else SCRIPTS[1]}"],
                judged.names,
                judged.matrix[row],
                TOPONYM_REASONS,
            )
            for row in chosen
        ]

    def _metonymy(self, batch: Batch, spans: Spans) -> NDArray[np.bool_]:
        """Tell which mentions stand where a government does: after its nouns, or as what speaks."""
        classes = self._vocabulary.column("classes")
        before, after = (
            classes[batch.neighbour(at, away)] for at, away in ((spans.first, -1), (spans.last, 1))
        )
        acts = WordClass.GOVERNMENT_VERB | WordClass.SPEECH
        located = (before & WordClass.LOCATIVE != 0) | (spans.particle & 2 != 0)
        return np.asarray(
            (before & (WordClass.GOVERNMENT | acts) != 0) | (~located & (after & acts != 0)), bool
        )
