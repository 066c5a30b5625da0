"""What once stopped the server, or could run in the page, is text; seen in a browser."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.request import urlopen

import pytest
from hostile import ATTACK, make_hostile_store

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager
    from pathlib import Path

    from conftest import Visited

pytestmark = pytest.mark.e2e


def answers(server: str) -> bool:
    with urlopen(f"{server}/healthz", timeout=5) as answer:  # noqa: S310 - our own server
        return bool(answer.read() == b"ok")


def test_the_link_that_froze_the_server_is_answered(visit: Callable[..., Visited], server: str) -> None:
    visited = visit(f"{ATTACK}&ui=en")
    visited.page.get_by_text("{{9**9999999999}}").first.wait_for()
    visited.page.locator("iframe").wait_for()
    assert answers(server)
    again = visit("?ui=en")
    again.map_ready()
    assert answers(server)


@pytest.fixture
def hostile_server(
    tmp_path: Path, serve: Callable[[str, Path], AbstractContextManager[str]]
) -> Iterator[str]:
    with serve(make_hostile_store(tmp_path), tmp_path) as address:
        yield address


def test_hostile_names_are_drawn_and_run_nowhere(
    hostile_server: str, browse: Callable[[str], AbstractContextManager[Callable[..., Visited]]]
) -> None:
    with browse(hostile_server) as visit:
        visited = visit("?ui=en&numerals=latn")
        visited.page.on("dialog", lambda dialog: visited.errors.append(dialog.message))
        visited.map_ready()
        names = visited.on_map("kharita.data.all.map((place) => place.name)")
        assert isinstance(names, list)
        assert "P0 {{7*7}}" in names
        assert "P27 ${7*7}" in names
        assert any("<script>alert(1)</script>" in name for name in names)
    assert answers(hostile_server)
