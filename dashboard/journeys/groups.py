"""Groups and things that move, by their head nouns: delegations, troops, ships, aid, migrants."""

from __future__ import annotations

from dashboard.core.models import Kind
from dashboard.geoparse.lexicon import WordClass
from dashboard.journeys.models import ActorType
from dashboard.journeys.phrases import ActorSpan, Phrases, is_title, northern

__all__ = ["GroupReader"]

_MODIFIERS = 9  # words at most
_NO_NOUN = WordClass.STOP | WordClass.LOCATIVE | WordClass.NUMBER | WordClass.SPEECH
_QUOTED = (ActorType.FORCE, ActorType.VESSEL, ActorType.AIRCRAFT)  # whose names stand in quotation marks
_ADJECTIVE = (
    "يه",
    "يين",
    "يون",
    "ين",
    "ات",
    "ممي",
    "دني",
    "سكري",
    "ياسي",
    "سمي",
    "جنوبي",
    "شمالي",
    "طبي",
    "ولي",
)
_HIS_LAND = ("بلاده", "بلادها", "بلادهم")
_OWN_B = ("بحر", "بري", "بشر", "بلد", "بدو", "بيض", "بديل", "بسيط")  # adjectives that begin so by themselves
_COMMON = 5.9  # Zipf frequency above which a word is no adjective of a group
_MANY = frozenset(["الف", "الاف", "مييات", "ميات", "عشرات", "مليون", "ملايين"])
_FLOWS = "تدفقات"  # of migrants, or of capital
_PIECE = "جز"  # of a thing, seldom of a crowd: جزء من استراتيجية عزل العمال
_NUMBERS = frozenset(
    [
        "احد",
        "عشر",
        "اثني",
        "ثلاثه",
        "اربعه",
        "خمسه",
        "سته",
        "سبعه",
        "ثمانيه",
        "تسعه",
        "عشره",
        "ثلاث",
        "اربع",
        "خمس",
        "عشرون",
        "عشرين",
        "ميه",
        "مايه",
        "الف",
        "مليون",
        "مليوني",
        "ملايين",
        "نحو",
        "زها",
        "قرابه",
        "حوالي",
        "اكثر",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "deux",
        "trois",
        "quatre",
        "cinq",
    ]
)


class GroupReader(Phrases):
    """Reads groups."""

    def _is_group(self, at: int) -> bool:
        info = self.info(at)
        if self._is_of_a_people(at):
            return True
        if info.actor is None and not info.part:
            return False
        return not (info.cues and info.finite and not is_title(info)) or info.actor is not None

    def _group(self, at: int) -> ActorSpan | None:
        """Read a group: a number or share, its head noun, and what modifies it."""
        info = self.info(at)
        end, kind = at, info.actor
        if kind is None and self._is_of_a_people(at):
            kind = ActorType.PEOPLE
        if info.particle == "و" and at > 1 and self._counts(at - 2) and self._heads(at - 1):
            return None  # سبعة آلاف مدني ومسلح: the number counts both
        if info.part and info.actor is None and "ال" in info.particle and not self._partitive(at):
            return None  # الأحد, الأول
        if info.part and (info.actor is None or self._partitive(at)):
            inner = self._inner_head(at)
            if inner is None:
                if info.actor is None and not self._countable(at):
                    return None
                if info.actor is None:
                    kind, end = ActorType.PEOPLE, at + 2
            else:
                end = inner
                kind = self.info(inner).actor or kind or ActorType.PEOPLE
        if kind is None:
            return None
        if info.folded.endswith(_FLOWS) and not self._of_people(at + 1):
            return None  # تدفقات الاستثمار
        end, country = self._group_modifiers(end, kind)
        lead = self._counted_from(at)
        particle = self.info(lead).particle if lead == at else ""
        if kind is ActorType.PERSON and (lead < at or info.part):
            kind = ActorType.PEOPLE
        return ActorSpan(lead, end, lead, end, kind, named=False, country=country, particle=particle)

    def _counted_from(self, at: int) -> int:
        """Return where a group begins whose number stands before it: ستة ملايين زائر, ثلاثة من قادة التنظيم."""
        lead = at
        while lead > 0 and self.joined(lead) and lead - 1 not in self.dated:
            if self._counts(lead - 1):
                lead -= 1
            elif self._counts_out_of(lead - 1):
                lead -= 2
            else:
                break
        return lead

    def _counts_out_of(self, at: int) -> bool:
        """Tell whether «من» stands here after a number that is not one of a date."""
        if not self.arabic or at < 1 or self.info(at).folded != "من" or not self.joined(at):
            return False
        return self._counts(at - 1) and at - 1 not in self.dated and not self.words[at - 1].text[:1].isdigit()

    def _is_of_a_people(self, at: int) -> bool:
        """Tell whether an adjective of a country stands for people: ثلاثة فرنسيين, السوريون, Five Americans."""
        info = self.info(at)
        if info.country is None or info.actor is not None or at in self.place_at or at in self.dated:
            return False
        counted = at > 0 and self.joined(at) and self._counts(at - 1)
        if not self.arabic:
            return counted or (info.folded.endswith("s") and self.words[at].text[:1].isupper())
        after_noun = at > 0 and self.joined(at) and not self.info(at - 1).is_a(_NO_NOUN)
        plural = info.folded.endswith(("يون", "يين")) and "ال" in info.particle
        return counted or (plural and not (after_noun and self.info(at - 1).folded.startswith("ال")))

    def _counts(self, at: int) -> bool:
        info = self.info(at)
        return info.is_a(WordClass.NUMBER) or info.folded in _NUMBERS or info.folded.isdecimal()

    def _partitive(self, at: int) -> bool:
        """Tell whether of follows a share, at once or after its number: الدفعة الأولى من المعتمرين."""
        following = at + 1
        if self._ordinal(at):
            following += 1
        return following < len(self.words) and self.info(following).folded in ("من", "of", "de", "d", "des")

    def _ordinal(self, at: int) -> bool:
        """Tell whether a definite share is followed by a definite adjective and of."""
        if not self.arabic or "ال" not in self.info(at).particle or at + 2 >= len(self.words):
            return False
        adjective = self.info(at + 1)
        plain = adjective.folded.startswith("ال") and adjective.actor is None
        return plain and self.joined(at + 1) and self.joined(at + 2) and self.info(at + 2).folded == "من"

    def _countable(self, at: int) -> bool:
        """Tell whether a great number is followed by of and a definite noun: 700 ألف من الروهينغا."""
        if not self._partitive(at) or at + 2 >= len(self.words) or at + 2 in self.place_at:
            return False
        return self.info(at).folded in _MANY and self.info(at + 2).folded.startswith("ال")

    def _inner_head(self, at: int) -> int | None:
        """Return the head noun of the whole that a share is of: مجموعة من الضباط, دفعة من الجرحى."""
        if self.info(at).folded.endswith(_PIECE):
            return at + 2 if self._partitive(at) and self._heads(at + 2) else None
        for inner in range(at + 1, min(at + 5, len(self.words))):
            if not self.joined(inner):
                return None
            info = self.info(inner)
            if info.actor is not None or self._is_of_a_people(inner):
                definite = self.info(inner - 1).folded.startswith("ال") and inner - 1 > at
                return None if definite and not info.folded.startswith("ال") else inner
            if inner in self.dated or info.is_a(WordClass.SPEECH | WordClass.GOVERNMENT_VERB):
                return None
            if info.finite or (info.is_a(WordClass.LOCATIVE) and info.folded not in ("من", "of", "de")):
                return None
        return None

    def _of_people(self, at: int) -> bool:
        """Tell whether a word names people, or their migration."""
        if at >= len(self.words) or not self.joined(at):
            return False
        return self.info(at).actor is ActorType.PEOPLE or bool(self.info(at).cues)

    def _accusative(self, at: int) -> bool:
        """Tell whether an adjective follows its noun in the accusative: وفدا عسكريا; an adverb follows others."""
        before = self.words[at - 1].text.rstrip("\u064b")
        return at > 0 and self.info(at).folded.endswith("يا") and before.endswith("ا")

    def _heads(self, at: int) -> bool:
        return at < len(self.words) and self.info(at).actor is not None

    def _group_modifiers(self, end: int, kind: ActorType) -> tuple[int, str | None]:
        country = None
        start = end
        definite = self.arabic and "ال" in self.info(start).particle
        while end - start < _MODIFIERS and end + 1 < len(self.words) and self.joined(end + 1):
            following = end + 1
            info = self.info(following)
            if "land" in info.roles and following not in self.place_at:
                break  # عبر اللاجئون الحدود
            if following in self.place_at:
                place = self.place_at[following]
                if (
                    place.place.place.kind is Kind.WATER
                    or (start > 0 and end == start and self._counts(start - 1))  # 4000 مهاجر إسرائيل
                    or place.role in ("to", "from", "via", "in", "weak_to", "near", "away")
                    or not self.arabic
                    or self.closed(end)
                ):
                    break
                country = country or place.place.place.country
                end = place.last
                continue
            if self._of_a_body(following, kind):
                country, end = country or self.info(following + 1).country, following + 1
                continue
            if info.is_a(WordClass.HEAD_GENERIC | WordClass.HEAD_NAME) and following + 1 in self.place_at:
                break  # زار وفد محافظة نينوى
            if self._ends_phrase(start, end, following):
                break  # أحد معاوني السفير طائرة
            quoted = '"' in self.words[following].gap and kind not in _QUOTED
            loose = definite and info.folded[:1] not in "او" and not info.country
            if loose and (info.actor or not info.is_a(WordClass.ORGANISATION)):
                break  # البعثة المصرية مباشرة, اللقاح فعالية
            if (
                quoted
                or not self._modifies_group(following)
                or (info.actor not in (None, kind) and info.particle.startswith("و"))
            ):
                break
            country = northern(country, info) or info.country
            end = following
        return end, country

    def _ends_phrase(self, start: int, end: int, following: int) -> bool:
        """Tell whether a noun without the article follows a definite one, and so is none of its modifiers."""
        if not self.arabic or end == start or not self.info(end).folded.startswith(("ال", "وال")):
            return False
        info = self.info(following)
        return not (info.folded.startswith(("ال", "وال")) or info.country or following in self.place_at)

    def _of_a_body(self, at: int, kind: ActorType) -> bool:
        """Tell whether «من» and the name of a body say whose delegation or troops these are: وفد من مجلس النواب."""
        if kind not in (ActorType.DELEGATION, ActorType.FORCE) or self.info(at).folded != "من":
            return False
        after = at + 1
        return (
            after < len(self.words)
            and after not in self.place_at
            and self.joined(after)
            and self.info(after).is_a(WordClass.ORGANISATION | WordClass.GOVERNMENT)
        )

    def _modifies_group(self, at: int) -> bool:  # noqa: PLR0911 - a way out for each mark
        info = self.info(at)
        if not self.arabic:
            return info.actor is not None
        if info.finite or info.cues or info.is_a(WordClass.STOP | WordClass.LOCATIVE | WordClass.TIME):
            return False
        if info.roles & {"relative", "boundary", "with", "light", "to", "from", "via", "in", "near"}:
            return False
        if set(info.particle.replace("ال", "")) & set("بلك") and info.folded[:1] in "بلك":
            return False
        if info.folded.startswith(("بال", "كال", "لل")):
            return False
        owned = info.folded in _HIS_LAND  # قوات بلاده
        if owned or info.country or info.is_a(WordClass.ORGANISATION) or info.actor is not None:
            return True
        bare = info.folded.removeprefix("و")
        if info.folded.startswith("وال") and not bare.endswith(_ADJECTIVE):
            return False  # المحققين والعبث
        if bare.startswith("ب") and not bare.startswith(_OWN_B):
            return False  # ثلاثة دبلوماسيين بتهمة
        return bare.startswith("ال") or (
            (bare.endswith(_ADJECTIVE) or self._accusative(at) or self.words[at].text.endswith("ة"))
            and 0 < info.zipf < _COMMON
            and not info.is_a(WordClass.GIVEN_NAME)
        )
