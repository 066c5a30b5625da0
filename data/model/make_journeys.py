"""Learn how sure a leg is, and write `journeys.json`: python data/model/make_journeys.py [ant_2018.jsonl.gz].

Needs scikit-learn (`pip install "kharita[train]"`). The weights of a logistic regression are fitted on the training part of
our own gold and, where the corpus is given, on what readers said of legs read from its news (`data/gold/journeys/news.jsonl`,
which holds no text). A statement is right when actor, place and status are. How strongly the weights are held back is
chosen by folds of whole texts; so is the probability below which a leg is left out (by our gold), and the one from which
a journey is drawn (by the news: what is above it is right nearly nine times of ten by folds). The development and test parts are not
looked at. The same files give the same weights; `journeys.card.json` names them.
"""

from __future__ import annotations

import gzip
import hashlib
import sys
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import orjson
from sklearn import __version__ as sklearn_version
from sklearn.linear_model import LogisticRegression

from dashboard.core.settings import Settings
from dashboard.gazetteer import ensure_index
from dashboard.geoparse import Geoparser
from dashboard.journeys import JourneyParser
from dashboard.journeys.evaluate import degree, evaluate_legs
from dashboard.journeys.gather import gather_legs
from dashboard.journeys.gold import published_on, read_gold_legs
from dashboard.journeys.judge import describe_status
from dashboard.journeys.verdicts import digest_of, read_verdicts, verdict_on

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from dashboard.journeys.gold import GoldTextLegs
    from dashboard.journeys.models import Leg
    from dashboard.journeys.scene import Draft

HERE = Path(__file__).parent
GOLD = HERE.parent / "gold" / "journeys"
VERDICTS = GOLD / "news.jsonl"
FOLDS = 10
STRENGTHS = (0.001, 0.003, 0.01, 0.03, 0.1)
LEASTS = (0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5)
FEWEST = 6  # drafts in which a feature must be met
NEWS_WEIGHT = 1.5  # of a draft from the news, beside one of our gold
PRECISION = 0.87  # of what is drawn, by folds; on news that nobody had seen it was a tenth less
DRAWN_WITHOUT_NEWS = 0.8  # where nothing tells


@dataclass
class Rows:
    """Drafts as rows: features, whether each is right, which text it is of, whether that is news."""

    features: list[dict[str, float]]
    right: list[bool]
    text: list[int]
    news: list[bool]

    def add(self, draft: Draft, leg: Leg, text: int, *, right: bool, news: bool) -> None:
        """Add a draft."""
        said = "".join(reason.detail for reason in leg.reasons if reason.code.startswith("status_"))
        self.features.append(draft.features | describe_status(draft.features, leg.status, said))
        self.right.append(right)
        self.text.append(text)
        self.news.append(news)


def main(corpus: Path | None) -> None:
    """Fit the weights and write them with their card."""
    texts = read_gold_legs(GOLD / "train.jsonl", GOLD / "train.texts.jsonl")
    gazetteer = ensure_index(Settings())
    geoparser, reader = Geoparser(gazetteer), JourneyParser(gazetteer)
    rows = Rows([], [], [], [])
    legs = add_gold(rows, texts, geoparser, reader)
    gold = len(rows.right)
    if corpus is not None:
        add_news(rows, corpus, geoparser, reader)
    names, matrix = table_of(rows)
    right, text, news = np.array(rows.right), np.array(rows.text), np.array(rows.news)
    judged = news if news.any() else ~news
    guesses = {strength: by_folds(matrix, right, text, news, strength) for strength in STRENGTHS}
    strength = min(STRENGTHS, key=lambda one: log_loss(guesses[one][judged], right[judged]))
    guess = guesses[strength]
    least = max(LEASTS, key=lambda one: f1(texts, legs, guess[:gold], one))
    drawn = floor_of(guess[news], right[news]) if news.any() else DRAWN_WITHOUT_NEWS
    fitted = fit(matrix, right, news, strength)
    weights = {"bias": round(float(fitted.intercept_[0]), 4)} | {
        name: weight
        for name, coefficient, spread in zip(names, fitted.coef_[0], matrix.std(0), strict=True)
        if (weight := round(float(coefficient / max(spread, 1e-9)), 4))
    }
    digest = hashlib.sha256(orjson.dumps(weights)).hexdigest()[:8]
    out = {"id": digest, "least": least, "drawn": drawn, "weights": weights}
    (HERE / "journeys.json").write_bytes(orjson.dumps(out, option=orjson.OPT_INDENT_2) + b"\n")
    above = guess[news] >= drawn
    card = {
        "id": digest,
        "made_by": "python data/model/make_journeys.py" + (" CORPUS" if corpus else ""),
        "files": {
            file.name: hashlib.sha256(file.read_bytes()).hexdigest()
            for file in (
                GOLD / "train.jsonl",
                GOLD / "train.texts.jsonl",
                *([VERDICTS, corpus] if corpus else []),
            )
        },
        "gazetteer": gazetteer.id,
        "geoparser": geoparser.id,
        "scikit_learn": sklearn_version,
        "strength": strength,
        "drafts": {"gold": gold, "news": int(news.sum())},
        "right": {"gold": int(right[~news].sum()), "news": int(right[news].sum())},
        "by_folds": {
            "f1_gold": round(f1(texts, legs, guess[:gold], least), 3),
            "drawn_news": int(above.sum()),
            "drawn_and_right_news": int(right[news][above].sum()),
        },
    }
    (HERE / "journeys.card.json").write_bytes(orjson.dumps(card, option=orjson.OPT_INDENT_2) + b"\n")
    print(orjson.dumps(card, option=orjson.OPT_INDENT_2).decode())


def add_gold(
    rows: Rows, texts: Sequence[GoldTextLegs], geoparser: Geoparser, reader: JourneyParser
) -> list[list[Leg]]:
    """Add the drafts of our gold, and return their legs by text."""
    parses = geoparser.parse_many([(one.text, one.language) for one in texts], explain=False)
    legs = []
    for at, (one, parse) in enumerate(zip(texts, parses, strict=True)):
        drafts = reader.drafts(one.text, parse, one.published)
        legs.append([leg for _, leg in drafts])
        for draft, leg in drafts:
            right = any(degree(told, leg) and told.status == leg.status.value for told in one.legs)
            rows.add(draft, leg, at, right=right, news=False)
    return legs


def add_news(rows: Rows, corpus: Path, geoparser: Geoparser, reader: JourneyParser) -> None:
    """Add the drafts on which something was said of the news in a corpus."""
    said = {one.id: one for one in read_verdicts(VERDICTS)}
    found = [row for row in read_corpus(corpus) if row["id"] in said]
    texts = [f"{row['title']}\n\n{row['text']}" for row in found]
    for row, text in zip(found, texts, strict=True):
        if digest_of(text) != said[row["id"]].sha256:
            raise SystemExit(f"The text of {row['id']} in '{corpus}' is not the one that was read.")
    if len(found) < len(said):
        raise SystemExit(f"'{corpus}' lacks {len(said) - len(found)} of {len(said)} articles.")
    parses = geoparser.parse_many([(text, "ar") for text in texts], explain=False)
    first = max(rows.text, default=-1) + 1
    for at, (row, text, parse) in enumerate(zip(found, texts, parses, strict=True), first):
        for draft, leg in reader.drafts(text, parse, published_on(row["date"])):
            right = verdict_on(leg, said[row["id"]].legs)
            if right is not None:
                rows.add(draft, leg, at, right=right, news=True)


def read_corpus(path: Path) -> list[dict[str, Any]]:
    """Return the articles of a corpus of JSON lines, plain or gzipped, by their ids."""
    with gzip.open(path) if path.suffix == ".gz" else path.open("rb") as file:
        return sorted(map(orjson.loads, file), key=lambda row: str(row["id"]))


def table_of(rows: Rows) -> tuple[list[str], NDArray[np.float64]]:
    """Return the features that are met often enough, and their values."""
    counted: dict[str, int] = {}
    for row in rows.features:
        for name, value in row.items():
            counted[name] = counted.get(name, 0) + bool(value)
    names = sorted(name for name, count in counted.items() if count >= FEWEST)
    return names, np.array([[row.get(name, 0.0) for name in names] for row in rows.features])


def fit(
    matrix: NDArray[np.float64], right: NDArray[np.bool_], news: NDArray[np.bool_], strength: float
) -> LogisticRegression:
    """Fit weights of features that all spread alike."""
    alike = matrix / np.maximum(matrix.std(0), 1e-9)
    return LogisticRegression(C=strength, max_iter=5000).fit(
        alike, right, sample_weight=np.where(news, NEWS_WEIGHT, 1.0)
    )


def by_folds(
    matrix: NDArray[np.float64],
    right: NDArray[np.bool_],
    text: NDArray[np.intp],
    news: NDArray[np.bool_],
    strength: float,
) -> NDArray[np.float64]:
    """Return the probability of each draft by weights that have not seen its text."""
    probability = np.zeros(len(right))
    for fold in range(FOLDS):
        held = text % FOLDS == fold
        fitted = fit(matrix[~held], right[~held], news[~held], strength)
        spread = np.maximum(matrix[~held].std(0), 1e-9)
        probability[held] = fitted.predict_proba(matrix[held] / spread)[:, 1]
    return probability


def log_loss(probability: NDArray[np.float64], right: NDArray[np.bool_]) -> float:
    """Return how far probabilities are off, in nats a draft."""
    return float(-np.log(np.where(right, probability, 1 - probability) + 1e-9).mean())


def floor_of(probability: NDArray[np.float64], right: NDArray[np.bool_]) -> float:
    """Return the least probability from which upward enough is right; half a doubt is added to either side."""
    order = np.argsort(-probability, kind="stable")
    count = np.arange(1, len(order) + 1)
    share = (np.cumsum(right[order]) + PRECISION) / (count + 1)
    good = np.flatnonzero(share >= PRECISION)
    return round(float(probability[order[good[-1]]]), 3) if len(good) else DRAWN_WITHOUT_NEWS


def f1(
    texts: Sequence[GoldTextLegs],
    legs: Sequence[Sequence[Leg]],
    probability: NDArray[np.float64],
    least: float,
) -> float:
    """Return the F1 of actor and place when what is less probable is left out."""
    given = iter(probability.tolist())
    answers = []
    for some in legs:
        judged = [replace(leg, confidence=next(given)) for leg in some]
        answers.append([leg for leg in gather_legs(judged) if leg.confidence >= least])
    return float(evaluate_legs(texts, answers).degrees[0].f1)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else None)
