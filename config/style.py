"""The living style page: every component once, for those who build pages. Mounted only with DEBUG."""

from datetime import date, datetime, timedelta

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

STATES = ("draft", "proposed", "open", "accepted", "declined", "expired", "withdrawn", "failed", "wrapped")


class SpecimenForm(forms.Form):
    """One field of each kind."""

    name = forms.CharField(label=_("Name"), help_text=_("As on your identity card."))
    rate = forms.IntegerField(label=_("Day rate, yuan"), required=False)
    hub = forms.ChoiceField(label=_("Hub"), choices=[("zz", "郑州"), ("xa", "西安")])
    days = forms.MultipleChoiceField(
        label=_("Parts of the day"),
        choices=[("day", _("Day")), ("night", _("Night"))],
        widget=forms.CheckboxSelectMultiple(attrs={"class": "choices choices--chips"}),
    )
    travel = forms.BooleanField(label=_("I travel to other hubs"), required=False)
    message = forms.CharField(label=_("Message"), widget=forms.Textarea, required=False)


def style(request: HttpRequest) -> HttpResponse:
    """Show every component with made-up data."""
    now = timezone.now()
    return render(
        request,
        "style.html",
        {
            "form": SpecimenForm(),
            "wrong_form": SpecimenForm({"name": "", "rate": "many", "hub": "zz"}, prefix="wrong"),
            "states": STATES,
            "tints": range(6),
            "weeks": [[week * 7 + n - 1 for n in range(7)] for week in range(5)],
            "expires_at": now + timedelta(hours=2, minutes=10),
            "sent_at": datetime(2026, 12, 4, 10, 30, tzinfo=now.tzinfo),
            "span": (date(2026, 12, 5), date(2026, 12, 11)),
            "page": Paginator(range(40), 10).page(2),
        },
    )
