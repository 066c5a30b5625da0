from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from test_page import html_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from streamlit.testing.v1 import AppTest

    OpenPage = Callable[..., AppTest]


@pytest.mark.parametrize(
    ("language", "said"), [("en", "no log-in"), ("ar", "ولا تسجيل للدخول"), ("fr", "pas d’identification")]
)
@pytest.mark.parametrize("page", ["", "about", "paste"])
def test_every_page_says_who_else_is_let_in(
    open_page: OpenPage, monkeypatch: pytest.MonkeyPatch, language: str, said: str, page: str
) -> None:
    monkeypatch.setenv("KHARITA_HOST", "10.0.0.7")
    monkeypatch.setenv("KHARITA_ALLOW_HOST", "maps.example")
    html = html_of(open_page(ui=language, page=page))
    assert said in html
    assert "10.0.0.7, maps.example" in html


def test_a_page_for_this_machine_says_nothing_of_it(open_page: OpenPage) -> None:
    assert "kh-open" not in html_of(open_page(ui="en"))
