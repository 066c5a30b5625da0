"""Make the gold files of each part from the annotated briefs: `python data/gold/make_gold.py`.

Writes `train`, `dev` and `test`: `PART.jsonl` (the annotations) and `PART.texts.jsonl` (the texts) beside this file.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dashboard.geoparse.briefs import PARTS, part_of, read_briefs

if TYPE_CHECKING:
    from dashboard.geoparse.gold import GoldMention, GoldText

HERE = Path(__file__).parent


def gold_line(gold: GoldText) -> dict[str, Any]:
    """Return the annotations of a text in the gold format."""
    return {
        "id": gold.id,
        "language": gold.language,
        "focus": gold.focus,
        "mentions": [{**_mark(mark), "place": mark.place} for mark in gold.mentions],
        "places": {
            key: {
                "name_en": place.name,
                "kind": place.kind,
                "iso2": place.country,
                "lat": place.latitude,
                "lon": place.longitude,
                "tolerance_km": place.tolerance_km,
            }
            for key, place in gold.places.items()
        },
        "optional": [_mark(mark) for mark in gold.optional],
        "traps": [_mark(mark) for mark in gold.traps],
    }


def _mark(mark: GoldMention) -> dict[str, Any]:
    return {"start": mark.start, "end": mark.end, "surface": mark.surface}


def main() -> None:
    """Write all parts."""
    texts = read_briefs(HERE / "briefs")
    for part in PARTS:
        chosen = [gold for gold in texts if part_of(gold.id) == part]
        for suffix, rows in (
            (".jsonl", [gold_line(gold) for gold in chosen]),
            (".texts.jsonl", [{"id": gold.id, "text": gold.text} for gold in chosen]),
        ):
            lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
            (HERE / f"{part}{suffix}").write_text(lines, encoding="utf-8")
        print(f"{part}: {len(chosen)} texts, {sum(len(gold.mentions) for gold in chosen)} mentions")


if __name__ == "__main__":
    main()
