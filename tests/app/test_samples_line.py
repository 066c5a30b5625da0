"""The page says that its articles are samples, as long as it holds them, and how to be rid of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from made_store import make_store

from dashboard.core.models import Article, Focus, Parse
from dashboard.ingest.samples import sample_folder
from dashboard.intake import read_paths
from dashboard.store import open_store

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from streamlit.testing.v1 import AppTest

    OpenPage = Callable[..., AppTest]


def html_of(page: AppTest) -> str:
    assert not page.exception
    return "\n".join(item.proto.body for item in page.get("html") if not item.proto.body.startswith("<style"))


def with_samples(url: str) -> list[str]:
    found = [item for item in read_paths([sample_folder()]) if isinstance(item, Article)]
    with open_store(url) as store:
        store.add_many([(one, Parse("ar", (), Focus(), "hand", "gaz")) for one in found])
    return [one.id for one in found]


def test_samples_are_said_to_be_some_and_go_by_one_press(open_page: OpenPage, tmp_path: Path) -> None:
    url = make_store(tmp_path, empty=True)
    ids = with_samples(url)
    said = html_of(open_page(ui="en", store=url))
    assert "These are sample articles" in said
    assert "page=add" in said.partition("kh-briefly")[2]
    page = open_page(ui="ar", store=url)
    assert "هذه مقالات نموذجية" in html_of(page)
    page.button(key="add_samples_out").click().run()
    with open_store(url) as store:
        assert not store.has(ids)
    assert "kh-briefly" not in html_of(page)


def test_among_others_they_are_counted_and_a_store_of_one_s_own_says_nothing(
    open_page: OpenPage, tmp_path: Path
) -> None:
    url = make_store(tmp_path)
    assert "kh-briefly" not in html_of(open_page(ui="en", store=url))
    ids = with_samples(url)
    assert f"{len(ids)} sample articles are among these." in html_of(open_page(ui="en", store=url))
