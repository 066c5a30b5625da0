"""Make the gold legs of each part from the annotated briefs: `python data/gold/journeys/make_gold.py`.

Writes `train`, `dev` and `test`: `PART.jsonl` (the legs) and `PART.texts.jsonl` (the texts) beside this file.
The README beside it tells what the lines of a brief mean. Whatever is unclear stops the script with file and brief.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import re
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
PARTS = ("train", "dev", "test")
KINDS = [
    "visit",
    "arrival",
    "departure",
    "return",
    "meeting",
    "deployment",
    "withdrawal",
    "transfer",
    "flight",
    "expulsion",
    "transit",
]
STATUSES = (
    "happened",
    "under way",
    "planned",
    "cancelled",
    "denied",
    "alleged",
    "hypothetical",
    "habitual",
)
ACTORS = ["person", "delegation", "force", "vessel", "aircraft", "goods", "people", "organisation"]
_TRAIN, _DEV = 12, 16  # of 20
_HEADER = re.compile(r"((?:ar|en|fr)-[a-z]+-\d{3}) (\d{4}-\d\d-\d\d|-)")
_SENTENCE_END = re.compile(r"[.؟!?]+[\"»”)]*(?=\s|$)|\n")
_MARKS = "\u064b-\u0652\u0670"
_DATE = re.compile(r"(?:(?P<edtf>[-\d/.~]+)\s*)?\((?P<text>[^()]+)\)")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_EDTF = re.compile(r"(?:\d{4}(?:-\d\d(?:-\d\d)?)?~?|\.\.)(?:/(?:\d{4}(?:-\d\d(?:-\d\d)?)?~?|\.\.))?")
WEEKDAYS = (
    ("الاثنين", "الإثنين", "Monday", "lundi"),
    ("الثلاثاء", "Tuesday", "mardi"),
    ("الأربعاء", "الاربعاء", "Wednesday", "mercredi"),
    ("الخميس", "Thursday", "jeudi"),
    ("الجمعة", "Friday", "vendredi"),
    ("السبت", "Saturday", "samedi"),
    ("الأحد", "الاحد", "Sunday", "dimanche"),
)

Span = tuple[int, int]


class BriefError(ValueError):
    """A line of a brief is not clear; the message says which and why."""


@dataclass(frozen=True, slots=True)
class Place:
    """A line of `places.txt`; `km` is the tolerated error in km, 0 for a country.

    `near` names a place that the gazetteer knows and `near_km` how far from it this one lies at most, in km, where
    the gazetteer has not the place itself.
    """

    key: str
    name: str
    iso2: str | None
    lat: float
    lon: float
    km: float
    near: str = ""
    near_km: float = 0

    def row(self) -> dict[str, Any]:
        """Return the place as the gold format has it."""
        return {"name_en": self.name, "iso2": self.iso2, "lat": self.lat, "lon": self.lon, "km": self.km}


@dataclass(slots=True)
class Actor:
    """An actor of a text: its type, English name, and all places where the text names it."""

    type: str
    name: str
    spans: list[Span] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Brief:
    """A text with its legs; `date` is that of publication, ISO 8601, or None."""

    id: str
    date: str | None
    text: str
    legs: list[dict[str, Any]]


def part_of(ident: str) -> str:
    """Return the part that a text belongs to: 60 % train, 20 % dev, 20 % test, by a hash of its id alone."""
    number = hashlib.sha256(ident.encode()).digest()[0] % 20
    return PARTS[0] if number < _TRAIN else PARTS[1] if number < _DEV else PARTS[2]


def occurrences(text: str, surface: str, *, whole: bool = False) -> list[Span]:
    """Return where a surface stands as words of its own; unless `whole`, after a glued و ف ب ل ك too."""
    glued = "" if whole else "[وفبلك]{0,2}"
    pattern = rf"(?<![\w{_MARKS}]){glued}({re.escape(surface)})(?![\w{_MARKS}])"
    return [match.span(1) for match in re.finditer(pattern, text)]


def named(text: str, told: str, *, whole: bool = False) -> list[Span]:
    """Return the spans of `surface`, or the n-th one alone of `surface#n`.

    Raises
    ------
    BriefError
        The text has no such words.
    """
    surface, _, number = told.strip().partition("#")
    found = occurrences(text, surface, whole=whole)
    if number:
        found = found[int(number) - 1 : int(number)]
    if not found:
        raise BriefError(f"the text does not hold {told!r}.")
    return found


def sentence_of(text: str, at: int) -> Span:
    """Return the stretch between sentence ends that holds an offset, without space round it."""
    start, end = 0, len(text)
    for stop in _SENTENCE_END.finditer(text):
        if stop.end() > at:
            end = stop.end()
            break
        start = stop.end()
    while text[start].isspace():
        start += 1
    while text[end - 1].isspace():
        end -= 1
    return start, end


def nearest(spans: list[Span], cue: Span, sentence: Span) -> Span:
    """Return the naming that a cue means: in its sentence the nearest, else the nearest before, else after."""

    def order(span: Span) -> tuple[int, int]:
        gap = max(span[0] - cue[1], cue[0] - span[1], 0)
        inside = sentence[0] <= span[0] and span[1] <= sentence[1]
        return (0 if inside else 1 if span[0] < cue[0] else 2), gap

    return min(spans, key=order)


def read_places(path: Path) -> dict[str, Place]:
    """Read `key | name | country or - | latitude | longitude | km`, one place a line, some with `| near | km`."""
    places: dict[str, Place] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        key, name, iso2, lat, lon, km, *near = (cell.strip() for cell in line.split("|"))
        if key in places:
            raise BriefError(f"'{path}': there are two places {key!r}.")
        beside = (near[0], float(near[1])) if near else ("", 0.0)
        places[key] = Place(
            key, name, None if iso2 == "-" else iso2, float(lat), float(lon), float(km), *beside
        )
    return places


def read_briefs(folder: Path) -> list[Brief]:
    """Read all briefs of `folder/briefs/*.txt`, in the order of their ids.

    Raises
    ------
    BriefError
        The message names the file, the brief, the line and what is wrong with it.
    """
    places = read_places(folder / "places.txt")
    found: dict[str, Brief] = {}
    for path in sorted((folder / "briefs").glob("*.txt")):
        for block in re.split(r"(?m)^=== ", path.read_text(encoding="utf-8"))[1:]:
            try:
                brief = read_brief(block, places)
                if brief.id in found:
                    raise BriefError("this id is taken.")
            except ValueError as error:
                raise BriefError(f"'{path}', brief {block.splitlines()[0]!r}: {error}") from error
            found[brief.id] = brief
    return [found[ident] for ident in sorted(found)]


def read_brief(block: str, places: dict[str, Place]) -> Brief:
    """Read one brief: `id date`, the text, and after `---` its actors and legs."""
    header, _, rest = block.partition("\n")
    told = _HEADER.fullmatch(header.strip())
    if not told:
        raise BriefError(f"the header {header!r} is not 'language-group-number date'.")
    body, _, lines = rest.partition("\n---")
    text = body.strip()
    date = None if told[2] == "-" else told[2]
    rows = [line.strip() for line in lines.splitlines() if line.strip()]
    actors = _actors(text, [row for row in rows if "|" not in row])
    legs = []
    for row in rows:
        if "|" in row:
            try:
                legs.append(_leg(text, date, row, actors, places))
            except ValueError as error:
                raise BriefError(f"{row!r}: {error}") from error
    unused = set(actors) - {row.partition("|")[0].strip() for row in rows if "|" in row}
    if unused:
        raise BriefError(f"the actors {sorted(unused)} have no leg.")
    return Brief(told[1], date, text, legs)


def _actors(text: str, rows: list[str]) -> dict[str, Actor]:
    """Read `key type English name = naming / naming`: a naming inside a longer one of any actor is not counted."""
    told: dict[str, list[tuple[Span, bool]]] = {}
    actors: dict[str, Actor] = {}
    for row in rows:
        head, _, surfaces = row.partition("=")
        key, kind, *name = head.split()
        if kind not in ACTORS or not name or key in actors:
            raise BriefError(f"the actor {row!r} is not 'key type English name = namings'.")
        actors[key] = Actor(kind, " ".join(name))
        told[key] = [
            (span, "#" in surface) for surface in surfaces.split("/") for span in named(text, surface)
        ]
    every = {span for spans in told.values() for span, _ in spans}
    for key, spans in told.items():
        actors[key].spans = sorted(
            {
                span
                for span, chosen in spans
                if chosen or not any(o != span and o[0] <= span[0] and span[1] <= o[1] for o in every)
            }
        )
        if not actors[key].spans:
            raise BriefError(f"all namings of the actor {key!r} stand inside others.")
    return actors


def _leg(
    text: str, published: str | None, row: str, actors: dict[str, Actor], places: dict[str, Place]
) -> dict[str, Any]:
    """Read `actor | kind status | > to | < from | ~ via | date (words) | cue, cue`; the fullest mention's cue first."""
    key, what, *cells = (cell.strip() for cell in row.split("|"))
    kind, _, status = what.partition(" ")
    if kind not in KINDS or status not in STATUSES or key not in actors:
        raise BriefError("the actor, the kind or the status is unknown.")
    cues = []
    for told in cells.pop().split(","):
        found = named(text, told, whole=True)
        if len(found) != 1:
            raise BriefError(f"the cue {told.strip()!r} stands {len(found)} times: choose one by #number.")
        cues.append(found[0])
    cue, sentence = cues[0], sentence_of(text, cues[0][0])
    actor = actors[key]
    span = nearest(actor.spans, cue, sentence)
    leg: dict[str, Any] = {
        "actor": {
            **_mark(text, span),
            "name": actor.name,
            "type": actor.type,
            "also": [list(other) for other in actor.spans if other != span],
        },
        "from": None,
        "to": None,
        "via": None,
        "kind": kind,
        "status": status,
        "date": None,
        "date_text": None,
        "cue": _mark(text, cue),
        "sentence": list(sentence),
    }
    for cell in cells:
        role = {">": "to", "<": "from", "~": "via"}.get(cell[0])
        if role:
            leg[role] = _place(text, cell[1:].strip(), places, cue)
        else:
            leg["date"], leg["date_text"] = _date(text, published, cell)
    if not any(leg[role] and leg[role]["text"] for role in ("to", "from", "via")):
        raise BriefError("no place of the leg is named in the text.")
    leg["mentions"] = [_mention(text, actor, other) for other in sorted(cues)]
    return leg


def _mark(text: str, span: Span) -> dict[str, Any]:
    return {"text": text[slice(*span)], "start": span[0], "end": span[1]}


def _mention(text: str, actor: Actor, cue: Span) -> dict[str, Any]:
    sentence = sentence_of(text, cue[0])
    return {
        "actor": list(nearest(actor.spans, cue, sentence)),
        "cue": _mark(text, cue),
        "sentence": list(sentence),
    }


def _place(text: str, told: str, places: dict[str, Place], cue: Span) -> dict[str, Any]:
    """Read `surface@key +key…`, or `@key +key…` for a place that is certain without being named."""
    surface, _, keys = told.partition("@")
    unknown = [key for key in re.split(r"[\s+]+", keys.strip()) if key not in places]
    if unknown:
        raise BriefError(f"'places.txt' has no {unknown}.")
    first, *others = re.split(r"[\s+]+", keys.strip())
    mark: dict[str, Any] = {"text": None, "start": None, "end": None}
    if surface.strip():
        mark = _mark(text, nearest(named(text, surface), cue, sentence_of(text, cue[0])))
    also = {"also": [places[key].row() for key in others]} if others else {}
    return {**mark, **places[first].row(), **also}


def _date(text: str, published: str | None, told: str) -> tuple[str | None, str]:
    """Read `EDTF (words of the text)`; without EDTF, or `-`, the words fix no date."""
    match = _DATE.fullmatch(told)
    if not match:
        raise BriefError(f"{told!r} is neither place nor date.")
    edtf = None if match["edtf"] in (None, "-") else match["edtf"]
    words = match["text"]
    if words not in text:
        raise BriefError(f"the text does not hold the date words {words!r}.")
    if edtf is None:
        return None, words
    if not _EDTF.fullmatch(edtf):
        raise BriefError(f"{edtf!r} is no EDTF date.")
    if not published and edtf[:4] not in text and edtf[-10:-6] not in text:
        raise BriefError(f"a text without a date of publication and the year gives no {edtf!r}.")
    days = [n for n, names in enumerate(WEEKDAYS) if any(name in words for name in names)]
    if len(days) == 1 and _DAY.fullmatch(edtf) and dt.date.fromisoformat(edtf).weekday() != days[0]:
        raise BriefError(f"{edtf} is not the day of {words!r}.")
    return edtf, words


def gold_line(brief: Brief) -> dict[str, Any]:
    """Return a text's legs in the gold format."""
    return {
        "id": brief.id,
        "half": part_of(brief.id),
        "language": brief.id[:2],
        "date": brief.date,
        "chars": len(brief.text),
        "legs": brief.legs,
    }


def text_line(brief: Brief) -> dict[str, Any]:
    """Return a text as `kharita journeys` reads it."""
    return {"id": brief.id, "lang": brief.id[:2], "date": brief.date, "text": brief.text}


def main() -> None:
    """Write all parts, and say what they hold."""
    try:
        briefs = read_briefs(HERE)
    except BriefError as error:
        raise SystemExit(str(error)) from None
    for part in PARTS:
        chosen = [brief for brief in briefs if part_of(brief.id) == part]
        for suffix, rows in (
            (".jsonl", [gold_line(brief) for brief in chosen]),
            (".texts.jsonl", [text_line(brief) for brief in chosen]),
        ):
            lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
            (HERE / f"{part}{suffix}").write_text(lines, encoding="utf-8")
        legs = [leg for brief in chosen for leg in brief.legs]
        empty = sum(not brief.legs for brief in chosen)
        print(f"{part}: {len(chosen)} texts, {empty} without legs, {len(legs)} legs")
    for what in ("kind", "status"):
        print(what, Counter(leg[what] for brief in briefs for leg in brief.legs).most_common())
    print("language", Counter(brief.id[:2] for brief in briefs).most_common())


if __name__ == "__main__":
    main()
