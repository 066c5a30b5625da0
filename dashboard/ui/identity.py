"""Who sends a request, by the cookie in which Streamlit keeps what the provider of the log-in said.

Streamlit reads that cookie for the websocket and offers nothing public that reads it for a request. Its own functions
are used here; whatever fails in them means that nobody is known.
"""

from __future__ import annotations

import json
import logging
from typing import TYPE_CHECKING

from streamlit.auth_util import get_cookie_with_chunks
from streamlit.web.server.server_util import get_cookie_secret
from streamlit.web.server.starlette.starlette_app_utils import decode_signed_value
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME

from dashboard.web.guard import vouched_address

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["address_in"]

logger = logging.getLogger(__name__)


def address_in(cookies: Mapping[str, str]) -> str:
    """Return the address of who sends these cookies; empty for nobody, and for cookies that were not signed here."""
    secret = get_cookie_secret()
    if not secret:
        return ""

    def signed(name: str) -> bytes | None:
        value = cookies.get(name)
        return decode_signed_value(secret, name, value.encode("latin-1", "replace")) if value else None

    try:
        kept = get_cookie_with_chunks(signed, USER_COOKIE_NAME)
        told = json.loads(kept) if kept else {}
    except (ValueError, TypeError):
        logger.warning("A cookie of a log-in can't be read")
        return ""
    return vouched_address(told) if isinstance(told, dict) else ""
