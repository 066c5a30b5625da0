"""Files that a user names: kept unless told otherwise, whole or as they were."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path

import pytest

from dashboard.core.errors import ExportError
from dashboard.core.named_files import refuse_taken, replacing, write_named

posix = pytest.mark.skipif(sys.platform == "win32", reason="links and pipes are those of POSIX")


def test_a_file_that_is_there_is_kept_without_force(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    refuse_taken(path)
    path.write_text("mine")
    with pytest.raises(ExportError, match="is there already"):
        refuse_taken(path)
    with pytest.raises(ExportError, match="is there already"):
        refuse_taken(path, again=lambda one: one.read_text() == "yours")
    refuse_taken(path, again=lambda one: one.read_text() == "mine")
    refuse_taken(path, force=True)
    with pytest.raises(ExportError, match="folder"):
        refuse_taken(tmp_path, force=True)


@posix
def test_the_store_is_kept_whatever_it_is_called(tmp_path: Path) -> None:
    store, link, hard = (tmp_path / name for name in ("a.sqlite", "link", "hard"))
    store.write_text("all")
    link.symlink_to(store)
    os.link(store, hard)
    (tmp_path / "sub").mkdir()
    for path in (store, link, hard, tmp_path / "sub" / ".." / "a.sqlite"):
        with pytest.raises(ExportError, match="the store itself"):
            refuse_taken(path, force=True, own=(store,))
    with pytest.raises(ExportError, match="the store itself"):
        refuse_taken(tmp_path / "sub" / ".." / "a.sqlite-wal", own=(tmp_path / "a.sqlite-wal",))


def test_what_fails_midway_leaves_what_was_there(tmp_path: Path) -> None:
    path = tmp_path / "out.txt"
    write_named(path, b"before")
    with suppress(RuntimeError), replacing(path) as beside:
        beside.write_text("half")
        raise RuntimeError
    assert path.read_text() == "before"
    assert [one.name for one in tmp_path.iterdir()] == ["out.txt"]
    with pytest.raises(ExportError, match="can't be written"):
        write_named(tmp_path / "none" / "out.txt", b"x")


@posix
def test_a_link_stays_one_and_a_pipe_is_written_to(tmp_path: Path) -> None:
    target, link, pipe = (tmp_path / name for name in ("target", "link", "pipe"))
    target.write_text("old")
    link.symlink_to(target)
    write_named(link, b"new")
    assert link.is_symlink()
    assert target.read_text() == "new"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        refuse_taken(pipe)
        write_named(pipe, b"through")
        assert os.read(reader, 100) == b"through"
    finally:
        os.close(reader)
    assert pipe.is_fifo()


@pytest.mark.skipif(not Path("/dev/fd").exists(), reason="open files have no names here")
def test_what_is_piped_on_is_written_to() -> None:
    reader, writer = os.pipe()
    try:
        name = Path(f"/dev/fd/{writer}")
        refuse_taken(name)
        write_named(name, b"through")
        assert os.read(reader, 100) == b"through"
    finally:
        os.close(reader)
        os.close(writer)
