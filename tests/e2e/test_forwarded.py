"""What a server in front says of a request counts where that server is trusted, and nowhere else."""

from __future__ import annotations

from http.client import HTTPConnection
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from conftest import serving
from made_store import make_store

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.e2e


@pytest.mark.parametrize(("trusted", "status"), [("127.0.0.1", 200), ("192.0.2.7", 403)])
def test_a_trusted_server_in_front_says_how_it_was_asked(tmp_path: Path, trusted: str, status: int) -> None:
    with serving(make_store(tmp_path), tmp_path, trusted_proxies=trusted) as server:
        asked = HTTPConnection(urlsplit(server).netloc, timeout=60)
        # a page under the port of what is encrypted: its own only if the request was encrypted on the way to the front
        told = {"Host": "localhost", "Origin": "https://localhost:443", "X-Forwarded-Proto": "https"}
        asked.request("GET", "/healthz", headers=told)
        assert asked.getresponse().status == status
        asked.close()
