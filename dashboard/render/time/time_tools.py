"""What stands beside the bars of the timeline: their width, the brush's marks, and how time is played."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date  # noqa: TC003 - kept at run time for dataclass introspection
from typing import TYPE_CHECKING, Literal, get_args

from dashboard.render.map.view_switch import segments
from dashboard.render.markup import element, join

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from markupsafe import Markup

    from dashboard.words import Strings

__all__ = ["Bar", "Step", "brush_marks", "play_controls", "time_tools"]

Step = Literal["day", "week", "month", "year"]


@dataclass(frozen=True, slots=True)
class Bar:
    """The articles of one stretch of days, both ends included."""

    first: date
    last: date
    articles: int


def brush_marks(found: Sequence[Bar], first: date, last: date) -> dict[str, str]:
    """Return the attributes by which the brush knows what lies under it: days on which bars begin, and the ends."""
    starts = ",".join(bar.first.isoformat() for bar in found)
    return {"data_starts": starts, "data_first": first.isoformat(), "data_last": last.isoformat()}


def time_tools(
    step: Step, offered: Sequence[Step], words: Strings, address: Callable[[Step | None], str]
) -> Markup:
    """Return the button that plays, and the switch between days, weeks and months where there is a choice."""
    icon = element("i", class_="kh-i kh-i-play", aria_hidden="true")
    play = element(
        "button", join([icon, words("play")]), type="button", class_="kh-play-start", data_play="start"
    )
    parts = [play]
    if len(offered) > 1:
        options = [(name, words(f"step_{name}")) for name in offered]
        parts.append(
            segments(options, step, words("step"), lambda name: address(_known(name)), "kh-steps-of-time")
        )
    hint = element("span", words("timeline_hint"), class_="kh-unseen")
    return element("div", join([*parts, hint]), class_="kh-time-tools")


def _known(name: str) -> Step | None:
    return next((step for step in get_args(Step) if step == name), None)


def play_controls(words: Strings) -> Markup:
    """Return the controls of playing; the browser shows them while it plays."""
    buttons = [
        _button(words, "back", "kh-i-back"),
        _button(words, "pause", "kh-i-pause"),
        _button(words, "forward", "kh-i-forward"),
    ]
    shown = element(
        "output",
        join([element("b", "", class_="kh-play-when"), element("span", "", class_="kh-play-count")]),
        class_="kh-play-said",
    )
    choices = [
        element(
            "button",
            "1×",
            type="button",
            data_play="speed",
            title=words("play_speed"),
            aria_label=words("play_speed"),
        ),
        element("button", "", type="button", data_play="window", title=words("play_window")),
        element(
            "button",
            "×",
            type="button",
            data_play="stop",
            title=words("play_stop"),
            aria_label=words("play_stop"),
        ),
    ]
    return element(
        "div",
        join([element("span", join(buttons), class_="kh-play-steps"), shown, *choices]),
        class_="kh-play",
        role="group",
        aria_label=words("play_label"),
        data_fail=words("play_fail"),
        hidden=True,
    )


def _button(words: Strings, action: str, icon: str) -> Markup:
    name = words(f"play_{action}")
    sign = element("i", class_=f"kh-i {icon}", aria_hidden="true")
    return element("button", sign, type="button", data_play=action, title=name, aria_label=name)
