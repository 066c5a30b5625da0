"""Pages, feeds and sitemaps of local sites, to articles."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from local_sites import TEXT, Site, article_page, bomb, packed, rss

from dashboard.core.models import Article, DateOrigin
from dashboard.intake.failure import ReadFailure
from dashboard.intake.sentences import Refusal
from dashboard.network import AddressReader, Fetcher, is_address

if TYPE_CHECKING:
    from collections.abc import Iterator

FEED = "application/rss+xml"
DATE = '<meta property="article:published_time" content="2025-02-01T10:00:00Z">'


@pytest.fixture
def reader(fetcher: Fetcher) -> Iterator[AddressReader]:
    with AddressReader(fetcher) as made:
        yield made


def read(reader: AddressReader, *urls: str) -> list[Article | ReadFailure]:
    return list(reader.read(urls))


def articles(items: list[Article | ReadFailure]) -> list[Article]:
    return [one for one in items if isinstance(one, Article)]


def sitemap(pages: list[tuple[str, str]], name: str = "url") -> str:
    listed = "".join(f"<{name}><loc>{url}</loc><lastmod>{day}</lastmod></{name}>" for url, day in pages)
    root = {"url": "urlset", "sitemap": "sitemapindex"}[name]
    return (
        f'<?xml version="1.0"?><{root} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{listed}</{root}>'
    )


@pytest.mark.parametrize(
    ("text", "good"),
    [
        ("https://a.example/b", True),
        ("ftp://a", True),
        ("a/b.html", False),
        ("c:\\a.txt", False),
        ("a.txt", False),
    ],
)
def test_an_address_is_no_file(text: str, *, good: bool) -> None:
    assert is_address(text) is good


def test_a_page_is_an_article_with_its_address(site: Site, reader: AddressReader) -> None:
    body = article_page("سفينة في طبرق", head=DATE).encode("cp1256")
    url = site.give("/2025/ship", body, "text/html; charset=windows-1256")
    (one,) = read(reader, url)
    assert isinstance(one, Article)
    assert (one.title, one.url, one.file) == ("سفينة في طبرق", url, url)
    assert "البردي" in one.text
    assert one.published == date(2025, 2, 1)


def test_a_feed_with_whole_texts_is_read_as_it_is(site: Site, reader: AddressReader) -> None:
    url = site.give("/feed", rss([("سفينة", f"{site.address}/a", TEXT * 4)]), FEED)
    (one,) = read(reader, url)
    assert isinstance(one, Article)
    assert (one.source, one.file, one.url) == ("جريدة الساحل", url, f"{site.address}/a")
    assert (one.published, one.date_origin) == (date(2025, 3, 3), DateOrigin.FEED)
    assert site.paths() == ["/feed"]


def test_teasers_are_told_by_their_pages(site: Site, reader: AddressReader) -> None:
    links = [site.give(f"/{name}", article_page(f"خبر {name}")) for name in "ab"]
    dated = site.give("/c", article_page("خبر c", head=DATE))
    entries = [(f"خبر {number}", link, "وصلت سفينة") for number, link in enumerate((*links, dated))]
    url = site.give("/feed", rss(entries), FEED)
    found = articles(read(reader, url))
    assert [one.url for one in found] == [*links, dated]
    assert all("البردي" in one.text for one in found)
    assert {one.source for one in found} == {"جريدة الساحل"}
    assert [one.published for one in found] == [date(2025, 3, 3), date(2025, 3, 3), date(2025, 2, 1)]
    assert {one.file for one in found} == {url}


def test_what_a_page_refuses_leaves_its_summary_or_a_line(site: Site, reader: AddressReader) -> None:
    site.give("/robots.txt", "User-agent: *\nDisallow: /closed")
    gone, broken = site.answer("/gone", 410), site.answer("/broken", 500)
    entries = [("مغلق", f"{site.address}/closed", "وصلت"), ("ذهب", gone, "ذهبت"), ("عطل", broken, "عطل")]
    url = site.give("/feed", rss(entries), FEED)
    items = read(reader, url)
    kept = articles(items)
    assert [one.title for one in kept] == ["مغلق", "ذهب"]
    assert "robots.txt" in kept[0].notes[-1]
    (failed,) = [one for one in items if isinstance(one, ReadFailure)]
    assert (failed.path, failed.code) == (f"{url} › {broken}", "net_trouble")


def test_what_is_known_is_not_asked_for_again(site: Site, fetcher: Fetcher) -> None:
    links = [site.give(f"/{name}", article_page(f"خبر {name}")) for name in "ab"]
    url = site.give("/feed", rss([("خبر", link, "وصلت") for link in links]), FEED)
    with AddressReader(fetcher, known=lambda _links: {links[0]}) as reader:
        items = read(reader, url)
    assert [getattr(one, "kind", "") for one in items] == ["known", ""]
    assert site.paths() == ["/feed", "/b"]


def test_a_limit_is_kept_and_said(site: Site, fetcher: Fetcher) -> None:
    url = site.give("/feed", rss([(f"خبر {n}", f"{site.address}/{n}", TEXT * 4) for n in range(9)]), FEED)
    with AddressReader(fetcher, limit=3) as reader:
        items = read(reader, url)
    assert len(articles(items)) == 3
    (note,) = [one for one in items if isinstance(one, ReadFailure)]
    assert (note.kind, note.reason) == ("note", "6 older entries were left: 3 are read at once.")


@pytest.mark.parametrize(
    "feed",
    [
        b"",
        b"<rss><channel>",
        b"<rss></rss>",
        b"<rss version='2.0'><channel><title>cut o",
        b'<!DOCTYPE r [<!ENTITY a "aaaa">]><rss><channel><item><title>&a;</title></item></channel></rss>',
        b"\x89PNG\r\n\x1a\n" + bytes(50),
        b"<rss" + b"<a>" * 100_000,
    ],
)
def test_bad_feeds_are_one_line(site: Site, reader: AddressReader, feed: bytes) -> None:
    url = site.give("/feed", feed, FEED)
    items = read(reader, url)
    assert [(type(one), one.path) for one in items] == [(ReadFailure, url)]
    assert items[0].kind == "failed"


def test_entries_without_links_or_with_bad_ones_are_kept_as_they_are(
    site: Site, reader: AddressReader
) -> None:
    entries = [
        ("أول", "javascript:alert(1)", "نص قصير"),
        ("ثان", "", "نص آخر"),
        ("ثالث", "file:///etc/passwd", "ن"),
    ]
    url = site.give("/feed", rss(entries), FEED)
    found = articles(read(reader, url))
    assert [(one.title, one.url) for one in found] == [("أول", None), ("ثان", None), ("ثالث", None)]
    assert site.paths() == ["/feed"]


def test_a_feed_may_not_lead_inside(site: Site, reader: AddressReader) -> None:
    url = site.give("/feed", rss([("خبر", "http://169.254.169.254/latest/", "وصلت")]), FEED)
    (one,) = read(reader, url)
    assert isinstance(one, Article)
    assert "private network" in one.notes[-1]


def test_a_feed_that_has_not_changed_gives_nothing(site: Site, reader: AddressReader) -> None:
    url = site.give("/feed", rss([("خبر", f"{site.address}/a", TEXT * 4)]), FEED)
    site.pages["/unchanged"] = lambda handler: handler.send_response(304) or handler.end_headers()
    first = reader.feed(url)
    assert len(list(first.items)) == 1
    again = reader.feed(f"{site.address}/unchanged", etag='"1"')
    assert (again.answer.unchanged, list(again.items)) == (True, [])
    assert site.asked[-1][1]["if-none-match"] == '"1"'


def test_a_page_leads_to_its_feed(site: Site, reader: AddressReader) -> None:
    site.give("/feed?a=1&b=2", rss([("خبر", f"{site.address}/a", TEXT * 4)]), FEED)
    head = '<link rel="alternate" type="application/rss+xml" title="x" href="/feed?a=1&amp;b=2">'
    page = site.give("/", article_page("جريدة", head=head))
    assert len(list(reader.feed(page).items)) == 1
    with pytest.raises(Refusal) as why:
        reader.feed(site.give("/plain", article_page("صفحة")))
    assert why.value.code == "net_no_feed"


def test_a_sitemap_gives_its_newest_pages(site: Site, fetcher: Fetcher) -> None:
    pages = [(site.give(f"/{n}", article_page(f"خبر {n}")), f"2025-03-{n:02}T10:00:00Z") for n in range(1, 6)]
    url = site.give("/sitemap.xml", sitemap(pages), "application/xml")
    with AddressReader(fetcher, limit=2) as reader:
        items = read(reader, url)
        assert [one.title for one in articles(items)] == ["خبر 5", "خبر 4"]
        assert {one.file for one in articles(items)} == {url}
        assert items[-1].reason.startswith("3 older entries")


def test_a_list_of_sitemaps_leads_on(site: Site, reader: AddressReader) -> None:
    page = site.give("/a", article_page("خبر"))
    first = site.give("/one.xml", sitemap([(page, "2025-03-01")]), "application/xml")
    second = site.answer("/two.xml", 404)
    url = site.give(
        "/index.xml", sitemap([(second, "2025-04-01"), (first, "2025-03-01")], "sitemap"), "text/xml"
    )
    items = read(reader, url)
    assert [one.title for one in articles(items)] == ["خبر"]
    assert [one.path for one in items if isinstance(one, ReadFailure)] == [f"{url} › {second}"]
    for bad in (sitemap([]), "<urlset><url>", '<!DOCTYPE a [<!ENTITY b "c">]><urlset/>'):
        (failure,) = read(reader, site.give("/bad.xml", bad, "application/xml"))
        assert isinstance(failure, ReadFailure)
        assert failure.code in ("no_articles", "broken", "entities")


def test_several_addresses_each_have_their_line(site: Site, reader: AddressReader) -> None:
    good = site.give("/a", article_page("خبر"))
    pdf = site.give("/b.pdf", b"%PDF-1.4 broken", "application/pdf")
    image = site.give("/c.png", b"\x89PNG\r\n\x1a\n" + bytes(50), "image/png")
    large = site.answer("/d", 200, bomb(30_000_000), Content_Encoding="gzip", Content_Type="text/html")
    items = read(reader, good, pdf, image, large, "nonsense://x")
    assert [one.file if isinstance(one, Article) else one.path for one in items] == [
        good,
        pdf,
        image,
        large,
        "nonsense://x",
    ]
    assert [getattr(one, "kind", "") for one in items] == ["", "failed", "ignored", "failed", "failed"]
    assert items[3].code == "net_large"


def test_a_packed_page_is_a_page(site: Site, reader: AddressReader) -> None:
    url = site.answer(
        "/a", 200, packed(article_page("خبر")), Content_Encoding="gzip", Content_Type="text/html"
    )
    assert [one.title for one in articles(read(reader, url))] == ["خبر"]
