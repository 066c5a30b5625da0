"""What speaks for and against each place that a name may stand for, as one matrix for a whole batch.

A mention has one *option* for each place that bears its name. What the article as a whole says of it comes
from `place_context`; what stands around the mention is added here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from dashboard.core.models import Kind
from dashboard.gazetteer.names import NameFlag
from dashboard.geoparse.columns import Columns
from dashboard.geoparse.documents import Separator
from dashboard.geoparse.lexicon import WordClass
from dashboard.geoparse.metonymy import acts_as_government
from dashboard.geoparse.place_context import CONTEXT_FEATURES, Cases

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from dashboard.gazetteer.index import Gazetteer
    from dashboard.geoparse.documents import Batch, Spans
    from dashboard.geoparse.vocabulary import Vocabulary

__all__ = ["Options", "list_options", "option_features"]

_FLAGS = (
    NameFlag.MAIN,
    NameFlag.CURATED,
    NameFlag.BARE,
    NameFlag.GENERATED,
    NameFlag.SHORT,
    NameFlag.VARIANT,
    NameFlag.COUNTRY_FORM,
    NameFlag.HEADED,
)
_WORDS_BETWEEN = 2
_BETWEEN = WordClass.LOCATIVE | WordClass.HEAD_GENERIC | WordClass.DIRECTION | WordClass.STOP


@dataclass(frozen=True, slots=True)
class Options:
    """Every (mention, place) pair of a batch, mentions in order, the places of one mention together.

    Attributes
    ----------
    mention
        Row of `Spans`.
    place
        Row of the gazetteer.
    flags
        `NameFlag` bits of the name for that place.
    """

    mention: NDArray[np.int64]
    place: NDArray[np.int64]
    flags: NDArray[np.int64]


def list_options(vocabulary: Vocabulary, spans: Spans) -> Options:
    """Pair each mention with all places of its name."""
    counts, places, flags = vocabulary.toponyms.options(spans.toponym)
    return Options(np.repeat(np.arange(len(spans)), counts), places, flags)


def option_features(  # noqa: PLR0913, PLR0917 - the parts of one batch
    vocabulary: Vocabulary,
    gazetteer: Gazetteer,
    batch: Batch,
    spans: Spans,
    options: Options,
    weight: NDArray[np.floating],
) -> tuple[tuple[str, ...], NDArray[np.float32]]:
    """Describe each option.

    Parameters
    ----------
    weight
        Probability that each mention of `spans` is a toponym.

    Returns
    -------
    names, matrix
        One row an option, one column a name; float32.
    """
    scene = _Scene(vocabulary, gazetteer, batch, spans, options)
    columns = Columns(len(options.place))
    _add_place(columns, scene)
    _add_heads(columns, scene)
    _add_adjectives(columns, scene)
    division, town = _namesakes(scene)
    columns.add("division_of_namesake_town", division)
    columns.add("town_of_namesake_division", town)
    inside, outside = _containers(scene)
    columns.add("container_after", inside)
    columns.add("container_after_other", outside)
    cases = Cases(vocabulary, gazetteer, spans, batch.article[spans.first], weight)
    columns.add_matrix(CONTEXT_FEATURES, cases.context()[cases.rows(options.mention)])
    return tuple(columns.names), columns.matrix()


@dataclass(frozen=True, slots=True)
class _Scene:
    """What the features of an option are read from."""

    vocabulary: Vocabulary
    gazetteer: Gazetteer
    batch: Batch
    spans: Spans
    options: Options


def _add_place(columns: Columns, scene: _Scene) -> None:
    """Add what the gazetteer says of the place and of the name it bears."""
    gazetteer, options = scene.gazetteer, scene.options
    place, mention, size = options.place, options.mention, len(scene.spans)
    worth = scene.vocabulary.toponyms.prominence(place.astype(np.int32))
    top = np.zeros(size, np.float32)
    np.maximum.at(top, mention, worth)
    columns.add("prominence", worth / 7)
    columns.add("behind_most_prominent", (top[mention] - worth) / 7)
    columns.add("most_prominent", worth >= top[mention])
    columns.add("namesakes", np.log10(np.bincount(mention, minlength=size)[mention]))
    kind = gazetteer.kind[place]
    for number, value in enumerate(gazetteer.kinds):
        columns.add(f"is_{value.value}", kind == number)
    capital = gazetteer.feature_codes.index("PPLC") if "PPLC" in gazetteer.feature_codes else -1
    is_capital = gazetteer.feature_code[place] == capital
    columns.add("is_capital", is_capital)
    acts = acts_as_government(scene.vocabulary, scene.batch, scene.spans)[mention]
    columns.add("capital_that_acts", is_capital & acts)
    for flag in _FLAGS:
        columns.add(f"name_{(flag.name or '').lower()}", options.flags & flag != 0)


def _add_heads(columns: Columns, scene: _Scene) -> None:
    """Add whether a head noun in or before the name announces a place of this kind."""
    vocabulary, spans, options = scene.vocabulary, scene.spans, scene.options
    first, last, mention = spans.first, spans.last, options.mention
    kind_bit = 1 << scene.gazetteer.kind[options.place].astype(np.int64)
    code = scene.gazetteer.feature_code[options.place]
    heads, sets = vocabulary.column("head_kinds"), vocabulary.column("head_set")
    own = heads[scene.batch.words[first]][mention].astype(np.int64)
    in_full, other_in_full = _named_in_full(scene)
    columns.add("named_in_full", in_full)
    columns.add("other_named_in_full", other_in_full)
    columns.add("first_word_is_its_head", (own & kind_bit != 0) & (last > first)[mention])
    nearest = np.zeros(len(options.place), bool)
    for where, away in (("before", -1), ("before2", -2)):
        neighbour = scene.batch.neighbour(first, away)[mention]
        bits = heads[neighbour].astype(np.int64)
        agrees = bits & kind_bit != 0
        columns.add(f"head_{where}", agrees & ~nearest)
        columns.add(f"head_{where}_exactly", vocabulary.head_code_sets[sets[neighbour], code] & ~nearest)
        columns.add(f"head_{where}_other", (bits != 0) & ~agrees & ~nearest)
        columns.add(f"bare_and_head_{where}", agrees & (options.flags & NameFlag.BARE != 0))
        nearest |= bits != 0


def _named_in_full(scene: _Scene) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Tell which options the text names with their generic head (قاعدة الجفرة), and which are their rivals."""
    spans, options, table = scene.spans, scene.options, scene.vocabulary.toponyms
    asked = np.flatnonzero(spans.full >= 0)
    counts, places, flags = table.options(spans.full[asked])
    headed = flags & NameFlag.HEADED != 0
    size = len(scene.gazetteer)
    named = np.isin(
        options.mention * size + options.place, (np.repeat(asked, counts) * size + places)[headed]
    )
    return named, ~named & (spans.full >= 0)[options.mention]


def _add_adjectives(columns: Columns, scene: _Scene) -> None:
    """Add whether an adjective of a country beside the name is that of the place (طرابلس اللبنانية)."""
    first, last = scene.spans.first, scene.spans.last
    country = scene.gazetteer.country[scene.options.place]
    demonym = scene.vocabulary.column("demonym")
    sides = (("after", last, 1), ("after2", last, 2), ("before", first, -1), ("before2", first, -2))
    for where, at, away in sides:
        said = demonym[scene.batch.neighbour(at, away)][scene.options.mention]
        columns.add(f"adjective_{where}", (said == country) & (said > 0))
        columns.add(f"adjective_{where}_other", (said != country) & (said > 0))


def _longest_at(spans: Spans, words: int) -> NDArray[np.int64]:
    """Return for each word the longest stretch that begins there, -1 for none; without a particle if it can be."""
    found = np.full(words, -1, np.int64)
    found[spans.first] = np.arange(len(spans))
    if len(spans) and (np.diff(spans.first) > 0).all():
        return found
    last, clitics = spans.last.tolist(), spans.clitic.tolist()
    longest: dict[int, int] = {}
    for number, first in enumerate(spans.first.tolist()):
        before = longest.get(first)
        if before is None or last[number] > last[before] or (clitics[number] == 0 and clitics[before]):
            longest[first] = number
    found[list(longest)] = list(longest.values())
    return found


def _followers(scene: _Scene) -> NDArray[np.int64]:
    """Return for each mention the one that may say in what it lies, -1 for none.

    It stands after a comma, a bracket, or a word such as "in". Between the two stand at most two words, all of
    them prepositions or heads (طرابلس في شمال لبنان).
    """
    batch, last = scene.batch, scene.spans.last
    classes = scene.vocabulary.column("classes")
    starting = _longest_at(scene.spans, len(batch.words))
    found = np.full(len(last), -1, np.int64)
    linked = batch.before[last + 1] & (Separator.COMMA | Separator.OPEN_BRACKET) != 0
    searching = np.ones(len(last), bool)
    for away in range(1, 2 + _WORDS_BETWEEN):
        searching &= batch.sentence[last + away] == batch.sentence[last]
        there = searching & linked & (starting[last + away] >= 0)
        found[there] = starting[last + away][there]
        word = classes[batch.words[last + away]]
        searching &= ~there & (word & _BETWEEN != 0)
        linked |= word & WordClass.LOCATIVE != 0
    return found


def _containers(scene: _Scene) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Tell which options lie in the country or division named right after (Paris, Texas), and which don't."""
    gazetteer, options = scene.gazetteer, scene.options
    followers = _followers(scene)
    asked = np.flatnonzero(followers >= 0)
    counts, wide, _ = scene.vocabulary.toponyms.options(scene.spans.toponym[followers[asked]])
    asker = np.repeat(asked, counts)
    is_country, is_admin = (gazetteer.kinds.index(kind) for kind in (Kind.COUNTRY, Kind.ADMIN))
    kept = np.isin(gazetteer.kind[wide], (is_country, is_admin))
    asker, wide = asker[kept], wide[kept]
    countries = gazetteer.kind[wide] == is_country
    mention, place, size = options.mention, options.place, len(gazetteer)
    in_country = mention * size + gazetteer.country[place]
    inside = np.isin(in_country, (asker * size + gazetteer.country[wide])[countries])
    inside &= gazetteer.kind[place] != is_country
    division = gazetteer.admin1[place].astype(np.int64)
    inside |= np.isin(mention * size + division, asker * size + wide) & (division >= 0)
    some_inside = np.bincount(mention, inside, len(scene.spans)) > 0
    return inside, ~inside & some_inside[mention]


def _namesakes(scene: _Scene) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Tell which divisions have their town, and which towns their division, among a mention's options."""
    gazetteer, options = scene.gazetteer, scene.options
    kind = gazetteer.kind[options.place]
    is_admin, is_city = (kind == gazetteer.kinds.index(k) for k in (Kind.ADMIN, Kind.CITY))
    pair = options.mention * len(gazetteer.countries) + gazetteer.country[options.place]
    return is_admin & np.isin(pair, pair[is_city]), is_city & np.isin(pair, pair[is_admin])
