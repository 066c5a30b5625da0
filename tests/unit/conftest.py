"""A parser made by hand and an empty store."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hand_parser import HandMadeParser

from dashboard.store import Store, open_store

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def hand_parser() -> HandMadeParser:
    return HandMadeParser()


@pytest.fixture
def make_parser() -> type[HandMadeParser]:
    return HandMadeParser


@pytest.fixture
def store_url(tmp_path: Path) -> str:
    return f"sqlite:///{(tmp_path / 'store.sqlite').as_posix()}"


@pytest.fixture
def store(store_url: str) -> Iterator[Store]:
    with open_store(store_url) as opened:
        yield opened
