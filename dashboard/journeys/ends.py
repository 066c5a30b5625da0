"""The ends of a movement: which places after a cue, or before it, are where it goes, comes from, passes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dashboard.core.models import Kind
from dashboard.geoparse.lexicon import WordClass
from dashboard.journeys.models import ActorType, LegKind

if TYPE_CHECKING:
    from dashboard.journeys.places import PlaceSpan
    from dashboard.journeys.scene import Cue, Scene

__all__ = ["Ends", "begins_clause", "find_ends"]

_REACH = 26  # words after a cue in which its places stand
_INSIDE = 14  # words to a place that something happens in
_NEAR = 7
_JOINED = 3  # words between the last of one stop and the first of the next: دمشق وبيروت
_SOFT = (LegKind.MEETING, LegKind.VISIT)
_LEAVING = (LegKind.DEPARTURE, LegKind.WITHDRAWAL)
_TOGETHER = ("meeting", "host", "attend")


@dataclass(frozen=True, slots=True)
class Ends:
    """The places of a cue by role; `more` are further stops, each with where it is reached from."""

    to: PlaceSpan | None = None
    source: PlaceSpan | None = None
    via: PlaceSpan | None = None
    more: tuple[tuple[PlaceSpan | None, PlaceSpan], ...] = ()
    how: str = "none"
    distance: int = 0

    @property
    def any(self) -> bool:
        """Whether there is a place at all."""
        return bool(self.to or self.source or self.via)


def find_ends(scene: Scene, cue: Cue) -> Ends:
    """Read the places after a cue by their prepositions; without any, the place before it."""
    word = cue.reading.cue
    free = scene.free_places(cue.last + 1, _window_end(scene, cue))
    if word.mover == "attend":
        free = scene.free_places(cue.last + 1, min(scene.sentence_of(cue.at)[1], cue.last + 1 + _INSIDE))
    strong = any(one.role == "to" for one in free)
    found: dict[str, tuple[PlaceSpan, str]] = {}
    more: list[tuple[PlaceSpan | None, PlaceSpan]] = []
    last, source_of_next = "", None
    for one in free:
        if one.role == "and":
            if last == "to" and one.first - (more[-1][1] if more else found["to"][0]).last <= _JOINED:
                more.append((None, one))
            continue
        part, how = _part_of(scene, cue, one, strong=strong)
        if part and part not in found:
            found[part] = (one, how)
            last = part
        elif part == "to" and how == "preposition" and (_goes_on(scene, one) or source_of_next):
            more.append((source_of_next, one))  # ثم إلى صيدا
            last, source_of_next = "to", None
        elif part == "from" and "to" in found and _goes_on(scene, one):
            source_of_next = one
        else:
            last = ""
    if not found and (otherwise := _otherwise(scene, cue)) is not None:
        return otherwise
    to, source, via = (found.get(part, (None, "none")) for part in ("to", "from", "via"))
    first, how = next((pair for pair in (to, source, via) if pair[0]), (None, "none"))
    return Ends(to[0], source[0], via[0], tuple(more), how, first.lead - cue.last if first else 0)


def _otherwise(scene: Scene, cue: Cue) -> Ends | None:
    """Return the ends of a cue with no place after it: the one before it, one pointed to, the ground of who does it."""
    word = cue.reading.cue
    if _inside(cue) == "to" and word.bare != "from":
        before = _place_before(scene, cue)
        if before is not None:
            return Ends(to=before, how="before", distance=cue.at - before.last)
    if cue.finite and cue.reading.pronoun and word.bare and word.mover == "subject":
        behind = next((one for one in reversed(scene.places) if one.last < cue.at and not one.anaphor), None)
        if behind is not None:  # زارها
            return _only(word.bare, behind, "pronoun", cue.at - behind.last)
    ground = _subject_place(scene, cue) if (part := _own_ground(cue)) else None
    return None if ground is None else _only(part, ground, "ground", abs(cue.at - ground.last))


def _only(part: str, place: PlaceSpan, how: str, distance: int) -> Ends:
    """Return the ends of a movement of which one place is known."""
    return Ends(
        to=place if part == "to" else None,
        source=place if part == "from" else None,
        via=place if part == "via" else None,
        how=how,
        distance=distance,
    )


def _own_ground(cue: Cue) -> str:
    """Return what a country is that does it: the end for its guests, the start for those whom it expels."""
    word = cue.reading.cue
    if not cue.finite:
        return ""
    return "to" if word.mover == "host" else "from" if word.kind is LegKind.EXPULSION else ""


def _subject_place(scene: Scene, cue: Cue) -> PlaceSpan | None:
    """Return the country or capital that stands as the subject of a verb: طهران تستقبل, طردت بوركينا فاسو."""
    begin, end = scene.sentence_of(cue.at)
    for place in scene.free_places(max(begin, cue.at - _JOINED), min(end, cue.last + 2)):
        beside = place.first == cue.last + 1 or (place.last == cue.at - 1 and place.first == begin)
        here = place.place.place
        if beside and place.role == "" and (here.kind is Kind.COUNTRY or here.feature_code == "PPLC"):
            return place
    return None


def _goes_on(scene: Scene, place: PlaceSpan) -> bool:
    """Tell whether a place is a further stop: ثم إلى, ومنها إلى, then to."""
    return any("then" in scene.info(at).roles for at in range(max(0, place.lead - 3), place.lead))


def _inside(cue: Cue) -> str:
    """Return what a place after a word for in is to a cue; a meeting is always in a place."""
    word = cue.reading.cue
    return "to" if word.mover in _TOGETHER else word.inside


def _part_of(scene: Scene, cue: Cue, place: PlaceSpan, *, strong: bool) -> tuple[str, str]:
    """Return the part that a place plays for a cue (`to`, `from`, `via`, or none), and how that is known.

    Parameters
    ----------
    strong
        Whether a free preposition of direction follows: then ل says something else.
    """
    word, role = cue.reading.cue, place.role
    latin = scene.document.language != "ar"
    near = place.lead - cue.last <= _NEAR
    inside = _inside(cue)
    options = (
        ("to", "preposition", role == "to" and (latin or word.mover not in ("meeting", "host"))),
        ("to", "glued", role == "weak_to" and not strong and near),
        ("from", "preposition", role == "from" and (latin or _said_of(scene, place, cue))),
        ("from", "preposition", role == "away" and word.kind in _LEAVING),
        ("via", "preposition", role == "via"),
        (
            inside,
            "inside",
            bool(inside)
            and (
                (role == "in" and place.lead - cue.last <= _INSIDE)
                or (role == "near" and near and word.mover != "attend")
            ),
        ),
        (word.bare, "bare", role == "" and bool(word.bare) and _contiguous(scene, cue, place)),
        ("to", "bare", _met_there(place, cue)),
    )
    return next(((part, how) for part, how, holds in options if holds), ("", ""))


def _window_end(scene: Scene, cue: Cue) -> int:
    """Return where the places of a cue end: at the next cue that has a place of its own, or after many words."""
    _, end = scene.sentence_of(cue.at)
    limit = min(end, cue.last + 1 + _REACH)
    for at in range(cue.last + 1, limit):
        other = scene.cue_at.get(at)
        if other is None:
            if at > cue.last + 1 and begins_clause(scene, at):
                return at
            continue
        if other.finite or (other.reading.cue.kind not in _SOFT and other.reading.cue.mover != "attend"):
            if cue.reading.cue.mover == "meeting" and not other.finite:
                continue
            return at
        if other.reading.cue.bare and at + 1 in scene.place_at:
            return at
    return limit


def begins_clause(scene: Scene, at: int) -> bool:
    """Tell whether a verb of saying or deciding begins a clause: وبحث, ، وأكد, that said."""
    info = scene.info(at)
    if not info.is_a(WordClass.SPEECH | WordClass.GOVERNMENT_VERB) or info.is_a(
        WordClass.TITLE | WordClass.MOTION_NOUN
    ):
        return False
    joined = info.folded[:1] in "وف" and info.particle[:1] in ("و", "ف")
    return at not in scene.actor_at and (joined or scene.words[at].gap.strip() in ("،", ","))


def _met_there(place: PlaceSpan, cue: Cue) -> bool:
    """Tell whether a noun of meeting is followed by its town (محادثات نيويورك); a country is who talks."""
    meeting = cue.reading.cue.mover == "meeting" and not cue.finite
    return (
        meeting
        and place.role == ""
        and place.lead == cue.last + 1
        and place.place.place.kind is not Kind.COUNTRY
    )


def _said_of(scene: Scene, place: PlaceSpan, cue: Cue) -> bool:
    """Tell whether «من» before a place is said of the movement: not of a noun, as in a delegation from there."""
    before = place.lead - 2
    if before <= cue.last or before < 0:
        return True
    actor = scene.actor_at.get(before)
    return bool(actor is None or actor.type is not ActorType.DELEGATION)


def _contiguous(scene: Scene, cue: Cue, place: PlaceSpan) -> bool:
    """Tell whether only the subject, dates and adverbs stand between a cue and a place."""
    for at in range(cue.last + 1, place.lead):
        actor = scene.actor_at.get(at)
        if actor is not None or scene.skippable(at):
            continue
        info = scene.info(at)
        if info.is_a(WordClass.HEAD_GENERIC | WordClass.HEAD_NAME | WordClass.DIRECTION) or info.country:
            continue
        if info.folded in ("the", "la", "le", "l", "les"):
            continue
        return False
    return True


def _place_before(scene: Scene, cue: Cue) -> PlaceSpan | None:
    """Return a place that stands before its cue: في باريس أجرى محادثات; none from beyond another verb."""
    begin, _ = scene.sentence_of(cue.at)
    for one in reversed(scene.free_places(begin, cue.at)):
        if cue.at - one.last > _REACH // 2:
            return None
        if one.role == "in" or (one.role == "to" and scene.document.language == "fr"):
            between = range(one.last + 1, cue.at)
            others = [at for at in between if at in scene.cue_at]
            return None if others else one
    return None
