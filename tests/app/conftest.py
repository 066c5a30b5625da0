"""The page, run without a browser on a store made by hand."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from made_store import make_store
from streamlit.testing.v1 import AppTest

from dashboard.web import handles

OpenPage = Callable[..., AppTest]


@pytest.fixture(autouse=True)
def account(monkeypatch: pytest.MonkeyPatch) -> None:
    """Run under a person's account, whoever runs the tests: decisions are signed with it."""
    monkeypatch.setenv("LOGNAME", "amal")


@pytest.fixture
def open_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> OpenPage:
    """Return a function that opens the page at an address: `open_page(place="kh:tobruk")`."""

    def opened(*, empty: bool = False, store: str = "", again: bool = False, **parameters: str) -> AppTest:
        if not again:  # the store of before, and what was asked of it
            monkeypatch.setenv("KHARITA_STORE", store or make_store(tmp_path, empty=empty))
            handles.clear()
        script = Path(__file__).resolve().parents[2] / "dashboard" / "ui" / "page.py"
        page = AppTest.from_file(str(script), default_timeout=30)
        for name, value in parameters.items():
            page.query_params[name] = value
        return page.run()

    return opened
