"""Latin names in the form that the model reads, and the groups of countries that write them alike."""

from __future__ import annotations

import re
import unicodedata

from transliteration.align import ARTICLE

GROUPS: dict[str, str] = {
    "east_arab": "AE BH EG IQ JO KW LY OM PS QA SA SD SY YE",
    "french_arab": "DZ EH LB MA MR TN DJ KM TD",
    "persian": "AF IR TJ",
    "turkic": "AZ KG KZ TM TR UZ CY",
    "south_asia": "BD BT IN LK MV NP PK",
    "caucasus": "AM GE",
    "horn": "ER ET KE SO SS TZ UG RW BI",
    "west_africa": "BF BJ CF CG CI CM CD GA GN ML NE SN TG MG GQ RE YT MU SC",
    "south_africa": "AO BW CV GH GM GW LR LS MW MZ NA NG SL ST SZ ZA ZM ZW",
    "english": "AU BB BS BZ CA FJ GB GG GI GY IE IM JE JM NZ TT US VC AG DM GD KN LC",
    "french": "FR LU MC BE GP MQ GF HT PF NC",
    "german": "AT CH DE LI",
    "nordic": "AX DK FI FO GL IS NL NO SE EE",
    "iberian": ("AD AR BO BR CL CO CR CU DO EC ES GT HN MX NI PA PE PH PR PT PY SV UY VE GU"),
    "italian": "IT MT SM VA",
    "slavic": "BA BG BY CZ HR ME MK PL RS RU SI SK UA XK LT LV MD",
    "balkan": "AL GR HU RO",
    "far_east": "CN HK JP KP KR MN MO TW",
    "south_east_asia": "BN ID KH LA MM MY SG TH TL VN PG",
    "hebrew": "IL",
}
GROUP_OF = {country: group for group, countries in GROUPS.items() for country in countries.split()}
ARAB = frozenset((GROUPS["east_arab"] + " " + GROUPS["french_arab"]).split())
# Where a cedilla or a dot below marks a letter of Arabic; elsewhere ş is the sound sh.
_EMPHATIC = ARAB | frozenset(GROUPS["persian"].split()) | {"PK", "IN", "IL", "ER", "SS"}

# Letters that an alphabet reads in its own way, as English writes the sound; longer ones first.
_SLAVIC = "cz ch sz sh ch kh č ch ć ch š sh ś sh ž zh ż zh ź zh c ts j y đ dj ł l"
_ALPHABETS: dict[str, str] = {
    **dict.fromkeys(("TR", "AZ", "TM"), "ch ch ç ch c j š sh ž zh ň n"),
    **dict.fromkeys(("SO", "DJ"), "ch ch aa ā oo o ee e ii ī uu ū x ḩ c ‘"),
    **dict.fromkeys(("ID", "MY"), "ch ch c ch"),
    **dict.fromkeys(("CZ", "SK", "HR", "RS", "BA", "ME", "SI", "MK", "LT", "LV"), _SLAVIC),
    "PL": "rz zh " + _SLAVIC + " w v",
    "HU": "sz s cs ch zs zh s sh c ts",
    "RO": "š sh ţ ts",
    **dict.fromkeys(("AL", "XK"), "xh j zh zh sh sh ç ch q ch x dz c ts j y"),
}
_READINGS = {
    country: dict(zip(table.split()[::2], table.split()[1::2], strict=True))
    for country, table in _ALPHABETS.items()
}
_READ = {country: re.compile("|".join(reading)) for country, reading in _READINGS.items()}
# Arabic does not write a consonant twice; some languages tell two sounds apart by it.
_TWICE = re.compile(r"([bdfkmnprtqşţḑḩ])\1")
_TWICE_ARAB = re.compile(r"([bcdfgjkmnprtqszşţḑḩʐyw]|l(?!lah)|sh|kh|gh|th|dh|ch)\1")

_QUOTES = str.maketrans({**dict.fromkeys("'’ʼ`´ʾ′", "’"), **dict.fromkeys("‘ʻʿ", "‘"), "-": " ", "–": " "})
_CEDILLA, _DOT_BELOW = "\u0327", "\u0323"
_BGN_MARK = re.compile("[āīūţşḑḩ‘ḥṭṣḍẓá]|z\u0327")
_JUNK = re.compile(r"\(.*?\)|[.,/]|\u0332")
# The article takes on the sound of the letter after it: ash Shāţi’, es Sénia.
_SUN = re.compile(r"\b[ae](sh|th|dh|ch|[dnrstlzţşḑʐ]) (?=\1)")
_ARTICLE = re.compile(r"\b(?:[aei]l|ul) ")
_LATIN_NAME = re.compile(r"[a-zʐ\u00c0-\u024f\u0259\u1e00-\u1eff ’‘\u0300-\u036f]+")


def prepare(name: str, country: str) -> str:
    """Return a name in lower case, marks told apart, the Arabic article as one sign; empty if not Latin."""
    text = unicodedata.normalize("NFD", _JUNK.sub(" ", name).translate(_QUOTES).lower().strip())
    if country in _EMPHATIC:
        text = text.replace(_DOT_BELOW, _CEDILLA).replace("z" + _CEDILLA, "ʐ")
    else:
        text = text.replace("s" + _CEDILLA, "š").replace("s\u0326", "š").replace("t\u0326", "t" + _CEDILLA)
    text = " ".join(unicodedata.normalize("NFC", text).split())
    if not _LATIN_NAME.fullmatch(text):
        return ""
    if country in _READ:
        reading = _READINGS[country]
        text = _READ[country].sub(lambda match: reading[match.group()], text)
    if country in ARAB:
        text = _ARTICLE.sub(ARTICLE, _SUN.sub(ARTICLE, text))
        return _TWICE_ARAB.sub(r"\1", text)
    return _TWICE.sub(r"\1", text)


def is_romanised(name: str) -> bool:
    """Tell whether a name bears marks of a system of romanisation that keeps the letters of Arabic."""
    return _BGN_MARK.search(name.lower()) is not None


def plain(letter: str) -> str:
    """Return a letter without its mark."""
    return {"ı": "i", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "ə": "a", "ʐ": "z"}.get(
        letter, unicodedata.normalize("NFD", letter)[0]
    )
