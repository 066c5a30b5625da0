from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event

import pandas as pd
import pytest

from dashboard.web.keeping import forget_all, kept


def test_who_asks_the_same_gets_the_same_answer() -> None:
    asked = []

    @kept(2)
    def double(number: int) -> list[int]:
        """Return twice a number."""
        asked.append(number)
        return [2 * number]

    assert double(1) is double(1)
    double(2)
    double(1)  # now 2 is the one asked for least lately
    double(3)
    double(2)
    assert asked == [1, 2, 3, 2]
    assert double.__name__ == "double"
    forget_all()
    double(2)
    assert asked == [1, 2, 3, 2, 2]


def test_what_many_ask_at_once_is_worked_out_once() -> None:
    callers, asked = 8, []
    together, go_on = Barrier(callers + 1), Event()

    @kept(4)
    def slow(key: str) -> str:
        asked.append(key)
        go_on.wait(10)
        return key

    def ask(key: str) -> str:
        together.wait(10)
        return slow(key)

    with ThreadPoolExecutor(callers) as pool:
        found = [pool.submit(ask, "ab"[number % 2]) for number in range(callers)]
        together.wait(10)
        go_on.set()
        assert sorted(one.result(10) for one in found) == ["a"] * 4 + ["b"] * 4
    assert sorted(asked) == ["a", "b"]


def test_a_failure_is_not_kept_and_stops_nobody() -> None:
    tries = []

    @kept(4)
    def fails_first(key: str) -> str:
        tries.append(key)
        if len(tries) == 1:
            raise ValueError(key)
        return key

    with pytest.raises(ValueError, match="x"):
        fails_first("x")
    assert fails_first("x") == "x"


def test_frames_are_bounded_by_their_bytes() -> None:
    made = []

    @kept(10, most_mb=0.1)
    def frame(rows: int) -> pd.DataFrame:
        made.append(rows)
        return pd.DataFrame({"number": range(rows)})

    for rows in (5000, 5001, 5002):  # 40 kB each: two fit
        frame(rows)
    assert len(frame.answers) == 2
    frame(5000)
    frame(5002)
    assert made == [5000, 5001, 5002, 5000]
    assert len(frame(100_000)) == 100_000  # larger than all the room: answered, not kept
    assert frame.answers.currsize <= 0.1e6
