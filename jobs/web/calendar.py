"""A graduate's shoots: a month, a list, and a feed for any calendar."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from hubs.timespan import shoot_day_of
from jobs.calendars import ics
from jobs.enums import BookingState
from jobs.queries import bookings, cancelling
from jobs.queries.her_calls import her_calls
from jobs.web import months
from jobs.web.doors import graduates
from profiles.services import addresses
from profiles.web.requests import GraduateRequest


@require_safe
@graduates
def my_calendar(request: GraduateRequest) -> HttpResponse:
    """One month as a table and as a list, with the address of the feed."""
    now = timezone.now()
    today = shoot_day_of(now)
    month = months.parse(request.GET.get("month", ""), today)
    mine = list(bookings.calendar_for(request.user, month))
    context = {
        "month": month,
        "weeks": months.weeks(month, mine, today),
        "bookings": mine,
        "unwrapped": [
            each for each in mine if each.state == BookingState.CONFIRMED and cancelling.is_over(each, now)
        ],
        "before": months.shifted(month, -1),
        "after": months.shifted(month, 1),
        "is_now": month == today.replace(day=1),
        "feed_url": request.build_absolute_uri(reverse("calendar_feed", args=[request.profile.feed_token])),
    }
    return render(request, "jobs/calendar.html", context)


@require_safe
@never_cache
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """The shoots behind a secret address, as iCalendar. A wrong token answers like a missing page."""
    mine = bookings.feed(token)
    if mine is None:
        raise Http404
    entries = ics.build(mine, now=timezone.now(), calls=_calls(mine))
    return HttpResponse(entries, content_type="text/calendar; charset=utf-8")


def _calls(mine) -> list[ics.Call]:
    by_id = {booking.pk: booking for booking in mine}
    return [
        ics.Call(by_id[pk], day, call.stint.call, call.stint.wrap, call.sheet.version, call.off, call.note)
        for (pk, day), call in her_calls(by_id.values()).items()
    ]


@require_POST
@graduates
def renew(request: GraduateRequest) -> HttpResponseRedirect:
    """A new secret address for her calendar; the old one answers like a missing page from now on."""
    addresses.renew_feed(profile=request.profile, by=request.user)
    messages.success(
        request, _("Your calendar has a new address. The old one is dead; subscribe again where you used it.")
    )
    return redirect("my_calendar")
