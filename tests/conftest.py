"""What all tests share: no network, and a small real gazetteer."""

from __future__ import annotations

import ipaddress
import socket
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from dashboard.gazetteer import Gazetteer

sys.path.insert(0, str(Path(__file__).resolve().parent / "fixtures"))


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
