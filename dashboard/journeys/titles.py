"""Titles with what modifies them, and the names that they stand before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.core.models import Kind
from dashboard.geoparse.lexicon import WordClass
from dashboard.journeys.models import ActorType
from dashboard.journeys.names import RARE_FIRST, NameReader
from dashboard.journeys.phrases import FORMER, KIN, ActorSpan, is_title, northern

if TYPE_CHECKING:
    from dashboard.journeys.document import Document
    from dashboard.journeys.vocabulary import WordInfo

__all__ = ["TitleReader"]

_MODIFIERS = 9  # words at most
_NAMED_AFTER = WordClass.HEAD_GENERIC | WordClass.HEAD_NAME | WordClass.STREET
_HEADS = WordClass.HEAD_GENERIC | WordClass.HEAD_NAME
_HELP = "مساعده"  # or a woman who assists: مساعدة وزير
_AFFAIRS = "بالاعمال"  # of a chargé
_OFFICE = 3  # words between whose it is and the office: Qatar's deputy prime minister
_ARTICLES = frozenset(["the", "his", "her", "their", "le", "la", "l", "son", "sa", "leur"])


class TitleReader(NameReader):
    """Reads titles, named or not, and the names of the table of actors."""

    def _known(self, at: int) -> ActorSpan | None:
        """Return an actor of the table that is named here."""
        found = self.table.match(self.document, at)
        if found is None:
            return None
        length, entry = found
        last = at + length - 1
        lead = self.title_before(at)
        particle = self.info(lead).particle if lead < at else _particle(self.document, at, entry.names)
        return ActorSpan(
            at,
            last,
            lead,
            last,
            entry.type,
            named=True,
            country=entry.country,
            particle=particle,
            entry=entry.id,
        )

    def title_before(self, at: int) -> int:
        """Return where the title of a name begins, walking back over its modifiers."""
        lead = at
        for back in range(at - 1, max(-1, at - _MODIFIERS), -1):
            if not self.joined(back + 1):
                break
            info = self.info(back)
            if is_title(info):
                lead = back
            elif not (info.country or info.folded.startswith("ال")):
                break
        return lead

    def names_a_building(self, at: int) -> bool:
        """Tell whether a title is part of the name of what is called after somebody: مطار الملك خالد."""
        return bool(self.arabic and at and self.joined(at) and self.info(at - 1).is_a(_NAMED_AFTER))

    def describes_place(self, at: int) -> bool:
        """Tell whether a word that may be a title is the head of a place's name: محافظة نينوى."""
        following = self.place_at.get(at + 1)
        return following is not None and following.lead <= at and self.info(at).is_a(_HEADS)

    def _is_adjective(self, at: int) -> bool:
        """Tell whether a definite title modifies the noun before it: التقارير الصحفية."""
        if not self.arabic or not at or not self.joined(at):
            return False
        info, before = self.info(at), self.info(at - 1)
        return (
            info.folded.startswith("ال")
            and info.folded.endswith(("ي", "يه"))
            and (before.folded.startswith(("ال", "وال")) or before.folded.endswith(("ه", "ها", "هم")))
            and info.country is None
            and at - 1 not in self.place_at
            and not (
                before.finite
                or is_title(before)
                or before.country
                or before.actor
                or before.is_a(WordClass.TIME)
            )
            and at - 1 not in self.dated
            and not self._backed(at)
        )

    def _titled(self, at: int) -> ActorSpan | None:  # noqa: PLR0911 - a way out for each sort
        """Read a title, what modifies it, and the name after it."""
        end, country = self._modifiers(at)
        if self.info(at).folded.endswith(_HELP) and (end == at or not is_title(self.info(at + 1))):
            return None  # مساعدة العمال
        first = self._past_direction(self._past_former(end + 1))
        known = (
            self.table.match(self.document, first) if first < len(self.words) and self.joined(first) else None
        )
        if known is not None and (self.info(at).folded.removeprefix("و") in KIN or self._of_whom(at, end)):
            last = first + known[0] - 1
            return ActorSpan(at, last, at, last, ActorType.PERSON, named=False)  # نجل خاشقجي, مستشار ترامب
        if known is not None:
            last = first + known[0] - 1
            home = known[1].country or country
            return ActorSpan(
                first,
                last,
                at,
                last,
                known[1].type,
                named=True,
                country=home,
                particle=self.info(at).particle,
                entry=known[1].id,
            )
        if self.info(at).folded.removeprefix("و") in KIN and known is None:
            name_end = self._name_end(end + 1, after_title=True)
            last = end if name_end is None else name_end
            return ActorSpan(at, last, at, last, ActorType.PERSON, named=False) if last > at else None
        name_end = self._name_end(first, after_title=True)
        particle = self.info(at).particle
        if "ك" in particle:
            return None  # كرئيس للبلاد: as what, not who
        if name_end is not None:
            return ActorSpan(
                first,
                name_end,
                at,
                name_end,
                ActorType.PERSON,
                named=True,
                country=country,
                particle=particle,
            )
        apposed = self._apposed(end)
        if apposed is not None:
            return ActorSpan(
                *apposed, at, apposed[1], ActorType.PERSON, named=True, country=country, particle=particle
            )
        belongs = self._country_after(end)
        if belongs is not None:
            country, end = belongs
        if not self.arabic:
            office = self._office(at, end)
            if office is not None or end == at:
                return office
        elif (
            end == at
            and "owned" not in self.info(at).roles
            and not self.info(at).folded.removeprefix(particle.replace("ال", "")).startswith(("ال", "the"))
        ):
            return None  # a title alone and indefinite says nobody
        return ActorSpan(at, end, at, end, ActorType.PERSON, named=False, country=country, particle=particle)

    def _of_whom(self, at: int, end: int) -> bool:
        """Tell whether a title without the article says whose somebody is, not what: مستشار ترامب, الرئيس ترامب."""
        info = self.info(at)
        bare = info.folded.removeprefix("و").removeprefix("ل").removeprefix("ب")
        definite = bare.startswith("ال") or info.folded.startswith("لل") or "ال" in info.particle
        return self.arabic and end == at and not definite and "owned" not in info.roles

    def _past_former(self, at: int) -> int:
        """Return where a name may begin after a word that says that an office is past: الرئيس السابق نيكسون."""
        former = self.arabic and at < len(self.words) and self.joined(at)
        return at + 1 if former and self.info(at).folded in FORMER else at

    def _past_direction(self, at: int) -> int:
        """Return where a name may begin after a direction and its country: قائد قوات شرق ليبيا خليفة حفتر."""
        name = at + 2
        if name >= len(self.words) or not all(self.joined(one) for one in range(at, name + 1)):
            return at
        named = self.table.match(self.document, name) is not None or self._begins_name(name)
        return name if named and self.info(at).is_a(WordClass.DIRECTION) else at

    def _office(self, at: int, end: int) -> ActorSpan | None:
        """Return an office with what says whose it is before it: Qatar's prime minister, the foreign minister."""
        for back in range(at - 1, max(-1, at - 2 - _OFFICE), -1):
            if not self.joined(back + 1):
                return None
            info = self.info(back)
            if info.folded == "s" and back - 1 in self.place_at:
                place = self.place_at[back - 1]
                country = place.place.place.country
                return ActorSpan(
                    place.first, end, place.first, end, ActorType.PERSON, named=False, country=country
                )
            if info.folded in _ARTICLES:
                return ActorSpan(back, end, back, end, ActorType.PERSON, named=False, country=info.country)
            if info.finite or info.cues or info.is_a(WordClass.STOP | WordClass.LOCATIVE):
                return None
        return None

    def _country_after(self, end: int) -> tuple[str | None, int] | None:
        """Return the country that a title belongs to by ل, and its last word: وزير الخارجية لجمهورية رواندا."""
        place = self.place_at.get(end + 1) or self.place_at.get(end + 2)
        if (
            place is None
            or place.lead != end + 1
            or place.role != "weak_to"
            or place.place.place.kind is not Kind.COUNTRY
        ):
            return None
        return place.place.place.country, place.last

    def _apposed(self, end: int) -> tuple[int, int] | None:
        """Return a name that follows a title after a comma: وزير الخارجية، سيرغي لافروف،."""
        first = end + 1
        if (
            first >= len(self.words)
            or self.words[first].gap.strip() not in ("،", ",")
            or not self.same(first)
        ):
            return None
        known = self.table.match(self.document, first)
        if known is not None:
            return first, first + known[0] - 1
        if not self._begins_name(first):
            return None
        name_end = self._run_end(first)
        return None if name_end == first else (first, name_end)

    def _modifiers(self, at: int) -> tuple[int, str | None]:
        """Return the last word of a title with its modifiers, and the country that they name."""
        end, country = at, None
        while end - at < _MODIFIERS and end + 1 < len(self.words) and self.joined(end + 1):
            following = end + 1
            info = self.info(following)
            if self.table.match(self.document, following):
                break
            towards = self.place_at.get(following + 1)
            if towards is not None and info.is_a(WordClass.DIRECTION) and self.joined(following + 1):
                country = country or towards.place.place.country  # قائد قوات شرق ليبيا
                end = towards.last
                continue
            if following in self.place_at:
                place = self.place_at[following]
                if place.role in ("to", "from", "via", "in", "weak_to", "away") or self.closed(end):
                    break
                if info.actor is None and info.country is None and self._begins_name(following) and end > at:
                    break
                country = country or place.place.place.country
                end = place.last
                continue
            if self._of_another_gender(at, end, following):
                break
            if self.describes_place(following) or not (
                self._modifies(following, info, first=end == at) or self._of_time(at, following)
            ):
                break
            country = northern(country, info) or info.country
            end = following
        return end, country

    def _of_another_gender(self, at: int, end: int, following: int) -> bool:
        """Tell whether a feminine adjective can't go on with a man's title: زيارة ولي العهد السعودي الأخيرة."""
        word, info = self.words[following].text, self.info(following)
        if not self.arabic or not word.endswith("ة") or not info.folded.startswith("ال"):
            return False
        plain = not info.is_a(WordClass.TITLE | WordClass.ORGANISATION | WordClass.GOVERNMENT)
        owned = end == at and "owned" in self.info(at).roles and not self.words[at].text.endswith("ة")
        before = self.info(end)
        man = end > at and before.country is not None and before.folded.endswith("ي")
        return plain and (owned or (man and "ال" in before.folded[:3]))

    def _of_time(self, at: int, following: int) -> bool:
        """Tell whether a word of time says of what an office is, and is no date: ولي العهد."""
        info = self.info(following)
        timed = info.is_a(WordClass.TIME) and not info.is_a(WordClass.NUMBER) and following not in self.dated
        annexed = following == at + 1 and "ال" not in self.info(at).folded[:3]
        return self.arabic and timed and annexed and info.folded.startswith("ال")

    def _modifies(self, at: int, info: WordInfo, *, first: bool) -> bool:  # noqa: PLR0911 - a way out for each mark
        """Tell whether a word goes on with a title: another title, an adjective, a definite noun, a ministry."""
        if not self.arabic:
            return self._modifies_latin(at, info)
        if info.country is not None:
            return not set(info.particle.replace("ال", "")) & set("بل")
        if info.is_a(WordClass.STOP | WordClass.LOCATIVE) or info.roles & {
            "relative",
            "boundary",
            "with",
            "light",
        }:
            return False
        if info.folded == _AFFAIRS:
            return True
        prepositions = set(info.particle.replace("ال", "")) & set("بلك")
        if prepositions and info.folded[:1] in "بلك" and info.folded[1:3] in ("ال", "ل"):
            return False
        if info.is_a(WordClass.TIME | WordClass.NUMBER):
            return False
        bare = info.folded.removeprefix("و")
        if bare.startswith("ال"):
            return not info.is_a(WordClass.GIVEN_NAME) or info.is_a(WordClass.TITLE | WordClass.ORGANISATION)
        if (
            info.is_a(WordClass.TITLE | WordClass.ORGANISATION | WordClass.GOVERNMENT)
            or info.actor is not None
        ):
            return not (info.cues and info.finite) or info.is_a(WordClass.TITLE | WordClass.ORGANISATION)
        # وزير خارجية, رئيس أركان, قائد قوات: a common noun in annexation, right after the title.
        verbal = info.is_a(WordClass.SPEECH | WordClass.GOVERNMENT_VERB | WordClass.MOTION) or info.finite
        return first and info.zipf >= RARE_FIRST and not verbal and not info.is_a(WordClass.GIVEN_NAME)

    def _modifies_latin(self, at: int, info: WordInfo) -> bool:
        word = self.words[at].text
        if info.country is not None or info.is_a(WordClass.TITLE | WordClass.GOVERNMENT):
            return True
        return info.folded in (
            "of",
            "the",
            "for",
            "de",
            "du",
            "des",
            "la",
            "le",
            "l",
            "d",
            "general",
            "chief",
        ) or (info.is_a(WordClass.ORGANISATION) and word[:1].islower())


def _particle(document: Document, at: int, names: frozenset[str]) -> str:
    """Return the particle glued to a name of the table."""
    folded = document.words[at].info.folded
    for particle in ("و", "ف", "ب", "ل", "ول", "وب"):
        if (
            folded.startswith(particle)
            and folded not in names
            and folded[len(particle) :] in {name.split()[0] for name in names}
        ):
            return particle
    return ""
