"""Learn how words are used, without labels: `python data/model/make_words.py ant_2018.jsonl.gz`.

Writes `words.npz` beside this file: for each folded word that the news uses often enough, a small vector of the company
that it keeps (words before and after it, counted; positive pointwise mutual information; singular value decomposition),
how often it is met, and which share of it stands behind a preposition or a head noun of place, behind a title or a given
name, and with ب or ل written to it. Words that are used alike have like vectors: an unseen verb or title is judged as
its neighbours are. No text is kept.

The input is lines of JSON with a `text` each, plain or gzipped. The same input gives the same file.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import coo_matrix, diags
from sklearn.utils.extmath import randomized_svd

from dashboard.core.settings import data_path
from dashboard.core.text import WORD, fold, is_arabic
from dashboard.gazetteer.names import keys_of
from dashboard.geoparse.lexicon import WordClass, load_lexicon

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

HERE = Path(__file__).parent
FEWEST = 8  # times that a word must be met
CONTEXTS = 1500  # the commonest words, which are looked at as company
SIZE = 16  # numbers in a vector
ALPHA = 0.5  # how much of the singular values the vectors keep
SEED = 20
RARE = 0.75  # power of the counts of company, so that rare company does not weigh too much
AWAY = (-2, -1, 1, 2)
LOCATING = WordClass.LOCATIVE | WordClass.HEAD_GENERIC | WordClass.DIRECTION
NAMING = WordClass.TITLE | WordClass.GIVEN_NAME


def texts(path: Path) -> Iterator[str]:
    """Yield the texts of a file of JSON lines."""
    with gzip.open(path) if path.suffix == ".gz" else path.open("rb") as file:
        for line in file:
            yield json.loads(line)["text"]


def read(path: Path) -> tuple[list[str], NDArray[np.int32]]:
    """Return the folded words and the numbers of all words in order; -1 is a sentence's end."""
    numbers: dict[str, int] = {}
    written: dict[str, int] = {}
    order: list[int] = []
    seen = set()
    for text in texts(path):
        digest = hashlib.sha256(text.encode()).digest()[:8]
        if digest in seen:  # copies of one text count once
            continue
        seen.add(digest)
        for sentence in text.replace(".", "\n").replace("،", "\n,").split("\n"):
            for word in WORD.findall(sentence):
                number = written.get(word)
                if number is None:
                    number = written[word] = numbers.setdefault(fold(word), len(numbers))
                order.append(number)
            order.append(-1)
    return list(numbers), np.array(order, np.int32)


def vectors(
    order: NDArray[np.int32], kept: NDArray[np.intp], counts: NDArray[np.int64]
) -> NDArray[np.float64]:
    """Return a vector of the company of each kept word."""
    row = np.full(len(counts) + 1, -1, np.int64)
    row[kept] = np.arange(len(kept))
    common = np.argsort(-counts, kind="stable")[: CONTEXTS - 1]
    column = np.full(len(counts) + 1, -1, np.int64)
    column[common] = np.arange(1, CONTEXTS)
    column[-1] = 0  # a sentence's end is company too
    parts = []
    for place, away in enumerate(AWAY):
        at = np.arange(max(0, -away), len(order) - max(0, away))
        word, beside = row[order[at]], column[order[at + away]]
        chosen = (word >= 0) & (beside >= 0) & (order[at] >= 0)
        if abs(away) == 2:  # noqa: PLR2004 - what stands behind a sentence's end is no company
            chosen &= order[at + away // 2] >= 0
        parts.append((word[chosen], beside[chosen] + place * CONTEXTS))
    rows, columns = (np.concatenate(part) for part in zip(*parts, strict=True))
    table = coo_matrix((np.ones(len(rows)), (rows, columns)), (len(kept), CONTEXTS * len(AWAY))).tocsr()
    of_row = np.asarray(table.sum(axis=1)).ravel()
    of_column = np.asarray(table.sum(axis=0)).ravel() ** RARE
    inverse = diags(1 / np.maximum(of_row, 1)) @ table @ diags(of_column.sum() / np.maximum(of_column, 1))
    inverse.data = np.maximum(np.log(inverse.data), 0)
    left, size, _ = randomized_svd(inverse.tocsr(), SIZE, random_state=SEED)
    found = left * size**ALPHA
    return np.asarray(found / np.maximum(np.linalg.norm(found, axis=1, keepdims=True), 1e-9), np.float64)


def rates(words: list[str], order: NDArray[np.int32], counts: NDArray[np.int64]) -> NDArray[np.float64]:
    """Return for each word the share behind what locates, behind what names a person, and with ب or ل."""
    lexicon = load_lexicon(data_path() / "lexicon")
    classes = np.array([lexicon.word_class(word)[0] for word in words] + [0], np.int64)
    before, word = order[:-1], order[1:]
    whole = word >= 0
    shares = []
    for bits in (LOCATING, NAMING):
        behind = whole & (before >= 0) & (classes[before] & int(bits) != 0)
        shares.append(np.bincount(word[behind], minlength=len(words)) / np.maximum(counts, 1))
    number = dict(zip(words, range(len(words)), strict=True))
    with_particle = Counter(
        {word: sum(counts[number[p + word]] for p in "بل" if p + word in number) for word in words}
    )
    glued = np.array([with_particle[word] for word in words], np.float64)
    shares.append(glued / np.maximum(glued + counts, 1))
    return np.stack(shares, axis=1)


def main(path: Path) -> None:
    """Make the table."""
    words, order = read(path)
    counts = np.bincount(order[order >= 0], minlength=len(words))
    arabic = np.array([is_arabic(word) and len(word) > 1 for word in words])
    kept = np.flatnonzero((counts >= FEWEST) & arabic)
    found = np.round(vectors(order, kept, counts) * 127)
    keys = np.asarray(keys_of(words[place] for place in kept.tolist()), np.uint64)
    by_key = np.argsort(keys)
    np.savez_compressed(
        HERE / "words.npz",
        allow_pickle=False,
        keys=keys[by_key],
        vectors=found[by_key].astype(np.int8),
        rates=np.round(rates(words, order, counts)[kept][by_key] * 255).astype(np.uint8),
        count=np.round(np.log10(counts[kept][by_key]) * 40).astype(np.uint8),
    )
    print(f"{len(kept)} words of {len(order)} of {path.name}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
