"""What may be wrong with a file, and what to do: a code, an English sentence and a next step each.

The English sentence is also the message's key: rooms above give it in the reader's language.
"""

from __future__ import annotations

import re
from functools import lru_cache

from dashboard.core.errors import ArticleFormatError
from dashboard.core.links import clean_title, shorten

__all__ = ["SENTENCES", "Refusal", "code_of_step", "recognise", "refusal"]

_SHOWN = 80  # code points of a value in a sentence

# code: (what is wrong, what to do)
SENTENCES: dict[str, tuple[str, str]] = {
    "empty": ("The file is empty.", "Save or download it again."),
    "no_words": ("The file holds no words.", "Look at it in its own program: is it a picture?"),
    "too_large": ("The file is larger than {limit} MB.", "Split it, or save it in another format."),
    "too_long": ("The text is longer than {limit} million characters.", "Split it into articles."),
    "binary": ("The file holds no text: it is binary.", "Export it as text, PDF or a web page."),
    "broken": ("This is no {format} file that can be read: {detail}.", "Save or download it again."),
    "other_kind": ("The file is named {suffix}, but is no {format} file.", "Give it the ending of its kind."),
    "unsupported": ("Files of this kind ({kind}) are not read.", "Export it as text, PDF or a web page."),
    "locked": ("The file is protected by a password.", "Save a copy without the password."),
    "entities": ("The file defines entities, as attacks do.", "Ask for it without a DOCTYPE."),
    "bomb": ("What is packed in the file is more than {limit} times its size.", "Unpack it yourself first."),
    "unpacked_size": ("What is packed in the file is larger than {limit} GB.", "Unpack it in parts."),
    "too_many": ("The file holds more than {limit} parts.", "Unpack it in parts."),
    "nested": ("Archives lie in archives more than {limit} deep.", "Unpack it yourself first."),
    "outside": ("The name of this part leads out of the archive.", "Take it out of the archive by hand."),
    "scan": (
        "The PDF is a scan: {pages} pages, and no text on them.",
        "Have its text recognised (OCR), then add it again.",
    ),
    "unreadable_pdf": (
        "The text of the PDF is not readable: {score} % of its words are words.",
        "Copy its text by hand, or have it recognised (OCR).",
    ),
    "doubtful_pdf": (
        "Only {score} % of the words in the PDF are words: look at its text, dates and numbers.",
        "",
    ),
    "no_text_column": (
        "No column holds texts or titles. The columns are: {columns}.",
        "Say which column is the text.",
    ),
    "no_rows": ("The table holds no rows.", "Check that the right sheet was exported."),
    "wide": ("The table has more than {limit} columns.", "Keep only the columns with articles."),
    "long_row": ("The row is longer than {limit} MB.", "Look at it: a quotation mark may be missing."),
    "bad_row": ("The row can't be read: {detail}.", "Mend the row, and add the file again."),
    "no_articles": ("The file holds no articles.", "Check that the export was complete."),
    "no_text": ("This part holds no text.", ""),
    "slow": (
        "Reading took longer than {seconds} s and was stopped.",
        "Save the page or document again in a simpler format.",
    ),
    "memory": (
        "Reading needed more than {limit} MB of memory and was stopped.",
        "Split the file, or save it in a simpler format.",
    ),
    "crashed": ("The reader broke on this file.", "Save it in another format; tell us about it."),
    "too_deep": ("The file is nested too deeply.", "Save it in a simpler format."),
    "no_such": ("There is no such file or folder.", "Check the name."),
    "not_ordinary": ("This is not an ordinary file.", ""),
    "link_out": ("The file is a link that leads out of the folder.", "Name the file itself."),
    "os": ("The file can't be read: {detail}.", "Check the rights of the file."),
    "being_written": (
        "The file is just being written, so it may not be whole.",
        "It is left for the next time: run the same command again when it is saved.",
    ),
    "encoding": ("Read as {encoding}.", ""),
    "misread": ("The text had been saved misread ({what}) and was mended.", ""),
    "damaged": ("{count} damaged characters were replaced by �.", ""),
    "damaged_one": ("One damaged character was replaced by �.", ""),
    "unstorable": ("The text holds characters that can't be stored.", "Save it again as UTF-8."),
    "feeds": (
        "{count} feeds are listed, and none was asked: {names}.",
        "Save the feeds that you want, and read their files.",
    ),
    "unread": ("Columns that were not read: {columns}.", ""),
    "long_head": ("The front matter is longer than {limit} characters.", "Make it shorter."),
    "bad_head": (
        "The front matter is not YAML from line {line} on.",
        "Write one pair a line, as in title: Ships in Tobruk.",
    ),
    "no_single_text": ("The value of {field} in the front matter is no single text, and was left out.", ""),
    "language_unknown": (
        "The language {value} is not known, and was left out.",
        "Write a code such as ar, en or fr.",
    ),
    "date_unread": ("The date {value} can't be read.", "Write it like 2024-05-31."),
    "date_impossible": (
        "No article can be from {value}.",
        "Write the day on which it was published, like 2024-05-31.",
    ),
    "net_address": ("{address} is no address of the web.", "Give one that begins with https:// or http://."),
    "net_unknown": ("No host is called {host}.", "Check the address, and whether this computer is online."),
    "net_private": (
        "{host} leads into a private network ({address}), and such addresses are never asked.",
        "Open the page in a browser, save it, and add its file.",
    ),
    "net_unreachable": ("{host} can't be reached.", "Try again later."),
    "net_slow": ("{host} took longer than {seconds} s to answer.", "Try again later."),
    "net_broken": ("The answer of {host} broke off.", "Try again later."),
    "net_trouble": ("{host} has a trouble of its own ({status}).", "Try again later."),
    "net_busy": (
        "{host} asks to be left alone for {minutes} min.",
        "It is asked again after that, and not before.",
    ),
    "net_stopped": ("It was stopped before this was asked.", "Do it again."),
    "net_status": ("{host} does not give this page ({status}).", "Open the address in a browser."),
    "net_robots": (
        "{host} asks programs not to read this page (robots.txt).",
        "Open the page in a browser, save it, and add its file.",
    ),
    "net_redirects": (
        "{host} leads on to other addresses more than {limit} times.",
        "Open the address in a browser.",
    ),
    "net_tls": (
        "The certificate of {host} is not valid, so nobody knows who answers.",
        "Open the address in a browser: it says what is wrong.",
    ),
    "net_large": (
        "What {host} sends is larger than {limit} MB.",
        "Open the page in a browser, save it, and add its file.",
    ),
    "net_packed": ("{host} packs its answers in a way that was not asked for ({packing}).", ""),
    "net_no_feed": (
        "What {host} gives here is no feed.",
        "Look for the address of its feed; pages often name it RSS.",
    ),
    "net_same": ("Nothing is new since the last time.", ""),
    "net_empty_list": (
        "The file lists no feed.",
        "Export the list of feeds (OPML) from your reader of feeds.",
    ),
    "net_teaser": ("Only the summary was taken, since the whole article is not given.", ""),
    "net_left": ("{count} older entries were left: {limit} are read at once.", ""),
    "date_order": ("The date {value} may be {options}.", "Say which comes first, the day or the month."),
}


class Refusal(ArticleFormatError):  # noqa: N818 - a finding about a file
    """A file, or a part of one, that gives no article.

    Attributes
    ----------
    code
        Key of `SENTENCES`.
    values
        What stands in the sentence's braces, each short enough to show.
    """

    def __init__(self, code: str, **values: object) -> None:
        self.code = code
        self.values = {name: shorten(clean_title(str(value)), _SHOWN) for name, value in values.items()}
        if "detail" in self.values:  # what a library says ends a sentence that has a full stop of its own
            self.values["detail"] = self.values["detail"].rstrip(". ")
        super().__init__(SENTENCES[code][0].format(**self.values))

    def __reduce__(self) -> tuple[object, ...]:
        """Cross to another process by code and values."""
        return _again, (self.code, self.values)

    @property
    def step(self) -> str:
        """What the user can do, one sentence; may be empty."""
        return SENTENCES[self.code][1].format(**self.values)


def _again(code: str, values: dict[str, str]) -> Refusal:
    return Refusal(code, **values)


def refusal(code: str, **values: object) -> Refusal:
    """Make the refusal that a code stands for; `values` fill the sentence."""
    return Refusal(code, **values)


@lru_cache(maxsize=1)
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Return what each sentence looks like when it is filled, those with more fixed words first."""
    found = []
    for code, (sentence, _) in SENTENCES.items():
        parts = re.split(r"\{(\w+)\}", sentence)
        shape = "".join(f"(?P<{one}>.*?)" if at % 2 else re.escape(one) for at, one in enumerate(parts))
        found.append((-len("".join(parts[::2])), code, re.compile(shape, re.DOTALL)))
    return tuple((code, pattern) for _, code, pattern in sorted(found, key=lambda one: one[:2]))


def recognise(sentence: str) -> Refusal | None:
    """Return the refusal that an English sentence was made of; None when it is none of `SENTENCES`."""
    for code, pattern in _patterns():
        match = pattern.fullmatch(sentence)
        if match:
            return Refusal(code, **match.groupdict())
    return None


def code_of_step(step: str) -> str | None:
    """Return a code that has this next step; None when it is none of `SENTENCES`."""
    return next((code for code, (_, known) in SENTENCES.items() if known and known == step), None)
