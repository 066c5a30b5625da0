"""Names of persons: where they begin, and how far they go."""

from __future__ import annotations

import re

from dashboard.geoparse.lexicon import WordClass
from dashboard.journeys.models import ActorType
from dashboard.journeys.phrases import ActorSpan, Phrases, is_title

__all__ = ["RARE_FIRST", "RARE_NEXT", "UNKNOWN", "NameReader"]

_NO_NAME = (
    WordClass.STOP
    | WordClass.LOCATIVE
    | WordClass.SPEECH
    | WordClass.GOVERNMENT_VERB
    | WordClass.TIME
    | WordClass.NUMBER
    | WordClass.TITLE
    | WordClass.MOTION
    | WordClass.GOVERNMENT
    | WordClass.ORGANISATION
)
_PRESS = WordClass.MEDIA
_HEAD = WordClass.HEAD_GENERIC | WordClass.HEAD_NAME
_NO_NAME_NOR_TITLE = _NO_NAME & ~WordClass.TITLE
_SELDOM = 0.07  # share behind titles and given names below which an everyday word of the news is no name
RARE_FIRST, RARE_NEXT = 4.0, 4.9  # Zipf frequency below which a word may begin, or go on, a name
UNKNOWN = 3.4  # below which a word is hardly anything but a name
_EVERYDAY = 5.0  # above which a given name is a word as well, and needs another name beside it
_NAME, _STEM = 4, 3  # words at most; letters of a stem at least
_SURNAME = 0.1  # likewise for words with the article, which follow titles as adjectives too
_HARDLY = 0.04  # likewise for words after a given name, which needs another
_LATIN = re.compile("[A-Za-z]")
_SERVANT = ("عبد", "وعبد", "لعبد", "بعبد")
_AUXILIARIES = ("كان", "وكان", "كانت", "وكانت")
_NOUN_ENDINGS = ("ه", "ها", "هم", "ين", "ون", "ات", "ان")  # of nouns with a pronoun, duals and plurals


_GOD, _FAITH = "الله", "الدين"
_GLUED = 0.15  # share of the uses of a word as a name below which a particle before it makes it another word
_HARDLY_EVER = 0.06  # share below which a word that may be a given name is none without a title
_MANNER = 6  # letters of a participle that says how: مبتسما
_OWNER = 0.2, 4.3  # share, and frequency, of given names that are everyday words: مالك
_MOSTLY = 0.5  # share from which a word goes on with a name however frequent it is


def ends_as_noun(word: str) -> bool:
    """Tell whether an Arabic word ends as nouns with a pronoun, duals and plurals do, and names seldom."""
    return word.endswith(_NOUN_ENDINGS) and any(
        word.endswith(ending) and len(word) - len(ending) >= _STEM for ending in _NOUN_ENDINGS
    )


class NameReader(Phrases):
    """Reads names without titles."""

    def _begins_name(self, at: int) -> bool:
        info = self.info(at)
        if self.arabic:
            if (
                "no_title" in info.roles
                or not info.is_a(WordClass.GIVEN_NAME)
                or info.is_a(_NO_NAME_NOR_TITLE)
                or at in self.dated
            ):
                return False
            glued = info.particle.endswith(("ال", "ك")) and info.namely is not None and info.namely < _GLUED
            verb = info.namely is not None and info.namely < _HARDLY_EVER  # الذي أدى لإصابة
            if (glued or verb) and not (at and is_title(self.info(at - 1))):
                return False  # الظروف الأمنية يسرا, كبرت يسرا
            return info.zipf < _EVERYDAY or self._backed(at)
        word = self.words[at].text
        return (
            word[:1].isupper()
            and len(word) > 1
            and not info.is_a(_NO_NAME)
            and info.country is None
            and (info.is_a(WordClass.GIVEN_NAME) or (self.words[at].gap != "" and self._capital_run(at)))
        )

    def _backed(self, at: int) -> bool:
        """Tell whether the word after a given name is one too, or of no other use."""
        following = at + 1
        if following >= len(self.words) or not self.joined(following):
            return False
        info = self.info(following)
        return info.is_a(WordClass.GIVEN_NAME | WordClass.PARTICLE) or self._rare(following, RARE_FIRST)

    def _capital_run(self, at: int) -> bool:
        following = at + 1
        return (
            following < len(self.words)
            and self.joined(following)
            and self.words[following].text[:1].isupper()
            and not self.info(following).is_a(_NO_NAME)
            and following not in self.place_at
        )

    def _name_end(self, first: int, *, after_title: bool) -> int | None:
        """Return the last word of a name that begins here; None if none does."""
        if first >= len(self.words) or not self.joined(first):
            return None
        short = self.info(first).is_a(WordClass.PARTICLE) and self._backed(first)  # لي وين تشاو
        if not (self._begins_name(first) or (after_title and (short or self._rare(first, RARE_FIRST)))):
            return None
        return self._run_end(first)

    def _run_end(self, first: int) -> int:
        """Return the last word of a name whose first word is given."""
        last = first
        while last - first + 1 < _NAME and last + 1 < len(self.words) and self.joined(last + 1):
            if not self._goes_on(last + 1):
                break
            last += 1
        while (
            last > first
            and self.info(last).is_a(WordClass.PARTICLE)
            and not self.info(last).is_a(WordClass.GIVEN_NAME)
            and self.info(last).folded not in (_GOD, _FAITH)
        ):
            last -= 1
        return last

    def _is_given(self, at: int) -> bool:
        return self.joined(at + 1) and self.info(at).is_a(WordClass.GIVEN_NAME)

    def _rare(self, at: int, most: float) -> bool:  # noqa: PLR0911 - a way out for each mark
        """Tell whether a word may be part of a name because it is no everyday word and no other thing."""
        info, word = self.info(at), self.words[at].text
        if at in self.place_at and not info.is_a(WordClass.GIVEN_NAME):
            return False
        purpose = word.startswith(("لأ", "لإ", "لا", "لل", "بال"))  # مسلم لأداء
        given = info.is_a(WordClass.GIVEN_NAME)
        named = given or (at > 0 and not purpose and self._is_given(at - 1))
        if info.namely is not None and not given and info.namely < (_HARDLY if named else _SELDOM):
            return False  # الوزير أدلى, مهلة; but جيريمي برنت, who bears the name of an oil
        if self.arabic and ends_as_noun(word) and not info.is_a(WordClass.GIVEN_NAME):
            adjective = at > 0 and self.info(at - 1).country is not None and self.joined(at)
            if not adjective or info.zipf >= UNKNOWN or info.cues or info.actor:
                return False  # الوزير الفرنسي برتران is a name
        if (
            info.roles
            or info.status
            or info.is_a(_NO_NAME)
            or info.country is not None
            or info.finite
            or info.folded.isdigit()
        ):
            return False
        if not self.arabic:
            return word[:1].isupper()
        if info.folded.startswith(("لل", "بال", "وال", "ال")) and most <= RARE_FIRST:
            return False
        return info.zipf < most and not info.actor and not info.is_a(_HEAD)

    def _goes_on(self, at: int) -> bool:  # noqa: PLR0911 - a way out for each mark
        """Tell whether a word goes on with a name."""
        info, word = self.info(at), self.words[at]
        if word.gap == "_":
            return True
        if not self.arabic:
            return (
                word.text[:1].isupper()
                and not info.is_a(WordClass.STOP | WordClass.TIME | WordClass.TITLE)
                and (at not in self.place_at or info.is_a(WordClass.GIVEN_NAME))
            ) or (info.is_a(WordClass.PARTICLE) and self._capital_run(at))
        if _LATIN.search(word.text) or '"' in word.gap or word.text.startswith("لل"):
            return False  # جمال خاشقجي لـCNN
        if self._surely_goes_on(at):
            return True
        if at in self.dated or (ends_as_noun(word.text) and not info.is_a(WordClass.GIVEN_NAME)):
            return False
        if (word.text.startswith("و") and info.particle.startswith("و")) or self._everyday_after_surname(at):
            return False  # إبراموفيتش مالك نادي تشيلسي
        if info.is_a(WordClass.GIVEN_NAME | WordClass.PARTICLE) and not info.is_a(
            WordClass.STOP | WordClass.TIME
        ):
            return True
        if info.folded.startswith("ال") and at not in self.place_at:
            blocked = WordClass.TITLE | WordClass.TIME | WordClass.STOP | WordClass.ORGANISATION
            seldom = (
                info.namely is not None and info.namely < _SURNAME and not info.is_a(WordClass.GIVEN_NAME)
            )
            plain = not (info.is_a(blocked) or info.country or info.roles or info.cues)
            return plain and info.zipf < RARE_NEXT and not seldom
        return self._rare(at, RARE_NEXT)

    def _surely_goes_on(self, at: int) -> bool:
        """Tell whether a word goes on with an Arabic name whatever else it may be."""
        info, before = self.info(at), self.info(at - 1)
        if info.folded == _FAITH or (info.folded.startswith("ال") and before.folded in _SERVANT):
            return True  # محي الدين, عبد الحميد
        if info.folded == _GOD and before.folded.startswith("ال"):
            return True  # رامي الحمد الله
        if self.words[at].text == "علي" and before.is_a(WordClass.GIVEN_NAME):
            return True  # written with dots, and after a name: no preposition
        other = info.roles or at in self.place_at or at in self.dated or info.particle.startswith("و")
        return info.namely is not None and info.namely >= _MOSTLY and not other  # بيل كلينتون

    def _everyday_after_surname(self, at: int) -> bool:
        """Tell whether a word is no part of a name: an everyday word after a surname, or one with a preposition."""
        info, word = self.info(at), self.words[at].text
        share, frequency = _OWNER
        everyday = info.namely is not None and info.namely < share and info.zipf >= frequency
        given = WordClass.GIVEN_NAME | WordClass.PARTICLE
        full = at > 1 and self.info(at - 2).is_a(given) and not self.info(at - 1).is_a(given)
        manner = (word.startswith("ب") and word.endswith("ة")) or (
            word.startswith("م") and word.endswith("ا")
        )
        adverb = manner and info.namely is None and not info.is_a(WordClass.GIVEN_NAME)  # بحفاوة, مبتسما
        return adverb or (everyday and info.is_a(WordClass.GIVEN_NAME) and full)

    def _bare_name(self, at: int) -> ActorSpan | None:
        """Read a name without a title; one word alone is too little."""
        if at and self.info(at - 1).is_a(WordClass.ORGANISATION | _HEAD) and self.joined(at):
            return None  # مستشفى محمد السادس, شارع
        last = self._run_end(at)
        if last == at and not (
            at and self.joined(at) and self.info(at - 1).finite and self.info(at - 1).cues
        ):
            return None  # نزحت منى is somebody
        return ActorSpan(at, last, at, last, ActorType.PERSON, named=True)

    def _said(self, at: int) -> ActorSpan | None:
        """Read an unknown word as a name where only one can stand: after a verb of saying or going, before a title."""
        if not self.arabic or not at or self.info(at).zipf >= RARE_FIRST or self.info(at).is_a(_PRESS):
            return None
        if not self.joined(at) or not self._rare(at, RARE_FIRST):
            return None
        before = self.info(at - 1)
        last = self._run_end(at)
        titled = (
            last + 1 < len(self.words)
            and self.words[last + 1].gap.strip() in ("،", ",")
            and self.info(last + 1).is_a(WordClass.TITLE)
            and "no_title" not in self.info(last + 1).roles
        )
        auxiliary = before.folded in _AUXILIARIES
        verb = (before.is_a(WordClass.SPEECH) or before.finite or auxiliary) and not before.is_a(
            WordClass.TITLE | WordClass.STOP
        )
        enough = last > at or self.info(at).zipf < UNKNOWN
        if not (titled and last > at) and not (verb and enough):
            return None
        if last == at and not (before.finite and before.cues) and not auxiliary:
            return None
        return ActorSpan(at, last, at, last, ActorType.PERSON, named=True)
