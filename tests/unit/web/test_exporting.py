"""Files that are made beside the page: whole or not at all, told how far they are, stopped when nobody waits."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from io import BytesIO
from threading import Event
from typing import TYPE_CHECKING

import pytest
from asking import asker
from made_store import make_store

from dashboard.core.errors import ExportError
from dashboard.query import Filters, select_all
from dashboard.store import open_store
from dashboard.web import exporting
from dashboard.web.exporting import Exports, shared_exports
from dashboard.web.hand_over import make_handover
from dashboard.words import strings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from dashboard.core.progress import Progress
    from dashboard.render.exports import Handover
    from dashboard.store import Store
    from dashboard.web.exporting import Export

PATIENCE_S = 30


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    url = make_store(tmp_path)
    monkeypatch.setenv("KHARITA_STORE", url)
    shared_exports.forget()
    with open_store(url) as opened:
        yield opened


def made(store: Store, watch: Progress) -> Handover:
    selection = replace(select_all(store, Filters()), watch=watch)
    return make_handover(store, Filters(), strings("en"), selection=selection)


def over(exports: Exports, one: Export) -> Export:
    """Wait until a file is made, or is not."""
    exports._pool.submit(int).result(PATIENCE_S)
    exports._pool.shutdown(wait=True)
    assert not one.under_way
    return one


def left(exports: Exports) -> list[str]:
    from pathlib import Path  # noqa: PLC0415 - elsewhere a type

    return [one.name for one in Path(exports._root.name).rglob("*") if one.is_file()]


@pytest.mark.parametrize(("suffix", "what"), [(".csv", {"sentences"}), (".zip", {"texts", "sentences"})])
def test_a_file_is_made_and_says_how_far_it_is(store: Store, suffix: str, what: set[str]) -> None:
    told = []

    def make(watch: Progress) -> Handover:
        def both(done: int, total: int, of: str) -> None:
            told.append((done, total, of))
            watch(done, total, of)

        return made(store, both)

    exports = Exports()
    one = over(exports, exports.begin(f"news{suffix}", make))
    assert one.state == "ready"
    assert left(exports) == [f"news{suffix}"]
    assert {of for _, _, of in told} == what
    assert all(0 <= done <= total for done, total, _ in told)


def test_only_a_whole_file_is_handed_out(store: Store) -> None:
    go_on = Event()

    def make(watch: Progress) -> Handover:
        assert go_on.wait(PATIENCE_S)
        return made(store, watch)

    exports, ask = shared_exports(), asker()
    one = exports.begin("news.zip", make)
    assert ask(f"/{one.address}").status == 404
    go_on.set()
    over(exports, one)
    answer = ask(f"/{one.address}")
    assert answer.status == 200
    assert answer.headers["content-length"] == str(len(answer.body))  # so that a part is seen to be one
    assert answer.headers["content-encoding"] == "identity"
    assert answer.headers["content-disposition"] == 'attachment; filename="news.zip"'
    assert zipfile.ZipFile(BytesIO(answer.body)).testzip() is None
    assert ask(f"/handover/{'x' * 32}/news.zip").status == 404
    exports.forget(one)
    assert ask(f"/{one.address}").status == 404
    assert left(exports) == []


def test_what_is_stopped_leaves_nothing(store: Store) -> None:
    halfway, go_on = Event(), Event()

    def make(watch: Progress) -> Handover:
        def slow(done: int, total: int, of: str) -> None:
            halfway.set()
            assert go_on.wait(PATIENCE_S)
            watch(done, total, of)

        return made(store, slow)

    exports = Exports(at_once=1)
    one = exports.begin("news.csv", make)
    waiting = exports.begin("news.csv", make)
    assert halfway.wait(PATIENCE_S)
    waiting.stop()
    assert waiting.state == "stopped"
    exports.forget(one)
    assert exports.find(one.token) is None
    go_on.set()
    assert over(exports, one).state == "stopped"
    assert left(exports) == []


@pytest.mark.parametrize(
    ("error", "said"), [(ExportError("the disk is full."), "the disk is full."), (RuntimeError("burnt"), "")]
)
def test_what_fails_says_so_and_leaves_nothing(store: Store, error: Exception, said: str) -> None:
    def make(watch: Progress) -> Handover:
        def fail(_done: int, _total: int, _what: str) -> None:
            raise error

        assert watch
        return made(store, fail)

    exports = Exports()
    one = over(exports, exports.begin("news.csv", make))
    assert (one.state, one.said) == ("failed", said)
    assert left(exports) == []


def test_old_files_go(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exporting, "_KEPT", 2)
    exports = Exports(at_once=1)
    make: Callable[[Progress], Handover] = lambda watch: made(store, watch)  # noqa: E731
    begun = []
    for _ in range(3):
        begun.append(exports.begin("news.csv", make))
        exports._pool.submit(int).result(PATIENCE_S)
    assert [exports.find(one.token) is not None for one in begun] == [False, True, True]
    assert len(left(exports)) == 2


def test_an_unknown_format_is_refused(store: Store) -> None:
    with pytest.raises(ExportError, match="known suffixes"):
        Exports().begin("news.exe", lambda watch: made(store, watch))
