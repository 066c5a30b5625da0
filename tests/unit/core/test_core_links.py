from __future__ import annotations

import pytest

from dashboard.core.links import MAX_URL_LENGTH, clean_title, safe_url, shorten, url_host


@pytest.mark.parametrize(
    ("title", "clean"),
    [
        ("Report \u202egnp.exe\u202c from Tobruk", "Report gnp.exe from Tobruk"),
        ("one\ntwo\tthree\x00four", "one two three four"),
        ("zero\u200bwidth \ufeffmark", "zerowidth mark"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("half \ud83d pair", "half pair"),
        ("  spaced   out ", "spaced out"),
        ("", ""),
    ],
)
def test_clean_title(title: str, clean: str) -> None:
    assert clean_title(title) == clean


@pytest.mark.parametrize(
    ("text", "limit", "short"),
    [
        ("short", 10, "short"),
        ("exactly ten", 11, "exactly ten"),
        ("cut after a word", 10, "cut after…"),
        ("cut within a word", 11, "cut within…"),
        ("unbreakable", 5, "unbr…"),
    ],
)
def test_shorten(text: str, limit: int, short: str) -> None:
    assert shorten(text, limit) == short
    assert len(shorten(text, limit)) <= limit


@pytest.mark.parametrize(
    "url", ["https://news.example/a?b=1#c", "http://127.0.0.1:80/", "https://أخبار.example/خبر"]
)
def test_links_that_may_be_followed(url: str) -> None:
    assert safe_url(url) == safe_url(f"  {url}\n") == url


@pytest.mark.parametrize(
    "url",
    [
        None,
        "",
        "news.example",
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "//news.example/",
        "https://",
        "https://user@news.example/",
        "https://user:word@news.example/",
        "https://news.example:port/",
        "https://news.example/a b",
        "https://news.example/\u202ea",
        "https:\\\\news.example",
        "https://[::1",
        "https://news.example/" + "a" * MAX_URL_LENGTH,
    ],
)
def test_links_that_may_not(url: str | None) -> None:
    assert safe_url(url) is None


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://News.Example/a", "news.example"),
        ("https://أخبار.example/", "أخبار.example"),
        ("https://pаypal.example/", "xn--pypal-4ve.example"),  # the second letter is Cyrillic
    ],
)
def test_a_host_of_mixed_scripts_is_shown_in_ascii(url: str, host: str) -> None:
    assert url_host(url) == host
