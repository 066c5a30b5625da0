"""Readers of annotated corpora: each gives texts with the toponyms that they name.

`anercorp*.txt`: a token and its tag a line (Benajiba & Rosso 2007). `*.xml`: articles with `toponym`
elements, as Gritta et al. 2020 distribute LGL and TR-News. The project's own gold texts come from
`dashboard.geoparse.gold`.
"""

from __future__ import annotations

import random
import re
import xml.etree.ElementTree as ET
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from dashboard.geoparse.gold import GoldText

__all__ = ["GoldToponym", "LabelledText", "from_gold", "in_quotes", "read_anercorp", "read_gaztagged"]

_ARTICLE_SENTENCES = 12  # ANERcorp has lost its article borders; its sentences follow each other
_GOLD_WEIGHT = 3.0  # the project's own texts are few, of the beat itself, and keep our guidelines
_ANERCORP_WEIGHT = 0.5  # read twice, as articles and as lone sentences
_NEAR = 60  # code points within which a misplaced name is looked for


@dataclass(frozen=True, slots=True)
class GoldToponym:
    """A name in a text: offsets in code points, end exclusive; WGS84 degrees, None when not given.

    `exact` is False when attached particles may stand inside the offsets. `tolerance_km` 0 asks for the
    country `country`.
    """

    start: int
    end: int
    latitude: float | None = None
    longitude: float | None = None
    exact: bool = True
    tolerance_km: float = 161.0
    country: str | None = None
    kind: str | None = None


@dataclass(frozen=True, slots=True)
class LabelledText:
    """A text with all its toponyms, and stretches that nobody may be blamed for.

    `weight` is what its lessons count. `phrases` tells whether it marks names of several words as we do:
    ANERcorp has the White House under "miscellaneous", and of "North Africa" only the second word. `places`
    tells whether it says where its toponyms are; `calibrates`, whether confidence is scaled on it: on texts of the
    beat that keep our guidelines.
    """

    id: str
    text: str
    language: str
    toponyms: tuple[GoldToponym, ...]
    optional: tuple[tuple[int, int], ...] = ()
    weight: float = 1.0
    phrases: bool = True
    places: bool = True
    calibrates: bool = False


def read_anercorp(
    path: Path, share: slice | None = None, sentences: int = _ARTICLE_SENTENCES
) -> list[LabelledText]:
    """Read the LOC names of a file of tagged tokens, grouped into texts of several sentences.

    Parameters
    ----------
    share
        Which sentences to take; all by default.
    sentences
        How many make a text, each on a line of its own.
    """
    blocks = [block for block in path.read_text(encoding="utf-8").split("\n\n") if block.strip()]
    blocks = blocks[share] if share else blocks
    found = []
    for at in range(0, len(blocks), sentences):
        text, spans = "", []
        for block in blocks[at : at + sentences]:
            text += "\n" if text else ""
            line, names = _tagged_sentence(block)
            spans += [(start + len(text), end + len(text)) for start, end in names]
            text += line
        gold = tuple(GoldToponym(start, end, exact=False) for start, end in spans)
        found.append(
            LabelledText(
                f"{path.stem}-{at}", text, "ar", gold, weight=_ANERCORP_WEIGHT, phrases=False, places=False
            )
        )
    return found


def _tagged_sentence(block: str) -> tuple[str, list[tuple[int, int]]]:
    text = ""
    spans: list[tuple[int, int]] = []
    previous = "O"
    for line in filter(None, block.split("\n")):
        token, tag = line.rsplit(" ", 1)
        start = len(text) + bool(text)
        text += (" " if text else "") + token
        if tag == "B-LOC" or (tag == "I-LOC" and not previous.endswith("-LOC")):
            spans.append((start, len(text)))
        elif tag == "I-LOC":
            spans[-1] = (spans[-1][0], len(text))
        previous = tag
    return text, [
        (start + len(m.group(1)), start + m.end(2))
        for start, end in spans
        if (m := re.match(r"([\W_]*)(.*?)[\W_]*$", text[start:end], re.DOTALL)) and m.group(2)
    ]


def read_gaztagged(path: Path) -> list[LabelledText]:
    """Read the articles of an XML corpus, in English."""
    found = []
    for article in ET.parse(path).getroot().iter("article"):  # noqa: S314 - a corpus that the trainer chose
        text = article.findtext("text") or ""
        gold = tuple(_gaztagged_toponyms(article, text))
        found.append(LabelledText(f"{path.stem}-{article.get('docid')}", text, "en", gold))
    return found


def _gaztagged_toponyms(article: ET.Element, text: str) -> Iterator[GoldToponym]:
    seen = set()
    for toponym in article.iter("toponym"):
        phrase = toponym.findtext("phrase") or ""
        start = int(toponym.findtext("start") or -1)
        if text[start : start + len(phrase)] != phrase:
            near = [
                m.start() for m in re.finditer(re.escape(phrase), text) if abs(m.start() - start) <= _NEAR
            ]
            if not near:
                continue
            start = min(near, key=lambda at: abs(at - start))
        if start in seen:
            continue
        seen.add(start)
        tag = toponym.find("gaztag")
        lat, lon = (tag.findtext("lat"), tag.findtext("lon")) if tag is not None else (None, None)
        point = (float(lat), float(lon)) if lat and lon else (None, None)
        yield GoldToponym(start, start + len(phrase), *point)


def in_quotes(text: LabelledText, share: float, weight: float) -> LabelledText:
    """Return a copy of a text in which a share of the toponyms, chosen by its id, stand in quotation marks.

    News sets an unfamiliar town in quotation marks («بوكروفسك») as it does a paper; the annotated texts have few.
    The copy does not say where its toponyms are: the text has been asked that already.
    """
    marks = ("«", "»") if text.language != "en" else ("“", "”")
    chosen = random.Random(text.id)  # noqa: S311 - the same choice each time
    shift, at, parts = [0] * (len(text.text) + 1), 0, []
    quoted = sorted((x.start, x.end) for x in text.toponyms if chosen.random() < share)
    for start, end in quoted:
        parts += [text.text[at:start], marks[0], text.text[start:end], marks[1]]
        at = end
    parts.append(text.text[at:])
    for number, (start, end) in enumerate(quoted):
        following = quoted[number + 1][0] if number + 1 < len(quoted) else len(text.text) + 1
        shift[start:end] = [2 * number + 1] * (end - start)
        shift[end:following] = [2 * number + 2] * (following - end)
    return replace(
        text,
        id=f"{text.id}-quoted",
        text="".join(parts),
        toponyms=tuple(
            GoldToponym(x.start + shift[x.start], x.end + shift[x.end - 1]) for x in text.toponyms
        ),
        optional=tuple((a + shift[a], b + shift[max(b - 1, 0)]) for a, b in text.optional),
        weight=weight,
        places=False,
        calibrates=False,
    )


def from_gold(texts: list[GoldText]) -> list[LabelledText]:
    """Turn gold texts into training texts."""
    found = []
    for gold in texts:
        toponyms = tuple(
            GoldToponym(
                mark.start,
                mark.end,
                place.latitude,
                place.longitude,
                tolerance_km=place.tolerance_km,
                country=place.country,
                kind=place.kind,
            )
            for mark in gold.mentions
            if (place := gold.places[mark.place])
        )
        optional = tuple((mark.start, mark.end) for mark in gold.optional)
        found.append(
            LabelledText(gold.id, gold.text, gold.language, toponyms, optional, _GOLD_WEIGHT, calibrates=True)
        )
    return found
