"""Readers of annotated corpora: each gives texts with the toponyms that they name.

`anercorp*.txt`: a token and its tag a line (Benajiba & Rosso 2007). `*.xml`: articles with `toponym`
elements, as Gritta et al. 2020 distribute LGL and TR-News. The project's own gold texts come from
`dashboard.geoparse.gold`.
"""

from __future__ import annotations

import json
import random
import re
import xml.etree.ElementTree as ET
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from dashboard.core.text import sentences

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from dashboard.geoparse.gold import GoldText

__all__ = [
    "GoldToponym",
    "LabelledText",
    "as_hashtags",
    "from_gold",
    "in_quotes",
    "read_anercorp",
    "read_gaztagged",
    "read_places",
    "recased",
]

_ARTICLE_SENTENCES = 12  # ANERcorp has lost its article borders; its sentences follow each other
_GOLD_WEIGHT = 3.0  # the project's own texts are few, of the beat itself, and keep our guidelines
_ANERCORP_WEIGHT = 0.5  # read twice, as articles and as lone sentences
_POST_WEIGHT = 0.7
_UNLIKE_OURS = ("HPOI", "ST")  # kinds of names that we draw only where the gazetteer knows them as such
_RECASED_SENTENCES = 4
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
    tells whether it says where its toponyms are.
    """

    id: str
    text: str
    language: str
    toponyms: tuple[GoldToponym, ...]
    optional: tuple[tuple[int, int], ...] = ()
    weight: float = 1.0
    phrases: bool = True
    places: bool = True


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
    return _decorated(text, "quoted", share, weight, lambda name: (marks[0], name, marks[1]))


def as_hashtags(text: LabelledText, share: float, weight: float) -> LabelledText:
    """Return a copy of a text in which a share of the toponyms are hashtags, as posts write them (#خان_يونس)."""
    return _decorated(text, "hashed", share, weight, lambda name: ("#", re.sub(r"[ -]", "_", name), ""))


def _decorated(
    text: LabelledText, kind: str, share: float, weight: float, write: Callable[[str], tuple[str, str, str]]
) -> LabelledText:
    """Return a copy with some toponyms written otherwise: what `write` gives stands before, instead and behind."""
    chosen = random.Random(text.id)  # noqa: S311 - the same choice each time
    shift, at, parts, moved = [0] * (len(text.text) + 1), 0, [], 0
    picked = sorted((x.start, x.end) for x in text.toponyms if chosen.random() < share)
    for number, (start, end) in enumerate(picked):
        before, name, behind = write(text.text[start:end])
        parts += [text.text[at:start], before, name, behind]
        at = end
        following = picked[number + 1][0] if number + 1 < len(picked) else len(text.text) + 1
        moved += len(before)
        shift[start:end] = [moved] * (end - start)
        moved += len(behind)
        shift[end:following] = [moved] * (following - end)
    parts.append(text.text[at:])
    return replace(
        text,
        id=f"{text.id}-{kind}",
        text="".join(parts),
        toponyms=tuple(
            GoldToponym(x.start + shift[x.start], x.end + shift[x.end - 1], exact=x.exact)
            for x in text.toponyms
        ),
        optional=tuple((a + shift[a], b + shift[max(b - 1, 0)]) for a, b in text.optional),
        weight=weight,
        places=False,
    )


def recased(text: LabelledText, weight: float) -> list[LabelledText]:
    """Return copies of a part of a text in Latin script: in small letters, in capitals, as a headline is written.

    Each copy holds other sentences, chosen by the text's id.
    """
    chosen = random.Random(text.id)  # noqa: S311 - the same choice each time
    found = []
    pieces = sentences(text.text)
    for kind, write in (("small", str.lower), ("large", str.upper), ("title", _titled)):
        if not pieces:
            break
        begin = chosen.randrange(len(pieces))
        start, end = pieces[begin][0], pieces[min(begin + _RECASED_SENTENCES, len(pieces)) - 1][1]
        written = write(text.text[start:end])
        if len(written) != end - start:
            continue
        inside = [x for x in text.toponyms if start <= x.start and x.end <= end]
        found.append(
            replace(
                text,
                id=f"{text.id}-{kind}",
                text=written,
                toponyms=tuple(GoldToponym(x.start - start, x.end - start, exact=x.exact) for x in inside),
                optional=tuple(
                    (max(a - start, 0), b - start) for a, b in text.optional if a < end and b > start
                ),
                weight=weight,
                places=False,
            )
        )
    return found


def _titled(text: str) -> str:
    """Write a text as a headline: each word with a capital."""
    return re.sub(r"(?<!\w)[^\W\d_]", lambda letter: letter[0].upper(), text)


def read_places(path: Path) -> list[LabelledText]:
    """Read lines of JSON with `id`, `lang`, `text`, `toponyms` (and `open`): posts, articles of an encyclopedia.

    Where a toponym has a `type`, streets and houses stand among them: what the gazetteer does not know there teaches
    nothing. Their marking of places is wider or narrower than ours, so they count less.
    """
    found = []
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        names, unsure = [], [tuple(x) for x in row.get("open") or ()]
        for x in row["toponyms"]:
            if x.get("type") in _UNLIKE_OURS:
                unsure.append((x["start"], x["end"]))
            else:
                names.append(GoldToponym(x["start"], x["end"], exact=False))
        found.append(
            LabelledText(
                row["id"], row["text"], row["lang"], tuple(names), tuple(unsure), _POST_WEIGHT, places=False
            )
        )
    return found


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
        found.append(LabelledText(gold.id, gold.text, gold.language, toponyms, optional, _GOLD_WEIGHT))
    return found
