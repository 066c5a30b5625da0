from __future__ import annotations

import json
import logging
import re
import sys
from typing import TYPE_CHECKING

import pytest
from asking import asker

from dashboard.core.access import Access, Role
from dashboard.core.logs import JsonLines, request_id
from dashboard.web.measuring import area_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from asking import Answer

    Asking = Callable[..., Answer]

SECRET_WORDS = "q=whistleblower"  # noqa: S105 - what somebody looks for


@pytest.fixture
def access(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Access:
    monkeypatch.setenv("KHARITA_USER_DATA", str(tmp_path))
    monkeypatch.setenv("KHARITA_STORE", "sqlite://")
    return Access(tmp_path)


def count(text: str, area: str) -> float:
    found = re.findall(rf'^kharita_requests_total{{area="{area}",.*}} (\S+)$', text, re.MULTILINE)
    return sum(map(float, found))


@pytest.mark.usefixtures("access")
def test_requests_are_counted_and_their_words_are_not_told() -> None:
    ask = asker()
    before = count(ask("/metrics").body.decode(), "health")
    ask(f"/healthz?{SECRET_WORDS}")
    ask(f"/whistleblower?{SECRET_WORDS}", method="whistleblower")
    answer = ask("/metrics")
    text = answer.body.decode()
    assert answer.headers["content-type"].startswith("text/plain")
    assert count(text, "health") == before + 1
    assert 'kharita_request_seconds_bucket{area="health",le="0.01"}' in text
    assert "whistleblower" not in text


@pytest.mark.usefixtures("access")
def test_an_answer_and_its_line_carry_one_id(caplog: pytest.LogCaptureFixture) -> None:
    lines: list[str] = []
    handler = logging.Handler()
    handler.emit = lambda record: lines.append(JsonLines().format(record))  # type: ignore[method-assign]
    logger = logging.getLogger("dashboard.web.measuring")
    logger.addHandler(handler)
    try:
        with caplog.at_level(logging.INFO, "dashboard.web.measuring"):
            answers = [asker()(f"/healthz?{SECRET_WORDS}") for _ in range(2)]
    finally:
        logger.removeHandler(handler)
    told = [json.loads(line) for line in lines]
    assert [one["request"] for one in told] == [answer.headers["x-request-id"] for answer in answers]
    assert len({one["request"] for one in told}) == 2
    assert [(one["area"], one["method"], one["status"]) for one in told] == [("health", "GET", 200)] * 2
    assert "whistleblower" not in "".join(lines)
    assert request_id.get() == ""


@pytest.mark.parametrize("message", ["a\nb", 'a"b', "ليبيا", "\u2028"])
def test_each_record_is_one_line_of_json(message: str) -> None:
    try:
        raise ValueError(message)  # noqa: TRY301 - an error to be written
    except ValueError:
        record = logging.LogRecord("x", logging.ERROR, "f", 1, "%s", (message,), sys.exc_info())
    line = JsonLines().format(record)
    assert "\n" not in line
    told = json.loads(line)
    assert (told["message"], told["level"]) == (message, "error")
    assert "ValueError" in told["error"]
    assert told["time"].endswith("+00:00")


@pytest.mark.parametrize("name", ["KHARITA_HOST", "KHARITA_LOGIN"])
def test_metrics_of_an_open_server_are_for_bearers_and_who_administers(
    access: Access, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setenv(name, {"KHARITA_HOST": "10.0.0.7", "KHARITA_LOGIN": "true"}[name])
    assert asker()("/metrics").status == 401
    _, text = access.new_token(Role.READ)
    assert asker()("/metrics", authorization=f"Bearer {text}").status == 200
    access.add_person("head@newsroom.example", Role.ADMINISTER)
    access.add_person("amal@newsroom.example", Role.CORRECT)
    if name == "KHARITA_LOGIN":
        assert asker(lambda _: "amal@newsroom.example")("/metrics").status == 403
        assert asker(lambda _: "head@newsroom.example")("/metrics").status == 200


def test_there_are_few_areas() -> None:
    asked = {"/": "page", "/api/articles": "api", "/map/own/1/2/3": "map", "/_stcore/stream": "streamlit",
             "/_stcore/upload_file/a/b": "upload", "/apis": "other", "": "other", "/x/y": "other"}  # fmt: skip
    assert {path: area_of(path) for path in asked} == asked
