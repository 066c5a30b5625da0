from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from local_sites import Site, local_fetcher

from dashboard.network import Fetcher, Unfetched
from dashboard.network.manners import Pauses, wait_asked

if TYPE_CHECKING:
    from collections.abc import Callable

ROBOTS = "User-agent: *\nDisallow: /private/\nCrawl-delay: 7\n\nUser-agent: Evil\nDisallow: /\n"


def test_what_robots_ask_not_to_read_is_not_read(site: Site, fetcher: Fetcher) -> None:
    site.give("/robots.txt", ROBOTS, "text/plain")
    site.give("/private/a", "secret")
    site.give("/public/a", "words")
    with pytest.raises(Unfetched) as why:
        fetcher.fetch(f"{site.address}/private/a")
    assert (why.value.code, why.value.passing) == ("net_robots", False)
    assert site.paths() == []
    assert fetcher.fetch(f"{site.address}/public/a").data == b"words"
    assert [path for path, _ in site.asked].count("/robots.txt") == 1


def test_robots_may_name_us(site: Site, fetcher: Fetcher) -> None:
    site.give("/robots.txt", "User-agent: kharita\nDisallow: /\n\nUser-agent: *\nDisallow:\n")
    site.give("/a", "words")
    with pytest.raises(Unfetched, match="robots"):
        fetcher.fetch(f"{site.address}/a")


def test_a_redirect_does_not_lead_round_robots(site: Site, fetcher: Fetcher) -> None:
    site.give("/robots.txt", ROBOTS)
    site.answer("/a", 302, Location="/private/a")
    with pytest.raises(Unfetched, match="robots"):
        fetcher.fetch(f"{site.address}/a")


@pytest.mark.parametrize(
    ("give", "code"),
    [
        (lambda site: site.answer("/robots.txt", 404), None),
        (lambda site: site.answer("/robots.txt", 403), None),
        (lambda site: site.answer("/robots.txt", 302, Location="/robots.txt"), None),
        (lambda site: site.answer("/robots.txt", 500), "net_trouble"),
        (lambda site: site.answer("/robots.txt", 429, Retry_After="60"), "net_busy"),
        (lambda site: site.give("/robots.txt", b"\xff\xfe\x00 rubbish " * 90_000), None),
    ],
)
def test_where_nobody_knows_what_robots_say_nothing_is_asked(
    site: Site, give: Callable[[Site], None], code: str | None
) -> None:
    fetcher = local_fetcher()
    give(site)
    site.give("/a", "words")
    if code is None:
        assert fetcher.fetch(f"{site.address}/a").data == b"words"
        return
    with pytest.raises(Unfetched) as why:
        fetcher.fetch(f"{site.address}/a")
    assert why.value.code == code
    assert site.paths() == []


def test_the_pause_is_what_the_host_asks_for(site: Site) -> None:
    slept: list[float] = []
    fetcher = local_fetcher(pauses=Pauses(clock=lambda: 100.0, sleep=slept.append))
    site.give("/robots.txt", ROBOTS)
    for name in "abc":
        fetcher.fetch(site.give(f"/{name}", "words"))
    assert slept == [7.0, 14.0]


def test_hosts_are_spaced_out_each_by_itself() -> None:
    slept: list[float] = []
    pauses = Pauses(pause_s=2.0, clock=lambda: 10.0, sleep=slept.append)
    for host in ("a", "b", "a", "a", "b"):
        pauses.wait(host)
    assert slept == [2.0, 4.0, 2.0]
    pauses.wait("c", 10_000)
    pauses.wait("c")
    assert slept[-1] == 60.0  # no host makes us wait for ever


def test_how_long_to_stay_away() -> None:
    now = datetime(2025, 3, 3, 10, tzinfo=UTC)
    assert wait_asked("120", 9.0, now) == 120
    assert wait_asked("Mon, 03 Mar 2025 10:30:00 GMT", 9.0, now) == 1800
    assert wait_asked("Mon, 03 Mar 2025 09:30:00 GMT", 9.0, now) == 0
    assert wait_asked("99999999999999999999", 9.0, now) == 7 * 86_400
    for odd in (None, "", "soon", "-5", "٥", "1e9"):
        assert wait_asked(odd, 9.0, now) == 9.0
