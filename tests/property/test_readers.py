from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.core.errors import ArticleFormatError
from dashboard.core.links import clean_title, safe_url
from dashboard.core.models import Article
from dashboard.intake import ReadFailure, parse_article, read_paths

_keys = st.sampled_from(["title", "url", "source", "published", "language", "other", "---"])
_values = st.text(max_size=40) | st.sampled_from(
    ["[", "*a", "{a: b}", "2024-01-01", "!!python/object:x", "|", "&a"]
)
_heads = st.lists(st.tuples(_keys, _values).map(": ".join), max_size=6).map("\n".join)
_files = (
    st.binary()
    | st.text().map(str.encode)
    | st.text().map(lambda text: text.encode("utf-16"))
    | st.builds("---\n{}\n---\n{}".format, _heads, st.text(max_size=60)).map(str.encode)
)


@given(_files)
def test_any_bytes_give_an_article_or_its_error(data):
    try:
        article = parse_article(data, "some.txt")
    except ArticleFormatError as error:
        message = str(error)
    else:
        message = _checked(article)
    assert message.endswith(".")


def _checked(article: Article) -> str:
    assert article.title
    assert article.title == clean_title(article.title)
    assert "\0" not in article.text
    assert article.text.encode()
    assert article.url == safe_url(article.url)
    return "The article is sound."


@settings(max_examples=40, deadline=None)  # bytes of another kind start a worker, which takes half a second
@given(_files)
def test_any_file_gives_one_article_or_one_failure(data):
    with TemporaryDirectory() as folder:
        path = Path(folder) / "some.txt"
        path.write_bytes(data)
        found = list(read_paths([folder]))
    assert [type(item) in (Article, ReadFailure) for item in found] == [True]


@given(st.text())
def test_title_is_cleaned_once_and_for_all(text):
    assert clean_title(clean_title(text)) == clean_title(text)


@given(st.text(), st.text())
def test_kept_link_has_a_plain_host(head, tail):
    url = safe_url(f"https://{head}/{tail}")
    assert url is None or not set(url) & set(" \\\n\t\u202e")


_hosts = st.text("abz019.-:@[]%A", min_size=1, max_size=12)
_tails = st.text(st.characters(min_codepoint=0x20, max_codepoint=0x7F), max_size=20)


@given(
    st.sampled_from(["http", "https", "ftp"]), _hosts, st.sampled_from(["", "/", "?", "#", " ", "\\"]), _tails
)
def test_a_plain_link_is_judged_like_any_other(scheme, host, between, tail):
    url = f"{scheme}://{host}{between}{tail}".rstrip()
    assert safe_url(url) == safe_url(f" {url}")  # which is not plain, and is looked at piece by piece
