"""What all tests share: no network, and a small real gazetteer."""

from __future__ import annotations

import ipaddress
import os
import socket
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from postgres_server import PostgresServer

    from dashboard.gazetteer import Gazetteer
    from dashboard.geoparse import Geoparser

sys.path.insert(0, str(Path(__file__).resolve().parent / "fixtures"))

settings.register_profile("kharita", deadline=None)  # a busy machine is no fault of what is tested
settings.load_profile("kharita")


class NetworkRefusedError(AssertionError):
    """A test tried to reach another machine."""


def _is_local(address: Any) -> bool:
    if not isinstance(address, tuple):  # the path of a Unix socket
        return True
    host = str(address[0])
    if host in ("localhost", ""):
        return True
    try:
        return ipaddress.ip_address(host.partition("%")[0]).is_loopback
    except ValueError:  # a name: it would have to be asked for
        return False


@pytest.fixture(autouse=True)
def no_network(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Refuse connections to other machines; tests marked `e2e` are left alone."""
    if request.node.get_closest_marker("e2e") is None:
        connect, connect_ex = socket.socket.connect, socket.socket.connect_ex

        def guarded(self: socket.socket, address: Any) -> None:
            if not _is_local(address):
                raise NetworkRefusedError(f"a test tried to reach {address!r}")
            connect(self, address)

        def guarded_ex(self: socket.socket, address: Any) -> int:
            if not _is_local(address):
                raise NetworkRefusedError(f"a test tried to reach {address!r}")
            return connect_ex(self, address)

        monkeypatch.setattr(socket.socket, "connect", guarded)
        monkeypatch.setattr(socket.socket, "connect_ex", guarded_ex)


@pytest.fixture(autouse=True)
def no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take every file for whole at once; what waits for files has tests with a clock of their own."""
    monkeypatch.setattr("dashboard.intake.settling.QUIET_S", 0.0)


@pytest.fixture(autouse=True)
def one_main(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave the main module what it was: Streamlit puts its script there, and new processes would run it first."""
    monkeypatch.setitem(sys.modules, "__main__", sys.modules["__main__"])


@pytest.fixture(scope="session")
def small_gazetteer_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the path of the small gazetteer, built once a session."""
    from small_gazetteer import build_small_gazetteer  # noqa: PLC0415 - only for tests that ask for it

    return build_small_gazetteer(tmp_path_factory.mktemp("gazetteer") / "small.kgz").path


@pytest.fixture(scope="session")
def small_gazetteer(small_gazetteer_path: Path) -> Gazetteer:
    """Return the small gazetteer, opened."""
    from dashboard.gazetteer import Gazetteer  # noqa: PLC0415 - only for tests that ask for it

    return Gazetteer.open(small_gazetteer_path)


@pytest.fixture(scope="session")
def full_cache(request: pytest.FixtureRequest) -> Path:
    """Return the cache folder of the full gazetteer, kept between runs."""
    return Path(request.config.cache.mkdir("kharita"))


@pytest.fixture(scope="session")
def full_gazetteer(full_cache: Path) -> Gazetteer:
    """Return the gazetteer that users have; compiled once for all runs."""
    from dashboard.core.settings import Settings  # noqa: PLC0415 - only for tests that ask for it
    from dashboard.gazetteer import ensure_index  # noqa: PLC0415

    return ensure_index(Settings(cache=full_cache, user_data=full_cache / "user"))


@pytest.fixture(scope="session")
def full_parser(full_gazetteer: Gazetteer) -> Geoparser:
    """Return the parser that users have."""
    from dashboard.geoparse import Geoparser  # noqa: PLC0415 - only for tests that ask for it

    return Geoparser(full_gazetteer)


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """Start a real PostgreSQL; skipped where none is installed, unless KHARITA_REQUIRE_POSTGRES is set."""
    if os.environ.get("KHARITA_REQUIRE_POSTGRES") is None:
        pytest.importorskip("psycopg")
    from postgres_server import find_program, running_postgres  # noqa: PLC0415 - only where the driver is

    if find_program("initdb") is None and os.environ.get("KHARITA_REQUIRE_POSTGRES") is None:
        pytest.skip("no PostgreSQL is installed")
    with running_postgres() as server:
        yield server


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the browser's tests last, and let one that waited in vain try once more.

    While a browser is open, no other test can run an event loop; and on a loaded machine it misses a moment now and
    then. A second failure counts; `-rR` names those that needed it.
    """
    items.sort(key=lambda item: "e2e" in item.path.parts)
    for item in items:
        if item.get_closest_marker("e2e"):
            item.add_marker(pytest.mark.flaky(reruns=1, only_rerun=["TimeoutError"]))
