"""Before the first call: coming or not, giving a booking back from either side, and who did not show."""

from datetime import datetime

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from config.errors import Conflict, NotAllowed
from config.wording import sentence
from jobs import policies
from jobs.enums import BookingState, GivenUp, Side
from jobs.models import Booking, Confirmation
from jobs.queries import cancelling
from jobs.queries.bookings import with_place
from jobs.services import bookings, confirmations
from jobs.web.cancel_words import table
from jobs.web.doors import found, profile_of
from jobs.web.forms import ReasonForm
from profiles.web.requests import PersonRequest


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def confirm(request: PersonRequest, pk: int) -> HttpResponse:
    """Are you coming? One button says yes; the other way out is the page of giving back."""
    booking = _booking(request, pk)
    if booking.profile.user_id != request.user.pk:
        raise NotAllowed("not_yours")
    if request.method == "POST":
        try:
            confirmations.confirm(booking, by=request.user, now=timezone.now())
        except Conflict as error:
            messages.info(request, sentence(error))
        else:
            messages.success(request, _("Confirmed. The crew counts on you."))
        return redirect("bookings:confirm", pk=pk)
    asked = Confirmation.objects.filter(booking=booking).first()
    call = cancelling.outcome(
        booking, kind=GivenUp.CANCELLED, side=Side.GRADUATE, now=timezone.now()
    ).first_call
    context = {"booking": booking, "asked": asked, "call": call}
    return render(request, "jobs/booking_confirm.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def cancel(request: PersonRequest, pk: int) -> HttpResponse:
    """A page that says what will happen, by the table that was agreed; POST does it."""
    booking = _booking(request, pk)
    if not policies.may_cancel_booking(request.user, booking):
        raise NotAllowed("not_yours")
    now = timezone.now()
    mine = profile_of(request.user) == booking.profile
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        bookings.cancel(booking=booking, by=request.user, now=now, reason=form.cleaned_data["reason"])
        if mine:
            messages.success(request, _("You have given the place back. The crew has been told."))
            return redirect("my_calendar")
        messages.success(request, _("The booking is cancelled. The place is offered to the next person now."))
        return redirect("shoots:vacancies", pk=booking.role.shoot_id)
    over = mine and cancelling.is_over(booking, now)
    context = {"booking": booking, "mine": mine, "form": form, "over": over} | _what_follows(
        booking, mine, now
    )
    return render(request, "jobs/booking_cancel.html", context, status=400 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def no_show(request: PersonRequest, pk: int) -> HttpResponse:
    """Did not show: one press ends the booking and asks three others for the rest of the days."""
    booking = _booking(request, pk)
    if not policies.may_edit_shoot(request.user, booking.role.shoot):
        raise NotAllowed("not_yours")
    now = timezone.now()
    if request.method == "POST":
        try:
            bookings.did_not_show(booking, by=request.user, now=now)
        except Conflict as error:
            messages.info(request, sentence(error))
            return redirect("bookings:no_show", pk=pk)
        messages.success(request, _("Noted. The place is being offered for the rest of the days right now."))
        return redirect("shoots:vacancies", pk=booking.role.shoot_id)
    context = {
        "booking": booking,
        "rest": cancelling.rest_of(booking.role, booking.days, now),
        "strikes": cancelling.terms(booking.offer).no_show,
    }
    return render(request, "jobs/booking_no_show.html", context)


def _booking(request: PersonRequest, pk: int) -> Booking:
    return found(with_place(policies.visible_bookings(request.user)), pk)


def _what_follows(booking: Booking, mine: bool, now: datetime) -> dict:
    """The table, the line of it that is reached now, and what that means."""
    if booking.state != BookingState.CONFIRMED:
        return {}
    side = Side.GRADUATE if mine else Side.CREW
    said = cancelling.outcome(booking, kind=GivenUp.CANCELLED, side=side, now=now)
    return {"outcome": said, "terms": table(booking.offer, reached=said)}
