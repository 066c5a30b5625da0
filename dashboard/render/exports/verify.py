"""Checks an evidence pack. The pack may come from anybody: nothing is unpacked to disk, all is counted while read."""

from __future__ import annotations

import hashlib
import re
import zipfile
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import orjson

from dashboard.core.errors import ExportError
from dashboard.render.exports.pack import (
    ARTICLES,
    FORMAT,
    JOURNEYS,
    MANIFEST,
    MANIFEST_HASH,
    SENTENCES,
    text_member,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["Limits", "Verified", "verify_pack"]

_PIECE = 1 << 16
_NAME = re.compile(r"(?:articles/)?[0-9A-Za-z_.-]{1,120}\Z")
_HASH = re.compile(r"[0-9a-f]{64}\Z")
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_ENCRYPTED = 0x1
_HELD = 20_000  # texts


@dataclass(frozen=True, slots=True)
class Limits:
    """How much a pack may hold, unpacked; bytes but for `members`."""

    members: int = 1_000_000
    member: int = 4 << 30
    text: int = 64 << 20
    manifest: int = 512 << 20
    line: int = 16 << 20
    whole: int = 32 << 30


@dataclass(frozen=True, slots=True)
class Verified:
    """What a sound pack holds; `fingerprint` is the SHA-256 of its manifest, and so of everything in it."""

    articles: int
    sentences: int
    members: int
    fingerprint: str


def verify_pack(path: Path, limits: Limits | None = None) -> Verified:
    """Check a pack to the last byte.

    Raises
    ------
    ExportError
        Something is wrong; the sentence names the first thing.
    """
    try:
        with zipfile.ZipFile(path) as file:
            return _Check(file, path.stat().st_size, limits or Limits()).all()
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        raise ExportError(f"{path.name!r} is no sound zip file: {error}.") from error
    except OSError as error:
        raise ExportError(f"{str(path)!r} can't be read: {error.strerror or error}.") from error


class _Check:
    """One check of one open pack."""

    def __init__(self, file: zipfile.ZipFile, size: int, limits: Limits) -> None:
        self.file, self.size, self.limits = file, size, limits
        self.held: dict[str, str] = {}
        self.members = {item.filename: item for item in file.infolist()}

    def all(self) -> Verified:
        """Check everything, in the order in which a reader would want to know."""
        self._names()
        manifest, fingerprint = self._manifest()
        hashes: dict[str, str] = manifest["sha256"]
        for name in sorted(set(hashes) - set(self.members)):
            raise ExportError(f"The member {name!r} is missing.")
        for name in sorted(set(self.members) - set(hashes) - {MANIFEST, MANIFEST_HASH}):
            raise ExportError(f"The member {name!r} was added: the manifest does not know it.")
        texts = self._articles(hashes)
        sentences = self._sentences(texts)
        if JOURNEYS in hashes:
            self._journeys(texts)
        for name in sorted(set(hashes) - set(texts.values()) - {ARTICLES, SENTENCES}):
            self._same(name, hashes[name])
        for name in (ARTICLES, SENTENCES):
            self._same(name, hashes[name])
        if manifest["counts"]["articles"] != len(texts):
            raise ExportError(f"The manifest tells of another number of articles than {ARTICLES!r}.")
        return Verified(len(texts), sentences, len(self.members), fingerprint)

    def _names(self) -> None:
        items = self.file.infolist()
        if len(items) > self.limits.members:
            raise ExportError(f"The pack has {len(items)} members; at most {self.limits.members} are read.")
        if len(items) != len(self.members):
            raise ExportError("The pack holds two members of the same name.")
        if self.file.comment:
            raise ExportError("The pack carries a comment, which no pack has.")
        for item in items:
            if not _NAME.match(item.filename) or ".." in item.filename:
                raise ExportError(f"The pack has a member with the odd name {item.filename[:120]!r}.")
            if item.flag_bits & _ENCRYPTED or item.compress_type not in _METHODS:
                raise ExportError(f"The member {item.filename!r} is encrypted or packed in an unknown way.")
        if sum(item.file_size for item in items) > self.limits.whole:
            raise ExportError("The pack is too big to be read.")
        if sum(item.compress_size for item in items) > self.size:
            raise ExportError("The pack's members overlap: it was not made by Kharita.")
        for needed in (MANIFEST, MANIFEST_HASH):
            if needed not in self.members:
                raise ExportError(f"The member {needed!r} is missing: this is no evidence pack.")

    def _pieces(self, name: str, most: int) -> Iterator[bytes]:
        """Yield a member's content; the reader stops at the size that its head claims."""
        if self.members[name].file_size > most:
            raise ExportError(f"The member {name!r} is too big to be read.")
        with self.file.open(self.members[name]) as stream:
            while piece := stream.read(_PIECE):
                yield piece

    def _whole(self, name: str, most: int) -> bytes:
        return b"".join(self._pieces(name, most))

    def _same(self, name: str, expected: str) -> None:
        digest = hashlib.sha256()
        for piece in self._pieces(name, self.limits.member):
            digest.update(piece)
        if digest.hexdigest() != expected:
            raise _changed(name)

    def _manifest(self) -> tuple[dict[str, Any], str]:
        content = self._whole(MANIFEST, self.limits.manifest)
        fingerprint = hashlib.sha256(content).hexdigest()
        told = self._whole(MANIFEST_HASH, self.limits.text).decode("ascii", "replace")
        if told.partition(" ")[0] != fingerprint:
            raise ExportError(f"The manifest was changed: its SHA-256 is not the one in {MANIFEST_HASH!r}.")
        manifest = _json(content, MANIFEST)
        if manifest.get("format") != FORMAT:
            raise ExportError(
                f"The manifest names the format {manifest.get('format')!r}; this program knows {FORMAT!r}."
            )
        hashes, counts = manifest.get("sha256"), manifest.get("counts")
        if not isinstance(hashes, dict) or not all(map(_is_hash, hashes.values())):
            raise ExportError("The manifest lacks its hashes.")
        if not isinstance(counts, dict) or not isinstance(counts.get("articles"), int):
            raise ExportError("The manifest lacks its counts.")
        for needed in (ARTICLES, SENTENCES):
            if needed not in hashes:
                raise ExportError(f"The manifest does not name {needed!r}.")
        return manifest, fingerprint

    def _lines(self, name: str) -> Iterator[dict[str, Any]]:
        rest = b""
        for piece in self._pieces(name, self.limits.member):
            *lines, rest = (rest + piece).split(b"\n")
            if max(map(len, (*lines, rest))) > self.limits.line:
                raise ExportError(f"A line of {name!r} is too long to be read.")
            yield from (_json(line, name) for line in lines)
        if rest:
            raise ExportError(f"The last line of {name!r} is cut off.")

    def _articles(self, hashes: dict[str, str]) -> dict[str, str]:
        """Check the list of articles against the texts; return the member of each article's text."""
        texts: dict[str, str] = {}
        for line in self._lines(ARTICLES):
            article, name = line.get("id"), line.get("file")
            if not isinstance(article, str) or not isinstance(name, str) or name != text_member(article):
                raise ExportError(f"{ARTICLES!r} has an article without a sound id and file.")
            if name not in hashes:
                raise ExportError(f"The text of the article {article!r} is missing.")
            if article in texts:
                raise ExportError(f"{ARTICLES!r} has the article {article!r} twice.")
            text = self._text(name, hashes[name])
            if line.get("sha256") != hashes[name] or line.get("code_points") != len(text):
                raise ExportError(f"{ARTICLES!r} tells of another text than {name!r} holds.")
            texts[article] = name
        known = set(texts.values())
        for name in sorted(name for name in hashes if name.startswith("articles/") and name not in known):
            raise ExportError(f"No article in {ARTICLES!r} belongs to {name!r}.")
        return texts

    def _text(self, name: str, expected: str) -> str:
        content = self._whole(name, self.limits.text)
        if hashlib.sha256(content).hexdigest() != expected:
            raise _changed(name)
        try:
            return content.decode()
        except UnicodeDecodeError as error:
            raise ExportError(f"The member {name!r} is not UTF-8.") from error

    def _sentences(self, texts: dict[str, str]) -> int:
        """Check every sentence against its text."""
        count = 0
        for count, line in enumerate(self._lines(SENTENCES), 1):
            member = texts.get(str(line.get("article")))
            if member is None:
                raise ExportError(f"Line {count} of {SENTENCES!r} speaks of an article that is not there.")
            text = self._held_text(member)
            mentions = line.get("mentions")
            parts = [line, *mentions] if isinstance(mentions, list) else [None]
            if not all(_stands(part, text) for part in parts):
                raise ExportError(
                    f"Line {count} of {SENTENCES!r} does not stand in its article's text where it says."
                )
        return count

    def _journeys(self, texts: dict[str, str]) -> None:
        """Check every sentence that tells of a journey against its text."""
        for count, line in enumerate(self._lines(JOURNEYS), 1):
            reports = line.get("reports")
            for report in reports if isinstance(reports, list) else [None]:
                member = texts.get(str(report.get("article"))) if isinstance(report, dict) else None
                if member is None:
                    raise ExportError(f"Line {count} of {JOURNEYS!r} speaks of an article that is not there.")
                if not _stands(report, self._held_text(member)):
                    raise ExportError(
                        f"Line {count} of {JOURNEYS!r} does not stand in its article's text where it says."
                    )

    def _held_text(self, name: str) -> str:
        """Return a text that was checked before; some are held, since an article has many sentences."""
        if name not in self.held:
            if len(self.held) >= _HELD:
                self.held.clear()
            self.held[name] = self._whole(name, self.limits.text).decode()
        return self.held[name]


def _is_hash(value: object) -> bool:
    return isinstance(value, str) and _HASH.match(value) is not None


def _changed(name: str) -> ExportError:
    return ExportError(f"The member {name!r} was changed: its SHA-256 is not the manifest's.")


def _json(content: bytes, name: str) -> dict[str, Any]:
    try:
        value = orjson.loads(content)
    except orjson.JSONDecodeError as error:
        raise ExportError(f"The member {name!r} is not sound JSON.") from error
    if not isinstance(value, dict):
        raise ExportError(f"The member {name!r} has something else than a JSON object.")
    return value


def _stands(part: object, text: str) -> bool:
    if not isinstance(part, dict):
        return False
    start, end, said = part.get("start"), part.get("end"), part.get("text")
    if not isinstance(start, int) or not isinstance(end, int) or not isinstance(said, str):
        return False
    return 0 <= start <= end <= len(text) and text[start:end] == said
