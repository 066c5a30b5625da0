"""How a request or a websocket that may not ask is told so."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.responses import Response
    from starlette.types import Receive, Scope, Send

__all__ = ["refuse"]

_POLICY_VIOLATION = 1008  # of a websocket that is closed


async def refuse(
    scope: Scope, receive: Receive, send: Send, answer: Response, headers: Mapping[str, str]
) -> None:
    """Give a request its refusal, and close a websocket."""
    if scope["type"] == "websocket":
        await receive()
        await send({"type": "websocket.close", "code": _POLICY_VIOLATION})
        return
    answer.headers.update(headers)
    await answer(scope, receive, send)
