"""Each route and the websocket at a server with a log-in: as each role, as a bearer of a token, as a stranger."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from asking import Answer, asker, knock
from made_store import make_store
from starlette.routing import Mount, Route

from dashboard.core.access import Access, Role
from dashboard.ui import identity
from dashboard.ui.identity import address_in
from dashboard.web.guard import nobody, vouched_address
from dashboard.web.server import make_routes

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Asking = Callable[..., Answer]

ADDRESS = "amal@newsroom.example"
SECRET = "a secret of this test, long enough to sign cookies with"  # noqa: S105 - signs nothing but this test's
CLOSED = (
    "/api", "/api/articles", "/api/places.geojson", "/api/journeys", "/reconcile", "/reconcile/properties",
    "/map/play.json", "/map/places.json", "/map/towns.json", "/map/own/1/1/1", "/media/x.csv",
    "/handover/x/y.csv", "/export", "/metrics",
    "/_stcore/metrics", "/_stcore/script-health-check", "/_stcore/agent/openapi.json", "/app/static/x", "/whatever",
    "//api", "/API", "/healthz/", "/assetsx", "/_stcore/upload_file/session/file", "/auth/login/x", "/./api",
)  # fmt: skip
OPEN = ("/healthz", "/assets/kharita/fonts.css", "/assets/basemap/countries.json")


@pytest.fixture
def access(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Access:
    monkeypatch.setenv("KHARITA_USER_DATA", str(tmp_path / "user"))
    made = Access(tmp_path / "user")
    made.add_person("head@newsroom.example", Role.ADMINISTER)
    return made


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Return a store that is looked at only."""
    return make_store(tmp_path_factory.mktemp("kept"))


@pytest.fixture
def ask_in(access: Access, store: str, monkeypatch: pytest.MonkeyPatch) -> Asking:
    """Return a function that asks a server with a log-in, whose cookies this test signs."""
    assert access is not None
    monkeypatch.setenv("KHARITA_STORE", store)
    monkeypatch.setenv("KHARITA_LOGIN", "true")
    monkeypatch.setattr(identity, "get_cookie_secret", lambda: SECRET)
    return asker(address_in)


def cookie(secret: str = SECRET, **claims: object) -> str:
    """Return the cookie that Streamlit sets once somebody has logged in."""
    from streamlit.web.server.starlette.starlette_app_utils import create_signed_value  # noqa: PLC0415

    told = {"is_logged_in": True, "email": ADDRESS, "origin": "https://maps.newsroom.example", **claims}
    return f"_streamlit_user={create_signed_value(secret, '_streamlit_user', json.dumps(told)).decode()}"


def test_every_route_is_tried() -> None:
    for route in make_routes():
        path = route.path.partition("{")[0].rstrip("/")
        assert isinstance(route, Route | Mount)
        assert path.startswith(("/assets", "/healthz")) or any(
            one == path or one.startswith(f"{path}/") or path.startswith(f"{one}/") for one in CLOSED
        ), path


@pytest.mark.parametrize("path", CLOSED)
def test_a_stranger_is_refused_everything_but_the_way_in(ask_in: Asking, path: str) -> None:
    for method in ("GET", "POST", "PUT", "DELETE"):
        answer = ask_in(path, method=method)
        assert answer.status == 401
        assert answer.headers["www-authenticate"] == 'Bearer realm="kharita"'
        assert b"has logged in" in answer.body
        assert answer.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("path", OPEN)
def test_the_way_in_is_open(ask_in: Asking, path: str) -> None:
    assert ask_in(path).status == 200


@pytest.mark.parametrize(
    "path", ["/", "/oauth2callback", "/auth/login", "/static/js/index.js", "/_stcore/host-config"]
)
def test_what_streamlit_serves_to_log_in_is_let_through(ask_in: Asking, path: str) -> None:
    assert ask_in(path).status == 404  # nothing of Streamlit's is in this application


@pytest.mark.parametrize("role", Role)
def test_each_role_reads_and_only_some_upload(ask_in: Asking, access: Access, role: Role) -> None:
    access.add_person(ADDRESS, role)
    for path in ("/api/articles", "/map/play.json", "/api/places.geojson"):
        assert ask_in(path, cookie=cookie()).status == 200
    assert ask_in("/media/x.csv", cookie=cookie()).status == 404
    refused = ask_in("/_stcore/upload_file/session/file", method="PUT", cookie=cookie())
    assert refused.status == (404 if role.covers(Role.CORRECT) else 403)


@pytest.mark.parametrize("role", Role)
def test_a_token_opens_what_its_role_may(ask_in: Asking, access: Access, role: Role) -> None:
    kept, text = access.new_token(role)
    assert ask_in("/api/articles", authorization=f"Bearer {text}").status == 200
    access.revoke(kept.id)
    assert ask_in("/api/articles", authorization=f"Bearer {text}").status == 401


def test_a_worthless_token_is_not_made_good_by_a_cookie(ask_in: Asking, access: Access) -> None:
    access.add_person(ADDRESS, Role.READ)
    assert ask_in("/api/articles", authorization="Bearer x", cookie=cookie()).status == 401


@pytest.mark.parametrize(
    "bad",
    [
        lambda: "_streamlit_user=x",
        lambda: cookie("another secret, as long as the one in force here"),
        lambda: cookie().replace("_streamlit_user", "_streamlit_user_tokens"),
        lambda: cookie()[:-2],
        lambda: cookie(is_logged_in=False),
        lambda: cookie(is_logged_in="true"),
        lambda: cookie(email=None),
        lambda: cookie(email=["head@newsroom.example"]),
        lambda: cookie(email_verified=False),
        lambda: cookie(email_verified="no"),
    ],
)
def test_a_cookie_that_vouches_for_nobody_opens_nothing(
    ask_in: Asking, access: Access, bad: Callable[[], str]
) -> None:
    access.add_person(ADDRESS, Role.ADMINISTER)
    assert ask_in("/api/articles", cookie=bad()).status == 401


def test_who_is_not_on_the_list_is_refused(ask_in: Asking, access: Access) -> None:
    answer = ask_in("/api/articles", cookie=cookie())
    assert (answer.status, answer.json["error"][:18]) == (403, "You have logged in")
    access.add_person(ADDRESS, Role.READ)
    assert ask_in("/api/articles", cookie=cookie()).status == 200
    access.remove_person(ADDRESS)
    assert ask_in("/api/articles", cookie=cookie()).status == 403


def test_without_a_secret_no_cookie_counts(
    ask_in: Asking, access: Access, monkeypatch: pytest.MonkeyPatch
) -> None:
    access.add_person(ADDRESS, Role.READ)
    monkeypatch.setattr(identity, "get_cookie_secret", lambda: "")
    assert ask_in("/api/articles", cookie=cookie("")).status == 401


def test_a_damaged_table_lets_nobody_in(ask_in: Asking, access: Access, tmp_path: Path) -> None:
    access.add_person(ADDRESS, Role.READ)
    (tmp_path / "user" / "access.json").write_text("[", encoding="utf-8")
    assert ask_in("/api/articles", cookie=cookie()).status == 503


@pytest.mark.usefixtures("ask_in")
def test_the_page_s_websocket_alone_is_open() -> None:
    # over it a stranger is shown the way in: tests/app/test_roles.py
    assert knock("/_stcore/stream", address_in) == 101
    assert knock("/_stcore/other", address_in) == 1008
    assert knock("/api", address_in) == 1008
    assert knock("/_stcore/stream", address_in, origin="https://evil.example") == 1008


def test_what_a_provider_vouches_for() -> None:
    good = {"is_logged_in": True, "email": f" {ADDRESS} "}
    assert vouched_address(good) == ADDRESS
    assert vouched_address(good | {"email_verified": True}) == ADDRESS
    assert vouched_address(good | {"email_verified": "true"}) == ADDRESS
    assert vouched_address(good | {"email_verified": None}) == ""
    assert vouched_address({}) == nobody({}) == ""
