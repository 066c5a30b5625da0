from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from dashboard.core.models import Abstention

if TYPE_CHECKING:
    from dashboard.geoparse import Geoparser


def unknown(parser: Geoparser, text: str) -> list[str]:
    found = [one for one in parser.parse(text).resolutions if one.abstention is Abstention.NO_CANDIDATE]
    assert all(one.place is None and one.confidence == 0 and not one.candidates for one in found)
    assert all(text[one.mention.start : one.mention.end] == one.mention.text for one in found)
    return [one.mention.text for one in found]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("سجلت المحطة في قرية زرنقوخة ست درجات أقل من المعتاد.", ["زرنقوخة"]),
        ("وصلت القافلة إلى بلدة زرنقوخة ومنها إلى طبرق.", ["زرنقوخة"]),
        ("The convoy left the village of Zornqukha before dawn.", ["Zornqukha"]),
        ("Le convoi a quitté le village de Zornqoukha avant l'aube.", ["Zornqoukha"]),
        ("وصلت القافلة إلى القرية المجاورة قبل الفجر.", []),
        ("عاد سكان القرية زرافات إلى بيوتهم.", []),
        ("He has left the town, Iakobashvilo said.", []),
        ("عاش في مدينة كبيرة قرب البحر.", []),
    ],
)
def test_a_name_that_a_head_noun_announces_is_kept_without_a_place(
    full_parser: Geoparser, text: str, names: list[str]
) -> None:
    assert unknown(full_parser, text) == names


def test_mentions_stay_in_the_order_of_the_text(full_parser: Geoparser) -> None:
    found = full_parser.parse("من بلدة زرنقوخة إلى طبرق ثم بنغازي.").resolutions
    assert [one.mention.start for one in found] == sorted(one.mention.start for one in found)
    assert [one.mention.text for one in found] == ["زرنقوخة", "طبرق", "بنغازي"]
