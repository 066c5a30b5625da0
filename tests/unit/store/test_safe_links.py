from __future__ import annotations

import pytest

from dashboard.core.links import clean_title, safe_url, shorten, url_host


@pytest.mark.parametrize(
    "url",
    ["https://example.org", "http://example.org:8080/a?b=c#d", "https://مثال.إختبار/خبر", "https://[::1]/x"],
)
def test_good_links_are_kept(url):
    assert safe_url(f"  {url} ") == url


@pytest.mark.parametrize(
    "url",
    [
        None,
        "",
        "example.org",
        "//example.org",
        "javascript:alert(1)",
        "JAVASCRIPT://example.org/%0aalert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "https://me@example.org",
        "https://me:pw@example.org",
        "https:///path",
        "https://example.org:port/",
        "https://exa mple.org",
        "https://example.org/\u202egnp",
        "https://example.org\\@evil.org",
        "https://example.org/\nx",
        "http://[bad",
        "https://example.org/" + "x" * 3000,
    ],
)
def test_bad_links_are_left_out(url):
    assert safe_url(url) is None


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("  a \n\t b ", "a b"),
        ("\u202eevil\u202c \u2066x\u2069\u200f", "evil x"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("a\0b\ud800c\x1b[31m", "a bc [31m"),
        ("\ufeffx\u00ady", "xy"),
    ],
)
def test_clean_title(raw, clean):
    assert clean_title(raw) == clean


def test_shorten():
    assert shorten("short", 5) == "short"
    assert shorten("two words", 6) == "two…"
    assert shorten("two words", 4) == "two…"
    assert shorten("longword", 5) == "long…"


def test_host_that_mixes_scripts_is_shown_in_ascii():
    assert url_host("https://Example.org/x") == "example.org"
    assert url_host("https://مثال.org/") == "مثال.org"
    assert url_host("https://pаypal.com/") == "xn--pypal-4ve.com"
