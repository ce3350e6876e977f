"""What our renderer writes by itself is what Django's templates write, to the letter."""

import datetime as dt

import pytest
from django import forms
from django.forms.renderers import TemplatesSetting
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy

from config.forms import TAGS, JinzuRenderer

CHOICES = [
    ("", "–"),
    ("a", "<A> & “B”"),
    (7, 12_345.5),
    (gettext_lazy("Roles"), [("x", gettext_lazy("Hubs")), (True, mark_safe("<b>y</b>"))]),
]
ODD = {"class": 'wide "x"', "required": True, "hidden": False, "data-n": 1_234, "data-safe": mark_safe("<i>")}
VALUES = [None, "", "a", "say \"<no>\" & 'yes'", 1_234_567, dt.date(2026, 12, 5), mark_safe("&amp;"), True, 0]
WIDGETS = [
    *(
        forms.TextInput,
        forms.NumberInput,
        forms.EmailInput,
        forms.URLInput,
        forms.TelInput,
        forms.SearchInput,
    ),
    *(forms.ColorInput, forms.HiddenInput, forms.DateInput, forms.DateTimeInput, forms.TimeInput),
    *(forms.CheckboxInput, forms.Textarea, forms.Select, forms.NullBooleanSelect, forms.SelectMultiple),
    *(forms.RadioSelect, forms.CheckboxSelectMultiple),
]


def drawn(widget, value, renderer, attrs):
    return widget.render("field<1>", value, attrs=attrs, renderer=renderer)


@pytest.mark.parametrize("value", VALUES, ids=repr)
@pytest.mark.parametrize("widget", WIDGETS, ids=lambda widget: widget.__name__)
def test_a_widget_is_drawn_as_by_its_template(widget, value):
    choices = {"choices": CHOICES} if issubclass(widget, forms.widgets.ChoiceWidget) else {}
    if widget is forms.NullBooleanSelect:
        choices = {}
    for attrs in ({}, {"id": "id_field"}, ODD):
        made = widget(**choices)
        if isinstance(made, forms.SelectMultiple | forms.CheckboxSelectMultiple):
            value = [value] if value else []
        ours, theirs = (drawn(made, value, each, attrs) for each in (JinzuRenderer(), TemplatesSetting()))
        assert ours == theirs
        assert made.template_name in TAGS


def test_a_password_is_never_written_back():
    ours = drawn(forms.PasswordInput(), "secret", JinzuRenderer(), {"id": "id_password"})
    assert ours == '<input type="password" name="field&lt;1&gt;" id="id_password">'


@pytest.mark.parametrize("widget", [forms.ClearableFileInput, forms.SplitDateTimeWidget])
def test_what_is_more_than_a_tag_is_left_to_its_template(widget):
    ours, theirs = (
        drawn(widget(), None, each, {"id": "x"}) for each in (JinzuRenderer(), TemplatesSetting())
    )
    assert ours == theirs
    assert widget.template_name not in TAGS
