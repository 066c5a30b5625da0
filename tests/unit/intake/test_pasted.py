from __future__ import annotations

from datetime import date

import pytest

from dashboard.core.errors import ArticleFormatError
from dashboard.intake import clean_pasted, pasted_article


def test_a_pasted_text_loses_what_no_store_holds():
    assert clean_pasted(" a\r\nb\0\rc\ud800 \n") == "a\nb\nc"


def test_the_first_line_is_the_title_unless_one_is_given():
    text = "Ship arrives\n\nIt came from Tobruk."
    assert pasted_article(text).title == "Ship arrives"
    assert pasted_article(text).text == text
    assert pasted_article(text, title="Ship arrives").text == text
    named = pasted_article(text, title="News  of\nthe port ")
    assert named.title == "News of the port"
    assert named.text.startswith("News of the port\n\nShip arrives")
    assert pasted_article("w " * 400).text == "w " * 400


def test_what_is_known_is_kept():
    article = pasted_article("x", source=" Wasat ", url=" https://e.org/1 ", published=date(2024, 1, 2))
    assert (article.source, article.url, article.published) == ("Wasat", "https://e.org/1", date(2024, 1, 2))
    assert pasted_article("x", source=" ", url=" ").url is None


@pytest.mark.parametrize(
    ("text", "url"), [("", ""), ("\u200f \n", ""), ("x", "javascript:x"), ("x", "no link")]
)
def test_no_words_and_bad_links_are_refused(text, url):
    with pytest.raises(ArticleFormatError):
        pasted_article(text, url=url)
