"""Words for plain values of a form's fields."""

import pytest
from django import forms
from django.utils.translation import override

from jobs.web.draft_words import said

PLAIN = [("day", "By day"), ("night", "By night")]
GROUPED = [("Outside", [("day", "By day")]), ("Inside", [("night", "By night")])]


@pytest.mark.parametrize("choices", [PLAIN, GROUPED, lambda: PLAIN], ids=["plain", "grouped", "computed"])
def test_a_choice_is_said_by_its_label(choices):
    with override("en"):
        assert said(forms.ChoiceField(choices=choices), "night") == "By night"
        assert said(forms.MultipleChoiceField(choices=choices), ["day", "night"]) == "By day, By night"
        assert said(forms.MultipleChoiceField(choices=choices), []) == "none"
