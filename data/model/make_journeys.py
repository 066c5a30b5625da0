"""Learn how sure a leg is from our own gold, and write `journeys.json`: python data/model/make_journeys.py.

Needs scikit-learn (`pip install "kharita[train]"`). The weights of a logistic regression are fitted on the training part;
how strongly they are held back, and the probability below which a leg is left out, are chosen there by folds of whole
texts. The development and test parts are not looked at. The same gold gives the same file.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import orjson
from sklearn.linear_model import LogisticRegression

from dashboard.core.settings import Settings
from dashboard.gazetteer import ensure_index
from dashboard.geoparse import Geoparser
from dashboard.journeys import JourneyParser
from dashboard.journeys.evaluate import degree, evaluate_legs
from dashboard.journeys.gather import gather_legs
from dashboard.journeys.gold import read_gold_legs

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from dashboard.journeys.gold import GoldTextLegs
    from dashboard.journeys.models import Leg

HERE = Path(__file__).parent
GOLD = HERE.parent / "gold" / "journeys"
FOLDS = 8
STRENGTHS = (0.03, 0.1, 0.3, 1.0, 3.0)
LEASTS = (0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6)
FEWEST = 4  # drafts in which a feature must be met


def main() -> None:
    """Fit the weights and write them."""
    texts = read_gold_legs(GOLD / "train.jsonl", GOLD / "train.texts.jsonl")
    gazetteer = ensure_index(Settings())
    geoparser, reader = Geoparser(gazetteer), JourneyParser(gazetteer)
    parses = geoparser.parse_many([(one.text, one.language) for one in texts], explain=False)
    found = [reader.drafts(one.text, parse, one.published) for one, parse in zip(texts, parses, strict=True)]
    legs = [[leg for _, leg in drafts] for drafts in found]
    rows = [draft.features for drafts in found for draft, _ in drafts]
    group = np.array([at for at, drafts in enumerate(found) for _ in drafts])
    right = np.array(
        [
            any(degree(gold, leg) for gold in one.legs)
            for one, some in zip(texts, legs, strict=True)
            for leg in some
        ]
    )
    counted = {name: sum(bool(row.get(name)) for row in rows) for row in rows for name in row}
    names = sorted(name for name, count in counted.items() if count >= FEWEST)
    matrix = np.array([[row.get(name, 0.0) for name in names] for row in rows])
    best = max(
        (
            (_f1(texts, legs, probability, least), least, strength)
            for strength in STRENGTHS
            for probability in [_by_folds(matrix, right, group, strength)]
            for least in LEASTS
        ),
    )
    score, least, strength = best
    fitted = LogisticRegression(C=strength, max_iter=2000).fit(matrix, right)
    weights = {name: round(float(weight), 4) for name, weight in zip(names, fitted.coef_[0], strict=True)}
    weights = {"bias": round(float(fitted.intercept_[0]), 4)} | {
        name: one for name, one in weights.items() if one
    }
    digest = hashlib.sha256(orjson.dumps(weights)).hexdigest()[:8]
    out = {"id": digest, "least": least, "weights": weights}
    (HERE / "journeys.json").write_bytes(orjson.dumps(out, option=orjson.OPT_INDENT_2) + b"\n")
    print(
        f"{len(rows)} drafts, {right.sum()} right; by folds F1 {score:.3f} at {least}, strength {strength}; {digest}"
    )


def _by_folds(
    matrix: NDArray[np.float64], right: NDArray[np.bool_], group: NDArray[np.intp], strength: float
) -> NDArray[np.float64]:
    """Return the probability of each draft by weights that have not seen its text."""
    probability = np.zeros(len(right))
    for fold in range(FOLDS):
        held = group % FOLDS == fold
        fitted = LogisticRegression(C=strength, max_iter=2000).fit(matrix[~held], right[~held])
        probability[held] = fitted.predict_proba(matrix[held])[:, 1]
    return probability


def _f1(
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
    main()
