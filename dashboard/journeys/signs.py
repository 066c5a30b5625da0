"""What speaks for a leg and against it, by names that are no words of the text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.core.models import Kind
from dashboard.geoparse.lexicon import WordClass
from dashboard.journeys.agreement import agrees
from dashboard.journeys.models import ActorType, LegKind
from dashboard.journeys.phrases import odd_in_names

if TYPE_CHECKING:
    from dashboard.journeys.actors import ActorSpan
    from dashboard.journeys.cues import Cue
    from dashboard.journeys.places import PlaceSpan
    from dashboard.journeys.scene import Draft, Scene

__all__ = ["describe_draft"]

_STOPS = ("،", ",", ":", ";", "؛")
_BESIDE = ("actor_adjacent", "actor_pronoun", "actor_relative")
_BY_WORD = ("place_preposition", "place_bare", "place_glued")
_FEW = 0.26  # as `nouns_before_place` counts them: one noun
_WORDY = 4  # words after the first of a long phrase
_CLOSE, _DISTANT = 0.4, 0.8  # as distances are counted: 4 and 8 words
_QUOTES = ('"', "«", "“")
_SPORT = 40.0  # words of which one is of sport where a text is all about it
_LONG = 60.0  # words of a long sentence
_NO_PLAIN_NOUN = (
    WordClass.STOP
    | WordClass.LOCATIVE
    | WordClass.SPEECH
    | WordClass.GOVERNMENT_VERB
    | WordClass.MOTION
    | WordClass.TIME
    | WordClass.NUMBER
    | WordClass.TITLE
)
_MET = ("meeting", "host", "attend")


def describe_draft(scene: Scene, draft: Draft) -> dict[str, float]:
    """Return by name what speaks for a draft and against it; no name is a word of the text.

    They are added to what was seen in binding: who it is, what stands between actor, cue and place, whether they
    agree, and whether the place is the actor's own country.
    """
    features = dict(draft.features)
    cue, place = draft.cue, draft.to_place or draft.from_place or draft.via
    features[f"kind_{cue.reading.cue.kind}"] = 1.0
    features[f"form_{cue.reading.cue.form}"] = 1.0
    features["latin"] = float(scene.document.language != "ar")
    features["headline"] = float(scene.document.is_headline(draft.sentence))
    features |= _of_actor(scene, cue, draft.actor)
    features |= _of_sentence(scene, cue)
    if place is not None:
        features |= _of_place(scene, draft, place)
    return features | _bound_tightly(features)


def _bound_tightly(features: dict[str, float]) -> dict[str, float]:
    """Tell whether nothing was guessed: the actor beside the cue, the place by its preposition, nothing between."""
    actor = any(features.get(name) for name in _BESIDE)
    place = any(features.get(name) for name in _BY_WORD)
    tight = actor and place
    near = features.get("nouns_before_place", 1.0) <= _FEW and not features.get("cues_before_place")
    between = features.get("stops_between") or features.get("actors_between")
    plain = tight and not between and bool(features.get("form_past") and features.get("mover_subject"))
    known = bool(features.get("known_actor") or features.get("titled"))
    return {
        "tight": float(tight),
        "tight_near": float(tight and near),
        "tight_known": float(actor and bool(features.get("known_actor"))),
        "tight_person": float(
            actor and bool(features.get("type_person")) and not features.get("known_actor")
        ),
        "tight_country": float(tight and bool(features.get("with_country"))),
        "plain_past": float(plain),
        "plain_past_known": float(plain and known),
        "plain_past_to": float(plain and bool(features.get("role_to"))),
        "plain_past_near": float(plain and features.get("place_distance", 1.0) <= _CLOSE),
        "present_person": float(bool(features.get("form_present") and features.get("type_person"))),
        "pronoun_far": float(
            bool(features.get("cue_pronoun")) and features.get("actor_distance", 0.0) > _DISTANT
        ),
    }


def _of_actor(scene: Scene, cue: Cue, actor: ActorSpan) -> dict[str, float]:
    """Describe who moves, and what stands between actor and cue."""
    head = scene.info(actor.lead)
    shares = [
        info.namely
        for at in range(actor.first, actor.last + 1)
        if (info := scene.info(at)).namely is not None and not info.is_a(WordClass.GIVEN_NAME)
    ]
    odd = any(odd_in_names(scene.info(at)) for at in range(actor.first, actor.last + 1))
    same = scene.words[actor.lead].sentence == scene.words[cue.at].sentence
    between = range(min(actor.tail, cue.at) + 1, max(actor.lead, cue.at)) if same else range(0)
    person = actor.type is ActorType.PERSON
    definite = "ال" in head.particle or head.folded.startswith("ال")
    return {
        "actor_after": float(actor.lead > cue.at),
        "one_word": float(actor.lead == actor.tail),
        "elsewhere": float(not same),
        "cues_between": min(sum(at in scene.cue_at for at in between), 3),
        "actors_between": min(sum(at in scene.actor_at for at in between), 4) / 2,
        "places_between": min(sum(at in scene.place_at for at in between), 4) / 2,
        "stops_between": float(any(scene.words[at].gap.strip() in _STOPS for at in between)),
        "known_actor": float(actor.entry is not None),
        "told_often": min(len(scene.namings(actor)) - 1, 4) / 4,
        "titled": float(actor.named and actor.lead < actor.first),
        "title_alone": float(person and not actor.named),
        "surname_alone": float(person and actor.named and actor.lead == actor.last and actor.entry is None),
        "odd_word": float(person and actor.named and actor.entry is None and odd),
        "long_group": float(not person and not actor.named and actor.tail - actor.lead >= _WORDY),
        "seldom_a_name": float(person and bool(shares) and max(shares) < 0.15),  # noqa: PLR2004 - of what names are
        "with_country": float(actor.country is not None),
        "owned": float("owned" in head.roles or (not actor.named and head.folded.endswith(("ها", "هم")))),
        "loose_crowd": float(not (person or definite or actor.named or actor.country)),
        "clash": float(not agrees(scene, cue, actor) and not (same and actor.lead > cue.at)),
        "annexed": float(_annexed(scene, actor)),
        "oblique": float(bool(set(actor.particle.replace("ال", "")) & set("بلك"))),
    }


def _annexed(scene: Scene, actor: ActorSpan) -> bool:
    """Tell whether an actor stands right after a plain noun, and so, most likely, says whose that is."""
    before = actor.lead - 1
    if actor.particle or before < scene.sentence_of(actor.lead)[0] or scene.words[actor.lead].gap.strip():
        return False
    info = scene.info(before)
    other = info.roles or info.cues or info.status or info.country or before in scene.date_words
    return not (other or info.folded.startswith("ال") or info.is_a(_NO_PLAIN_NOUN)) and not info.finite


def _of_sentence(scene: Scene, cue: Cue) -> dict[str, float]:
    """Describe the surroundings of a cue: its sentence, what the text is about."""
    begin, end = scene.sentence_of(cue.at)
    particle = cue.reading.particle.replace("ال", "")
    return {
        "sport": min(scene.match_words * _SPORT / max(len(scene.words), 1), 1.0),
        "sentence_long": min((end - begin) / _LONG, 2.0),
        "cues_in_sentence": min(scene.cues_by_sentence[scene.words[cue.at].sentence], 5) / 5,
        "quoted": float(
            sum(quote in scene.words[at].gap for at in range(begin + 1, cue.at + 1) for quote in _QUOTES) % 2
        ),
        "purpose": float("ل" in particle),
        "by_means": float("ب" in particle),
        "many_readings": float(len(scene.info(cue.at).cues) > 1),
        "everyday_cue": max(scene.info(cue.at).zipf - 4.0, 0.0),
        "clause_word_before": float(cue.at > begin and bool(scene.info(cue.at - 1).roles)),
        "noun_alone": float(not cue.finite and not cue.reading.pronoun and "ال" in cue.reading.particle),
        "meeting_noun": float(cue.reading.cue.mover in _MET and not cue.finite),
        "sent": float(cue.reading.cue.mover in {"object", "troops"}),
        "sent_noun": float(cue.reading.cue.mover in {"object", "troops"} and not cue.finite),
    }


def _of_place(scene: Scene, draft: Draft, place: PlaceSpan) -> dict[str, float]:
    """Describe the end that decides whether a leg is right, and what stands between it and the cue."""
    cue, actor, here = draft.cue, draft.actor, place.place.place
    first, last = sorted((place.first, cue.last))
    between = range(first + 1, last)
    kind = cue.reading.cue.kind
    return {
        "pin": place.place.confidence,
        "anaphor": float(place.anaphor),
        f"role_{place.role or 'bare'}": 1.0,
        "own_country": float(actor.country is not None and actor.country == here.country),
        "abroad": float(actor.country is not None and actor.country != here.country),
        "country_end": float(here.kind is Kind.COUNTRY),
        "wide_end": float(here.kind in {Kind.REGION, Kind.WATER} and kind is not LegKind.TRANSIT),
        "place_first": float(place.first < cue.at),
        "both_ends": float(draft.to_place is not None and draft.from_place is not None),
        "only_via": float(draft.to_place is None and draft.from_place is None),
        "only_from": float(draft.to_place is None and draft.from_place is not None),
        "stops_before_place": float(
            any(scene.words[at].gap.strip() in ("،", ",", ":") for at in range(first + 1, last + 1))
        ),
        "cues_before_place": min(sum(at in scene.cue_at for at in between), 3),
        "places_before_place": min(sum(at in scene.place_at for at in between), 3),
        "nouns_before_place": min(
            sum(not scene.skippable(at) and at not in scene.actor_at for at in between), 8
        )
        / 4,
        "place_in_actor": float(place.first in scene.actor_at),
    }
