from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest
from local_sites import Site, article_page, local_fetcher, local_site, reply

from dashboard.ingest.jobs import Jobs
from dashboard.intake.columns import ColumnMapping, MappingMemory
from dashboard.network import AddressReader
from dashboard.web.working import Lookout

if TYPE_CHECKING:
    from collections.abc import Iterator
    from http.server import BaseHTTPRequestHandler
    from pathlib import Path

LIMIT_S = 30


@pytest.fixture
def lookout(tmp_path: Path) -> Lookout:
    return Lookout("batch", Jobs(tmp_path / "in", "sqlite://"))


def names(lookout: Lookout) -> list[str]:
    lookout.wait(LIMIT_S)
    return [one.name for one in lookout.found()]


def test_files_are_held_let_go_and_left_out(lookout: Lookout) -> None:
    files = [("1", "b.txt", b"words of b"), ("2", "a.txt", b"words of a"), ("3", "c.txt", b"words of c")]
    lookout.hold(files)
    assert names(lookout) == ["b.txt", "a.txt", "c.txt"]
    assert (lookout.articles, lookout.complete) == (3, True)
    lookout.hold(files[:2])
    assert names(lookout) == ["b.txt", "a.txt"]
    first = lookout.found()[0].path
    assert lookout.can_leave_out(first)
    lookout.leave_out(first)
    lookout.hold(files[:2])  # it lies in the drop still
    assert names(lookout) == ["a.txt"]
    assert len(lookout.paths) == 1


def test_a_folder_is_looked_at_and_its_files_stay_with_it(lookout: Lookout, tmp_path: Path) -> None:
    folder = tmp_path / "news"
    folder.mkdir()
    for name in "ab":
        (folder / f"{name}.txt").write_text(f"words of {name}")
    lookout.add_folder(folder)
    lookout.add_folder(folder)
    assert names(lookout) == [str(folder / "a.txt"), str(folder / "b.txt")]
    assert lookout.paths == [folder]
    assert not lookout.can_leave_out(str(folder / "a.txt"))
    lookout.leave_out(str(folder))
    assert names(lookout) == []


def test_what_is_said_of_columns_and_dates_is_looked_at_again(lookout: Lookout, tmp_path: Path) -> None:
    table = "title,text,date,source\nA,word word,03/04/2025,Post\n"
    lookout.hold([("1", "t.csv", table.encode())])
    lookout.wait(LIMIT_S)
    assert lookout.asked() == {"Post": "03/04/2025"}
    lookout.order_dates("Post", "mdy")
    lookout.wait(LIMIT_S)
    (one,) = lookout.found()
    assert str(one.first) == "2025-03-04"
    assert lookout.asked() == {"Post": "03/04/2025"}  # so that the answer can be changed
    lookout.order_dates("Post", "")
    lookout.wait(LIMIT_S)
    assert lookout.found()[0].first is None
    shape = one.table.shape
    lookout.map_columns(shape, ColumnMapping(text="title", title="text"))
    lookout.wait(LIMIT_S)
    assert lookout.found()[0].titles == ["word word"]
    memory = MappingMemory(tmp_path / "columns.json")
    memory.remember(shape, ColumnMapping(text="title"))
    assert memory.load()[shape].text == "title"


@pytest.fixture
def site() -> Iterator[Site]:
    with local_site() as made:
        yield made


def asking(tmp_path: Path) -> Lookout:
    jobs = Jobs(tmp_path / "in", "sqlite://")
    return Lookout("batch", jobs, ask=lambda options: AddressReader(local_fetcher(), options))


def test_an_address_is_asked_once_while_more_is_given(tmp_path: Path, site: Site) -> None:
    lookout, going_on = asking(tmp_path), threading.Event()

    def slow(handler: BaseHTTPRequestHandler) -> None:
        going_on.wait(LIMIT_S)
        reply(handler, 200, article_page("سفينة في طبرق").encode(), Content_Type="text/html")

    url = site.run("/slow", slow)
    lookout.add_addresses([url, url])
    (tmp_path / "a.txt").write_text("words of a")
    lookout.add_folder(tmp_path / "a.txt")
    going_on.set()
    assert names(lookout) == [str(tmp_path / "a.txt"), url]
    assert site.paths().count("/slow") == 1
    assert lookout.articles == 2
    assert lookout.paths == [tmp_path / "a.txt"]


def test_what_an_address_gave_is_kept_until_it_is_left_out(tmp_path: Path, site: Site) -> None:
    lookout = asking(tmp_path)
    url = site.give("/ship", article_page("سفينة في طبرق"))
    lookout.add_addresses([url, site.address + "/gone"])
    assert names(lookout) == [url, site.address + "/gone"]
    good, bad = lookout.found()
    assert (good.kind, good.articles, good.titles) == ("address", 1, ["سفينة في طبرق"])
    assert "404" in bad.failures[0].reason
    (kept,) = (tmp_path / "in").rglob("0000/asked.jsonl")
    assert lookout.can_leave_out(url)
    lookout.leave_out(url)
    lookout.leave_out(site.address + "/gone")
    assert names(lookout) == []
    assert lookout.is_empty
    assert not kept.exists()
