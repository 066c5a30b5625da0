"""Why an address gave nothing: a refusal like that of a file, and whether it may be otherwise later."""

from __future__ import annotations

from dashboard.intake.sentences import Refusal

__all__ = ["Unfetched"]

_PASSING = frozenset(
    {"net_unknown", "net_unreachable", "net_slow", "net_busy", "net_broken", "net_trouble", "net_stopped"}
)


class Unfetched(Refusal):
    """An address that gave nothing.

    Attributes
    ----------
    wait_s
        How long the server asks to be left alone, seconds; 0 when it asks nothing of the kind.
    """

    def __init__(self, code: str, wait_s: float = 0.0, **values: object) -> None:
        super().__init__(code, **values)
        self.wait_s = wait_s

    @property
    def passing(self) -> bool:
        """Whether the same address may well answer another time."""
        return self.code in _PASSING
