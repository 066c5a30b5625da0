"""Arabic articles for benchmarks: dense ones made of the annotated briefs, and ones of ordinary density."""

from __future__ import annotations

import re
from itertools import cycle
from typing import TYPE_CHECKING

from dashboard.core.settings import data_path
from dashboard.geoparse.gold import read_texts

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["dense_articles", "english_articles", "ordinary_articles"]

SIZE = 4600  # bytes of an article
_BRIEFS_SHARE = 0.3  # of an ordinary article; gives it about 20 places
_BEFORE_MARK = re.compile(r" (?=[.,،؛:!؟)])")


def _briefs(language: str) -> list[str]:
    gold = data_path() / "gold"
    return [
        text
        for part in ("train", "dev", "test")
        for ident, text in read_texts(gold / f"{part}.texts.jsonl").items()
        if ident.startswith(language)
    ]


def _fill(texts: list[str], count: int, size: int, plain: list[str]) -> list[str]:
    """Set texts in ever another order until each article has so many bytes; then plain sentences up to `SIZE`."""
    articles, at, step = [], 0, 1
    sentences = cycle(plain)
    for number in range(count):
        pieces: list[str] = []
        while sum(len(piece.encode()) for piece in pieces) < size:
            pieces.append(texts[at % len(texts)])
            at += step
        while plain and sum(len(piece.encode()) for piece in pieces) < SIZE:
            pieces.append(next(sentences))
        articles.append("\n".join(pieces))
        step = 1 + (number * 7) % 89
    return articles


def dense_articles(count: int) -> list[str]:
    """Return articles made of nothing but the Arabic briefs, which name several times as many places as news."""
    return _fill(_briefs("ar"), count, SIZE, [])


def english_articles(count: int) -> list[str]:
    """Return articles made of the English briefs."""
    return _fill(_briefs("en"), count, SIZE, [])


def ordinary_articles(count: int, anercorp: Path | None) -> list[str]:
    """Return articles that name about as many places as news does: briefs among sentences that name none.

    Parameters
    ----------
    anercorp
        File of words and tags whose sentences without a place are taken; without it, those of the briefs are.
    """
    plain = _sentences_of_anercorp(anercorp) if anercorp else _plain_sentences_of_briefs()
    return _fill(_briefs("ar"), count, int(SIZE * _BRIEFS_SHARE), plain)


def _sentences_of_anercorp(path: Path) -> list[str]:
    found = []
    for block in path.read_text(encoding="utf-8").split("\n\n"):
        rows = [line.rsplit(" ", 1) for line in block.splitlines() if " " in line]
        if rows and not any(tag.endswith("LOC") for _, tag in rows):
            found.append(_BEFORE_MARK.sub("", " ".join(word for word, _ in rows)))
    return found


def _plain_sentences_of_briefs() -> list[str]:
    from dashboard.geoparse.gold import read_gold  # noqa: PLC0415 - only here

    gold = data_path() / "gold"
    found = []
    for part in ("train", "dev", "test"):
        for brief in read_gold(gold / f"{part}.jsonl", gold / f"{part}.texts.jsonl"):
            at = 0
            for line in re.split(r"(?<=[.؟!\n])", brief.text if brief.language == "ar" else ""):
                named = any(at <= x.start < at + len(line) for x in brief.mentions)
                if line.strip() and not named:
                    found.append(line.strip())
                at += len(line)
    return found
