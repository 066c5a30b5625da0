"""The tab *Articles*, the API and what is exported list the same articles, in the same order, under any filter."""

from __future__ import annotations

import csv
import json
import re
import zipfile
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import pytest
from asking import ask
from made_store import make_store
from told_story import tell_story

from dashboard.render.exports import pack, write_file
from dashboard.store import open_store
from dashboard.web.hand_over import make_handover
from dashboard.web.visit import read_visit
from dashboard.words import strings

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from asking import Answer
    from streamlit.testing.v1 import AppTest

    OpenPage = Callable[..., AppTest]

_LISTED = re.compile(r'<article class="kh-story"><h3[^>]*><a href="\?[^"]*article=([^"&]+)')

__all__ = ["ask"]

VIEWS: tuple[dict[str, str], ...] = (
    {},
    {"q": "ship OR Cairo"},
    {"q": "ship OR Cairo", "sort": "newest"},
    {"q": "طبرق"},
    {"q": "-wheat"},
    {"country": "EG"},
    {"kind": "region"},
    {"source": "Harbour Post"},
    {"lang": "ar"},
    {"from": "2024-03-05", "to": "2024-05-01"},
    {"from": "2024-03-05", "undated": "0"},
    {"undated": "0"},
    {"sure": "0.7"},
    {"sure": "0.7", "kind": "region"},
    {"independent": "2"},
    {"at": "kh:cairo"},
    {"with": "kh:cairo,country:LY"},
    {"near": "kh:tobruk:50"},
    {"actors": "0"},
    {"q": "zeppelin"},
)


@pytest.fixture(autouse=True)
def _no_pictures(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave the map out of the packs: it takes most of their time, and lists no article."""
    monkeypatch.setattr(pack, "png", lambda _: b"")
    monkeypatch.setattr(pack, "html", lambda _: "")


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> str:
    url = make_store(tmp_path_factory.mktemp("same"))
    tell_story(url)
    return url


def exported(url: str, view: dict[str, str], path: Path) -> Path:
    visit, problems = read_visit(view)
    assert problems == []
    with open_store(url) as store:
        write_file(make_handover(store, visit.filters, strings("en"), order=visit.sort), path)
    return path


@pytest.mark.parametrize("view", VIEWS, ids=lambda view: urlencode(view) or "all")
def test_one_filter_one_list(
    ask: Callable[..., Answer], open_page: OpenPage, told: str, tmp_path: Path, view: dict[str, str]
) -> None:  # `ask` sets its own store first, and the page then the one that both ask
    tab = ""
    for rank in ("articles", "undated"):
        page = open_page(store=told, ui="en", rank=rank, **view)
        assert not page.exception
        found = "".join(item.proto.body for item in page.get("html"))
        tab += found if rank == "articles" or "rank=undated" in tab else ""
    listed = list(dict.fromkeys(_LISTED.findall(tab)))

    answer = ask(f"/api/articles?{urlencode(view)}").json
    assert [one["id"] for one in answer["articles"]] == listed
    assert answer["total"] == len(listed)

    with zipfile.ZipFile(exported(told, view, tmp_path / "pack.zip")) as packed:
        lines = packed.read("articles.jsonl").decode().splitlines()
    assert [json.loads(line)["id"] for line in lines] == listed

    with exported(told, view, tmp_path / "news.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = {row["article_id"] for row in csv.DictReader(file)}
    assert rows == {one["id"] for one in answer["articles"] if one["places"]}
