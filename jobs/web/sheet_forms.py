"""Forms of a call sheet: the day, its scenes, and one small form a person."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hubs.models import Set
from jobs.models import CallSheet
from jobs.queries.call_sheet_drafts import COPIED, Draft
from jobs.services.call_sheets import MOST_SCENES, OwnTimes, Scene
from jobs.web.forms import TimeInput, choose_from

SPARE_SCENES = 3
"""Empty lines under the scenes, so that some can be added without a script."""


class SheetForm(forms.Form):
    """What a call sheet says to everybody."""

    general_call = forms.TimeField(label=_("General call"), widget=TimeInput)
    wrap = forms.TimeField(
        label=_("Expected wrap"),
        widget=TimeInput,
        required=False,
        help_text=_("Empty: the hours of the shoot."),
    )
    night_call = forms.TimeField(
        label=_("Call of the night roles"), widget=TimeInput, required=False, help_text=_("Empty: 18:00.")
    )
    sets = forms.ModelMultipleChoiceField(
        label=_("Sets"), queryset=Set.objects.none(), required=False, widget=forms.CheckboxSelectMultiple
    )
    place = forms.CharField(label=_("Other places"), max_length=200, required=False)
    weather = forms.CharField(label=_("Weather"), max_length=80, required=False)
    meals = forms.CharField(
        label=_("Meals"),
        max_length=200,
        required=False,
        help_text=_("When and where, such as: noon 12:00, tent B."),
    )
    transport = forms.CharField(
        label=_("Transport"),
        max_length=300,
        required=False,
        help_text=_("Where the bus stands, and when it leaves."),
    )
    hospital = forms.CharField(
        label=_("Nearest hospital"),
        max_length=200,
        required=False,
        help_text=_("Empty: the one on file for the base."),
    )
    note = forms.CharField(
        label=_("Note to all"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    TIMES = ("general_call", "wrap", "night_call")
    WORDS = ("place", "weather", "meals", "transport", "hospital", "note")

    def __init__(self, *args, draft: Draft, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        choose_from(self, sets=Set.objects.filter(base=draft.shoot.base_id))

    @property
    def times(self) -> list:
        return [self[name] for name in self.TIMES]

    @property
    def words(self) -> list:
        return [self[name] for name in self.WORDS]


class SceneForm(forms.Form):
    """A scene; a line without a number is no scene."""

    number = forms.CharField(label=_("Scene"), max_length=12, required=False)
    heading = forms.CharField(label=_("Where and when"), max_length=80, required=False)
    pages = forms.DecimalField(
        label=_("Script pages"), max_digits=4, decimal_places=1, min_value=0, required=False,
        widget=forms.NumberInput(attrs={"step": "0.1", "inputmode": "decimal"}),
    )  # fmt: skip
    cast = forms.CharField(label=_("Cast"), max_length=120, required=False)
    note = forms.CharField(label=_("What happens, what is needed"), max_length=200, required=False)

    def clean(self) -> dict[str, Any]:
        sent = self.cleaned_data
        if not sent.get("number") and any(sent.get(name) for name in ("heading", "pages", "cast", "note")):
            self.add_error("number", _("Give this scene its number, or empty the line."))
        return sent


SceneSet = forms.formset_factory(
    SceneForm, extra=SPARE_SCENES, max_num=MOST_SCENES, absolute_max=MOST_SCENES + 5
)


class PersonForm(forms.Form):
    """One person's own times."""

    call = forms.TimeField(label=_("Own call"), widget=TimeInput, required=False)
    wrap = forms.TimeField(label=_("Own wrap"), widget=TimeInput, required=False)
    note = forms.CharField(label=_("Note to her"), max_length=100, required=False)
    off = forms.BooleanField(label=_("Not called"), required=False)


def sheet_values(sheet: CallSheet, sets) -> dict[str, Any]:
    """Return the initial values of a SheetForm."""
    return {name: getattr(sheet, name) for name in COPIED} | {"sets": sets}


class DraftForms:
    """All forms of the draft page. `valid` says whether every one of them is; what was not sent is not touched."""

    def __init__(self, draft: Draft, data: Mapping[str, Any] | None = None) -> None:
        start = draft.start
        self.draft = draft
        self.sheet = SheetForm(data, draft=draft, initial=sheet_values(start.sheet, start.sets))
        scenes = [
            {name: getattr(each, name) for name in ("number", "heading", "pages", "cast", "note")}
            for each in start.scenes
        ]
        self.sent_scenes = data is not None and "scene-TOTAL_FORMS" in data
        self.scenes = SceneSet(data if self.sent_scenes else None, prefix="scene", initial=scenes)
        self.sent_people = data is not None and "people" in data
        self.people = {
            each.booking.pk: PersonForm(
                data if self.sent_people else None,
                prefix=f"p{each.booking.pk}",
                initial={
                    "call": each.own.call if each.own else None,
                    "wrap": each.own.wrap if each.own else None,
                    "note": each.own.note if each.own else "",
                    "off": each.own.off if each.own else False,
                },
            )
            for each in draft.people
        }

    @property
    def valid(self) -> bool:
        parts = [self.sheet.is_valid()]
        parts += [self.scenes.is_valid()] if self.sent_scenes else []
        parts += [form.is_valid() for form in self.people.values()] if self.sent_people else []
        return all(parts)

    @property
    def errors(self) -> bool:
        forms_sent = [self.sheet, *(self.people.values() if self.sent_people else ())]
        return any(form.errors for form in forms_sent) or bool(self.sent_scenes and any(self.scenes.errors))

    @property
    def wrong_lines(self) -> list[tuple[str, str, str]]:
        """(whose field, the id of its input, what is wrong) of scenes and people; those of the day stand on its form."""
        lines: list[tuple[str, forms.Form]] = []
        if self.sent_scenes:
            lines += [(str(_("Scene %(n)d")) % {"n": n}, form) for n, form in enumerate(self.scenes, 1)]
        if self.sent_people:
            lines += [
                (each.booking.profile.user.name, self.people[each.booking.pk]) for each in self.draft.people
            ]
        return [
            (f"{who}, {field.label}", field.id_for_label, " ".join(str(each) for each in field.errors))
            for who, form in lines
            for field in form
            if field.errors
        ]

    def values(self) -> dict[str, Any]:
        """Return what `call_sheets.save` takes; only after `valid`."""
        sent: dict[str, Any] = dict(self.sheet.cleaned_data)
        if self.sent_scenes:
            lines = [form.cleaned_data for form in self.scenes]
            sent["scenes"] = [Scene(**line) for line in lines if line.get("number")]
        if self.sent_people:
            sent["lines"] = {pk: OwnTimes(**form.cleaned_data) for pk, form in self.people.items()}
        return sent
