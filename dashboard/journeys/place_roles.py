"""The part that the words before a place give it: to, from, in, through; its description goes with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.geoparse.lexicon import WordClass

if TYPE_CHECKING:
    from dashboard.journeys.document import Document
    from dashboard.journeys.vocabulary import WordInfo

__all__ = ["glued_role", "particle_of", "role_before"]

_HEADS = WordClass.HEAD_GENERIC | WordClass.HEAD_NAME
_ROLES = ("to", "from", "away", "via", "in", "near")
_STREETS = ("شارع", "بشارع", "وشارع", "جاده")
_DEPTH = 4  # words of a description before a name


def role_before(document: Document, first: int, start: int) -> tuple[int, str]:  # noqa: PLR0911 - a way out for each sign
    """Return the first word of a place's description, and the role by what stands before it."""
    words = document.words
    glued = document.text[words[first].start : start] if words[first].start < start else ""
    at = first
    if role := glued_role(glued):
        return at, role
    for _ in range(_DEPTH):
        before = at - 1
        if (
            before < 0
            or words[before].sentence != words[first].sentence
            or words[at].gap.strip(" \u00a0\"'«“(#")
        ):
            return at, ""
        info = words[before].info
        if info.folded.removeprefix("ال") in _STREETS and at == first:
            return at, "of"  # شارع صنعاء is not in Sanaa
        for role in _ROLES:
            if role == "from" and before and words[before - 1].info.folded in _EACH:
                return at, ""  # مع كل من الإكوادور وبيرو
            if role == "from" and before and words[before - 1].info.folded in _BESIDE:
                return at, "near"  # بالقرب من دمشق
            if role in info.roles and not (role == "near" and info.is_a(_HEADS) and "in" not in info.roles):
                return at, _passed_on(document, before, _article_role(document, before, role))
        if info.folded.endswith(_MISSIONS):
            return at, "of"  # قنصلية السعودية في إسطنبول is not in the country
        described = info.is_a(_HEADS) or "land" in info.roles or _of_a_head(document, before)
        if not described:
            return at, ""
        at = before
        particle = particle_of(document, at)
        if role := glued_role(particle):
            return at, role
    return at, ""


_BESIDE = ("بالقرب", "القريبه", "القريب", "قريبا", "مقربه", "كلم", "كيلومترا", "كيلومترات")
_EACH = ("كل", "كلا", "بكل")
_MISSIONS = ("سفاره", "قنصليه", "embassy", "consulate", "ambassade", "consulat")


def _article_role(document: Document, before: int, role: str) -> str:
    """Return the role of a preposition; near a place is not at it, unless a preposition stands before (في شمال)."""
    if role != "near":
        return role
    word = document.words[before]
    if word.info.folded == _OUTSIDE:
        led = before and "to" in document.words[before - 1].info.roles
        return "from" if led else "near"  # فروا إلى خارج البلاد; الوحيد له خارج تركيا
    if before and document.words[before - 1].sentence == word.sentence:
        roles = document.words[before - 1].info.roles
        for other in ("to", "from", "via", "in"):
            if other in roles:
                return other
    return "near"


_OUTSIDE = "خارج"
_HOUSE = 3  # words of a building between a preposition and the place that it lies in


def _passed_on(document: Document, at: int, role: str) -> str:
    """Return the role of a place in which the end of a movement lies: إلى مستشفى في السويس, to a camp near Salem."""
    if role not in ("in", "near"):
        return role
    words = document.words
    for back in range(at - 1, max(-1, at - 2 - _HOUSE), -1):
        if words[back].sentence != words[at].sentence or words[back + 1].gap.strip():
            return role
        info = words[back].info
        if info.cues or info.finite or info.is_a(WordClass.TIME):
            return role
        for other in ("to", "from"):
            if other in info.roles:
                house = back + 1 < at and _is_house(words[back + 1].info)
                return other if house else role
    return role


def _of_a_head(document: Document, at: int) -> bool:
    """Tell whether a word is the adjective of a country that describes a place: العاصمة الفرنسية, no traveller's."""
    if document.words[at].info.country is None or not at:
        return False
    if document.language != "ar":
        return True
    noun = document.words[at - 1].info
    return not document.words[at].gap.strip() and (noun.is_a(_HEADS) or "land" in noun.roles)


def _is_house(info: WordInfo) -> bool:
    """Tell whether a word names a building or ground in which somebody may arrive: إلى مقراتها في دهوك."""
    return info.is_a(_HEADS | WordClass.VENUE) or "house" in info.roles


def particle_of(document: Document, at: int) -> str:
    """Return the particle glued to a word of a description (بالعاصمة, لمدينة)."""
    particle = document.words[at].info.particle
    return particle.replace("ال", "")


def glued_role(particle: str) -> str:
    """Return the role that a particle glued to a place gives it; empty for none."""
    if "ل" in particle:
        return "weak_to"
    if "ب" in particle:
        return "in"
    return "and" if particle in ("و", "ف") else ""
