"""From what a format holds to an article: cleaned, dated, named."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dashboard.core.links import clean_title, safe_url, shorten
from dashboard.core.models import Article
from dashboard.core.text import fold
from dashboard.intake.dates import address_clue, date_article, name_clue, text_clues
from dashboard.intake.sentences import refusal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dashboard.intake.draft import DateClue, Draft, Options

__all__ = ["TITLE_LENGTH", "address_of", "finish", "first_title", "language_code", "tidy"]

TITLE_LENGTH = 160  # code points of a title taken from the text
_MAX_TITLE = 500
_MAX_NAME = 200  # code points of a source or an author
_MAX_TEXT = 5_000_000  # code points
_LANGUAGE = re.compile(r"([a-z]{2,3})([-_][a-z0-9]{1,8})*", re.IGNORECASE | re.ASCII)
_LANGUAGES = {
    "ar": ("arabic", "العربيه", "عربي", "arabe", "ara"),
    "en": ("english", "الانجليزيه", "انجليزي", "anglais", "eng"),
    "fr": ("french", "الفرنسيه", "فرنسي", "francais", "fra", "fre"),
}
_NAMED = {name: code for code, names in _LANGUAGES.items() for name in names}


def finish(draft: Draft, path: str, options: Options, file: str = "", notes: Iterable[str] = ()) -> Article:
    """Make an article of a draft.

    Without a title its first line is the title. With one, it is put before a text that does not begin with
    it, so that the text always holds the title.

    Parameters
    ----------
    path
        Where the draft was found, for messages.
    file
        The file of the user's that it came from, with its folder.
    notes
        Sentences about the whole file.

    Raises
    ------
    Refusal
        There are no words, or far too many.
    """
    body, given = tidy(draft.text), shorten(clean_title(draft.title), _MAX_TITLE)
    first = first_title(body)
    if not first and not given:
        raise refusal("no_words")
    if len(body) > _MAX_TEXT:
        raise refusal("too_long", limit=_MAX_TEXT // 1_000_000)
    own = shorten(first, TITLE_LENGTH)
    text = body
    if given and given not in (first, own):
        text = f"{given}\n\n{body}" if body else given
    url = safe_url(draft.url)
    source = shorten(clean_title(draft.source), _MAX_NAME) or None
    order = options.date_orders.get(source or "") or options.date_orders.get("")
    dated = date_article(_clues(draft, url, path, text), order=order, today=options.today, url=url)
    return Article(
        title=given or own,
        text=text,
        language=language_code(draft.language),
        source=source,
        url=url,
        published=dated.published,
        path=address_of(path, draft.place),
        file=clean_title(file) or None,
        published_edtf=dated.edtf,
        date_origin=dated.origin if dated.published or dated.edtf else None,
        date_suspect=dated.suspect or dated.clue in draft.made,
        author=shorten(clean_title(draft.author), _MAX_NAME) or None,
        origin=shorten(clean_title(draft.origin), _MAX_NAME) or None,
        notes=tuple(dict.fromkeys((*notes, *draft.notes, *dated.notes))),
    )


def _clues(draft: Draft, url: str | None, path: str, text: str) -> Iterator[DateClue]:
    """Give all that may date a draft, the surest first; a text is looked at only if nothing else is left."""
    yield from draft.dates
    for clue in (address_clue(url), name_clue(path.rpartition("/")[2])):
        if clue is not None:
            yield clue
    yield from text_clues(text)
    yield from draft.made


def tidy(text: str) -> str:
    """Return a text without what no store can hold; line ends become line feeds."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if "\0" in text:
        text = text.replace("\0", "")
    try:
        text.encode()
    except UnicodeEncodeError:  # halves of surrogate pairs
        text = text.encode("utf-8", "ignore").decode()
    return text.strip()


def first_title(body: str) -> str:
    """Return the first line that holds something once cleaned, without the marks of a Markdown heading."""
    start = 0
    while start < len(body):  # line by line: cutting all lines of a long text for its first one is slow
        end = body.find("\n", start)
        end = len(body) if end < 0 else end
        for line in body[start:end].splitlines():
            title = clean_title(line).lstrip("#").strip()
            if title:
                return title
        start = end + 1
    return ""


def language_code(value: str) -> str | None:
    """Read a code or the name of a language: `ar-LY`, `Arabic`, `العربية`; None when it is neither."""
    value = value.strip()
    named = _NAMED.get(fold(value).removeprefix("اللغه ").strip())
    if named:
        return named
    match = _LANGUAGE.fullmatch(value)
    return match[1].lower() if match else None


def address_of(path: str, place: str) -> str | None:
    """Write where a part stands: `archive.zip › a/b.html`, `chat.json#123`."""
    return clean_title(path + place) or None
