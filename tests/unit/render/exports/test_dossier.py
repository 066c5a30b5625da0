from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import lxml.html
import pytest
from made_store import make_store
from told_story import FIRST, REPRINT, RETOLD, VERSION, tell_story

from dashboard.core.errors import ExportError
from dashboard.query import Filters
from dashboard.render.exports import DOSSIER, Handover, dossier, format_of, write_file
from dashboard.store import open_store
from dashboard.web.hand_over import dossier_name, make_handover
from dashboard.words import strings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from lxml.html import HtmlElement

    from dashboard.store import Store

    Handed = Callable[..., Handover]


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    url = make_store(tmp_path_factory.mktemp("told"))
    tell_story(url)
    with open_store(url) as store:
        yield store


@pytest.fixture
def page(told: Store, tmp_path: Path) -> Callable[..., HtmlElement]:
    """Return what writes a dossier and opens it by another program than the one that made it."""

    def made(language: str = "en", *, place: str = "", story: str = "", **filters: object) -> HtmlElement:
        path = tmp_path / "one.dossier.html"
        chosen = Filters(**filters)  # type: ignore[arg-type]
        write_file(make_handover(told, chosen, strings(language), place=place, story=story), path)
        return lxml.html.parse(str(path)).getroot()

    return made


def rows(page: HtmlElement, heading: str) -> list[list[str]]:
    table = page.xpath(f"//section[h2='{heading}']//tbody/tr")
    return [[cell.text_content() for cell in row] for row in table]


def test_a_place_has_its_names_figures_sources_sentences_and_links(page: Callable[..., HtmlElement]) -> None:
    read = page(place="kh:tobruk")
    assert read.get("dir") == "ltr"
    assert read.findtext(".//h1/bdi") == "Tobruk"
    head = read.find(".//header").text_content()
    assert "طبرق" in head
    assert "kh:tobruk" not in head  # a name for programs stands at the foot
    assert read.findall(".//footer/p")[-1].text == "In the gazetteer: kh:tobruk"
    assert "32.0" in head
    named = len(read.xpath("//article"))
    assert f"{named} articles" in head
    sources = rows(read, "Sources")
    assert sum(int(row[1]) for row in sources) == named
    assert [row[0] for row in sources if row[0].startswith("Harbour")] == ["Harbour Post"]
    assert {mark.text for mark in read.xpath("//blockquote/mark")} >= {"Tobruk"}
    links = {link.get("href") for link in read.xpath("//a")}
    assert "https://news.example/grain" in links
    assert all(link.startswith("https://") for link in links)  # no script, and no way into this machine


def test_the_map_rings_the_place_and_names_those_round_it(page: Callable[..., HtmlElement]) -> None:
    read = page(place="kh:tobruk")
    drawing = read.find(".//figure[@class='map']/svg")
    said = {item.text for item in drawing.findall("text")}
    assert any("Tobruk" in name for name in said)
    assert drawing.xpath("circle[@fill='none' and @stroke='var(--accent)']")
    country = page(place="country:LY").find(".//figure[@class='map']/svg")
    assert not country.xpath("circle[@fill='none' and @stroke='var(--accent)']")  # its shape is shaded


def test_time_is_drawn_and_said(page: Callable[..., HtmlElement]) -> None:
    bars = page(place="kh:tobruk").findall(".//figure[@class='days']/svg/rect")
    assert len(bars) > 1
    assert all(bar.findtext("title") for bar in bars)
    mirrored = page("ar", place="kh:tobruk").findall(".//figure[@class='days']/svg/rect")
    assert [bar.get("height") for bar in mirrored] == [bar.get("height") for bar in bars]
    assert mirrored[0].get("x") > mirrored[-1].get("x") or len(bars) == 1


def test_filters_hold(page: Callable[..., HtmlElement]) -> None:
    every, some = page(place="kh:tobruk"), page(place="kh:tobruk", sources=("Harbour Post",))
    assert 0 < len(some.xpath("//article")) < len(every.xpath("//article"))
    assert [row[0] for row in rows(some, "Sources")] == ["Harbour Post"]
    assert "Harbour Post" in some.find(".//p[@class='said']").text_content()


def test_what_finds_no_room_is_counted(
    page: Callable[..., HtmlElement], monkeypatch: pytest.MonkeyPatch
) -> None:
    named = len(page(place="kh:tobruk").xpath("//article"))
    monkeypatch.setattr(dossier, "MOST_ARTICLES", 2)
    read = page(place="kh:tobruk")
    assert len(read.xpath("//article")) == 2
    assert read.findtext(".//p[@class='more']") == f"and {named - 2} more articles"


def test_a_story_has_its_printings_places_and_sentences(page: Callable[..., HtmlElement]) -> None:
    read = page(story=RETOLD)
    assert read.findtext(".//h1/bdi") == "Grain ship unloads"
    assert "One story in 4 printings" in read.find(".//header").text_content()
    assert len(read.xpath("//article")) == 4
    assert ["Harbour Post", "2"] in rows(read, "Sources")
    places = {row[0]: row[1:] for row in rows(read, "Places that it names")}
    assert places["Tobruk"] == ["in 4 of 4", ""]
    assert places["Cairo"] == ["in 3 of 4", "Bad <b>Source</b>"]
    facts = [one.findtext("p") or one.find("p").text_content() for one in read.findall(".//article")]
    assert any("word for word the same" in fact for fact in facts)
    assert any("older version" in fact for fact in facts)
    assert {mark.text for mark in read.xpath("//blockquote/mark")} >= {"Tobruk", "Cairo"}
    assert {one.get("href") for one in read.xpath("//a")} == {"https://news.example/grain"}


@pytest.mark.parametrize("ident", [FIRST, REPRINT, VERSION])
def test_each_printing_leads_to_the_same_dossier(page: Callable[..., HtmlElement], ident: str) -> None:
    assert lxml.html.tostring(page(story=ident)) == lxml.html.tostring(page(story=RETOLD))


@pytest.mark.parametrize("language", ["ar", "en", "fr"])
def test_nothing_is_fetched_and_nothing_runs(page: Callable[..., HtmlElement], language: str) -> None:
    for read in (page(language, place="kh:tobruk"), page(language, story=FIRST)):
        policy = read.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]
        assert policy.startswith("default-src 'none'; script-src 'none'; style-src 'sha256-")
        assert not read.xpath("//script | //img | //link | //iframe | //@style")
        assert read.get("lang") == language


def test_the_same_view_gives_the_same_bytes(told: Store) -> None:
    handed = make_handover(told, Filters(), strings("en"), place="kh:tobruk")
    assert dossier.dossier(handed) == dossier.dossier(handed)


@pytest.mark.parametrize(
    ("about", "said"),
    [
        ({}, "is about one place or one story"),
        ({"place": "kh:nowhere"}, "The store has no place 'kh:nowhere'"),
        ({"story": "nothing"}, "The store has no article 'nothing'"),
    ],
)
def test_what_is_missing_is_said(told: Store, about: dict[str, str], said: str) -> None:
    with pytest.raises(ExportError, match=said):
        dossier.dossier(make_handover(told, Filters(), strings("en"), **about))
    handed = make_handover(told, Filters(text="zeppelin"), strings("en"), place="kh:tobruk")
    with pytest.raises(ExportError, match="No article under these filters names"):
        dossier.dossier(handed)


def test_a_story_that_names_no_place_still_has_a_dossier(told: Store) -> None:
    handed = make_handover(told, Filters(min_confidence=1.0), strings("en"), story=FIRST)
    read = lxml.html.document_fromstring(dossier.dossier(handed))
    assert not read.xpath("//svg[ancestor::*[@class='map']]")
    assert len(read.xpath("//article")) == 4


def test_its_suffix_goes_before_that_of_a_page(told: Store) -> None:
    assert format_of("Tobruk.DOSSIER.html") is DOSSIER
    assert format_of("tobruk.html") is not DOSSIER
    assert dossier_name(told, place="kh:tobruk") == "kharita-tobruk.dossier.html"
    assert dossier_name(told, place="../x y") == "kharita-x-y.dossier.html"
    assert dossier_name(told, story=FIRST) == "kharita-story-told-first.dossier.html"


def test_a_selection_is_not_changed_by_its_dossier(handed: Handed) -> None:
    selection = handed()
    before = selection.selection.places.copy()
    dossier.dossier(replace(selection, place="kh:tobruk"))
    assert before.equals(selection.selection.places)
