"""Places of a movement that do not stand after its cue: before it, pointed to, or the ground of who does it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.core.models import Kind
from dashboard.geoparse.lexicon import WordClass
from dashboard.journeys.models import LegKind

if TYPE_CHECKING:
    from dashboard.journeys.cues import Cue
    from dashboard.journeys.places import PlaceSpan
    from dashboard.journeys.scene import Scene

__all__ = ["fronted", "ground_of", "own_ground", "place_before", "pointed_to"]

_REACH = 13  # words between a place and the cue after it
_BESIDE = 3  # words between a country and the verb that it does
_SENT = (LegKind.DEPLOYMENT, LegKind.TRANSFER, LegKind.EXPULSION)


def own_ground(cue: Cue) -> str:
    """Return what a country is that does it: the end for its guests and its recalled, else where things start."""
    word = cue.reading.cue
    if not cue.finite:
        return ""
    if word.mover == "host" or (word.mover == "object" and word.kind is LegKind.WITHDRAWAL):
        return "to"
    return "from" if word.mover == "object" and word.kind in (*_SENT, LegKind.RETURN) else ""


def ground_of(scene: Scene, cue: Cue) -> PlaceSpan | None:
    """Return the country or capital that stands as the subject of a verb: طهران تستقبل, أرسلت القاهرة."""
    begin, end = scene.sentence_of(cue.at)
    for place in scene.free_places(max(begin, cue.at - _BESIDE), min(end, cue.last + 2)):
        after = place.first == cue.last + 1 and not scene.words[place.first].gap.strip()
        beside = after or (place.last == cue.at - 1 and place.first == begin)
        here = place.place.place
        palace = here.kind is Kind.FACILITY and cue.reading.cue.mover == "host"
        seat = here.kind is Kind.COUNTRY or here.feature_code == "PPLC" or palace
        if beside and place.role == "" and seat:
            return place
    return None


def fronted(scene: Scene, cue: Cue) -> dict[str, PlaceSpan]:
    """Return the places that open the clause of a verb: إلى إسطنبول وصل, من السلوم دخل."""
    found: dict[str, PlaceSpan] = {}
    if not cue.finite or scene.document.language != "ar":
        return found
    begin, _ = scene.sentence_of(cue.at)
    at = cue.at - 1
    while at >= begin:
        place = scene.place_at.get(at)
        if place is not None and place.role in ("to", "from") and place.lead > begin:
            found.setdefault(place.role, place)
            at = place.lead - 2
        elif scene.skippable(at) and "،" not in scene.words[at + 1].gap:
            at -= 1
        else:
            break
    opens = at < begin or scene.words[at + 1].gap.strip() in ("،", ",", ":")
    return found if opens else {}


def pointed_to(scene: Scene, cue: Cue) -> PlaceSpan | None:
    """Return the place that the pronoun of a verb means: زارها; none after «التي» and another noun."""
    begin, _ = scene.sentence_of(cue.at)
    at = cue.at - 1
    while at > begin and scene.skippable(at):
        at -= 1
    if at > begin and "relative" in scene.info(at).roles:
        return scene.place_at.get(at - 1)
    number = scene.words[cue.at].sentence
    near = scene.document.sentences[max(0, number - 1)][0]
    return next(
        (
            one
            for one in reversed(scene.places)
            if near <= one.first and one.last < cue.at and not one.anaphor
        ),
        None,
    )


def place_before(scene: Scene, cue: Cue) -> PlaceSpan | None:
    """Return a place that stands before its cue: في باريس أجرى محادثات; none from beyond another verb."""
    begin, _ = scene.sentence_of(cue.at)
    for one in reversed(scene.free_places(begin, cue.at)):
        if cue.at - one.last > _REACH:
            return None
        if one.role == "in" or (one.role == "to" and scene.document.language == "fr"):
            between = range(one.last + 1, cue.at)
            loose = not cue.finite and one.lead - 1 > begin and any(at in scene.actor_at for at in between)
            whose = scene.actor_at.get(one.lead - 2)
            belongs = whose is not None and not whose.named  # القوات في كوريا أثناء اجتماعه
            return None if loose or belongs or any(_parts(scene, at) for at in between) else one
    return None


def _parts(scene: Scene, at: int) -> bool:
    """Tell whether a word between a place and a cue begins a clause of its own."""
    info = scene.info(at)
    if at in scene.cue_at or "boundary" in info.roles:
        return True
    return "relative" in info.roles and info.folded != "حيث" and not info.is_a(WordClass.TIME)
