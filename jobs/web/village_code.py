"""What a person without a smartphone sees with the number of her card, on any phone or shared computer.

Nothing is kept in the browser: the number travels in the body of each request, in no address and no cookie. Only
wrong numbers are counted against whoever types them, because a whole village may stand behind one address.
"""

from datetime import timedelta
from typing import Any

from allauth.core import ratelimit
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from config.errors import DomainError
from config.wording import sentence
from hubs.timespan import shoot_day_of
from jobs.models import Booking, Wage
from jobs.queries import confirmations, my_work
from jobs.queries import villages as questions
from jobs.queries.wages import with_place
from jobs.services import confirmations as confirming
from jobs.services import takeovers as handing_over
from jobs.services import wages
from jobs.web.village_forms import CodeForm
from profiles.models import Villager
from profiles.models.village_code import in_fours, typed
from profiles.queries import villages as registered
from profiles.services import takeovers

AHEAD, BACK = timedelta(days=30), timedelta(days=60)
SESSION_OF = "django.contrib.auth.backends.ModelBackend"


class Refused(Exception):
    """The number opens nothing; `response` says so."""

    def __init__(self, response: HttpResponse) -> None:
        super().__init__()
        self.response = response


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@sensitive_post_parameters("code")
def enter(request: HttpRequest) -> HttpResponse:
    """The field for the number; with the right one, her page."""
    if request.method != "POST":
        return render(request, "jobs/my_code.html", {"form": CodeForm()})
    try:
        return _hers(request, _whose(request))
    except Refused as refused:
        return refused.response


@require_POST
@never_cache
@sensitive_post_parameters("code")
def word(request: HttpRequest) -> HttpResponse:
    """Her own word: that she is coming, that her pay has arrived or has not."""
    try:
        villager = _whose(request)
    except Refused as refused:
        return refused.response
    try:
        return _hers(request, villager, done=_act(request, villager))
    except DomainError as error:
        return _hers(request, villager, wrong=sentence(error))


def _act(request: HttpRequest, villager: Villager) -> str:
    act, now, her = request.POST.get("act", ""), timezone.now(), villager.profile.user
    number = request.POST.get("about", "")
    about = int(number) if number.isdecimal() and len(number) < 18 else 0
    if act == "coming":
        booking = (
            Booking.objects.select_related("profile").filter(profile=villager.profile_id, pk=about).first()
        )
        if booking is not None:
            confirming.confirm(booking, by=her, now=now)
            return _("Noted: you are coming.")
    elif act in ("received", "denied"):
        wage = with_place(Wage.objects).filter(booking__profile=villager.profile_id, pk=about).first()
        if wage is not None and act == "received":
            wages.mark_received(wage, by=her, now=now)
            return _("Noted: you have your money.")
        if wage is not None:
            wages.deny(wage, by=her, now=now)
            return _("Noted: nothing has arrived. The crew is told.")
    return ""


@require_POST
@never_cache
@sensitive_post_parameters("code", "digits")
def own(request: HttpRequest) -> HttpResponse:
    """She has a phone of her own now: its number, then the code it got, then the account is hers alone."""
    try:
        villager = _whose(request)
    except Refused as refused:
        return refused.response
    token = request.POST.get("token", "")[:400]
    context: dict[str, Any] = {"villager": villager, "code": request.POST["code"], "token": token}
    if request.POST.get("begin") == "on":
        return render(request, "jobs/my_code_own.html", context)
    if not ratelimit.consume(request, action="take_over", key=str(villager.pk)):
        return ratelimit.respond_429(request)
    try:
        if token:
            digits = request.POST.get("digits", "")
            user = handing_over.by_card(villager, token=token, code=digits, now=timezone.now())
            login(request, user, backend=SESSION_OF)
            return redirect("my_work")
        context["token"] = takeovers.ask(villager, mobile=request.POST.get("mobile", "")[:40])
    except DomainError as error:
        context["wrong"] = sentence(error)
        return render(request, "jobs/my_code_own.html", context, status=error.status)
    return render(request, "jobs/my_code_own.html", context)


def _whose(request: HttpRequest) -> Villager:
    """The person whose number was sent. Raise Refused with the page that says what is wrong."""
    if not ratelimit.consume(request, action="village_code", key="all", dry_run=True):
        raise Refused(ratelimit.respond_429(request))
    form = CodeForm(request.POST)
    sent = request.POST.get("code", "")
    villager = registered.by_code(sent) if form.is_valid() else None
    if villager is not None:
        return villager
    ratelimit.consume(request, action="village_code", key="all")
    if form.is_valid():
        slip = typed(sent) is None
        form.add_error(
            "code",
            _("A digit is wrong or missing. Compare with the card: sixteen digits, in fours.")
            if slip
            else _("This card is not valid any more. Ask your coordinator for a new one."),
        )
    raise Refused(render(request, "jobs/my_code.html", {"form": form}, status=400))


def _hers(request: HttpRequest, villager: Villager, *, done: str = "", wrong: str = "") -> HttpResponse:
    now, user = timezone.now(), villager.profile.user
    today = shoot_day_of(now)
    ahead = questions.calls_on([villager.profile_id], today, today + AHEAD)
    context = {
        "villager": villager,
        "code": in_fours(typed(request.POST["code"]) or ""),
        "to_confirm": confirmations.open_for(user, now),
        "calls": [call for day in ahead for call in day.calls],
        "hours": questions.hours(user, since=today - BACK),
        "wages": my_work.wages(user)[:20],
        "totals": my_work.totals(user, now),
        "today": today,
        "done": done,
        "wrong": wrong,
    }
    return render(request, "jobs/my_code_page.html", context)
