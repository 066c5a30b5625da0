"""Readers of annotated corpora: each gives texts with the toponyms that they name.

`anercorp*.txt`: a token and its tag a line (Benajiba & Rosso 2007). `*.xml`: articles with `toponym` elements, as
Gritta et al. 2020 distribute LGL and TR-News. `*.jsonl` with a folder or file of texts: the project's gold format.
"""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dashboard.core.errors import GoldFormatError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["GoldToponym", "LabelledText", "read_anercorp", "read_gaztagged"]

_ARTICLE_SENTENCES = 12  # ANERcorp has lost its article borders; its sentences follow each other
_NEAR = 60  # code points within which a misplaced name is looked for


@dataclass(frozen=True, slots=True)
class GoldToponym:
    """A name in a text: offsets in code points, end exclusive; the point in WGS84 degrees, None when not given.

    `exact` is False when attached particles may stand inside the offsets. `tolerance_km` 0 asks for the country
    `country`.
    """

    start: int
    end: int
    latitude: float | None = None
    longitude: float | None = None
    exact: bool = True
    tolerance_km: float = 161.0
    country: str | None = None


@dataclass(frozen=True, slots=True)
class LabelledText:
    """A text with all its toponyms, and stretches that nobody may be blamed for."""

    id: str
    text: str
    language: str
    toponyms: tuple[GoldToponym, ...]
    optional: tuple[tuple[int, int], ...] = ()


def read_anercorp(path: Path, share: slice | None = None, sentences: int = _ARTICLE_SENTENCES) -> list[LabelledText]:
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
        found.append(LabelledText(f"{path.stem}-{at}", text, "ar", gold))
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
    return text, [(start + len(m.group(1)), start + m.end(2)) for start, end in spans
                  if (m := re.match(r"([\W_]*)(.*?)[\W_]*$", text[start:end], re.DOTALL)) and m.group(2)]


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
            near = [m.start() for m in re.finditer(re.escape(phrase), text) if abs(m.start() - start) <= _NEAR]
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


def read_gold(gold: Path, texts: Path) -> list[LabelledText]:
    """Read the project's gold format; `texts` is a folder of `ID.txt` or a file of JSON lines `{"id", "text"}`.

    Raises
    ------
    GoldFormatError
        When a line is no such object, a text is missing, or a surface does not stand at its offsets.
    """
    if texts.is_dir():
        bodies = {file.stem: file.read_text(encoding="utf-8") for file in texts.glob("*.txt")}
    else:
        rows = [json.loads(line) for line in texts.read_text(encoding="utf-8").splitlines() if line.strip()]
        bodies = {row["id"]: row["text"] for row in rows}
    found = []
    for number, line in enumerate(gold.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            text = bodies[row["id"]]
            for mark in (*row["mentions"], *row["optional"], *row["traps"]):
                if text[mark["start"] : mark["end"]] != mark["surface"]:
                    raise GoldFormatError(f"'{gold}' line {number}: {mark['surface']!r} is not at {mark['start']}.")
        except (KeyError, json.JSONDecodeError) as error:
            raise GoldFormatError(f"'{gold}' line {number}: no gold line, or no such text ({error}).") from error
        places = row["places"]
        toponyms = tuple(
            GoldToponym(
                mark["start"],
                mark["end"],
                place["lat"],
                place["lon"],
                tolerance_km=place["tolerance_km"],
                country=place["iso2"],
            )
            for mark in row["mentions"]
            if (place := places[mark["place"]])
        )
        optional = tuple((mark["start"], mark["end"]) for mark in row["optional"])
        language = row.get("language") or ("ar" if re.search(r"[\u0620-\u064a]", text) else "en")
        found.append(LabelledText(row["id"], text, language, toponyms, optional))
    return found
