from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from geopy.adapters import BaseSyncAdapter
from geopy.exc import GeocoderServiceError, GeocoderTimedOut

from dashboard.core.errors import GazetteerError
from dashboard.gazetteer.second_opinion import SecondOpinion

if TYPE_CHECKING:
    from pathlib import Path

ANSWER = [{"lat": "32.1", "lon": "20.2", "display_name": "Somewhere, Libya", "place_id": 7}]


class Service:
    """Stands for geopy's way to the network: counts the questions and gives the answer set."""

    def __init__(self) -> None:
        self.urls: list[str] = []
        self.answer: Any = ANSWER
        self.error: Exception | None = None

    def __call__(self, *, proxies: object, ssl_context: object) -> BaseSyncAdapter:
        service = self

        class Adapter(BaseSyncAdapter):  # type: ignore[misc]
            def get_json(self, url: str, **_options: object) -> Any:
                return json.loads(self.get_text(url))

            def get_text(self, url: str, **_options: object) -> str:
                service.urls.append(url)
                if service.error is not None:
                    raise service.error
                return json.dumps(service.answer)

        return Adapter(proxies=proxies, ssl_context=ssl_context)


@pytest.fixture
def service() -> Service:
    return Service()


def opinion(service: Service, path: Path) -> SecondOpinion:
    return SecondOpinion("nominatim.example.org", path, adapter_factory=service, seconds_between=0.0)


def test_nobody_is_asked_by_default(tmp_path: Path) -> None:
    silent = SecondOpinion("", tmp_path / "answers.sqlite")
    assert not silent.is_on
    assert silent.geocode("Tripoli") is None
    assert list(tmp_path.iterdir()) == []


def test_the_service_named_is_asked(service: Service, tmp_path: Path) -> None:
    asked = opinion(service, tmp_path / "x" / "answers.sqlite")
    location = asked.geocode("Somewhere", language="ar", country_codes="ly")
    assert asked.is_on
    assert location is not None
    assert (location.address, location.latitude, location.longitude) == ("Somewhere, Libya", 32.1, 20.2)
    assert service.urls[0].startswith("https://nominatim.example.org/search?q=Somewhere")
    assert "countrycodes=ly" in service.urls[0]


def test_an_answer_is_remembered(service: Service, tmp_path: Path) -> None:
    opinion(service, tmp_path / "answers.sqlite").geocode("Somewhere")
    again = opinion(service, tmp_path / "answers.sqlite").geocode("  Somewhere ")
    assert again is not None
    assert again.raw["place_id"] == 7
    assert len(service.urls) == 1


def test_so_is_that_there_is_none(service: Service, tmp_path: Path) -> None:
    service.answer = []
    asked = opinion(service, tmp_path / "answers.sqlite")
    assert asked.geocode("Nowhere") is None
    assert asked.geocode("Nowhere") is None
    assert len(service.urls) == 1


def test_another_language_is_another_question(service: Service, tmp_path: Path) -> None:
    asked = opinion(service, tmp_path / "answers.sqlite")
    asked.geocode("Somewhere", language="ar")
    asked.geocode("Somewhere", language="fr")
    assert len(service.urls) == 2


@pytest.mark.parametrize("error", [GeocoderTimedOut("too slow"), GeocoderServiceError("down")])
def test_a_failure_is_told_and_not_remembered(service: Service, tmp_path: Path, error: Exception) -> None:
    asked = opinion(service, tmp_path / "answers.sqlite")
    service.error = error
    with pytest.raises(GazetteerError, match=r"'nominatim\.example\.org' gave no answer for 'Somewhere'"):
        asked.geocode("Somewhere")
    service.error = None
    assert asked.geocode("Somewhere") is not None


def test_an_empty_question_is_not_asked(service: Service, tmp_path: Path) -> None:
    assert opinion(service, tmp_path / "answers.sqlite").geocode("  ") is None
    assert service.urls == []


def test_a_broken_cache_is_done_without(service: Service, tmp_path: Path) -> None:
    (tmp_path / "answers.sqlite").write_bytes(b"no database at all, but some bytes" * 40)
    assert opinion(service, tmp_path / "answers.sqlite").geocode("Somewhere") is not None
