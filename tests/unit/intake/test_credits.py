from __future__ import annotations

import pytest

from dashboard.intake.credits import find_origin

BODY = "وصلت سفينة تحمل القمح إلى الميناء مساء الأحد، ونقلت رويترز عن مدير الميناء أن تفريغها يبدأ غدا."


@pytest.mark.parametrize(
    ("text", "origin"),
    [
        (f"سفينة قمح\n\nبنغازي (رويترز) - {BODY}", "رويترز"),
        (f"سفينة قمح\n\nطرابلس 3 مايو 2018 (وال) – {BODY}", "وال"),
        (f"سفينة قمح\n\nإسطنبول/ الأناضول\n{BODY}", "الأناضول"),
        (f"سفينة قمح\n\nباريس - أ ف ب - {BODY}", "فرانس برس"),
        ("Wheat\n\nBENGHAZI (Reuters) - A ship docked.", "رويترز"),
        ("Blé\n\nBENGHAZI (AFP) – Un navire a accosté.", "فرانس برس"),
        (f"سفينة قمح\n\n{BODY}\nالمصدر: رويترز", "رويترز"),
        (f"سفينة قمح\n\n{BODY}\n(أ ف ب)", "فرانس برس"),
        (f"سفينة قمح\n\n{BODY} (د ب أ)", "د ب أ"),
        (f"سفينة قمح\n\n{BODY}", None),
        (f"سفينة قمح\n\n{BODY}\nالمصدر: وكالات", None),
        (f"سفينة قمح\n\n{BODY}\nرويترز / أ ف ب", None),
        ("قال وزير الدفاع (رويترز ليست هنا)", None),
        (f"سفينة قمح\n\n{BODY}\nوذلك وفقا لما نقلته وكالة الأنباء الليبية (وال).", None),
        (f"رويترز: سفينة قمح تصل\n\n{BODY}", None),
        ("", None),
    ],
)
def test_an_agency_is_credited_by_a_dateline_or_a_line_of_its_own(text, origin):
    assert find_origin(text) == origin


def test_the_paper_itself_is_no_origin():
    text = f"سفينة قمح\n\nبنغازي (رويترز) - {BODY}"
    assert find_origin(text, "Reuters") is None
    assert find_origin(text, "بوابة الوسط") == "رويترز"
