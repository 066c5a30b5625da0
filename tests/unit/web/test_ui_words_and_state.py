from __future__ import annotations

import socket

import pytest

from dashboard.core.errors import SettingsError
from dashboard.core.settings import Settings
from dashboard.query import Filters
from dashboard.ui.parts.filters_view import problem_line, without
from dashboard.web.filter_words import part_label
from dashboard.web.launch import address_of, command, environment, serve
from dashboard.web.server import CONTENT_POLICY, tiles_origin
from dashboard.web.visit import known_parameters, read_visit
from dashboard.words import strings


def test_an_address_reproduces_the_visit() -> None:
    parameters = {
        "q": "باريس",
        "country": "LY",
        "ui": "ar",
        "place": "kh:a.b-c",
        "article": "00ff",
        "mention": "3",
    }
    visit, problems = read_visit(parameters)
    assert problems == []
    assert visit.parameters() == parameters
    assert known_parameters(visit.address()) == parameters
    assert visit.home_address() == "?q=%D8%A8%D8%A7%D8%B1%D9%8A%D8%B3&country=LY&ui=ar"


def test_unknown_values_are_reported_in_one_line() -> None:
    visit, problems = read_visit(
        {"ui": "xx", "kind": "moon", "place": "<script>", "mention": "-1", "page": "x"}
    )
    assert visit.place is None
    assert len(problems) == 5
    sentence = problem_line(problems, strings("en"))
    assert "“moon” is no kind of place" in sentence
    assert sentence.count("\n") == 0


def test_foreign_parameters_are_not_carried() -> None:
    assert known_parameters("?place=x&evil=1&q=") == {"place": "x"}


def test_a_part_is_said_and_taken_off() -> None:
    filters = Filters(countries=("LY", "FR"), min_confidence=0.8)
    assert part_label("country", "LY", strings("en")) == "in Libya"
    assert part_label("sure", "0.8", strings("en")) == "at least 80% sure"
    assert part_label("from", "2024-03-04", strings("fr")) == "depuis le 4 mars 2024"
    assert without(filters, "country", "LY").countries == ("FR",)
    assert without(filters, "sure", "0.8") == Filters(countries=("LY", "FR"))


def test_the_server_keeps_to_itself() -> None:
    settings = Settings(store="sqlite:///x.sqlite", port=8765)
    line = " ".join(command(settings))
    assert "--browser.gatherUsageStats false" in line
    assert "--server.address 127.0.0.1" in line
    assert "--client.showErrorDetails none" in line
    assert address_of(settings) == "http://localhost:8765"
    assert environment(settings)["KHARITA_STORE"] == "sqlite:///x.sqlite"
    assert "http" not in CONTENT_POLICY.format(tiles="")


def test_a_port_in_use_is_said_before_anything_starts() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(SettingsError, match=f"Port {port} is in use"):
            serve(Settings(port=port), pytest.fail)


def test_tiles_open_one_origin() -> None:
    assert tiles_origin("") == ""
    assert tiles_origin("https://{s}.tile.example/{z}/{x}/{y}.png") == "https://*.tile.example"
    assert tiles_origin("ftp://x/{z}") == ""
