"""A whole log-in: a provider of identities of the test's own, a server, and a browser."""

from __future__ import annotations

import json
import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING
from urllib.error import HTTPError
from urllib.parse import parse_qs, urlencode, urlsplit
from urllib.request import urlopen

import pytest
from conftest import PATIENCE_MS, _free_port, serving
from joserfc import jwt
from joserfc.jwk import RSAKey
from made_store import make_store

from dashboard.core.access import Role
from dashboard.core.settings import Settings
from dashboard.web.login import check_login

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser

pytestmark = pytest.mark.e2e

ADDRESS = "amal@newsroom.example"


class Provider(BaseHTTPRequestHandler):
    """Lets in whoever comes, as `ADDRESS`."""

    key = RSAKey.generate_key(2048, {"kid": "test", "alg": "RS256", "use": "sig"})
    nonces: dict[str, str]

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    @property
    def issuer(self) -> str:
        return f"http://127.0.0.1:{self.server.server_port}"  # type: ignore[attr-defined]

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        asked = {name: value[0] for name, value in parse_qs(parts.query).items()}
        if parts.path == "/authorize":
            self.nonces["code"] = asked.get("nonce", "")
            back = urlencode({"code": "code", "state": asked["state"]})
            self.send_response(302)
            self.send_header("location", f"{asked['redirect_uri']}?{back}")
            self.end_headers()
        elif parts.path == "/keys":
            self._tell({"keys": [self.key.as_dict(private=False)]})
        else:
            self._tell(
                {
                    "issuer": self.issuer,
                    "authorization_endpoint": f"{self.issuer}/authorize",
                    "token_endpoint": f"{self.issuer}/token",
                    "jwks_uri": f"{self.issuer}/keys",
                    "response_types_supported": ["code"],
                    "subject_types_supported": ["public"],
                    "id_token_signing_alg_values_supported": ["RS256"],
                }
            )

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["content-length"]))
        now = int(time.time())
        claims = {
            "iss": self.issuer, "sub": "1", "aud": "kharita", "exp": now + 300, "iat": now,
            "nonce": self.nonces["code"], "email": ADDRESS, "email_verified": True,
        }  # fmt: skip
        token = jwt.encode({"alg": "RS256", "kid": "test"}, claims, self.key)
        self._tell({"access_token": "x", "token_type": "Bearer", "expires_in": 300, "id_token": token})

    def _tell(self, value: object) -> None:
        body = json.dumps(value).encode()
        self.send_response(200)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@contextmanager
def provider() -> Iterator[str]:
    """Run the provider, and return its address."""
    made = ThreadingHTTPServer(("127.0.0.1", 0), type("OneProvider", (Provider,), {"nonces": {}}))
    threading.Thread(target=made.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{made.server_port}"
    finally:
        made.shutdown()
        made.server_close()


def status(address: str) -> int:
    try:
        with urlopen(address, timeout=20) as answer:  # noqa: S310 - our own server
            return int(answer.status)
    except HTTPError as error:
        return error.code


def test_from_a_stranger_to_a_signed_decision(tmp_path: Path, browser: Browser) -> None:
    port = _free_port()
    with provider() as issuer:
        told = {
            "redirect_uri": f"http://localhost:{port}/oauth2callback",
            "cookie_secret": "a secret of this test, long enough to sign with",
            "client_id": "kharita",
            "client_secret": "y",
            "server_metadata_url": f"{issuer}/.well-known/openid-configuration",
        }
        lines = ["[auth]", *(f'{name} = "{value}"' for name, value in told.items())]
        (tmp_path / "login.toml").write_text("\n".join(lines), encoding="utf-8")
        access = Settings(user_data=tmp_path).access
        access.add_person("head@newsroom.example", Role.ADMINISTER)
        check_login(Settings(login=True, user_data=tmp_path, port=port))
        with serving(make_store(tmp_path), tmp_path, login=True, port=port) as server:
            assert status(f"{server}/api/articles") == 401
            context = browser.new_context(locale="en-GB")
            page = context.new_page()
            page.set_default_timeout(PATIENCE_MS)
            page.goto(f"{server}/?ui=en")
            page.get_by_role("button", name="Log in").click()
            page.get_by_text("You are not on the list").wait_for()
            assert ADDRESS in page.content()
            assert "Tobruk" not in page.content()
            assert page.request.get(f"{server}/api/articles").status == 403
            access.add_person(ADDRESS, Role.READ)
            page.goto(f"{server}/?ui=en")
            page.get_by_text("Tobruk").first.wait_for()
            assert page.request.get(f"{server}/map/play.json").status == 200
            assert page.get_by_role("link", name="Check").count() == 0
            access.add_person(ADDRESS, Role.CORRECT)
            page.goto(f"{server}/?ui=en&page=review")
            page.get_by_text(f"Decisions are signed {ADDRESS}").wait_for()
            page.get_by_role("button", name="Log out").click()
            page.get_by_role("button", name="Log in").wait_for()
            assert page.request.get(f"{server}/api/articles").status == 401
            context.close()
