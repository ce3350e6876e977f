"""Sets by days: the grid of a base for everybody, and the page on which a crew takes what is free."""

from datetime import date, time, timedelta

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from config.errors import Conflict, Invalid
from config.wording import sentence
from hubs.models import Base, Set
from hubs.timespan import DaySpan, shoot_day_of
from jobs import policies
from jobs.enums import SetBookingState, SetPart, ShootState
from jobs.models import SetBooking, Shoot
from jobs.queries import sets as questions
from jobs.services import set_bookings
from jobs.services.set_bookings import MOST_WISHES, Asked, Wish
from jobs.web.doors import found
from jobs.web.shoots import editable
from profiles.web.requests import PersonRequest

DAYS_SHOWN = 14
FARTHEST = timedelta(days=366)


@require_safe
def base_days(request: HttpRequest, slug: str) -> HttpResponse:
    """Two weeks of a base: which sets are free, how full each day is. Public; nobody's name is on it."""
    base = get_object_or_404(Base.objects.published().select_related("hub"), slug=slug)
    today = shoot_day_of(timezone.now())
    first = min(max(_day(request.GET.get("from")) or today, today), today + FARTHEST)
    days = DaySpan(first, first + timedelta(days=DAYS_SHOWN))
    own = policies.visible_shoots(request.user).filter(
        base=base, state__in=[ShootState.DRAFT, ShootState.OPEN], days__endswith__gt=today
    )
    context = {
        "base": base,
        "grid": questions.grid(base, days, today=today),
        "earlier": max(first - timedelta(days=DAYS_SHOWN), today) if first > today else None,
        "later": days.end,
        "own_shoots": own.order_by("days")[:6] if request.user.is_authenticated else (),
    }
    return render(request, "jobs/base_days.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def sets(request: PersonRequest, pk: int) -> HttpResponse:
    """The sets of a shoot: what it has, what waits for an answer, and the grid to take more from."""
    shoot = found(policies.visible_shoots(request.user).select_related("crew", "base__hub"), pk)
    refused = None
    if request.method == "POST":
        shoot = editable(request, pk)
        try:
            asked = set_bookings.ask(shoot, _wishes(request, shoot), by=request.user, now=timezone.now())
        except (Invalid, Conflict) as error:
            refused = error
        else:
            _tell(request, asked)
            return redirect("shoots:sets", pk=pk)
    return render(
        request,
        "jobs/shoot_sets.html",
        _page(request, shoot, refused),
        status=refused.status if refused else 200,
    )


@require_POST
@login_required
def release(request: PersonRequest, pk: int, booking_pk: int) -> HttpResponseRedirect:
    """Give a set back, or leave its waiting list."""
    booking = _booking(request, pk, booking_pk)
    waited = booking.state == SetBookingState.WAITING
    set_bookings.release(booking, by=request.user, now=timezone.now())
    if waited:
        messages.success(request, _("You are off the waiting list."))
    else:
        messages.success(request, _("Given back. If a crew is waiting, it is being asked now."))
    return redirect("shoots:sets", pk=pk)


@require_POST
@login_required
def confirm(request: PersonRequest, pk: int, booking_pk: int) -> HttpResponseRedirect:
    """Take what came free."""
    set_bookings.confirm(_booking(request, pk, booking_pk), by=request.user, now=timezone.now())
    messages.success(request, _("Confirmed: it is yours."))
    return redirect("shoots:sets", pk=pk)


def _booking(request: PersonRequest, pk: int, booking_pk: int) -> SetBooking:
    shoot = editable(request, pk)
    rows = SetBooking.objects.filter(shoot=shoot).select_related("shoot__crew", "place", "set")
    return found(rows, booking_pk)


def _page(request: PersonRequest, shoot: Shoot, refused: Invalid | Conflict | None) -> dict:
    now = timezone.now()
    today = shoot_day_of(now)
    grid = questions.grid(shoot.base, DaySpan(shoot.days.lower, shoot.days.upper), today=today, shoot=shoot)
    bookings = questions.of_shoot(shoot)
    days_here = sum(load.here for load in grid.loads)
    live = shoot.state in (ShootState.DRAFT, ShootState.OPEN)
    return {
        "shoot": shoot,
        "grid": grid,
        "may_edit": live and policies.may_edit_shoot(request.user, shoot),
        "to_confirm": [b for b in bookings if b.state == SetBookingState.OFFERED],
        "booked": [b for b in bookings if b.state == SetBookingState.BOOKED],
        "waiting": [b for b in bookings if b.state == SetBookingState.WAITING],
        "days_here": days_here,
        "cost": shoot.base.price_yuan * days_here if shoot.base.price_yuan else None,
        "ticked": set(request.POST.getlist("want")) if refused else set(),
        "problem": sentence(refused) if refused else "",
    }


def _wishes(request: PersonRequest, shoot: Shoot) -> list[Wish]:
    """Read the ticks ("<set or base>:<day>:<part>"), or the line of hours. Raise Invalid for what is none of ours."""
    if "by_the_hour" in request.POST:
        return [_line(request, shoot)]
    ticks = list(dict.fromkeys(request.POST.getlist("want")))
    if len(ticks) > MOST_WISHES:
        raise Invalid("set_too_many", field="sets", most=MOST_WISHES)
    places = _places(shoot)
    wishes: dict[tuple[str, date], SetPart] = {}
    for tick in ticks:
        place, day, part = _tick(tick, places)
        before = wishes.get((place, day))
        wishes[place, day] = SetPart.BOTH if before and before != part else part
    return [Wish(day, part, places.get(place)) for (place, day), part in wishes.items()]


def _places(shoot: Shoot) -> dict[str, Set | None]:
    sets = Set.objects.published().filter(base=shoot.base_id)
    return {"base": None, **{str(place.pk): place for place in sets}}


def _tick(tick: str, places: dict[str, Set | None]) -> tuple[str, date, SetPart]:
    place, _colon, rest = tick.partition(":")
    text, _colon, part = rest.partition(":")
    day = _day(text)
    if place not in places or day is None or part not in (SetPart.DAY, SetPart.NIGHT, SetPart.BOTH):
        raise Invalid("set_elsewhere", field="sets")
    return place, day, SetPart(part)


def _line(request: PersonRequest, shoot: Shoot) -> Wish:
    place = _places(shoot).get(request.POST.get("set", ""))
    day = _day(request.POST.get("day"))
    if place is None:
        raise Invalid("set_elsewhere", field="set")
    if day is None:
        raise Invalid("not_a_shoot_day", field="day")
    return Wish(day, SetPart.HOURS, place, _hour(request.POST.get("start")), _hour(request.POST.get("end")))


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return None


def _hour(text: str | None) -> time | None:
    try:
        return time.fromisoformat(text or "").replace(second=0, microsecond=0, tzinfo=None)
    except ValueError:
        return None


def _tell(request: HttpRequest, asked: Asked) -> None:
    """Say what was booked, and whose turn is later."""
    if asked.booked:
        n = len(asked.booked)
        messages.success(request, ngettext("%(n)d booking made.", "%(n)d bookings made.", n) % {"n": n})
    if asked.waiting:
        names = "、" if request.LANGUAGE_CODE.startswith("zh") else ", "
        listed = names.join(dict.fromkeys((b.set or b.base).name for b in asked.waiting))
        messages.info(
            request,
            _("Taken already, so you are on the waiting list: %(sets)s. We tell you when it comes free.")
            % {"sets": listed},
        )
