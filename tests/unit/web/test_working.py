from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from dashboard.ingest.jobs import Jobs
from dashboard.intake.columns import ColumnMapping, MappingMemory
from dashboard.web.working import Lookout

if TYPE_CHECKING:
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
