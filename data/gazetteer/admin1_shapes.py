"""Give the first-level divisions their shapes, and draw them (`make_admin1.py`)."""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

import shapely
from shapely.geometry import mapping

if TYPE_CHECKING:
    from pathlib import Path

    from admin1_sources import Division, Shape, Town
    from shapely.geometry.base import BaseGeometry

# A shape without a code takes that of the GeoNames division which holds this share of its towns.
SURE_SHARE = 0.8
# Shapes are simplified by this many degrees and written to this grid; smaller parts are left out.
TOLERANCE_DEG, GRID_DEG, MIN_PART_DEG2 = 0.045, 0.01, 0.006


def towns_within(geometry: BaseGeometry, towns: list[Town]) -> list[Town]:
    """Return those `towns` that lie in `geometry`, in the order given."""
    shapely.prepare(geometry)
    inside = shapely.contains_xy(geometry, [t.lon for t in towns], [t.lat for t in towns])
    return [town for town, yes in zip(towns, inside, strict=True) if yes]


def give_shapes(
    divisions: dict[str, Division],
    shapes: list[Shape],
    up: dict[str, str],
    fixes: dict[str, dict[str, str]],
    towns: dict[str, list[Town]],
    references: dict[str, str],
) -> None:
    """Find the division of each Natural Earth shape and join the shapes of each.

    The code decides, or the code above it; a shape without a known code goes with the division
    whose GeoNames code nearly all of its towns have.
    """
    by_admin1 = {(code[:2], admin1): code for code, admin1 in references.items()}
    by_admin1 |= {(c[:2], d.fixes["admin1"]): c for c, d in divisions.items() if "admin1" in d.fixes}
    parts: dict[str, list[Shape]] = defaultdict(list)
    for one in shapes:
        code = fixes.get(one.id, {}).get("code", one.code)
        while code not in divisions and code in up:
            code = up[code]
        if code not in divisions:
            held = Counter(t.admin1 for t in towns_within(one.geometry, towns[one.country]))
            for admin1, number in held.most_common(1):
                if number >= SURE_SHARE * held.total():
                    code = by_admin1.get((one.country, admin1), "")
        if code in divisions and "shapes" not in fixes.get(one.country, {}):
            parts[code].append(one)
    for code, members in parts.items():
        divisions[code].shape = shapely.union_all([one.geometry.buffer(0) for one in members])
        divisions[code].kind_en = members[0].kind_en


def write_shapes(path: Path, divisions: list[Division]) -> int:
    """Write the simplified shapes as GeoJSON and return how many there are.

    Common borders stay common: they are simplified once, as a coverage, and put on one grid.
    """
    shaped = [one for one in divisions if one.shape]
    simple = shapely.coverage_simplify([one.shape for one in shaped], TOLERANCE_DEG)
    features = []
    for one, geometry in zip(shaped, simple, strict=True):
        parts = sorted(shapely.get_parts(geometry), key=lambda part: -part.area)
        kept = parts[:1] + [part for part in parts[1:] if part.area >= MIN_PART_DEG2]
        clean = shapely.set_precision(shapely.union_all(kept), GRID_DEG)
        if not clean.is_empty:
            names = {"code": one.code, "country": one.country}
            features.append({"type": "Feature", "properties": names, "geometry": mapping(clean)})
    text = json.dumps({"type": "FeatureCollection", "features": features}, separators=(",", ":"))
    path.write_text(re.sub(r"(\.\d\d)\d+", r"\1", text), encoding="utf-8")
    return len(features)
