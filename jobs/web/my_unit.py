"""The page of one's unit: found it, send its number to the others, agree, apply, leave."""

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from config.errors import Conflict, DomainError, Invalid
from config.wording import sentence
from jobs.enums import ShootState, UnitKeep
from jobs.models import Shoot, Unit
from jobs.queries import bindings
from jobs.queries import units as questions
from jobs.services import unit_offers, units
from jobs.web.doors import graduates
from profiles.web.requests import GraduateRequest


class UnitForm(forms.Form):
    """Name and term of a unit."""

    name = forms.CharField(
        label=gettext_lazy("What you call yourselves"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    keep = forms.ChoiceField(
        label=gettext_lazy("You come to a shoot"),
        choices=UnitKeep.choices,
        widget=forms.RadioSelect,
        initial=UnitKeep.ALL,
    )
    least = forms.TypedChoiceField(
        label=gettext_lazy("If a part is enough: how many at least"),
        choices=[(number, str(number)) for number in range(2, 9)],
        coerce=int,
        required=False,
    )

    def clean_least(self) -> int:
        return self.cleaned_data["least"] or 2


@require_http_methods(["GET", "HEAD", "POST"])
@graduates
def my_unit(request: GraduateRequest) -> HttpResponse:
    """One's unit with its people, or the form to found one; POST founds or changes it."""
    unit = questions.of(request.profile)
    form = UnitForm(request.POST if request.method == "POST" else None, initial=_values(unit))
    if request.method == "POST" and form.is_valid():
        now = timezone.now()
        try:
            if unit is None:
                units.found(profile=request.profile, **form.cleaned_data, by=request.user, now=now)
                messages.success(request, _("Your unit is there. Now send its number to the others."))
            else:
                units.change(unit, **form.cleaned_data, by=request.user, now=now)
                messages.success(request, _("Changed. With a new term, each of the others is asked again."))
        except (Invalid, Conflict) as error:
            form.add_error(error.field if error.field in form.fields else None, sentence(error))
        else:
            return redirect("my_unit")
    return render(
        request, "jobs/my_unit.html", _context(request, unit, form), status=400 if form.errors else 200
    )


def _values(unit: Unit | None) -> dict:
    return {} if unit is None else {"name": unit.name, "keep": unit.keep, "least": unit.least or 2}


def _context(request: GraduateRequest, unit: Unit | None, form: UnitForm) -> dict:
    context: dict = {"unit": unit, "form": form, "profile": request.profile}
    if unit is None:
        return context
    seats = unit.seats  # type: ignore[attr-defined]
    mine = next(seat for seat in seats if seat.profile_id == request.profile.pk)
    whole = bindings.bound_unit(unit)
    return context | {
        "seats": seats,
        "mine": mine,
        "leads": unit.founder_id == request.profile.pk,
        "needed": whole.needed if whole else 0,
        "agreed": len(whole.people) if whole else 0,
        "link": request.build_absolute_uri(reverse("my_unit_join", args=[unit.code])),
        "offers": questions.offers_to(unit),
        "applications": questions.applications_of(unit),
    }


@require_http_methods(["GET", "HEAD", "POST"])
@graduates
def join(request: GraduateRequest, code: str) -> HttpResponse:
    """Who they are and on which term they move; POST is the consent."""
    unit = questions.by_code(code)
    if unit is None:
        raise Http404
    error = ""
    if request.method == "POST":
        try:
            units.join(unit, profile=request.profile, by=request.user, now=timezone.now())
        except DomainError as refusal:
            error = sentence(refusal)
        else:
            messages.success(request, _("You are in. From now on you are asked together."))
            return redirect("my_unit")
    inside = any(seat.profile_id == request.profile.pk for seat in unit.seats)  # type: ignore[attr-defined]
    context = {"unit": unit, "error": error, "inside": inside}
    return render(request, "jobs/unit_join.html", context, status=409 if error else 200)


@require_safe
@graduates
def look_up(request: GraduateRequest) -> HttpResponse:
    """Find a unit by the number somebody read out; a wrong one says so on the page."""
    typed = request.GET.get("number", "").replace("\0", "")
    unit = questions.by_code(typed) if typed.strip() else None
    if unit is not None:
        return redirect("my_unit_join", code=unit.code)
    messages.warning(
        request, _("There is no unit with this number. Ask for it again; letters and digits, eight of them.")
    )
    return redirect("my_unit")


@require_POST
@graduates
def act(request: GraduateRequest) -> HttpResponseRedirect:
    """Agree, leave, take somebody out, get another number."""
    unit, now, what = _mine(request), timezone.now(), request.POST.get("act", "")
    if what == "agree":
        units.agree(unit, by=request.user, now=now)
        messages.success(request, _("Agreed. You move with the others now."))
    elif what == "leave":
        units.leave(unit, by=request.user, now=now)
        messages.success(request, _("You have left the unit. Crews ask you by yourself again."))
    elif what == "remove":
        units.remove(unit, member_id=_number(request.POST.get("member", "")), by=request.user, now=now)
        messages.success(request, _("Taken out of the unit."))
    elif what == "renew":
        units.renew_code(unit, by=request.user, now=now)
        messages.success(request, _("The unit has a new number; the old one opens nothing any more."))
    else:
        raise Invalid("unknown_step", field="act")
    return redirect("my_unit")


@require_POST
@graduates
def apply(request: GraduateRequest, shoot_pk: int) -> HttpResponseRedirect:
    """Ask for a shoot for all of the unit."""
    shoot = get_object_or_404(Shoot.objects.filter(state=ShootState.OPEN), pk=shoot_pk)
    message = request.POST.get("message", "")[:300]
    made = unit_offers.apply(_mine(request), shoot, by=request.user, now=timezone.now(), message=message)
    words = ngettext(
        "Your unit has applied with %(n)d person.", "Your unit has applied with %(n)d people.", len(made)
    )
    messages.success(request, words % {"n": len(made)})
    return redirect("my_unit")


@require_POST
@graduates
def take_back(request: GraduateRequest, shoot_pk: int) -> HttpResponseRedirect:
    """Take back what the unit asked for on a shoot."""
    shoot = get_object_or_404(Shoot, pk=shoot_pk)
    unit_offers.take_back(_mine(request), shoot, by=request.user, now=timezone.now())
    messages.success(request, _("Your unit’s application is taken back."))
    return redirect("my_unit")


def _mine(request: GraduateRequest) -> Unit:
    unit = questions.of(request.profile)
    if unit is None:
        raise Conflict("no_unit")
    return unit


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 19 else 0


pages = [
    path("", my_unit, name="my_unit"),
    path("find/", look_up, name="my_unit_find"),
    path("act/", act, name="my_unit_act"),
    path("join/<slug:code>/", join, name="my_unit_join"),
    path("apply/<int:shoot_pk>/", apply, name="my_unit_apply"),
    path("take-back/<int:shoot_pk>/", take_back, name="my_unit_take_back"),
]
