from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from dashboard.core.errors import GazetteerIndexError
from dashboard.gazetteer import Gazetteer
from dashboard.gazetteer.container import ContainerWriter, read_container

if TYPE_CHECKING:
    from pathlib import Path


def write(path: Path) -> None:
    with ContainerWriter(path) as writer:
        writer.add("a", np.array([1, 2, 3], dtype=np.uint16))
        writer.add("empty", np.array([], dtype=np.float32))
        writer.finish({"id": "x"})


def test_arrays_come_back_as_they_were(tmp_path: Path) -> None:
    write(tmp_path / "x")
    container = read_container(tmp_path / "x")
    assert container.meta == {"id": "x"}
    assert container.arrays["a"].tolist() == [1, 2, 3]
    assert container.arrays["a"].dtype == np.uint16
    assert len(container.arrays["empty"]) == 0


def test_arrays_cannot_be_changed(tmp_path: Path) -> None:
    write(tmp_path / "x")
    with pytest.raises(ValueError, match="read-only"):
        read_container(tmp_path / "x").arrays["a"][0] = 9


def test_a_missing_index_names_the_remedy(tmp_path: Path) -> None:
    with pytest.raises(GazetteerIndexError, match=r"No gazetteer at .*kharita gazetteer build"):
        Gazetteer.open(tmp_path / "none.kgz")


def test_a_folder_is_no_index(tmp_path: Path) -> None:
    with pytest.raises(GazetteerIndexError, match="kharita gazetteer build"):
        Gazetteer.open(tmp_path)


@pytest.mark.parametrize(
    "content", [b"", b"short", b"something else entirely, but long enough to hold a header"]
)
def test_a_foreign_file_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "x").write_bytes(content)
    with pytest.raises(GazetteerIndexError, match="not a gazetteer index"):
        Gazetteer.open(tmp_path / "x")


def test_an_unfinished_index_is_refused(tmp_path: Path) -> None:
    with ContainerWriter(tmp_path / "x") as writer:
        writer.add("a", np.array([1], dtype=np.uint16))
    with pytest.raises(GazetteerIndexError, match="unfinished"):
        Gazetteer.open(tmp_path / "x")


def test_an_index_cut_short_is_refused(tmp_path: Path) -> None:
    write(tmp_path / "x")
    (tmp_path / "x").write_bytes((tmp_path / "x").read_bytes()[:-1])
    with pytest.raises(GazetteerIndexError, match="cut short"):
        Gazetteer.open(tmp_path / "x")


def test_another_format_is_refused_by_its_number(tmp_path: Path) -> None:
    write(tmp_path / "x")
    raw = bytearray((tmp_path / "x").read_bytes())
    raw[8] = 99
    (tmp_path / "x").write_bytes(raw)
    with pytest.raises(GazetteerIndexError, match="has format 99"):
        Gazetteer.open(tmp_path / "x")
