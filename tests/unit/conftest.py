"""A parser made by hand, and an empty store in each kind of database."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hand_parser import HandMadeParser

from dashboard.store import Store, open_store

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from postgres_server import PostgresServer


@pytest.fixture
def hand_parser() -> HandMadeParser:
    return HandMadeParser()


@pytest.fixture
def make_parser() -> type[HandMadeParser]:
    return HandMadeParser


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Return the address of an empty database of each kind, for all tests of a module."""
    if request.param == "sqlite":
        yield f"sqlite:///{(tmp_path_factory.mktemp('database') / 'store.sqlite').as_posix()}"
        return
    server = request.getfixturevalue("postgres")
    address = server.new_database()
    yield address
    server.drop(address)


@pytest.fixture
def postgres_url(postgres: PostgresServer) -> Iterator[str]:
    """Make an empty database."""
    address = postgres.new_database()
    yield address
    postgres.drop(address)


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    return f"sqlite:///{(tmp_path / 'store.sqlite').as_posix()}"


@pytest.fixture
def store_url(sqlite_url: str) -> str:
    return sqlite_url


@pytest.fixture
def store(store_url: str) -> Iterator[Store]:
    with open_store(store_url) as opened:
        yield opened
