"""Arabic verbs and nouns in the forms that news gives them, made by rule and folded."""

from __future__ import annotations

from dashboard.core.text import fold

__all__ = ["bare_forms", "before_pronoun", "noun_forms", "participle_forms", "past_forms", "present_forms"]

_PRONOUNS = ("هما", "ها", "هم", "هن", "نا", "كم", "ه", "ي", "ك")
_SHORTEST = 3


def past_forms(verb: str) -> list[str]:
    """Return the third person and first plural of a past tense given as he did (وصل, زار, التقى)."""
    if verb.endswith(("ى", "ا")) and len(verb) >= _SHORTEST:
        stem = verb[:-1]
        glide = "ي" if verb.endswith("ى") else "و"
        forms = [verb, stem + "ت", stem + "وا", stem + glide + "ا", stem + "تا", stem + glide + "نا"]
    else:
        forms = [verb, verb + "ت", verb + "وا", verb + "ا", verb + "تا", verb + "ن"]
    return [fold(form) for form in forms]


def present_forms(verb: str) -> list[str]:
    """Return the third person and first plural of a present tense given as he does (يصل, يلتقي), and its future."""
    weak = verb.endswith(("ي", "ى", "و"))
    stem = verb[1:]
    heart = stem[:-1] if weak else stem
    dual = stem if weak else heart
    forms = [prefix + stem for prefix in ("ي", "ت")]
    forms += [prefix + heart + ending for prefix in ("ي", "ت") for ending in ("ون", "وا")]
    forms += [prefix + dual.replace("ى", "ي") + ending for prefix in ("ي", "ت") for ending in ("ان", "ا")]
    folded = [fold(form) for form in forms]
    return folded + ["س" + form for form in folded]


def noun_forms(noun: str) -> list[str]:
    """Return a noun's forms: singular, dual, sound plural, in state and in annexation; accusative with alif."""
    word = fold(noun)
    if " " in noun:
        return [word]
    if noun.endswith("ة"):
        open_form = word[:-1] + "ت"
        return [
            word,
            open_form + "ين",
            open_form + "ان",
            open_form + "ي",
            open_form + "ا",
            word[:-1] + "ات",
        ]
    if noun.endswith(("ون", "ين", "ات", "اء")):
        return [word]
    return [word, word + "ا", word + "ين", word + "ان", word + "ون", word + "ي", word + "و"]


def before_pronoun(noun: str) -> list[str]:
    """Return a verbal noun, and the forms that a final hamza takes before a pronoun: لقاء, لقائه, لقاؤه."""
    word = fold(noun)
    return [word, word + "ي", word + "و"] if noun.endswith("اء") else [word]


def participle_forms(word: str) -> list[str]:
    """Return a participle's forms: both genders, all numbers; accusative with alif."""
    stem = fold(word)
    return [stem + ending for ending in ("", "ا", "ين", "ون", "ان", "ه", "تين", "تان", "ات")]


def bare_forms(word: str) -> list[tuple[str, str, str]]:
    """Return the readings of a folded word as `(particle, bare, pronoun)`, the whole word first.

    The particle holds و and ف, ب ل ك, and the article; the pronoun is a suffix.
    """
    readings: list[tuple[str, str, str]] = []
    for particle, rest in _without_particles(word):
        options = [(particle, rest)]
        if rest.startswith("ال"):
            options.append((particle + "ال", rest[2:]))
        for lead, bare in options:
            if len(bare) >= _SHORTEST - 1:
                readings.append((lead, bare, ""))
                readings += [(lead, stem, pronoun) for stem, pronoun in _without_pronouns(bare)]
    return readings


def _without_particles(word: str) -> list[tuple[str, str]]:
    """Return a word with what may stand before it taken off, as `(particle, rest)`."""
    found = [("", word)]
    for conjunction in ("", "و", "ف"):
        if not word.startswith(conjunction):
            continue
        rest = word[len(conjunction) :]
        if conjunction:
            found.append((conjunction, rest))
        found += [
            (conjunction + preposition, rest[1:]) for preposition in "بلك" if rest.startswith(preposition)
        ]
        if rest.startswith("لل"):
            found.append((conjunction + "ل", "ا" + rest[1:]))
    return found


def _without_pronouns(bare: str) -> list[tuple[str, str]]:
    """Return a word with its suffix taken off, as `(stem, pronoun)`; ta marbuta opens before one."""
    found = []
    for pronoun in _PRONOUNS:
        if bare.endswith(pronoun) and len(bare) - len(pronoun) >= _SHORTEST:
            stem = bare[: -len(pronoun)]
            found.append((stem, pronoun))
            if stem.endswith("ت"):  # زيارته: زيارة with his
                found.append((stem[:-1] + "ه", pronoun))
    return found
