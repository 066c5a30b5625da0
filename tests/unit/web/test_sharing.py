"""Answers are worked out once for all who ask alike, by few at a time; the rest wait, or are told to come again."""

from __future__ import annotations

import asyncio
import json
from threading import Event, Lock
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from anyio import to_thread
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from dashboard.core.errors import StoreError
from dashboard.web.sharing import AGAIN_S, Counter

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from starlette.requests import Request

PATIENCE_S = 20


class Kitchen:
    """Makes answers when it is let, and remembers what it was asked for."""

    def __init__(self) -> None:
        self.version, self.asked = 1, []
        self.busy, self.most = 0, 0
        self.go_on, self.lock = Event(), Lock()
        self.fails = False

    def make(self, request: Request) -> Response:
        with self.lock:
            self.asked.append(request.url.query)
            self.busy += 1
            self.most = max(self.most, self.busy)
        assert self.go_on.wait(PATIENCE_S)
        with self.lock:
            self.busy -= 1
        if self.fails:
            raise RuntimeError("burnt")
        return PlainTextResponse(
            f"{request.url.query} of {self.version}", headers={"x-made": str(len(self.asked))}
        )

    def edition(self, _request: Request) -> int:
        if self.version < 0:
            raise StoreError("there is no store")
        return self.version


@pytest.fixture
def kitchen() -> Kitchen:
    return Kitchen()


def run(kitchen: Kitchen, doing: Callable[[httpx.AsyncClient], Awaitable[Any]], **sizes: int) -> Any:
    """Do something with a client of an application that answers at a counter."""

    async def alive(_request: Request) -> Response:
        return PlainTextResponse("ok")

    async def whole() -> Any:
        counter = Counter(kitchen.edition, **sizes)
        routes = [
            Route("/api/x", counter.shared(kitchen.make)),
            Route("/map/x", counter.shared(kitchen.make)),
            Route("/healthz", alive),
        ]
        way = httpx.ASGITransport(Starlette(routes=routes), raise_app_exceptions=False)
        async with httpx.AsyncClient(
            transport=way, base_url="http://localhost", timeout=PATIENCE_S
        ) as client:
            return await doing(client)

    return asyncio.run(whole())


async def until(true: Callable[[], bool]) -> None:
    """Let others work until something is so."""
    for _ in range(PATIENCE_S * 1000):
        if true():
            return
        await asyncio.sleep(0.001)
    pytest.fail("it never came to that")


def test_what_many_ask_at_once_is_worked_out_once(kitchen: Kitchen) -> None:
    async def doing(client: httpx.AsyncClient) -> list[str]:
        asked = [asyncio.ensure_future(client.get(f"/api/x?q={number % 2}")) for number in range(20)]
        await until(lambda: len(kitchen.asked) == 2)
        kitchen.go_on.set()
        return [answer.text for answer in await asyncio.gather(*asked)]

    assert sorted(run(kitchen, doing, workers=2)) == ["q=0 of 1"] * 10 + ["q=1 of 1"] * 10
    assert sorted(kitchen.asked) == ["q=0", "q=1"]


def test_an_answer_is_kept_until_something_is_written(kitchen: Kitchen) -> None:
    kitchen.go_on.set()

    async def doing(client: httpx.AsyncClient) -> list[str]:
        found = [(await client.get("/api/x?q=a")).text for _ in range(3)]
        kitchen.version = 2
        return [*found, (await client.get("/api/x?q=a")).text]

    assert run(kitchen, doing) == ["q=a of 1"] * 3 + ["q=a of 2"]
    assert len(kitchen.asked) == 2


def test_what_was_written_meanwhile_is_asked_for_anew(kitchen: Kitchen) -> None:
    async def doing(client: httpx.AsyncClient) -> None:
        before = asyncio.ensure_future(client.get("/api/x?q=a"))
        await until(lambda: len(kitchen.asked) == 1)
        kitchen.version = 2
        after = asyncio.ensure_future(client.get("/api/x?q=a"))
        await until(lambda: len(kitchen.asked) == 2)  # and does not wait for the other
        kitchen.go_on.set()
        await asyncio.gather(before, after)

    run(kitchen, doing, workers=2)


def test_packing_and_what_a_client_holds_are_part_of_the_question(kitchen: Kitchen) -> None:
    kitchen.go_on.set()

    async def doing(client: httpx.AsyncClient) -> None:
        for headers in ({"accept-encoding": "gzip"}, {"accept-encoding": "br"}, {"if-none-match": "x"}):
            await client.get("/api/x?q=a", headers=headers)

    run(kitchen, doing)
    assert len(kitchen.asked) == 3


def test_few_work_at_a_time_and_health_waits_for_nobody(kitchen: Kitchen) -> None:
    async def doing(client: httpx.AsyncClient) -> None:
        asked = [asyncio.ensure_future(client.get(f"/api/x?q={number}")) for number in range(12)]
        await until(lambda: kitchen.busy == 3)
        for _ in range(5):
            assert (await asyncio.wait_for(client.get("/healthz"), PATIENCE_S)).text == "ok"
        # files are read in the common pool, which has room
        assert await asyncio.wait_for(to_thread.run_sync(lambda: 1), PATIENCE_S) == 1
        assert kitchen.busy == 3
        kitchen.go_on.set()
        assert {answer.status_code for answer in await asyncio.gather(*asked)} == {200}

    run(kitchen, doing, workers=3)
    assert kitchen.most == 3


@pytest.mark.parametrize("path", ["/api/x", "/map/x"])
def test_who_finds_the_line_full_is_told_when_to_come_again(kitchen: Kitchen, path: str) -> None:
    async def doing(client: httpx.AsyncClient) -> None:
        asked = [asyncio.ensure_future(client.get(f"{path}?q={number}")) for number in range(3)]
        await until(lambda: kitchen.busy == 1)
        for _ in range(20):  # the two others come to stand in line
            await asyncio.sleep(0.01)
        refused = await client.get(f"{path}?q=late")
        assert refused.status_code == 503
        assert refused.headers["retry-after"] == str(AGAIN_S)
        assert refused.headers["cache-control"] == "no-store"
        said = json.loads(refused.text)["error"] if path.startswith("/api") else refused.text
        assert f"ask again in {AGAIN_S} seconds" in said
        joined = asyncio.ensure_future(client.get(f"{path}?q=0"))  # is being answered: no work of its own
        kitchen.go_on.set()
        assert {answer.status_code for answer in await asyncio.gather(*asked, joined)} == {200}
        assert (await client.get(f"{path}?q=late")).status_code == 200

    run(kitchen, doing, workers=1, line=2)


def test_who_goes_away_takes_nothing_from_the_others(kitchen: Kitchen) -> None:
    async def doing(client: httpx.AsyncClient) -> str:
        first = asyncio.ensure_future(client.get("/api/x?q=a"))
        await until(lambda: kitchen.busy == 1)
        second = asyncio.ensure_future(client.get("/api/x?q=a"))
        await asyncio.sleep(0)
        first.cancel()
        kitchen.go_on.set()
        return (await second).text

    assert run(kitchen, doing) == "q=a of 1"
    assert len(kitchen.asked) == 1


def test_a_failure_is_told_to_all_and_not_kept(kitchen: Kitchen) -> None:
    kitchen.fails = True
    kitchen.go_on.set()

    async def doing(client: httpx.AsyncClient) -> list[int]:
        first = (await client.get("/api/x?q=a")).status_code
        kitchen.fails = False
        return [first, (await client.get("/api/x?q=a")).status_code]

    assert run(kitchen, doing) == [500, 200]


def test_without_a_store_the_maker_says_what_is_wrong(kitchen: Kitchen) -> None:
    kitchen.version = -1
    kitchen.go_on.set()

    async def doing(client: httpx.AsyncClient) -> None:
        for _ in range(2):
            assert (await client.get("/api/x?q=a")).text == "q=a of -1"

    run(kitchen, doing)
    assert len(kitchen.asked) == 2
