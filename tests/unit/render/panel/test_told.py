from __future__ import annotations

import re

import pytest

from dashboard.intake.sentences import SENTENCES, refusal
from dashboard.render.panel.told import told_reasons, told_steps
from dashboard.words import LANGUAGES, messages, strings


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", SENTENCES)
def test_every_sentence_and_step_is_worded(code: str, language: str) -> None:
    names = re.findall(r"\{(\w+)\}", "".join(SENTENCES[code]))
    values = {name: f"<{name}>" for name in names}
    made = refusal(code, **values)
    reason = str(told_reasons([str(made)], strings(language)))
    assert f"refused_{code}" in messages(language)
    assert 'lang="en"' not in reason
    for name in names:
        if name == "detail" and language != "en":  # in the words of a library, which are English
            assert f">&lt;{name}&gt;<" not in reason
            assert f'title="&lt;{name}&gt;"' in reason
        else:
            assert f'<bdi dir="auto">&lt;{name}&gt;</bdi>' in reason
    step = str(told_steps([made.step], strings(language)))
    assert bool(step) is bool(made.step)
    assert 'lang="en"' not in step


def test_what_has_no_translation_says_that_it_is_english() -> None:
    assert 'lang="en"' in str(told_reasons(["Something <b>else</b>."], strings("ar")))
    assert "<b>" not in str(told_reasons(["Something <b>else</b>."], strings("ar")))
    assert "Something." in str(told_steps(["Something."], strings("ar")))
