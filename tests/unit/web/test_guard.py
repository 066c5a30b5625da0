from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from asking import asker

from dashboard.core.access import Access, Role
from dashboard.web.guard import FOR_PROGRAMS, is_under

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from asking import Answer

    Asking = Callable[..., Answer]

OPEN = "10.0.0.7"
ROUTES = ("/api", "/api/articles", "/api/places.geojson", "/api/journeys", "/export/x", "/reconcile")


@pytest.fixture
def access(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Access:
    monkeypatch.setenv("KHARITA_USER_DATA", str(tmp_path / "user"))
    return Access(tmp_path / "user")


@pytest.fixture
def ask_open(access: Access, ask: Asking, monkeypatch: pytest.MonkeyPatch) -> Asking:
    """Return a function that asks a server which others reach."""
    assert access is not None
    assert ask is not None  # has made the store
    monkeypatch.setenv("KHARITA_HOST", OPEN)
    return asker()


@pytest.mark.parametrize("path", ROUTES)
def test_a_stranger_is_refused_in_one_sentence(ask_open: Asking, path: str) -> None:
    answer = ask_open(path)
    assert answer.status == 401
    assert answer.headers["www-authenticate"] == 'Bearer realm="kharita"'
    assert "kharita token new --role read" in answer.json["error"]


@pytest.mark.parametrize("role", Role)
def test_a_token_of_any_role_may_read(ask_open: Asking, access: Access, role: Role) -> None:
    kept, text = access.new_token(role)
    assert ask_open("/api/articles", authorization=f"Bearer {text}").json["total"] == 4
    assert ask_open("/api", authorization=f"bearer  {text}").status == 200
    access.revoke(kept.id)
    answer = ask_open("/api/articles", authorization=f"Bearer {text}")
    assert answer.status == 401
    assert 'error="invalid_token"' in answer.headers["www-authenticate"]
    assert "revoked" in answer.json["error"]


@pytest.mark.parametrize(
    "given", ["", "Bearer", "Bearer x", "Basic a2hhcml0YTp4", "Bearer kharita_00000000_" + "a" * 43]
)
def test_what_is_no_token_opens_nothing(ask_open: Asking, access: Access, given: str) -> None:
    access.new_token(Role.ADMINISTER)
    assert ask_open("/api/articles", authorization=given).status == 401


def test_a_damaged_file_lets_nobody_in(ask_open: Asking, access: Access, tmp_path: Path) -> None:
    _, text = access.new_token(Role.READ)
    (tmp_path / "user" / "access.json").write_text("{", encoding="utf-8")
    answer = ask_open("/api/articles", authorization=f"Bearer {text}")
    assert answer.status == 503
    assert "nobody is let in" in answer.json["error"]


def test_the_host_is_looked_at_first(ask_open: Asking) -> None:
    assert ask_open("/api", host="evil.example").status == 421


def test_pages_find_their_files_and_the_map_its_data(ask_open: Asking) -> None:
    for path in ("/healthz", "/assets/kharita/fonts.css", "/map/play.json"):
        assert ask_open(path).status == 200


@pytest.mark.parametrize("path", ["/api", "/api/articles", "/reconcile/properties"])
def test_on_one_s_own_machine_nobody_is_asked(ask: Asking, access: Access, path: str) -> None:
    assert access.tokens() == ()
    assert ask(path).status in (200, 503)  # without a gazetteer there is nothing to reconcile with


def test_a_path_that_begins_alike_is_another() -> None:
    assert is_under("/api", FOR_PROGRAMS)
    assert is_under("/api/x", FOR_PROGRAMS)
    assert not is_under("/apis", FOR_PROGRAMS)
    assert not is_under("/map/api", FOR_PROGRAMS)
