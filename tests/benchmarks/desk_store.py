"""Makes a store as an analyst's becomes after three years: `python tests/benchmarks/desk.py --store FILE`.

The gazetteer is the real one; the articles are made up. Few places are in most of the news and most in hardly
any, some days are fuller than others, and one agency's story stands in several papers under other headlines.
The same number of articles gives the same store each time.
"""

from __future__ import annotations

import re
import time
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import TYPE_CHECKING

from desk_places import Atlas, Picker
from desk_words import ACTORS, CREDITS, HEADLINES, SENTENCES, SOURCE_NAMES, TOPICS

from dashboard.core.models import Abstention, Article, Focus, Mention, Parse, Resolution

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dashboard.gazetteer import Gazetteer
    from dashboard.store import Store

__all__ = ["DAYS", "fill_store", "make_copies", "make_pairs"]

FIRST_DAY = date(2022, 1, 1)
DAYS = 3 * 365
_SEED = 20240229
_BATCH = 500
_EVENTS = 400
_UNDATED = 0.04
_SHARED = 0.16  # share of stories that several sources carry
_MOST_COPIES = 6
_SENTENCES = (7, 13)
_BLANK = re.compile(r"\{([pnat])\}")
_PARSER = "kharita-benchmark"


@dataclass(frozen=True, slots=True)
class _Story:
    """What one agency tells: a head and sentences, each as plain pieces and rows of places."""

    language: str
    country: str
    focus: int
    day: date | None
    head: tuple[str | int, ...]
    body: tuple[tuple[str | int, ...], ...]


class _Newsroom:
    """Writes stories and their copies."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._random = random = Random(_SEED)  # noqa: S311 - the same store each time, no secret
        self._gazetteer_id = gazetteer.id
        self._atlas = Atlas(gazetteer, random)
        self._cut = {
            language: [_BLANK.split(sentence) for sentence in sentences]
            for language, sentences in SENTENCES.items()
        }
        self._heads = {
            language: [_BLANK.split(head) for head in heads] for language, heads in HEADLINES.items()
        }
        self._sources = {language: self._papers(language) for language in SENTENCES}
        self._languages = Picker(["ar", "en", "fr"], [62, 27, 11])
        self._events = [self._event() for _ in range(_EVENTS)]

    def _papers(self, language: str) -> Picker:
        """Return the sources of a language, a few of which print most."""
        before, after = (part.split("|") for part in SOURCE_NAMES[language])
        names = [f"{a} {b}" if language != "en" else f"{b} {a}" for b in after for a in before]
        kept = names[: {"ar": 66, "en": 36, "fr": 18}[language]]
        return Picker(kept, [1 / (rank + 1.5) for rank in range(len(kept))])

    def _event(self) -> tuple[str, int, int]:
        country = str(self._atlas.countries.draw(self._random))
        return country, self._row(country), self._random.randrange(DAYS)

    def _row(self, country: str) -> int:
        row = self._atlas.in_country[country].draw(self._random)
        assert isinstance(row, int)
        return row

    def _day(self) -> int:
        """Return a day: later years are fuller, Fridays thinner."""
        while True:
            day = int(DAYS * self._random.random() ** 0.8)
            if (FIRST_DAY + timedelta(day)).weekday() != 4 or self._random.random() < 0.6:
                return day

    def story(self) -> _Story:
        """Write a story."""
        random = self._random
        language = str(self._languages.draw(random))
        country, focus, day = str(self._atlas.countries.draw(random)), -1, self._day()
        if random.random() < 0.35:
            country, focus, centre = random.choice(self._events)
            day = min(DAYS - 1, max(0, round(random.gauss(centre, 9))))
        focus = self._row(country) if focus < 0 else focus
        cast = [focus, focus, focus, self._atlas.country_row[country]]
        cast += [self._row(country) for _ in range(random.randint(1, 4))]
        for _ in range(random.randint(0, 3)):
            other = str(self._atlas.countries.draw(random))
            cast.append(self._atlas.country_row[other] if random.random() < 0.4 else self._row(other))
        when = None if random.random() < _UNDATED else FIRST_DAY + timedelta(day)
        cuts = random.sample(self._cut[language], random.randint(*_SENTENCES))
        head = self._filled(random.choice(self._heads[language]), language, cast)
        body = tuple(self._filled(cut, language, cast) for cut in cuts)
        return _Story(language, country, focus, when, head, body)

    def _filled(self, cut: list[str], language: str, cast: list[int]) -> tuple[str | int, ...]:
        """Fill the blanks of a sentence; a place stays a row of the gazetteer."""
        random = self._random
        pieces: list[str | int] = []
        named = random.sample(cast, 2) if len(cast) > 1 else cast * 2
        if named[0] == named[1]:
            named[1] = random.choice(cast)
        for at, piece in enumerate(cut):
            if at % 2 == 0:
                pieces.append(piece)
            elif piece == "p":
                pieces.append(named[0])
                named.reverse()
            elif piece == "n":
                pieces.append(str(random.randint(2, 900)))
            else:
                pieces.append(random.choice((ACTORS if piece == "a" else TOPICS)[language]))
        return tuple(pieces)

    def copies(self, story: _Story) -> Iterator[tuple[Article, Parse]]:
        """Print a story: mostly once, at times in several papers, each with its own head and credit."""
        random = self._random
        shared = random.random() < _SHARED
        number = random.randint(2, _MOST_COPIES) if shared else 1
        for copy in range(number):
            head = story.head
            body = story.body
            if copy:
                head = self._filled(random.choice(self._heads[story.language]), story.language, [story.focus])
                body = body[: len(body) - random.randint(0, 2)]
            credit = random.choice(CREDITS[story.language]) if shared else ""
            when = story.day and story.day + timedelta(random.choice((0, 0, 0, 1)) if copy else 0)
            yield self._printed(story, head, body, credit, when)

    def _printed(
        self,
        story: _Story,
        head: tuple[str | int, ...],
        body: tuple[tuple[str | int, ...], ...],
        credit: str,
        when: date | None,
    ) -> tuple[Article, Parse]:
        parts: list[str] = []
        found: list[Resolution] = []
        at = 0
        for number, sentence in enumerate((head, *body)):
            for piece in sentence:
                shown = piece
                if isinstance(piece, int):
                    resolution = self._resolution(piece, story.language, at)
                    found.append(resolution)
                    shown = resolution.mention.text
                parts.append(str(shown))
                at += len(parts[-1])
            parts.append("\n\n" if number in (0, 4, 8) else " ")
            at += len(parts[-1])
        text = "".join([*parts, "\n", credit]).strip()
        text = text[0].upper() + text[1:]
        source = str(self._sources[story.language].draw(self._random))
        article = Article(
            title=text.partition("\n")[0],
            text=text,
            language=story.language,
            source=source,
            url=f"https://news.example/{self._random.getrandbits(48):x}",
            published=when,
        )
        focus = Focus(self._atlas.place(story.focus).id, story.country)
        return article, Parse(story.language, tuple(found), focus, _PARSER, self._gazetteer_id)

    def _resolution(self, row: int, language: str, start: int) -> Resolution:
        random = self._random
        name, ease, variants = self._atlas.named(row, language)
        mention = Mention(start, start + len(name), name)
        confidence = min(0.995, max(0.3, ease + random.gauss(0, 0.06)))
        if random.random() < 0.03:
            return Resolution(
                mention, None, confidence, (), self._atlas.why(), abstention=Abstention.NO_CANDIDATE
            )
        place = self._atlas.place(row)
        return Resolution(
            mention,
            place,
            confidence,
            random.choice(variants),
            self._atlas.why(),
            random.random() < 0.04,
        )


def make_pairs(gazetteer: Gazetteer, count: int) -> Iterator[tuple[Article, Parse]]:
    """Yield this many different articles with their parses."""
    return ((article, parse) for article, parse, _ in make_copies(gazetteer, count))


def make_copies(gazetteer: Gazetteer, count: int) -> Iterator[tuple[Article, Parse, int]]:
    """Yield this many different articles with their parses, and the number of the first that told the story, from 1."""
    room = _Newsroom(gazetteer)
    seen: set[str] = set()
    while True:
        first = 0
        for article, parse in room.copies(room.story()):
            if article.id not in seen:
                seen.add(article.id)
                first = first or len(seen)
                yield article, parse, first
            if len(seen) == count:
                return


def fill_store(store: Store, gazetteer: Gazetteer, count: int) -> float:
    """Write articles into an empty store through its own functions; return the seconds that it took."""
    began = time.perf_counter()
    batch: list[tuple[Article, Parse]] = []
    done = 0
    for pair in make_pairs(gazetteer, count):
        batch.append(pair)
        if len(batch) == _BATCH:
            done += store.add_many(batch)
            batch.clear()
            if done % (20 * _BATCH) == 0:
                print(f"  {done:7,} articles, {time.perf_counter() - began:5.0f} s", flush=True)
    store.add_many(batch)
    store.optimize()
    return time.perf_counter() - began
