"""The tables of the store.

    articles ─< mentions >─ places          one row a mention, with its reasons and candidates
    articles ─< article_places >─ places    one row an article and place that it names
    articles ── article_lines               what boilerplate is found by, and mentions in it; see boilerplate.py
    articles ── parses                      which parser and gazetteer spoke last
    articles ─< story_anchors               under which copies of one story find each other
    sources                                 a small number for each source
    saved_views                             names of addresses, and what was new in them when
    feeds                                   addresses that are asked for news, and how they fared
    corrections                             what people decided about mentions; see replay.py
    article_changes, removed_articles       what people put right about articles; see editing.py
    articles ─< legs >─ places              one row a leg: who moves, from where, to where; see legs.py
    articles ── leg_parses                  which reader looked for legs, and from which day it counted
    journey_decisions                       what people decided about journeys; see journey_trail.py
    actor_changes                           what people say of actors; see actor_trail.py
    meta                                    version of the schema, counter of changes

Articles and places have public ids; between tables go small whole numbers (`key`). Every view is counted from
`article_places`, which repeats the article's source, language and day: a filtered map is one pass over this
table in the order of its places.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    DDL,
    JSON,
    BigInteger,
    Boolean,
    Column,
    Date,
    DateTime,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    SmallInteger,
    Table,
    Text,
    event,
    false,
    text,
)

__all__ = [
    "LEADS_COUNTRY",
    "LEADS_DIVISION",
    "LEADS_KIND",
    "SCHEMA_VERSION",
    "UNKNOWN_SOURCE",
    "WHOLE_BY_PLACE",
    "actor_changes",
    "article_changes",
    "article_lines",
    "article_places",
    "articles",
    "corrections",
    "feeds",
    "journey_decisions",
    "leg_parses",
    "legs",
    "mentions",
    "meta",
    "metadata",
    "parses",
    "places",
    "removed_articles",
    "saved_views",
    "sources",
    "story_anchors",
]

SCHEMA_VERSION = 12
UNKNOWN_SOURCE = 0  # `article_places.source_key` of an article whose source is not known
LEADS_COUNTRY = 1  # bits of `article_places.leads`
LEADS_KIND = 2
LEADS_DIVISION = 4

# Sorted letter by letter, whatever the language of the database's server.
_Words = Text().with_variant(Text(collation="C"), "postgresql")

metadata = MetaData()


def _decided() -> list[Column[Any]]:
    """Return the columns of every trail: who decided, why, when, and who took it back."""
    return [
        Column("who", _Words, nullable=False),
        Column("why", _Words, nullable=False),
        Column("decided_at", DateTime(timezone=True), nullable=False),
        Column("undone_at", DateTime(timezone=True)),
        Column("undone_by", _Words),
    ]


meta = Table(
    "meta",
    metadata,
    Column("key", _Words, primary_key=True),
    Column("value", Integer, nullable=False),
)

sources = Table(
    "sources",
    metadata,
    Column("key", Integer, primary_key=True),
    Column("id", _Words, nullable=False, unique=True),
)

# story: key of the article that told the same story first, its own if it did; null where nobody has looked yet.
# The long columns stand last: SQLite reads a row only as far as it must. corrected: a mention has a correction,
# the focus is counted anew, and parsed_focus_… hold what the parser said of it. boilerplate: [[start, end], …], what
# its reader said and what recurs in its source; whole: a person said that there is none.
# content: `article_id` of the text, the same for reprints; address: `plain_address` of the url; replaced_by: key of
# the newer version at the same address.
articles = Table(
    "articles",
    metadata,
    Column("key", Integer, primary_key=True),
    Column("id", _Words, nullable=False, unique=True),
    Column("source", _Words),
    Column("language", _Words),
    Column("published", Date),
    Column("focus_place", _Words),
    Column("focus_country", _Words),
    Column("corrected", Boolean, nullable=False, server_default=false()),
    Column("parsed_focus_place", _Words),
    Column("parsed_focus_country", _Words),
    Column("added_at", DateTime(timezone=True), nullable=False),
    Column("story", Integer),
    Column("content", _Words),
    Column("address", _Words),
    Column("replaced_by", Integer),
    Column("published_edtf", _Words),
    Column("date_origin", _Words),
    Column("date_suspect", Boolean, nullable=False, server_default=false()),
    Column("author", _Words),
    Column("origin", _Words),
    Column("boilerplate", JSON(none_as_null=True)),
    Column("whole", Boolean, nullable=False, server_default=false()),
    Column("title", _Words, nullable=False),
    Column("url", _Words),
    Column("path", _Words),
    Column("text", _Words, nullable=False),
    Column("folded", _Words, nullable=False),
    Index("articles_by_day", "published", "source", "language"),
    Index("articles_by_source", "source", "language", "published"),
    Index("articles_by_story", "story"),
    Index("articles_by_added", "added_at"),
    Index("articles_by_content", "content"),
    Index("articles_by_address", "address"),
)
# A page of the list of articles in its order, which SQLite reads from `articles_by_day`.
Index("articles_by_newest", articles.c.published.desc().nulls_last(), articles.c.key.desc()).ddl_if(
    dialect="postgresql"
)

places = Table(
    "places",
    metadata,
    Column("key", Integer, primary_key=True),
    Column("id", _Words, nullable=False, unique=True),
    Column("name", _Words, nullable=False),
    Column("name_ar", _Words),
    Column("name_fr", _Words),
    Column("kind", _Words, nullable=False),
    Column("feature_code", _Words, nullable=False),
    Column("country", _Words),
    Column("latitude", Float, nullable=False),
    Column("longitude", Float, nullable=False),
    Column("radius_km", Float, nullable=False),
    Column("population", Integer, nullable=False),
    Column("admin1", _Words),
    Index("places_by_country", "country", "kind"),
    Index("places_by_kind", "kind"),
    Index("places_by_point", "latitude", "longitude"),
)

# start, end: code points of articles.text, end exclusive. reasons: [[code, weight, detail], …].
# candidates: [[places.key, score, reasons], …], best first. folded: `fold_name` of the surface.
# correction: id of the one in force, if any; then parsed_… hold what the parser said, unless the mention was
# found by_hand.
mentions = Table(
    "mentions",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("article_key", ForeignKey("articles.key", ondelete="CASCADE"), nullable=False),
    Column("place_key", ForeignKey("places.key")),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("sentence_start", Integer, nullable=False),
    Column("sentence_end", Integer, nullable=False),
    Column("surface", _Words, nullable=False),
    Column("confidence", Float, nullable=False),
    Column("metonymy", Boolean, nullable=False),
    Column("abstention", _Words),
    Column("folded", _Words),
    Column("correction", _Words),
    Column("by_hand", Boolean, nullable=False, server_default=false()),
    Column("parsed_place_key", Integer),
    Column("parsed_confidence", Float),
    Column("parsed_abstention", _Words),
    Column("reasons", JSON, nullable=False),
    Column("candidates", JSON, nullable=False),
    Index("mentions_by_article", "article_key", "place_key", "confidence"),
    # On PostgreSQL with the id, which SQLite's indexes hold anyway: the queue reads nothing else, in this order.
    Index(
        "mentions_by_name",
        "folded",
        "place_key",
        "confidence",
        "article_key",
        "correction",
        postgresql_include=["id"],
    ),
    # The names of a place; SQLite finds them as fast through the articles that name it.
    Index("mentions_by_place", "place_key").ddl_if(dialect="postgresql"),
    Index(
        "mentions_by_correction",
        "correction",
        sqlite_where=text("correction IS NOT NULL"),
        postgresql_where=text("correction IS NOT NULL"),
    ),
)

# confidence, least: of the pair's surest and least sure mention. grades: see grades.py.
# focus: 1 when the article is about this place, or this is the country that it is about.
# leads: LEADS_COUNTRY, LEADS_KIND, LEADS_DIVISION, set on that one row of an article which is the surest of its
# country, kind or first-level division; counting these rows counts articles. day: `date.toordinal` of the
# article, null when undated.
# story: as in `articles`.
article_places = Table(
    "article_places",
    metadata,
    Column("place_key", ForeignKey("places.key"), primary_key=True, autoincrement=False),
    Column("source_key", Integer, primary_key=True, autoincrement=False),
    Column(
        "article_key", ForeignKey("articles.key", ondelete="CASCADE"), primary_key=True, autoincrement=False
    ),
    Column("confidence", Float, nullable=False),
    Column("least", Float, nullable=False),
    Column("mentions", Integer, nullable=False),
    Column("grades", BigInteger, nullable=False),
    Column("focus", SmallInteger, nullable=False),
    Column("leads", SmallInteger, nullable=False),
    Column("day", Integer),
    Column("language", _Words),
    Column("story", Integer),
    Index("article_places_by_article", "article_key", "confidence", "mentions"),
    sqlite_with_rowid=False,
)

# PostgreSQL keeps rows in the order in which they came; with all that is counted in the index of the places, it reads
# them in that of the places, as SQLite does: for a map of everything a page in place of a hundred.
WHOLE_BY_PLACE = DDL(  # type: ignore[no-untyped-call]
    "ALTER TABLE article_places DROP CONSTRAINT article_places_pkey, "
    "ADD PRIMARY KEY (place_key, source_key, article_key) "
    "INCLUDE (confidence, least, mentions, grades, focus, leads, day, language, story)"
)
event.listen(article_places, "after_create", WHOLE_BY_PLACE.execute_if(dialect="postgresql"))

# settled: what recurs was looked for since it changed. lines: `mark_lines` of the text, as bytes. given: boilerplate
# that the reader of its file found. aside: rows of `mentions` that lie in boilerplate, without article_key.
article_lines = Table(
    "article_lines",
    metadata,
    Column(
        "article_key", ForeignKey("articles.key", ondelete="CASCADE"), primary_key=True, autoincrement=False
    ),
    Column("settled", Boolean, nullable=False, server_default=false()),
    Column("lines", LargeBinary, nullable=False),
    Column("given", JSON(none_as_null=True)),
    Column("aside", JSON(none_as_null=True)),
    Index(
        "article_lines_unsettled",
        "article_key",
        sqlite_where=text("NOT settled"),
        postgresql_where=text("NOT settled"),
    ),
)

parses = Table(
    "parses",
    metadata,
    Column(
        "article_key", ForeignKey("articles.key", ondelete="CASCADE"), primary_key=True, autoincrement=False
    ),
    Column("parser_id", _Words, nullable=False),
    Column("gazetteer_id", _Words, nullable=False),
    Column("parsed_at", DateTime(timezone=True), nullable=False),
)

# anchor: one of the smallest hashes of the first article of a story, see stories.py.
story_anchors = Table(
    "story_anchors",
    metadata,
    Column("anchor", BigInteger, primary_key=True, autoincrement=False),
    Column(
        "article_key", ForeignKey("articles.key", ondelete="CASCADE"), primary_key=True, autoincrement=False
    ),
    sqlite_with_rowid=False,
)

# query: of an address, without "?". seen_until: `articles.added_at` of the newest article at the last look.
saved_views = Table(
    "saved_views",
    metadata,
    Column("key", Integer, primary_key=True),
    Column("name", _Words, nullable=False),
    Column("kind", _Words, nullable=False),
    Column("query", _Words, nullable=False),
    Column("created_at", DateTime(timezone=True), nullable=False),
    Column("looked_at", DateTime(timezone=True), nullable=False),
    Column("seen_until", DateTime(timezone=True), nullable=False),
)

# failure, step: English sentences of dashboard.intake.sentences.
feeds = Table(
    "feeds",
    metadata,
    Column("key", Integer, primary_key=True),
    Column("url", _Words, nullable=False, unique=True),
    Column("title", _Words, nullable=False),
    Column("language", _Words, nullable=False, server_default=""),
    Column("added_at", DateTime(timezone=True), nullable=False),
    Column("etag", _Words, nullable=False, server_default=""),
    Column("modified", _Words, nullable=False, server_default=""),
    Column("tried_at", DateTime(timezone=True)),
    Column("succeeded_at", DateTime(timezone=True)),
    Column("failure", _Words, nullable=False, server_default=""),
    Column("step", _Words, nullable=False, server_default=""),
    Column("failures", Integer, nullable=False, server_default="0"),
    Column("not_before", DateTime(timezone=True)),
    Column("articles", Integer, nullable=False, server_default="0"),
)

# folded: `fold_name` of the surface. judged, place: whole places, so that a correction can travel.
corrections = Table(
    "corrections",
    metadata,
    Column("id", _Words, primary_key=True),
    Column("decision", _Words, nullable=False),
    Column("scope", _Words, nullable=False),
    Column("surface", _Words, nullable=False),
    Column("folded", _Words, nullable=False),
    Column("article_id", _Words, nullable=False),
    Column("anchor", BigInteger, nullable=False),
    Column("source", _Words),
    Column("judged_id", _Words),
    Column("place_id", _Words),
    *_decided(),
    Column("judged", JSON(none_as_null=True)),
    Column("place", JSON(none_as_null=True)),
    Index("corrections_by_name", "folded"),
    Index("corrections_by_article", "article_id"),
)

# after, before: objects of the article's columns, see core/article_changes.py.
article_changes = Table(
    "article_changes",
    metadata,
    Column("id", _Words, primary_key=True),
    Column("article_id", _Words, nullable=False),
    Column("field", _Words, nullable=False),
    *_decided(),
    Column("after", JSON, nullable=False),
    Column("before", JSON, nullable=False),
    Index("article_changes_by_article", "article_id", "field"),
)

# actor_key: what makes two namings one actor. date: EDTF. cue_…, actor_…, sentence_…: code points of articles.text, end
# exclusive. told: the rest of the leg, see legs.py.
legs = Table(
    "legs",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("article_key", ForeignKey("articles.key", ondelete="CASCADE"), nullable=False),
    Column("actor_key", _Words, nullable=False),
    Column("actor_name", _Words, nullable=False),
    Column("actor_type", _Words, nullable=False),
    Column("actor_country", _Words),
    Column("kind", _Words, nullable=False),
    Column("status", _Words, nullable=False),
    Column("date", _Words),
    Column("confidence", Float, nullable=False),
    Column("cue_start", Integer, nullable=False),
    Column("cue_end", Integer, nullable=False),
    Column("actor_start", Integer, nullable=False),
    Column("actor_end", Integer, nullable=False),
    Column("sentence_start", Integer, nullable=False),
    Column("sentence_end", Integer, nullable=False),
    Column("from_key", ForeignKey("places.key")),
    Column("to_key", ForeignKey("places.key")),
    Column("via_key", ForeignKey("places.key")),
    Column("told", JSON, nullable=False),
    Index("legs_by_article", "article_key"),
    Index("legs_by_actor", "actor_key"),
)

# published: the day from which «yesterday» was counted.
leg_parses = Table(
    "leg_parses",
    metadata,
    Column(
        "article_key", ForeignKey("articles.key", ondelete="CASCADE"), primary_key=True, autoincrement=False
    ),
    Column("parser_id", _Words, nullable=False),
    Column("published", Date),
)

# report, others: names of legs as reported, `Report.key`, which hold through a new parse and in other stores.
journey_decisions = Table(
    "journey_decisions",
    metadata,
    Column("id", _Words, primary_key=True),
    Column("verdict", _Words, nullable=False),
    Column("report", _Words, nullable=False),
    Column("others", JSON, nullable=False),
    *_decided(),
)

actor_changes = Table(
    "actor_changes",
    metadata,
    Column("id", Text, primary_key=True),
    Column("actor", Text, nullable=False),
    Column("type", Text, nullable=False),
    Column("country", Text),
    Column("names_ar", JSON, nullable=False),
    Column("names_en", JSON, nullable=False),
    Column("names_fr", JSON, nullable=False),
    Column("offices", JSON, nullable=False),
    Column("who", Text, nullable=False),
    Column("why", Text, nullable=False),
    Column("decided_at", DateTime(timezone=True), nullable=False),
    Column("undone_at", DateTime(timezone=True)),
    Column("undone_by", Text),
)

# article, mentions, legs, parse: rows as they were, so that an article comes back as it went.
removed_articles = Table(
    "removed_articles",
    metadata,
    Column("id", _Words, primary_key=True),
    Column("content", _Words),
    Column("address", _Words),
    Column("source", _Words),
    Column("removed_at", DateTime(timezone=True), nullable=False),
    Column("article", JSON, nullable=False),
    Column("mentions", JSON, nullable=False),
    Column("parse", JSON(none_as_null=True)),
    Column("legs", JSON(none_as_null=True)),
    Column("leg_parse", JSON(none_as_null=True)),
    Index("removed_articles_by_content", "content"),
)
