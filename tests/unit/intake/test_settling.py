from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from dashboard.intake import ReadFailure, read_paths, settling
from dashboard.intake.settling import Settling

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

NOW = 1_700_000_000.0


@pytest.fixture(autouse=True)
def two_seconds(monkeypatch):
    monkeypatch.setattr(settling, "QUIET_S", 2.0)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "one.txt"
    path.write_text("وصل الوفد إلى باريس", encoding="utf-8")
    return path


class Clock:
    """A clock that goes on only while somebody sleeps; what `meanwhile` does happens then."""

    def __init__(self, meanwhile: Callable[[], object] = lambda: None) -> None:
        self.now = NOW
        self.slept: list[float] = []
        self.meanwhile = meanwhile

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds
        self.meanwhile()


def _aged(path: Path, seconds: float) -> None:
    os.utime(path, (NOW - seconds, NOW - seconds))


@pytest.mark.parametrize("age", [2.0, 100.0, -60.0])
def test_a_quiet_file_is_read_without_waiting(file, age):
    _aged(file, age)
    clock = Clock()
    assert Settling(clock, clock.sleep).is_whole(file)
    assert clock.slept == []


def test_a_file_saved_a_moment_ago_is_waited_for_and_read(file):
    _aged(file, 0.5)
    clock = Clock()
    assert Settling(clock, clock.sleep).is_whole(file)
    assert clock.slept == [pytest.approx(1.5, abs=1e-3)]


def test_a_file_that_goes_on_changing_is_left(file):
    _aged(file, 0.5)
    clock = Clock(lambda: file.write_text("more and more"))
    assert not Settling(clock, clock.sleep).is_whole(file)


def test_patience_ends(file):
    clock = Clock(lambda: _aged(file, -clock.now + NOW + 0.1))
    waiting = Settling(clock, clock.sleep, patience_s=3.0)
    _aged(file, 0.1)
    assert [waiting.is_whole(file) for _ in range(5)] == [False] * 5
    assert sum(clock.slept) <= 3.0


def test_what_is_left_is_said(file, monkeypatch):
    monkeypatch.setattr(Settling, "is_whole", lambda *_: False)
    (found,) = read_paths([file.parent])
    assert isinstance(found, ReadFailure)
    assert found.kind == "left"
    assert "being written" in found.reason
    assert "next time" in found.step
