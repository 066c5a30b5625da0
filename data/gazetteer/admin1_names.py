"""Make the names of a first-level division, bare or with a generic head (`make_admin1.py`)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from admin1_sources import fold

if TYPE_CHECKING:
    from admin1_sources import Division, Town

# The town that bears the division's name is its main town if it has this share of the largest.
NAMESAKE_SHARE = 0.2
# Generic heads: a name is bare without them.
HEADS_AR = [
    "محافظة",
    "ولاية",
    "شعبية",
    "منطقة",
    "إقليم",
    "اقليم",
    "مقاطعة",
    "إمارة",
    "امارة",
    "جهة",
    "مديرية",
    "دائرة",
    "بلدية",
    "كانتون",
    "أوبلاست",
    "أوكروغ",
    "كراي",
    "جمهورية",
    "قضاء",
    "كومونة",
    "قسم",
    "أبرشية",
    "حاكمية",
    "ناحية",
    "إدارة",
]
HEADS = {  # English: Arabic, French
    "Governorate": ("محافظة", "gouvernorat"), "Province": ("مقاطعة|إقليم", "province"),
    "Region": ("منطقة|إقليم", "région"), "State": ("ولاية", "État"),
    "Oblast": ("مقاطعة|منطقة|إقليم", "oblast"), "Krai": ("إقليم|كراي|منطقة", "kraï"),
    "Republic": ("جمهورية", "république"), "District": ("منطقة|مقاطعة", "district"),
    "County": ("مقاطعة", "comté"), "Canton": ("كانتون", "canton"),
    "Prefecture": ("محافظة", "préfecture"), "Emirate": ("إمارة", "émirat"),
    "Department": ("إدارة|مقاطعة", "département"), "Municipality": ("بلدية", "municipalité"),
    "Parish": ("أبرشية", "paroisse"), "Division": ("قسم|مقاطعة", "division"),
    "Voivodeship": ("مقاطعة|محافظة", "voïvodie"), "Territory": ("إقليم", "territoire"),
    "Commune": ("بلدية", "commune"), "Island": ("جزيرة", "île"), "Wilaya": ("ولاية", "wilaya"),
    "Okrug": ("دائرة", "okrug"),
}  # fmt: skip
HEADS_EN = "|".join(HEADS.keys() - {"Island"})
HEADS_FR = "|".join([*(french for _, french in HEADS.values()), "subdivision"])
# Compass points and other plain words are no names without their head.
PLAIN = re.compile(
    r"(شرق|غرب|شمال|جنوب|وسط|اوسط|مركز|عاصم|داخل|علي|سفل)(يه?|ه|ا|ي)?"
    r"|(north|south|east|west|central|centre|center|northern|southern|eastern|western|capitale?"
    r"|nord|sud|est|ouest|du|de|l|le|upper|lower|interior)+"
)
VOWELS = tuple("aeiou")


def bare(name: str) -> str:
    """Return `name` without its generic head."""
    words = name.split()
    if len(words) > 1 and words[0] in HEADS_AR:
        name = " ".join(words[1:])
    elif len(words) > 1 and words[-1] in HEADS_AR:
        name = " ".join(words[:-1])
    name = re.sub(rf"(?<!Free)(?<!Federal) ({HEADS_EN})$", "", name)
    return re.sub(rf"^(?:{HEADS_FR})\s+(?:d'|de l'|de la |du |des |de )", "", name, flags=re.IGNORECASE)


def is_same(town: Town, division: Division) -> bool:
    """Tell whether `town` bears the name of `division` in any language."""
    names = (name for text in division.names.values() for name in text.split("|"))
    return any(fold(bare(name)) in town.names for name in names)


def put_head(language: str, core: str, heads: list[str]) -> list[str]:
    """Return `core` with each of `heads`, or `core` alone when it holds one already."""
    if language == "en":
        return [f"{core} {head}" for head in heads]
    if language == "fr":
        link = "d'" if fold(core)[:1] in VOWELS else "de "
        return [f"{head} {link}{core}" for head in heads]
    if any(core.startswith(f"ال{head} ") for head in HEADS_AR):
        return [core]
    return [f"{head} {core}" for head in heads]


def make_names(division: Division, heads: dict[str, str], taken: set[str]) -> dict[str, str]:
    """Return the name and variant columns of one division.

    Its name is bare where that means nothing else (`taken` holds folded names of countries and
    large towns), and else has a head: `heads` has lists under `ar`, `en` and `fr`, the usual
    one first.
    """
    largest = max((town.population for town in division.towns), default=0)
    main = [town for town in division.towns if town.population >= NAMESAKE_SHARE * largest]
    own = {name for town in main for name in town.names} | taken
    is_namesake = any(fold(town.name) == fold(bare(division.names["en"])) for town in main)
    columns = dict.fromkeys(("name_en", "name_ar", "name_fr", "variants_ar", "variants_en"), "")
    for language in ("ar", "en", "fr"):
        options: list[str] = []
        for name in filter(None, division.names.get(language, "").split("|")):
            core, usual = bare(name), [head for head in heads[language].split("|") if head]
            is_free = not (is_namesake or fold(core) in own or PLAIN.fullmatch(fold(core)))
            if division.fixes.get("bare", "yes" if is_free else "no") == "yes" or not usual:
                options.append(core)
            is_made = core == name or name.startswith("subdivision") or language != "fr"
            options += put_head(language, core, usual) if is_made else [name]
        options += division.fixes.get(f"variants_{language}", "").split("|")
        options = list(dict.fromkeys(filter(None, options)))
        columns[f"name_{language}"] = options[0] if options else ""
        if language != "fr":
            columns[f"variants_{language}"] = "|".join(options[1:])
    return columns
