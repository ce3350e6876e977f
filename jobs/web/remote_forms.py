"""Forms about likeness and the floor of piecework. They check shape; what the house thinks is said in services."""

from django import forms
from django.utils.translation import gettext_lazy as _

from hubs.models import Hub
from jobs.enums import LikenessPart, Territory
from jobs.web.forms import ByName, DayInput, choose_from


class LikenessForm(forms.Form):
    """What a crew asks one person for."""

    parts = forms.MultipleChoiceField(
        label=_("What you ask for"), choices=LikenessPart.choices, widget=forms.CheckboxSelectMultiple
    )
    use = forms.CharField(
        label=_("What it is used for"),
        max_length=200,
        help_text=_(
            "Name the scenes and the kind of copy: “face swapped onto the stunt double, episodes 12 to 14”."
        ),
    )
    territory = forms.ChoiceField(
        label=_("Where it may be shown"), choices=Territory.choices, initial=Territory.MAINLAND
    )
    until = forms.DateField(
        label=_("Until"), widget=DayInput, help_text=_("The last day. There is no “for ever” here.")
    )
    fee = forms.IntegerField(
        label=_("Fee, yuan"), min_value=1, help_text=_("For the likeness alone, on top of the day rate.")
    )
    training_asked = forms.BooleanField(
        label=_("Also ask whether a model may be trained with it"),
        required=False,
        help_text=_("The answer is no unless the person says yes to this by itself."),
    )


class FloorForm(forms.Form):
    """A floor under an hour of piecework."""

    hub = ByName(
        label=_("Hub"),
        queryset=Hub.objects.none(),
        required=False,
        empty_label=_("Everywhere without a floor of its own"),
    )
    yuan = forms.IntegerField(label=_("Yuan an hour, at least"), min_value=1, max_value=1000)
    from_day = forms.DateField(label=_("From this day on"), widget=DayInput)
    source = forms.CharField(
        label=_("Source"),
        max_length=200,
        help_text=_("The notice or table the figure is taken from, with its date."),
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        choose_from(self, hub=Hub.objects.order_by("slug"))
