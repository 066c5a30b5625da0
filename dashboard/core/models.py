"""The nouns of the domain, as frozen values.

A *mention* is a stretch of an article that names a place; a *place* stands in the gazetteer; a *candidate*
is a place proposed for a mention; a *resolution* is the decision taken for one mention, with the candidates
that lost.
"""

from __future__ import annotations

import hashlib
import unicodedata
from dataclasses import dataclass, field
from datetime import date  # noqa: TC003 - kept at run time for dataclass introspection
from enum import StrEnum

from dashboard.core.romanised import news_spelling

__all__ = [
    "Abstention",
    "ActorType",
    "Article",
    "Candidate",
    "DateOrigin",
    "Focus",
    "Kind",
    "Mention",
    "Parse",
    "Place",
    "Reason",
    "Resolution",
    "article_id",
]


class Kind(StrEnum):
    """What sort of thing a place is; the values are part of the `kharita parse` contract."""

    COUNTRY = "country"
    REGION = "region"
    ADMIN = "admin"
    CITY = "city"
    FACILITY = "facility"
    WATER = "water"
    NEIGHBOURHOOD = "neighbourhood"
    CAMP = "camp"
    OTHER = "other"


class Abstention(StrEnum):
    """Why a mention that names a place got no place."""

    NO_CANDIDATE = "no_candidate"
    AMBIGUOUS = "ambiguous"
    NOT_A_PLACE = "not_a_place"  # a person said so


class ActorType(StrEnum):
    """What sort of thing moves."""

    PERSON = "person"
    DELEGATION = "delegation"
    FORCE = "force"
    VESSEL = "vessel"
    AIRCRAFT = "aircraft"
    GOODS = "goods"
    PEOPLE = "people"
    ORGANISATION = "organisation"


class DateOrigin(StrEnum):
    """Where the date of an article was read, the surest first."""

    PERSON = "person"  # somebody set it by hand
    METADATA = "metadata"  # the page, the front matter, a column, the head of a message
    FEED = "feed"
    ADDRESS = "address"  # .../2024/05/31/...
    FILE = "file"  # the file's name
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Place:
    """One entry of the gazetteer.

    Attributes
    ----------
    id
        Stable: `geonames:2210247`, `country:LY`, `adm1:LY-BU` or `kh:jufra-air-base` (curated).
    name
        The main name, in Latin script.
    name_ar, name_fr
        The usual Arabic and French names; None when unknown.
    feature_code
        GeoNames feature code, such as `PPLC` or `AIRB`.
    country
        ISO 3166-1 alpha-2; None for what spans countries or lies at sea.
    latitude, longitude
        WGS84 degrees.
    radius_km
        Half the extent of the place, in kilometres; 0 when unknown.
    population
        Inhabitants; 0 when unknown.
    admin1
        Id of the first-level division that holds it; None when unknown.
    """

    id: str
    name: str
    kind: Kind
    latitude: float
    longitude: float
    country: str | None = None
    feature_code: str = ""
    name_ar: str | None = None
    name_fr: str | None = None
    radius_km: float = 0.0
    population: int = 0
    admin1: str | None = None

    def name_in(self, language: str) -> str:
        """Return the name for a reader of `language` (`ar`, `en`, `fr`), or the main name as news spells it."""
        local = {"ar": self.name_ar, "fr": self.name_fr}.get(language)
        return local or news_spelling(self.name)


@dataclass(frozen=True, slots=True)
class Reason:
    """One piece of evidence, for or against.

    Attributes
    ----------
    code
        Name of the rule or feature, such as `same_country`; the interface words it.
    weight
        How far it moved the score, in log-odds; positive speaks for.
    detail
        What it saw: a word, a country code, a number; empty when the code says all.
    """

    code: str
    weight: float
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place proposed for a mention; `score` is its share of the probability, 0 to 1."""

    place: Place
    score: float
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class Mention:
    """A toponym in a text: offsets in Unicode code points of the text as given, end exclusive."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Resolution:
    """What was decided for one mention.

    Attributes
    ----------
    place
        The chosen place; None when `abstention` says why there is none.
    confidence
        Probability that the pin is right: that this names a place, and this one. 0 to 1.
    reasons
        Why it was taken for a toponym.
    candidates
        Best first; the chosen one leads, the losers follow.
    metonymy
        True when a country or capital probably stands for its government or its team.
    """

    mention: Mention
    place: Place | None
    confidence: float
    candidates: tuple[Candidate, ...] = ()
    reasons: tuple[Reason, ...] = ()
    metonymy: bool = False
    abstention: Abstention | None = None


@dataclass(frozen=True, slots=True)
class Focus:
    """What an article is mainly about: a place id and a country code, each None when unclear."""

    place: str | None = None
    country: str | None = None


@dataclass(frozen=True, slots=True)
class Parse:
    """All that the geoparser says of one text, and which parser and gazetteer said it."""

    language: str
    resolutions: tuple[Resolution, ...]
    focus: Focus
    parser_id: str
    gazetteer_id: str


@dataclass(frozen=True, slots=True)
class Article:
    """A news article as read.

    Attributes
    ----------
    title
        For display. `text` holds it too, as its first line, so that offsets mean one thing.
    text
        The whole text; every offset of a mention counts its code points.
    language
        `ar`, `en`, `fr`, ...; None when the file did not say.
    source, url, published, author
        None when unknown, which is normal. `published` is a day, and None when no day is known.
    path
        File name it came from, for messages only.
    published_edtf
        What is known of the date when that is not simply the day `published`: `2025-03`, `2025-03-01~`,
        `2025-03-01/2025-03-10` (EDTF, see `dashboard.core.edtf`).
    date_origin
        Where the date was read; None when there is none, or nobody noted it.
    date_suspect
        True when the date may well be wrong: in the future, 1 January, before the source existed.
    origin
        Who told it first, where the article says so: the agency that it credits, the channel that a message
        was forwarded from. None is the source itself.
    boilerplate
        Stretches of `text` that stand round the article and are not it: menus, related links, footers.
        `(start, end)` in code points, end exclusive, rising, without overlaps. They are shown and get no pins.
    notes
        What the reader wants its user to know, a sentence each: that bad bytes were mended, which encoding
        was guessed. For messages only; not stored.
    file
        The file as its user knows it, with its folder: what reports name. Not stored.
    """

    title: str
    text: str
    language: str | None = None
    source: str | None = None
    url: str | None = None
    published: date | None = None
    path: str | None = None
    id: str = field(default="")
    published_edtf: str | None = None
    date_origin: DateOrigin | None = None
    date_suspect: bool = False
    author: str | None = None
    origin: str | None = None
    boilerplate: tuple[tuple[int, int], ...] = ()
    notes: tuple[str, ...] = field(default=(), compare=False)
    file: str | None = field(default=None, compare=False)

    def __post_init__(self) -> None:
        """Derive the id from the content."""
        if not self.id:
            object.__setattr__(self, "id", article_id(self.text))


def article_id(text: str) -> str:
    """Return the content hash of a text: 32 hexadecimal digits, the same for the same words.

    The text is brought to NFC and its white space is folded first, so that a re-saved copy is the same
    article.
    """
    canonical = " ".join(unicodedata.normalize("NFC", text).split())
    return hashlib.sha256(canonical.encode("utf-8", "surrogatepass")).hexdigest()[:32]
