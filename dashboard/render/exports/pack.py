"""ZIP: an evidence pack, which `kharita verify` checks.

    README.txt         what this is and how to check it
    manifest.json      counts, filters, versions, and the SHA-256 of every other member
    manifest.sha256    the SHA-256 of the manifest
    articles/ID.txt    each article's text as it is stored, UTF-8
    articles.jsonl     a line an article: title, source, link, days, parser, gazetteer, SHA-256 of its text
    sentences.jsonl    a line a place and sentence: offsets in the text in code points, mentions, confidence
    places.geojson, map.html, map.png
    journeys.jsonl     a line a journey: who, from where to where, is it so, and its sentences; if there is any
    corrections.jsonl  what people decided, if there is any

The same selection gives the same bytes: nothing in it tells the time at which it was made.
"""

from __future__ import annotations

import hashlib
import re
import zipfile
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from tempfile import TemporaryFile
from typing import TYPE_CHECKING

import orjson

from dashboard import __version__
from dashboard.query import stored_articles
from dashboard.render.exports.geojson import Layer, feature
from dashboard.render.exports.material import article_row, place_rows
from dashboard.render.exports.page_file import html
from dashboard.render.exports.picture import png
from dashboard.render.exports.trips import journey_lines

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from dashboard.query import NamingArticle, NamingSentence, StoredArticle
    from dashboard.render.exports.material import Handover

__all__ = [
    "ARTICLES", "FORMAT", "JOURNEYS", "MANIFEST", "MANIFEST_HASH", "README", "SENTENCES", "text_member", "write",
]  # fmt: skip

FORMAT = "kharita evidence pack 1"
ARTICLES, SENTENCES, JOURNEYS = "articles.jsonl", "sentences.jsonl", "journeys.jsonl"
MANIFEST, MANIFEST_HASH, README = "manifest.json", "manifest.sha256", "README.txt"
_NO_TIME = (1980, 1, 1, 0, 0, 0)  # the first that a zip file can tell
_PLAIN_ID = re.compile(r"[0-9a-z]{1,64}\Z")
_LEVEL = 6
_PIECE = 1 << 20  # bytes
_TOLD = 200  # articles, after which it is said how many there are
_ABOUT = """Kharita evidence pack

This pack holds news articles as they were stored, the sentences in them that name places, where these
places were put on the map, and the journeys that the articles tell of. All this was found by a program,
which may be wrong: read the sentences.

To check it:            kharita verify THIS_FILE.zip
What is checked:        every file's SHA-256 against manifest.json, the manifest's against manifest.sha256, and
                        every sentence, of places and of journeys, against the text of its article.
What that tells:        that nothing was changed by accident or by halves. Who changes a file can also write a
                        new manifest; so compare the fingerprint that `kharita verify` prints with the one that
                        the sender gives you by another way.
Offsets:                Unicode code points of the article's text, from 0, end exclusive.
"""


def text_member(article_id: str) -> str:
    """Return the name of the member that holds an article's text; an odd id never becomes part of a name."""
    plain = _PLAIN_ID.match(article_id)
    name = article_id if plain else hashlib.sha256(article_id.encode()).hexdigest()
    return f"articles/{name}.txt"


class _Packer:
    """Writes members one after the other, and remembers their hashes."""

    def __init__(self, file: zipfile.ZipFile) -> None:
        self.file = file
        self.hashes: dict[str, str] = {}

    def add(self, name: str, content: bytes) -> str:
        """Write a member and return its SHA-256."""
        with self._member(name) as put:
            put(content)
        return self.hashes[name]

    def add_made(self, name: str, pieces: Iterable[bytes]) -> None:
        """Write a member of many pieces; each block of them is packed beside, while the next one is made."""
        with self._member(name) as put, ThreadPoolExecutor(1) as beside:
            packed = beside.submit(put, b"")
            for block in _blocks(pieces):
                packed.result()
                packed = beside.submit(put, block)
            packed.result()

    @contextmanager
    def _member(self, name: str) -> Iterator[Callable[[bytes], None]]:
        about = zipfile.ZipInfo(name, _NO_TIME)
        about.compress_type = zipfile.ZIP_DEFLATED
        about.create_system = 3  # so that the bytes are the same on every system
        about.external_attr = 0o644 << 16
        digest = hashlib.sha256()
        with self.file.open(about, "w", force_zip64=True) as out:

            def put(block: bytes) -> None:
                digest.update(block)
                out.write(block)

            yield put
        self.hashes[name] = digest.hexdigest()


def _blocks(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Yield pieces joined to blocks: to hash and to pack each line by itself takes longer than to make it."""
    held: list[bytes] = []
    size = 0
    for piece in pieces:
        held.append(piece)
        size += len(piece)
        if size >= _PIECE:
            yield b"".join(held)
            held, size = [], 0
    yield b"".join(held)


def write(handover: Handover, path: Path) -> None:
    """Write the pack."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=_LEVEL) as file:
        packer = _Packer(file)
        packer.add(README, _ABOUT.encode())
        lines, versions = _add_articles(packer, handover)
        packer.add_made(ARTICLES, lines)
        with TemporaryFile(dir=path.parent) as drawn:  # both come of one reading, which takes longest
            packer.add_made(SENTENCES, _sentence_lines(handover, Layer(drawn, handover)))
            moved = [_line(one) for one in journey_lines(handover, {str(_id(line)) for line in lines})]
            if moved:
                packer.add_made(JOURNEYS, moved)
            drawn.seek(0)
            packer.add_made("places.geojson", iter(partial(drawn.read, _PIECE), b""))
        packer.add("map.html", html(handover).encode())
        packer.add("map.png", png(handover))
        if handover.corrections:
            packer.add("corrections.jsonl", handover.corrections)
        manifest = orjson.dumps(
            _manifest(handover, packer.hashes, versions, len(lines), len(moved)), option=orjson.OPT_INDENT_2
        )
        digest = packer.add(MANIFEST, manifest)
        packer.add(MANIFEST_HASH, f"{digest}  {MANIFEST}\n".encode())


def _add_articles(packer: _Packer, handover: Handover) -> tuple[list[bytes], Counter[tuple[str, str]]]:
    """Write the texts; return the lines that tell of them, and how many each parser and gazetteer read."""
    lines: list[bytes] = []
    versions: Counter[tuple[str, str]] = Counter()
    selection = handover.selection
    for article in stored_articles(selection.store, selection.filters, handover.order):
        if not len(lines) % _TOLD:
            selection.watch(len(lines), selection.summary.articles, "texts")
        digest = packer.add(text_member(article.id), article.text.encode())
        lines.append(_line(_article(article, digest)))
        versions[article.parser_id or "", article.gazetteer_id or ""] += 1
    return lines, versions


def _article(article: StoredArticle, digest: str) -> dict[str, object]:
    return {
        "id": article.id,
        "title": article.title,
        "source": article.source,
        "url": article.url,
        "published": article.published,
        "language": article.language,
        "added_at": article.added_at,
        "file": text_member(article.id),
        "sha256": digest,
        "code_points": len(article.text),
        "parser": article.parser_id,
        "gazetteer": article.gazetteer_id,
    }


def _sentence_lines(handover: Handover, layer: Layer) -> Iterator[bytes]:
    """Yield the lines of the sentences, and draw their places on a layer meanwhile."""
    known = {row["place_id"]: row for row in place_rows(handover)}
    for place_id, articles in handover.selection.evidence():
        told = []
        for article in articles:
            told.append(article_row(article))
            for sentence in article.sentences:
                yield _line(_sentence(place_id, article, sentence))
        layer.add(feature(known[place_id], told))
    layer.end()


def _sentence(place_id: str, article: NamingArticle, sentence: NamingSentence) -> dict[str, object]:
    return {
        "place": place_id,
        "article": article.id,
        "start": sentence.start,
        "end": sentence.end,
        "text": sentence.text,
        "mentions": [
            {"start": start, "end": end, "text": surface}
            for (start, end), surface in zip(sentence.spans, sentence.surfaces, strict=True)
        ],
        "confidence": round(sentence.confidence, 4),
        "metonymy": sentence.metonymy,
    }


def _id(line: bytes) -> object:
    return orjson.loads(line)["id"]


def _line(value: object) -> bytes:
    return orjson.dumps(value, option=orjson.OPT_APPEND_NEWLINE)


def _manifest(
    handover: Handover,
    hashes: dict[str, str],
    versions: Counter[tuple[str, str]],
    articles: int,
    journeys: int,
) -> dict[str, object]:
    decided = handover.corrections.count(b"\n")
    return {
        "format": FORMAT,
        "title": handover.title,
        "filters": dict(handover.parameters),
        "filters_in_words": list(handover.said),
        "counts": {
            "articles": articles,
            "places": len(handover.selection.places),
            "corrections": decided,
            **({"journeys": journeys} if journeys else {}),
        },
        "versions": {
            "kharita": __version__,
            "parses": [
                {"parser": parser, "gazetteer": gazetteer, "articles": count}
                for (parser, gazetteer), count in sorted(versions.items())
            ],
        },
        "sha256": dict(sorted(hashes.items())),
    }
