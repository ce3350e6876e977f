"""Giving a booking back, from either side."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from config.errors import NotAllowed
from jobs import policies
from jobs.services import bookings
from jobs.web.doors import found, profile_of
from jobs.web.forms import ReasonForm
from profiles.web.requests import PersonRequest


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def cancel(request: PersonRequest, pk: int) -> HttpResponse:
    """A page that says what will happen; POST does it."""
    booking = found(
        policies.visible_bookings(request.user).select_related(
            "profile__user", "role__role_type", "role__shoot__base__hub", "role__shoot__crew"
        ),
        pk,
    )
    if not policies.may_cancel_booking(request.user, booking):
        raise NotAllowed("not_yours")
    mine = profile_of(request.user) == booking.profile
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        bookings.cancel(
            booking=booking, by=request.user, now=timezone.now(), reason=form.cleaned_data["reason"]
        )
        if mine:
            messages.success(request, _("You have given the place back. The crew has been told."))
            return redirect("my_calendar")
        messages.success(request, _("The booking is cancelled. The place is offered to the next person now."))
        return redirect("shoots:board", pk=booking.role.shoot_id)
    context = {"booking": booking, "mine": mine, "form": form}
    return render(request, "jobs/booking_cancel.html", context, status=400 if form.errors else 200)
