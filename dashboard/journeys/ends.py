"""The ends of a movement: which places after a cue, or before it, are where it goes, comes from, passes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dashboard.core.models import Kind
from dashboard.geoparse.lexicon import WordClass
from dashboard.journeys.grounds import fronted, ground_of, own_ground, place_before, pointed_to
from dashboard.journeys.lexicon import CueForm
from dashboard.journeys.models import ActorType, LegKind

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dashboard.journeys.cues import Cue
    from dashboard.journeys.places import PlaceSpan
    from dashboard.journeys.scene import Scene

__all__ = ["Ends", "begins_clause", "circumstance", "find_ends"]

_REACH = 26  # words after a cue in which its places stand
_INSIDE = 14  # words to a place that something happens in
_NEAR = 7
_JOINED = 3  # words between the last of one stop and the first of the next: دمشق وبيروت
_SOFT = (LegKind.MEETING, LegKind.VISIT)
_LEAVING = (LegKind.DEPARTURE, LegKind.WITHDRAWAL)
_MET = ("meeting", "host")
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
    def places(self) -> frozenset[int]:
        """First words of all its places."""
        further = [one for pair in self.more for one in pair]
        return frozenset(one.first for one in (self.to, self.source, self.via, *further) if one)

    @property
    def any(self) -> bool:
        """Whether there is a place at all."""
        return bool(self.to or self.source or self.via)


class _Read:
    """The places of a cue as they are read, one after the other."""

    def __init__(self, scene: Scene, cue: Cue, *, strong: bool) -> None:
        self.scene, self.cue, self.strong = scene, cue, strong
        self.found: dict[str, tuple[PlaceSpan, str]] = {}
        self.more: list[tuple[PlaceSpan | None, PlaceSpan]] = []
        self._last = ""
        self._next_source: PlaceSpan | None = None

    def take(self, one: PlaceSpan) -> bool:
        """Take a place in; False when it is of another movement, and what follows too."""
        scene, cue = self.scene, self.cue
        governing = _governing(scene, cue, one)
        if governing is not cue and self.found and not _joins(scene, governing, one, self.found):
            return False
        if one.role == "and":
            self._take_joined(one)
        elif _between(scene, cue, one) and "from" not in self.found:
            self.found["from"], self._last = (one, "between"), "between"
        else:
            self._take_part(one, *_part_of(scene, governing, one, strong=self.strong))
        return True

    def _take_joined(self, one: PlaceSpan) -> None:
        """Take a place that «و» joins to the one before: دمشق وبيروت."""
        if self._last == "to":
            before = self.more[-1][1] if self.more else self.found["to"][0]
            if one.first - before.last <= _JOINED:
                self.more.append((None, one))
        elif self._last == "via" and one.role == "and" and "to" not in self.found:
            self.more.append((None, one))  # اجتاز تلمسان وبجاية
        elif self._last == "between" and "to" not in self.found:
            self.found["to"], self._last = (one, "between"), "to"

    def _take_part(self, one: PlaceSpan, part: str, how: str) -> None:
        on = _goes_on(self.scene, one)
        if part == "from" and "to" in self.found and one.lead - 2 in self.scene.actor_at:
            part = ""  # إلى ليبيا ... مع ثلاثة مواطنين من الفلبين
        if part and part not in self.found:
            self.found[part] = (one, how)
            self._last = part
        elif part == "to" and how == "preposition" and (on or self._next_source):
            self.more.append((self._next_source, one))  # ثم إلى صيدا
            self._last, self._next_source = "to", None
        elif part == "from" and "to" in self.found and on:
            self._next_source = one
        else:
            self._last = ""


def find_ends(scene: Scene, cue: Cue) -> Ends:
    """Read the places after a cue by their prepositions; without any, the place before it.

    A participle that says how somebody moves goes with the verb before it: «وصل إلى بغداد قادما من دمشق».
    """
    word = cue.reading.cue
    free = scene.free_places(cue.last + 1, _window_end(scene, cue))
    if word.mover == "attend":
        free = scene.free_places(cue.last + 1, min(scene.sentence_of(cue.at)[1], cue.last + 1 + _INSIDE))
    read = _Read(scene, cue, strong=any(one.role == "to" for one in free))
    for one in free:
        if not read.take(one):
            break
    found = read.found
    for part, one in fronted(scene, cue).items():
        found.setdefault(part, (one, "fronted"))
    if not found and (otherwise := _otherwise(scene, cue)) is not None:
        return otherwise
    part = own_ground(cue)
    if found and part and part not in found and (ground := ground_of(scene, cue)) is not None:
        found[part] = (ground, "ground")
    to, source, via = (found.get(part, (None, "none")) for part in ("to", "from", "via"))
    first, how = next((pair for pair in (to, source, via) if pair[0]), (None, "none"))
    start, goal = source[0], to[0]
    if start is None and goal is None:  # who passes a place has been there
        goal, via = via[0], (None, "none")
    if start and goal and start.place.place.id == goal.place.place.id:
        start, goal = (start, None) if goal is start or start.role == "from" else (None, goal)
    elif (
        start
        and goal
        and goal.place.place.id == f"country:{start.place.place.country}"
        and start.lead > goal.last
    ):
        start = None  # إلى كوريا الشمالية حيث يأمل التزاما من بيونغ يانغ
    return Ends(goal, start, via[0], tuple(read.more), how, first.lead - cue.last if first else 0)


def _otherwise(scene: Scene, cue: Cue) -> Ends | None:
    """Return the ends of a cue with no place after it: the one before it, one pointed to, the ground of who does it."""
    word = cue.reading.cue
    if _inside(cue) == "to" and word.bare != "from" and not (word.bare and _takes_noun(scene, cue)):
        before = place_before(scene, cue)
        if before is not None:
            return Ends(to=before, how="before", distance=cue.at - before.last)
    if cue.finite and cue.reading.pronoun and word.bare and word.mover == "subject":
        behind = pointed_to(scene, cue)
        if behind is not None:  # زارها
            return _only(word.bare, behind, "pronoun", cue.at - behind.last)
    part = own_ground(cue)
    ground = ground_of(scene, cue) if part == "to" or word.kind is LegKind.EXPULSION else None
    return None if ground is None else _only(part, ground, "ground", abs(cue.at - ground.last))


def _takes_noun(scene: Scene, cue: Cue) -> bool:
    """Tell whether a definite noun that is no place follows, as the object of the verb: يدخل التاريخ."""
    at = cue.last + 1
    if not cue.finite or at >= scene.sentence_of(cue.at)[1] or scene.words[at].gap.strip():
        return False
    info = scene.info(at)
    other = at in scene.place_at or at in scene.actor_at or scene.skippable(at) or bool(info.roles)
    return info.folded.startswith("ال") and not other


def circumstance(scene: Scene, cue: Cue, other: Cue) -> bool:
    """Tell whether a participle says how the movement of the cue before it goes: قادما من, متوجهة إلى."""
    if other.reading.cue.form is not CueForm.PARTICIPLE or "ال" in other.reading.particle:
        return False
    if cue.reading.cue.mover in _TOGETHER or cue.reading.cue.form is CueForm.PARTICIPLE:
        return False
    if not scene.info(other.at).folded.endswith(("ا", "ه", "ين")) or other.at - cue.last > _REACH:
        return False
    if scene.info(other.at - 1).folded in _WAS:
        return False  # سفينة كانت متجهة إلى غزة
    between = range(cue.last + 1, other.at)
    return not any(
        scene.info(at).roles & {"relative", "boundary"} or (at in scene.cue_at and scene.cue_at[at].finite)
        for at in between
    )


def _governing(scene: Scene, cue: Cue, place: PlaceSpan) -> Cue:
    """Return the participle that a place belongs to, if one stands between it and its verb; else the verb."""
    for at in range(place.lead - 1, cue.last, -1):
        other = scene.cue_at.get(at)
        if other is not None and circumstance(scene, cue, other):
            return other
    return cue


def _joins(scene: Scene, other: Cue, place: PlaceSpan, found: Mapping[str, object]) -> bool:
    """Tell whether the place of a participle fills a part that its verb left open."""
    part, _ = _part_of(scene, other, place, strong=True)
    return not part or part not in found


def _between(scene: Scene, cue: Cue, place: PlaceSpan) -> bool:
    """Tell whether a place is the first of two that somebody moves between: يتنقل بين بيروت ودمشق."""
    if cue.reading.cue.kind is not LegKind.TRANSIT or place.role != "near":
        return False
    return scene.info(place.lead - 1).folded in ("بين", "between", "entre")


def _after_visit(scene: Scene, cue: Cue, place: PlaceSpan) -> bool:
    """Tell whether a place is that of the visit that somebody comes back from."""
    return any(
        scene.info(at - 1).folded == "من" and scene.cue_at[at].reading.cue.kind is LegKind.VISIT
        for at in range(cue.last + 2, place.lead)
        if at in scene.cue_at and not scene.cue_at[at].finite
    )


_WAS = ("كان", "كانت", "كانوا", "كانا", "كانتا")
_ACCREDITED = "لدي"
_LOYAL = ("موالي", "تابع", "مناهض", "داعم", "مويد", "معادي", "حليف", "مجاور", "محاذي", "مدعوم", "خاضع")


def _loyal(scene: Scene, place: PlaceSpan) -> bool:
    """Tell whether ل before a place is that of an adjective: الموالية لإيران."""
    before = scene.info(place.lead - 1).folded if place.lead else ""
    return before.removeprefix("و").removeprefix("ال").startswith(_LOYAL)


def _among(scene: Scene, place: PlaceSpan) -> bool:
    """Tell whether a place is one of two that something is between: الخلافات بين واشنطن ومكسيكو."""
    return place.lead > 0 and scene.info(place.lead - 1).folded == "بين"


def _only(part: str, place: PlaceSpan, how: str, distance: int) -> Ends:
    """Return the ends of a movement of which one place is known."""
    return Ends(
        to=place if part == "to" else None,
        source=place if part == "from" else None,
        via=place if part == "via" else None,
        how=how,
        distance=distance,
    )


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
    if place.lead and scene.info(place.lead - 1).folded == _ACCREDITED:  # السفير لدى نيودلهي is sent there
        recalled = word.kind is LegKind.RETURN and word.mover == "object"
        return ("from", "preposition") if recalled else ("", "")
    back = word.kind is LegKind.RETURN and _after_visit(scene, cue, place)
    options = (
        ("from", "preposition", back and role in ("to", "weak_to", "in")),  # عودته من زيارة للمجر
        ("to", "preposition", role == "to" and (latin or word.mover not in ("meeting", "host"))),
        (
            "to",
            "glued",
            role == "weak_to" and not strong and near and word.mover not in _MET and not _loyal(scene, place),
        ),
        (
            "from",
            "preposition",
            role == "from" and word.mover not in _TOGETHER and (latin or _said_of(scene, place, cue)),
        ),
        ("from", "preposition", role == "away" and word.kind in _LEAVING),
        ("via", "preposition", role == "via"),
        (
            inside,
            "inside",
            bool(inside)
            and (
                (role == "in" and place.lead - cue.last <= _INSIDE and not _elsewhere(scene, cue, place))
                or (role == "near" and near and word.mover != "attend" and not _among(scene, place))
            ),
        ),
        (
            word.bare,
            "bare",
            role == ""
            and bool(word.bare)
            and _contiguous(scene, cue, place)
            and not _country_does(scene, cue, place),
        ),
        ("to", "bare", _met_there(place, cue)),
    )
    return next(((part, how) for part, how, holds in options if holds), ("", ""))


def _country_does(scene: Scene, cue: Cue, place: PlaceSpan) -> bool:
    """Tell whether a country right after a verb is who does it: وصلت البرازيل إلى النهائي, دخلت الدوحة في مفاوضات."""
    here, after = place.place.place, place.last + 1
    seat = here.kind is Kind.COUNTRY or here.feature_code == "PPLC"
    beside = cue.finite and place.lead == cue.last + 1 and seat
    if not beside or after >= scene.sentence_of(cue.at)[1] or scene.words[after].gap.strip():
        return False
    roles = scene.info(after).roles
    return after + 1 not in scene.place_at and bool(
        "to" in roles or ("in" in roles and after + 1 not in scene.date_words)
    )


def _elsewhere(scene: Scene, cue: Cue, place: PlaceSpan) -> bool:
    """Tell whether a place is that of another thing: what is talked about, or the abstract end of a movement.

    «محادثات حول الوضع في سوريا», «الوصول إلى نهائي كأس العالم في روسيا».
    """
    met = cue.reading.cue.mover in _MET
    for at in range(cue.last + 1, place.lead - 1):
        info = scene.info(at)
        if met and "about" in info.signs:
            return True
        towards = "to" in info.roles and at + 1 not in scene.place_at
        if not met and towards and scene.document.language == "ar":
            return True
    return False


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
        if circumstance(scene, cue, other):
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
    subject = False
    for at in range(cue.last + 1, place.lead):
        actor = scene.actor_at.get(at)
        subject = subject or actor is not None
        if actor is not None or scene.skippable(at):
            continue
        info = scene.info(at)
        if info.is_a(WordClass.HEAD_GENERIC | WordClass.HEAD_NAME | WordClass.DIRECTION) or info.country:
            continue
        if "covers" in info.signs and not cue.finite:
            continue  # جولة شملت السعودية
        if subject and info.folded.startswith("ال") and not (info.roles or info.finite):
            continue  # غادرت قوات حفظ السلام الأممية غوما
        if info.folded in ("the", "la", "le", "l", "les"):
            continue
        return False
    return True
