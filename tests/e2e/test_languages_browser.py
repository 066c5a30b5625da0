"""Every page, panel and dialog speaks the reader's language alone: no Latin word in Arabic, no English in French."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from made_store import PLACES, make_articles, make_store
from told_story import FIRST, tell_story

from dashboard.words import messages

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

pytestmark = pytest.mark.e2e
SEEN = (Path(__file__).parent / "words_seen.js").read_text(encoding="utf-8")
ARTICLE = make_articles()[0][0].id
PAGES = {
    "map": "",
    "countries": "rank=countries",
    "articles": "rank=articles",
    "undated": "rank=undated",
    "search": "q=سفينة&rank=articles",
    "card": "place=kh:tobruk",
    "card by source": "place=kh:tobruk&group=first",
    "reader": f"article={ARTICLE}",
    "mention": f"article={ARTICLE}&mention=0",
    "heat": "view=heat",
    "shaded": "view=countries",
    "provinces": "view=divisions",
    "comparison": "view=compare&vs=q%3Dطبرق",
    "area": "view=countries&area=country:LY",
    "saved": "page=saved",
    "paste": "page=paste",
    "add": "page=add",
    "put right": "page=articles",
    "put one right": f"page=articles&article={ARTICLE}",
    "review": "page=review",
    "about": "page=about",
    "story": f"page=story&article={FIRST}",
    "no story": "page=story",
    "nothing found": "q=قققق",
    "gone": "place=kh:none",
    "not understood": "kind=1&from=2",
}
# What opens on a click, on which page: pressed one after the other, all of it is read.
OPENED = {
    "filters": (
        "",
        [".st-key-kh-filters button", "[data-testid=stPopoverBody] [data-testid=stMultiSelect] input"],
    ),
    "export": ("", [".st-key-kh-export button"]),
    "save": ("", [".st-key-kh-saving button"]),
    "search box": ("", [".st-key-kh-search input"]),
    "phone menu": ("", [".kh-menu-button"]),
}
WORD = re.compile(r"[^\W\d_]{2,}")
LATIN = re.compile(r"[A-Za-zÀ-ÿ]{2,}")
# Names that are the same in every language; those of the second line are kinds of files, of the third whom we thank.
NAMES = frozenset(
    {"kharita", "shift", "enter", "ctrl", "esc", "tab"}  # the brand, keys
    | {"pdf", "txt", "md", "html", "csv", "json", "geojson", "kml", "geopackage", "geoparquet", "png", "zip"}
    | {"geonames", "natural", "earth", "cc", "by", "cldr", "gshhg", "excel", "qgis", "edtf", "url", "google"}
    | {"https"}  # how an address begins
)


@cache
def data_words() -> frozenset[str]:
    """Return the words of the articles, their sources and places: what other people wrote."""
    pairs = make_articles()
    said = [text for article, _ in pairs for text in (article.title, article.text, article.source or "")]
    said += [name or "" for place in PLACES.values() for name in (place.name, place.name_fr, place.name_ar)]
    said += ["Grain ship unloads Harbour Post Evening Mail Agence Vide Bad Source", "never worded code"]
    return frozenset(word.lower() for text in said for word in WORD.findall(text))


@cache
def same_in_both(language: str) -> frozenset[str]:
    """Return the messages that English and another language write alike."""
    ours, theirs = messages(language), messages("en")
    pairs = ((ours[key], theirs[key]) for key in theirs)
    forms = ((a, b) if isinstance(a, str) else (" ".join(a.values()), " ".join(b.values())) for a, b in pairs)
    shared: set[str] = set()
    for one, other in forms:
        shared |= {word.lower() for word in WORD.findall(one)} & {
            word.lower() for word in WORD.findall(other)
        }
    return frozenset(shared)


@pytest.fixture(scope="module")
def page(
    tmp_path_factory: pytest.TempPathFactory, serve: Callable[..., Any], browser: Any
) -> Iterator[Callable[..., Any]]:
    """Return a function that opens an address: one tab for all, which knows the scripts after the first page."""
    folder = tmp_path_factory.mktemp("tongues")
    url = make_store(folder)
    tell_story(url)
    with serve(url, folder) as address:
        context = browser.new_context(locale="en-GB")
        tab = context.new_page()
        tab.set_default_timeout(20_000)

        def opened(query: str, width: int) -> Any:
            tab.set_viewport_size({"width": width, "height": 900})
            tab.goto(f"{address}/{query}")
            return tab

        yield opened
        context.close()


def seen(tab: Any, is_wrong: Callable[[str], bool]) -> list[str]:
    """Return every string on a page and in its frames; what is wrong at first has some seconds to be put right."""
    tab.locator(".kh-links").wait_for(state="attached")
    found: list[str] = []
    for _ in range(24):  # what Streamlit says of its own accord is translated once it is there
        before, found = found, [text for frame in tab.frames for text in frame.evaluate(SEEN)]
        if found == before and not any(map(is_wrong, found)):
            break
        tab.wait_for_timeout(350)
    return found


def is_strange(text: str, language: str, english: Collection[str]) -> bool:
    """Tell whether a text holds a word which is neither the language's, nor a name, nor what others wrote."""
    known = NAMES | data_words()
    if language == "ar":
        return any(word.lower() not in known for word in LATIN.findall(text))
    known |= same_in_both(language)
    return text in english and any(word.lower() not in known for word in WORD.findall(text))


def all_seen(
    page: Callable[..., Any], case: tuple[str, list[str]], language: str, english: Collection[str]
) -> list[str]:
    """Return what is seen of a page in a language, before and after each click."""
    query, clicks = case

    def is_wrong(text: str) -> bool:
        return language != "en" and is_strange(text, language, english)

    tab = page(f"?ui={language}&{query}", 390 if any("menu" in one for one in clicks) else 1400)
    texts = seen(tab, is_wrong)
    for selector in clicks:
        tab.locator(selector).first.click()
        texts += seen(tab, is_wrong)
    return texts


CASES = {**{name: (query, []) for name, query in PAGES.items()}, **OPENED}


@pytest.mark.parametrize("name", CASES)
def test_a_page_speaks_one_language(page: Callable[..., Any], name: str) -> None:
    english = set(all_seen(page, CASES[name], "en", ()))
    for language in ("ar", "fr"):
        texts = all_seen(page, CASES[name], language, english)
        assert len(texts) > 5
        assert [text for text in texts if is_strange(text, language, english)] == []


def test_a_word_of_another_language_is_found() -> None:
    arabic = ["لا نتائج", "No results", "مقالات Harbour Post"]
    assert [text for text in arabic if is_strange(text, "ar", ())] == ["No results"]
    french = ["Sources", "No results", "Aucun résultat"]
    assert [text for text in french if is_strange(text, "fr", {"No results", "Sources"})] == ["No results"]
