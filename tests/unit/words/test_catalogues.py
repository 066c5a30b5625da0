"""The catalogues: nothing missing, nothing unused, nothing badly formed, in each language."""

from __future__ import annotations

import re
import string
from typing import TYPE_CHECKING

import pytest
from babel.messages.catalog import Catalog, Message

from dashboard.core.models import Abstention, Kind
from dashboard.geoparse.reasons import PLACE_REASONS, TOPONYM_REASONS
from dashboard.query import FILTER_NAMES, FilterIssue
from dashboard.words import LANGUAGES, messages
from dashboard.words.catalogue import SOURCE, catalogue_path, plural_names, read_catalogue

if TYPE_CHECKING:
    from conftest import Said

TRANSLATIONS = tuple(language for language in LANGUAGES if language != SOURCE)


def forms(message: Message) -> tuple[str, ...]:
    return (message.string,) if isinstance(message.string, str) else tuple(message.string)


def english(message: Message) -> tuple[str, ...]:
    return (message.id,) if isinstance(message.id, str) else tuple(message.id)


def blanks(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def listed(language: str) -> list[Message]:
    return [message for message in read_catalogue(language) if message.id]


def test_every_catalogue_has_the_same_messages_in_the_same_english() -> None:
    wanted = {message.context: message.id for message in listed(SOURCE)}
    for language in TRANSLATIONS:
        assert {message.context: message.id for message in listed(language)} == wanted


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_key_stands_once(language: str) -> None:
    keys = re.findall(r'^msgctxt "(.*)"$', catalogue_path(language).read_text("utf-8"), re.MULTILINE)
    assert sorted(keys) == sorted(set(keys))
    assert len(keys) == len(listed(language)) == len(messages(language))


@pytest.mark.parametrize("language", TRANSLATIONS)
def test_everything_is_translated(language: str) -> None:
    short = [m.context for m in listed(language) if m.fuzzy or not all(forms(m)) or not forms(m)]
    assert short == []


def test_the_source_says_each_message_once() -> None:
    assert [m.context for m in listed(SOURCE) if any(forms(m))] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_plural_forms_are_those_of_cldr(language: str) -> None:
    catalogue = read_catalogue(language)
    header = re.search(r'"Plural-Forms: (.*)\\n"', catalogue_path(language).read_text("utf-8"))
    assert header is not None
    assert header[1] == Catalog(locale=language).plural_forms
    names = plural_names(language)
    assert catalogue.num_plurals == len(names)
    assert [m.context for m in listed(language) if m.pluralizable and len(forms(m)) != len(names)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_blanks_are_those_of_the_english(language: str) -> None:
    for message in listed(language):
        wanted = blanks(english(message)[-1])
        for form in filter(None, (*english(message), *forms(message))):
            assert blanks(form) <= wanted, (message.context, form)
        # «مقال واحد» says its number in a word, and none may say nothing more; any other form fills every blank.
        counts = (
            dict(zip(plural_names(language), forms(message), strict=False)) if message.pluralizable else {}
        )
        for name, form in counts.items() if counts else [("other", forms(message)[0])]:
            free = {"zero": wanted, "one": {"n"}, "two": {"n"}}.get(name, set())
            assert not form or blanks(form) | free == wanted | free, (message.context, form)
        assert not message.pluralizable or "n" in wanted, message.context
        assert message.python_brace_format == bool(wanted), f"{message.context}: #, python-brace-format"


@pytest.mark.parametrize("language", LANGUAGES)
def test_messages_are_tidy(language: str) -> None:
    for message in listed(language):
        for form in filter(None, (*english(message), *forms(message))):
            assert "\n" not in form, message.context
            assert "  " not in form, message.context
            assert "'" not in form, f"{message.context}: the apostrophe is ’"


def test_what_the_program_says_is_in_the_catalogue(said: Said) -> None:
    known = messages(SOURCE)
    assert len(said.asked) > 200
    assert {key: where for key, where in said.asked.items() if key not in known} == {}
    called = {pattern: where for pattern, where in said.patterns.items() if where}
    assert len(called) > 20
    assert {p: where for p, where in called.items() if not any(re.fullmatch(p, key) for key in known)} == {}


def test_what_is_in_the_catalogue_is_said(said: Said) -> None:
    assert [key for key in messages(SOURCE) if not said.uses(key)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_code_is_worded(language: str) -> None:
    table = messages(language)
    wanted = [f"kind_{kind}" for kind in Kind] + [f"abstain_{why}" for why in Abstention]
    wanted += [f"part_{name}" for name in FILTER_NAMES] + [f"problem_{issue}" for issue in FilterIssue]
    wanted += [f"reason_{code}" for code in (*TOPONYM_REASONS, *PLACE_REASONS)]
    assert [key for key in wanted if key not in table] == []


# Arabic words that end in alif and have no tanween: pronouns, particles, plurals, names. All else that ends so is an
# accusative, and is written with its tanween on the letter before the alif: عنوانًا.
_BARE_ENDINGS = ("ها", "هما", "كما", "نا", "لا", "ما", "ذا")
_BARE = frozenset(
    {"إذا", "الخلايا", "ألا", "زوايا", "سوريا", "لسوريا", "ليسا", "هنا", "ليبيا", "لأوكرانيا", "أوكرانيا"}
)
_HARAKAT = "\u064b-\u0652"


def test_tanween_is_written_and_stands_before_the_alif() -> None:
    wrong = {}
    for message in listed("ar"):
        for word in re.findall(rf"[\u0621-\u064a{_HARAKAT}]+", " ".join(forms(message))):
            plain = re.sub(f"[{_HARAKAT}]", "", word)
            bare = plain.endswith("ا") and "\u064b" not in word
            if "\u0627\u064b" in word or (bare and plain not in _BARE and not plain.endswith(_BARE_ENDINGS)):
                wrong[message.context] = word
    assert wrong == {}


_AFTER = re.compile(r"(?:^|\s)(?:في|من|إلى|على|عن|تحت|بين)\s+\{(\w+)\}")


def test_what_stands_after_a_preposition_is_in_the_genitive(nested: list[tuple[str, str, str]]) -> None:
    """A count that becomes part of a sentence is `..._in` after a preposition (في مقالين), and there alone (مقالان)."""
    assert ("scope_decides", "articles", "articles_in") in nested
    arabic = {message.context: forms(message) for message in listed("ar")}
    wrong = []
    for sentence, blank, count in nested:
        said = [form for form in arabic.get(sentence, ()) if f"{{{blank}}}" in form]
        after = {blank in _AFTER.findall(form) for form in said}
        wrong += [(sentence, count)] if after - {count.endswith("_in")} else []
    assert wrong == []
    assert [
        count for sentence, _, count in nested if not sentence and count.endswith("_in")
    ] == []  # in a list
