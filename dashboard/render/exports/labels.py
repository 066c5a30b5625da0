"""Where the names stand on a still map: beside their signs, and never on one another."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

__all__ = ["Frame", "Label", "Sign", "place_labels", "text_width"]

_Box = tuple[float, float, float, float]
_EDGE = 2  # pixels that a name keeps from the frame
_NARROW = frozenset("iljtfrI1.,:;'|()[]!ا")


@dataclass(frozen=True, slots=True)
class Sign:
    """A place on the picture: its name, where it stands, its radius in pixels, and its group."""

    name: str
    x: float
    y: float
    radius: float
    group: str


@dataclass(frozen=True, slots=True)
class Frame:
    """The picture's size, and the boxes (left, top, right, bottom) that no name may enter."""

    width: float
    height: float
    kept: Sequence[_Box] = ()


@dataclass(frozen=True, slots=True)
class Label:
    """A name on the picture: `anchor` says which part of it stands at `x`: `start`, `middle` or `end`."""

    sign: Sign
    x: float
    y: float
    anchor: str


def text_width(text: str, size: float) -> float:
    """Return about how many pixels a line of text takes."""
    return size * sum(0.33 if char in _NARROW else 0.58 if char.isascii() else 0.54 for char in text)


def _choices(sign: Sign, size: float, *, rtl: bool) -> Iterator[tuple[Label, _Box]]:
    wide, high, gap = text_width(sign.name, size), size * 1.15, sign.radius + 4
    base = size * 0.35  # from the middle of the letters to the line that they stand on
    if not sign.radius:
        box = (sign.x - wide / 2, sign.y - high / 2, sign.x + wide / 2, sign.y + high / 2)
        yield Label(sign, sign.x, sign.y + base, "middle"), box
        return
    right = (sign.x + gap, sign.y - high / 2, sign.x + gap + wide, sign.y + high / 2)
    left = (sign.x - gap - wide, sign.y - high / 2, sign.x - gap, sign.y + high / 2)
    sides = [
        (Label(sign, sign.x + gap, sign.y + base, "start"), right),
        (Label(sign, sign.x - gap, sign.y + base, "end"), left),
    ]
    yield from reversed(sides) if rtl else sides
    for y in (sign.y - gap - high / 2, sign.y + gap + high / 2):
        box = (sign.x - wide / 2, y - high / 2, sign.x + wide / 2, y + high / 2)
        yield Label(sign, sign.x, y + base, "middle"), box
    near = 0.72 * sign.radius + 2  # beside a circle's shoulder
    for y in (sign.y - near - high / 2, sign.y + near + high / 2):
        for x, anchor in ((sign.x + near, "start"), (sign.x - near, "end")):
            edge = x if anchor == "start" else x - wide
            yield Label(sign, x, y + base, anchor), (edge, y - high / 2, edge + wide, y + high / 2)


def place_labels(
    signs: Sequence[Sign],
    frame: Frame,
    most: dict[str, int],
    size: float,
    *,
    rtl: bool,
) -> list[Label]:
    """Choose the names that are shown and where: the first signs first, so many of each group.

    A name is left out when it would lie on another, on a sign nearly as big as its own, or outside the frame.
    """
    left, taken, found = dict(most), list(frame.kept), list[Label]()
    spots = [(sign, _square(sign)) for sign in signs if sign.radius]

    def free(sign: Sign, box: _Box, over: float) -> bool:
        inside = (
            box[0] > _EDGE
            and box[1] > _EDGE
            and box[2] < frame.width - _EDGE
            and box[3] < frame.height - _EDGE
        )
        return (
            inside
            and not any(_meet(box, other) for other in taken)
            and not any(o is not sign and o.radius > over and _meet(box, spot) for o, spot in spots)
        )

    for sign in signs:
        if not left.get(sign.group):
            continue
        choices = list(_choices(sign, size, rtl=rtl))
        tries = (
            (label, box)
            for over in (0.0, 0.6 * sign.radius)
            for label, box in choices
            if free(sign, box, over)
        )
        if chosen := next(tries, None):
            found.append(chosen[0])
            taken.append(chosen[1])
            left[sign.group] -= 1
    return found


def _square(sign: Sign) -> _Box:
    return (sign.x - sign.radius, sign.y - sign.radius, sign.x + sign.radius, sign.y + sign.radius)


def _meet(one: _Box, other: _Box) -> bool:
    return one[0] < other[2] and one[2] > other[0] and one[1] < other[3] and one[3] > other[1]
