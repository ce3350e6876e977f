"""Forms of appeals: shape only; what the house thinks of it is said by the service."""

from django import forms
from django.utils.translation import gettext_lazy as _

from jobs.enums import AppealGround


class AppealForm(forms.Form):
    """Why it was otherwise."""

    ground = forms.ChoiceField(
        label=_("What kept you?"), choices=AppealGround.choices, widget=forms.RadioSelect
    )
    words = forms.CharField(
        label=_("What happened"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("When, where, and whom you told. An admin reads it, and so does the other side."),
    )
    proof = forms.CharField(
        label=_("Proof"),
        max_length=300,
        required=False,
        help_text=_("Number of the weather warning, of the notice, of the certificate; or an address."),
    )

    paper = forms.FileField(
        label=_("Photo or PDF of it"),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp,application/pdf"}),
        help_text=_("A photo up to 12 MB or a PDF up to 4 MB. Only admins see it, never the other side."),
    )


class DecisionForm(forms.Form):
    """The admin's decision."""

    outcome = forms.ChoiceField(
        label=_("Decision"),
        choices=[("uphold", _("It stands")), ("overturn", _("It is taken back"))],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=_("Reason"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Both sides read it."),
    )
