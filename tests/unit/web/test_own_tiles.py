"""A base map of one's own: what is read of the file, what is refused, and that nothing else is ever read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from small_tiles import PICTURE, vector_tile, write_tiles

from dashboard.core.errors import SettingsError
from dashboard.web.own_tiles import OWN_TILES, open_tiles, vector_shapes

if TYPE_CHECKING:
    from pathlib import Path


def test_a_vector_tile_becomes_shapes_the_lowest_first() -> None:
    found = vector_shapes(vector_tile(), "ar")
    assert [shape[0] for shape in found["shapes"]] == ["water", "road", "name"]
    assert found["shapes"][-1][1:] == ["Point", [2048, 2048], "وسط"]
    assert vector_shapes(vector_tile(), "fr")["shapes"][-1][3] == "Middle"
    water = found["shapes"][0][2][0]
    assert min(y for _, y in water) == 2048  # from the upper left corner


def test_tiles_are_served_by_their_numbers(ask, tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setenv("KHARITA_BASEMAP", str(write_tiles(tmp_path / "v.pmtiles")))
    answer = ask(f"{OWN_TILES}/0/0/0?ui=ar")
    assert answer.status == 200
    assert len(answer.json["shapes"]) == 3
    assert ask(f"{OWN_TILES}/1/0/0").status == 204
    assert ask(f"{OWN_TILES}/0/7/7").status == 503  # no such tile in the world
    monkeypatch.setenv("KHARITA_BASEMAP", str(write_tiles(tmp_path / "p.pmtiles", vector=False)))
    picture = ask(f"{OWN_TILES}/0/0/0")
    assert picture.headers["content-type"] == "image/png"
    assert picture.body == PICTURE


@pytest.mark.parametrize(
    "path", ["../secret", "0/0/..%2f..%2fsecret", "0/0/-1", "%2e%2e/%2e%2e/secret", "0/0/0.png"]
)
def test_a_request_names_no_path(ask, tmp_path: Path, monkeypatch, path: str) -> None:
    (tmp_path / "secret").write_text("secret", encoding="utf-8")
    monkeypatch.setenv("KHARITA_BASEMAP", str(write_tiles(tmp_path / "v.pmtiles")))
    answer = ask(f"{OWN_TILES}/{path}")
    assert answer.status == 404
    assert b"secret" not in answer.body


def test_without_a_base_map_there_are_no_tiles(ask, monkeypatch) -> None:
    monkeypatch.delenv("KHARITA_BASEMAP", raising=False)
    assert ask(f"{OWN_TILES}/0/0/0").status == 404


@pytest.mark.parametrize("content", [b"", b"PMTiles", b"no tiles at all" * 40, b"PMTiles\x02" + bytes(200)])
def test_a_bad_file_gets_one_sentence(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "bad.pmtiles"
    file.write_bytes(content)
    with pytest.raises(SettingsError, match="PMTiles file"):
        open_tiles(str(file))


def test_a_missing_file_and_a_folder_are_named(tmp_path: Path) -> None:
    for path in (tmp_path / "none.pmtiles", tmp_path):
        with pytest.raises(SettingsError, match="can't be read"):
            open_tiles(str(path))


def test_a_damaged_file_harms_nobody(ask, tmp_path: Path, monkeypatch) -> None:
    whole = write_tiles(tmp_path / "v.pmtiles").read_bytes()
    torn = tmp_path / "torn.pmtiles"
    torn.write_bytes(whole[:-40])
    monkeypatch.setenv("KHARITA_BASEMAP", str(torn))
    assert ask(f"{OWN_TILES}/0/0/0").status == 503


def test_the_attribution_is_read_and_cut(tmp_path: Path) -> None:
    tiles = open_tiles(str(write_tiles(tmp_path / "v.pmtiles", attribution="x" * 900)))
    assert tiles.attribution == "x" * 500
    assert tiles.vector
