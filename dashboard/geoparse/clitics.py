"""Arabic particles that are written together with a name, and the forms that words take and names don't."""

from __future__ import annotations

from typing import NamedTuple

__all__ = ["CLITICS", "USAGE_FEATURES", "Form", "forms", "particle_of", "word_forms"]

# Conjunction, then preposition. The article is part of the name and stays, except that ل and ال give لل.
CLITICS = ("", "و", "ف", "ب", "ل", "ك", "وب", "ول", "وك", "فب", "فل", "فك")
_MIN_NAME = 2


class Form(NamedTuple):
    """One way to read a word: `clitic` is the particle taken off, `name` the folded rest."""

    clitic: str
    name: str


def forms(word: str) -> list[Form]:
    """Return the readings of a folded word, the whole word first.

    The dropped alif is put back: لليونان is read as ل and اليونان. Words of other scripts have one reading.

    Examples
    --------
    >>> [form.name for form in forms("وبطبرق")]
    ['وبطبرق', 'بطبرق', 'طبرق']
    >>> [form.name for form in forms("لليونان")]
    ['لليونان', 'ليونان', 'اليونان']
    """
    found = [Form("", word)]
    if not word or word[0] not in "وفبلك":
        return found
    for clitic in CLITICS[1:]:
        if not word.startswith(clitic):
            continue
        rest = word[len(clitic) :]
        if len(rest) >= _MIN_NAME:
            found.append(Form(clitic, rest))
        if clitic.endswith("ل") and rest.startswith("ل") and len(rest) > _MIN_NAME:
            found.append(Form(clitic, "ا" + rest))
    return found


def particle_of(clitic: str) -> int:
    """Return the class of a particle: 1 for و and ف, 2 for ب, ل and ك, 3 for both, 0 for none."""
    return (clitic[:1] in ("و", "ف")) + 2 * (clitic[-1:] in ("ب", "ل", "ك"))


USAGE_FEATURES = (
    "zipf_name",
    "zipf_other_definiteness",
    "zipf_with_her",
    "zipf_with_his",
    "zipf_with_our",
    "zipf_with_in",
    "zipf_with_to",
    "zipf_adjective",
    "zipf_adjective_feminine",
    "zipf_plural",
)


def word_forms(name: str) -> tuple[str, ...]:
    """Return a name and the forms a noun of that spelling would take, as `USAGE_FEATURES` lists them.

    A noun is met with pronouns (دورها), with and without the article (دور, الدور) and in the plural; a place
    is met with ب and ل and as an adjective (بنغازي, طرابلسي). The frequencies of these forms in general
    language tell the two apart without knowing the word itself, so they serve for names that no training
    text holds.
    """
    bare = name.removeprefix("ال") or name  # the article alone is no article of anything
    other = bare if bare != name else "ال" + name
    stem = bare.removesuffix("ه").removesuffix("ا")
    held = bare[:-1] + "ت" if bare.endswith("ه") else bare  # ta marbuta opens before a pronoun
    to = "لل" + bare if bare != name else "ل" + name
    return (
        name,
        other,
        held + "ها",
        held + "ه",
        held + "نا",
        "ب" + name,
        to,
        stem + "ي",
        "ال" + stem + "يه",
        stem + "ات",
    )
