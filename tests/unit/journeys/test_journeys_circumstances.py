"""Is it so, by words that do not govern: after, during, any, used to, purposes, announcements."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("غادر خليفة حفتر باريس من دون أن يوقع على الهدنة.", "happened"),
        ("نفى خليفة حفتر الخبر بعد عودته إلى القاهرة.", "happened"),
        ("طالب خليفة حفتر بالدعم خلال زيارته إلى باريس.", "happened"),
        ("وخلال زيارته إلى باريس سيلتقي خليفة حفتر وزيرا.", "planned"),
        ("من المقرر أن يوقع خليفة حفتر الاتفاق خلال زيارته إلى باريس.", "planned"),
        ("وصل خليفة حفتر إلى القاهرة بعد نشر شائعات عن وفاته.", "denied"),
        ("وصل خليفة حفتر إلى القاهرة حيث ترددت شائعات عن وفاته.", "happened"),
        ("سيقوم خليفة حفتر بزيارة إلى باريس.", "planned"),
        ("كان خليفة حفتر يشارك في مؤتمر في باريس.", "happened"),
        ("هدد خليفة حفتر مرارا بالتوجه إلى باريس.", "hypothetical"),
        ("رفضت السلطات السماح لوفد فرنسي بالسفر إلى القاهرة.", "cancelled"),
        ("فتحت السلطات ممرات لإجلاء المدنيين من القاهرة.", "planned"),
        ("أعلنت السلطات إرسال وفد فرنسي إلى القاهرة.", "planned"),
        ("ساعدت السلطات المهاجرين الذين يصلون إلى باريس.", "habitual"),
        ("هل يزور خليفة حفتر باريس؟", "hypothetical"),
        ("يزور خليفة حفتر باريس قريبا.", "planned"),
        ("عبرت السفن نهر الدون للوصول إلى القاهرة.", "happened"),
    ],
)
def test_status_by_circumstances(read_legs, text, status):
    assert [leg.status for leg in read_legs(text)] == [status]
