"""`kharita run` ends with its server, whatever ends it."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest
from conftest import _free_port
from made_store import make_store

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.skipif(sys.platform == "win32", reason="signals are those of POSIX"),
]


def listens(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    except OSError:
        return False
    return True


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGKILL])
def test_the_server_ends_with_the_command(tmp_path: Path, number: signal.Signals) -> None:
    port = _free_port()
    told = {"KHARITA_CACHE": str(tmp_path), "KHARITA_USER_DATA": str(tmp_path), "PYTHONUNBUFFERED": "1"}
    kharita = [sys.executable, "-c", "from dashboard.cli import main; main()", "run", "--no-browser"]
    with subprocess.Popen(
        [*kharita, "--port", str(port), "--store", make_store(tmp_path)],
        env={**os.environ, **told}, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
    ) as process:  # fmt: skip
        assert process.stdout is not None
        assert "Kharita is open" in process.stdout.readline()
        assert listens(port)
        process.send_signal(number)
        assert process.wait(40) == (-number if number is signal.SIGKILL else 0)
    end = time.monotonic() + 30
    while listens(port) and time.monotonic() < end:
        time.sleep(0.2)
    assert not listens(port)
