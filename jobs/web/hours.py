"""Her hours day by day, and her word about them; the crew's answer to it."""

from datetime import date

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from config.errors import Conflict, DomainError, Invalid, NotAllowed
from config.wording import sentence
from jobs import policies
from jobs.models import Booking, HoursObjection
from jobs.queries import hours as questions
from jobs.services import hours
from jobs.web.doors import found, graduates
from jobs.web.forms import TimeInput
from profiles.web.requests import GraduateRequest, PersonRequest

SHOOTS_A_PAGE = 6


class HoursForm(forms.Form):
    """From when to when she was there, and a few words."""

    came = forms.TimeField(label=gettext_lazy("I came at"), widget=TimeInput)
    left = forms.TimeField(label=gettext_lazy("I left at"), widget=TimeInput)
    words = forms.CharField(label=gettext_lazy("What happened"), max_length=hours.LONGEST, required=False)


@require_safe
@graduates
def my_hours(request: GraduateRequest) -> HttpResponse:
    """Each shoot with its days: in, out, how long, and the way to say that it was otherwise."""
    return _page(request)


def _page(
    request: PersonRequest, form: HoursForm | None = None, at: tuple[int, date] | None = None
) -> HttpResponse:
    now = timezone.now()
    page = Paginator(questions.bookings_of(request.user, now), SHOOTS_A_PAGE).get_page(
        request.GET.get("page")
    )
    context = {
        "page": page,
        "stays": questions.stays(list(page), now),
        "form": form,
        "at_booking": at[0] if at else None,
        "at_day": at[1] if at else None,
        "within": questions.OBJECT_WITHIN.days,
    }
    return render(request, "jobs/my_hours.html", context, status=400 if form is not None else 200)


@require_POST
@login_required
def objection(request: PersonRequest, pk: int, day: date) -> HttpResponse:
    """She says that her hours of a day were others."""
    rows = policies.visible_bookings(request.user).select_related(
        "profile__user", "role__shoot__crew", "offer"
    )
    booking: Booking = found(rows, pk)
    if booking.profile.user_id != request.user.pk:
        raise NotAllowed("not_yours")
    form = HoursForm(request.POST)
    if form.is_valid():
        try:
            hours.object_to(booking, day, by=request.user, now=timezone.now(), **form.cleaned_data)
        except (Conflict, Invalid) as error:
            form.add_error(error.field if error.field in form.fields else None, sentence(error))
        else:
            messages.success(request, _("Your word is with the crew. It stands in your evidence pack."))
            return redirect("my_hours")
    return _page(request, form, (pk, day))


@require_POST
@login_required
def answer(request: PersonRequest, pk: int, objection_pk: int) -> HttpResponseRedirect:
    """The crew takes her hours over, or says why what was noted stands."""
    shoot = found(policies.visible_shoots(request.user).select_related("crew"), pk)
    row = found(
        HoursObjection.objects.filter(booking__role__shoot=shoot).select_related(
            "booking__role__shoot__crew"
        ),
        objection_pk,
    )
    now = timezone.now()
    try:
        if request.POST.get("do") == "take":
            hours.take_over(row, by=request.user, now=now)
        else:
            hours.stand_by(row, words=request.POST.get("words", ""), by=request.user, now=now)
    except DomainError as error:
        if error.code == "not_yours":
            raise
        messages.error(request, sentence(error))
    else:
        messages.success(request, _("Answered. Both words stand in the evidence."))
    return redirect(f"{reverse('shoots:wages', args=[pk])}#hours")
