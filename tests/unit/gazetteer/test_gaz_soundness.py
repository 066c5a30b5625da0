"""A gazetteer file that is emptied, cut or damaged is found out, and built anew."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import numpy as np
import pytest
from small_gazetteer import small_sources

from dashboard.core.errors import GazetteerIndexError
from dashboard.core.settings import Settings
from dashboard.gazetteer import Gazetteer, ensure_index
from dashboard.gazetteer import container as container_module
from dashboard.gazetteer.container import ContainerWriter, put_in_place, read_container, verify_container
from dashboard.gazetteer.locate import full_index_path, index_id, index_in_force
from dashboard.gazetteer.user_places import UserPlace, add_place

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

EMPTIED = pytest.param(lambda raw: raw[:0], id="emptied")
HALVED = pytest.param(lambda raw: raw[: len(raw) // 2], id="cut")
LAST_GONE = pytest.param(lambda raw: raw[:-1], id="one byte short")
CONTENTS = pytest.param(lambda raw: flipped(raw, len(raw) - 5), id="table of contents")
MIDDLE = pytest.param(lambda raw: flipped(raw, len(raw) // 2), id="flipped byte")


def flipped(raw: bytes, at: int) -> bytes:
    return raw[:at] + bytes([raw[at] ^ 0x20]) + raw[at + 1 :]


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(cache=tmp_path / "cache", user_data=tmp_path / "tables")


@pytest.fixture
def built(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Let the default sources be the small ones; return the ids that were asked for."""
    asked: list[str] = []

    def sources(_data: Path, ident: str) -> object:
        asked.append(ident)
        small = small_sources()
        return type(small)(id=ident, places=small.places, demonyms=small.demonyms, words=small.words)

    monkeypatch.setattr("dashboard.gazetteer.sources.default.default_sources", sources)
    return asked


def test_every_byte_counts(tmp_path: Path) -> None:
    path = tmp_path / "x"
    with ContainerWriter(path) as writer:
        writer.add("a", np.array([1, 2, 3], dtype=np.uint16))
        (tmp_path / "bytes").write_bytes(b"some text")
        writer.add_file("b", np.uint8, tmp_path / "bytes")
        writer.add("empty", np.array([], dtype=np.float32))
        size = writer.finish({"id": "x"})
    verify_container(path)
    raw = path.read_bytes()
    assert len(raw) == size
    for at in range(size):
        path.write_bytes(flipped(raw, at))
        with pytest.raises(GazetteerIndexError, match="kharita gazetteer build"):
            verify_container(path)


@pytest.mark.parametrize("harm", [EMPTIED, HALVED, LAST_GONE, CONTENTS])
def test_opening_refuses_what_it_can_see(
    small_gazetteer_path: Path, tmp_path: Path, harm: Callable[[bytes], bytes]
) -> None:
    (tmp_path / "x").write_bytes(harm(small_gazetteer_path.read_bytes()))
    with pytest.raises(GazetteerIndexError, match="kharita gazetteer build"):
        Gazetteer.open(tmp_path / "x")


def test_opening_reads_no_more_than_header_and_contents(small_gazetteer_path: Path, tmp_path: Path) -> None:
    raw = small_gazetteer_path.read_bytes()
    (tmp_path / "x").write_bytes(flipped(raw, len(raw) // 2))
    assert read_container(tmp_path / "x").meta["id"]  # a start must not wait for the checksum of it all


@pytest.mark.parametrize("harm", [EMPTIED, HALVED, LAST_GONE, CONTENTS])
def test_a_file_that_cannot_be_opened_is_built_anew(
    settings: Settings, built: list[str], harm: Callable[[bytes], bytes]
) -> None:
    path = ensure_index(settings).path
    path.write_bytes(harm(path.read_bytes()))
    assert ensure_index(settings).lookup("Tripoli")
    assert len(built) == 2
    verify_container(path)


def test_a_flipped_byte_is_mended_by_a_build(settings: Settings, built: list[str]) -> None:
    path = ensure_index(settings).path
    whole = path.read_bytes()
    path.write_bytes(flipped(whole, len(whole) // 2))
    ensure_index(settings)
    assert len(built) == 1
    ensure_index(settings, verify=True)
    assert len(built) == 2
    verify_container(path)


def test_an_index_with_ones_own_places_is_mended_too(settings: Settings, built: list[str]) -> None:
    ident = add_place(settings, UserPlace("Qasr Test", 30.1, 15.2))
    path = ensure_index(settings).path
    whole = path.read_bytes()
    path.write_bytes(flipped(whole, len(whole) // 2))
    assert ensure_index(settings, verify=True).row(ident) is not None
    verify_container(index_in_force(settings))
    assert built == [index_id()]


def test_a_damaged_gazetteer_from_dumps_is_named(
    settings: Settings, small_gazetteer_path: Path, built: list[str]
) -> None:
    full = full_index_path(settings)
    full.parent.mkdir(parents=True)
    raw = small_gazetteer_path.read_bytes()
    full.write_bytes(flipped(raw, len(raw) // 2))
    with pytest.raises(GazetteerIndexError, match=r"damaged.*kharita gazetteer build"):
        ensure_index(settings, verify=True)
    assert full.exists()
    assert not built


def test_what_a_killed_build_left_is_swept(settings: Settings, built: list[str]) -> None:
    folders = (settings.cache / "gazetteer", full_index_path(settings).parent)
    for folder in folders:
        (folder / "building-dead").mkdir(parents=True)
        (folder / "building-dead" / "texts").write_text("half")
    ensure_index(settings)  # a build sweeps where it builds
    assert not (folders[0] / "building-dead").exists()
    ensure_index(settings, verify=True)
    assert not (folders[1] / "building-dead").exists()
    assert len(built) == 1


def test_a_file_is_on_the_disk_before_it_takes_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[str] = []
    sync = os.fsync

    def noted(number: int) -> None:
        done.append("finished" if (tmp_path / "named").exists() else "written")
        sync(number)

    monkeypatch.setattr(container_module.os, "fsync", noted)
    with ContainerWriter(tmp_path / "beside") as writer:
        writer.finish({})
    put_in_place(tmp_path / "beside", tmp_path / "named")
    assert done == ["written", "written", "finished"][: 3 if os.name == "posix" else 2]
