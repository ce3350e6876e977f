"""A coordinator's desk: her people, their offers and calls, and what she types in their names."""

from collections.abc import Callable
from datetime import date, timedelta
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from config.errors import DomainError, NotAllowed
from config.wording import sentence
from hubs.timespan import DaySpan, shoot_day_of
from jobs.queries import my_work
from jobs.queries import offers as her_offers
from jobs.queries import villages as questions
from jobs.services import coordinators, village_calls
from jobs.web.doors import found
from jobs.web.village_forms import OfficeForm, PhoneForm, RegisterForm
from jobs.web.village_paper import cards as cards_paper
from jobs.web.village_paper import sheet as sheet_paper
from profiles import policies
from profiles.models import Coordinator, DayPart, Villager
from profiles.models.village_code import in_fours
from profiles.queries import account, availability
from profiles.queries import villages as registered
from profiles.services import villagers
from profiles.services.spoken import TO_READ, TO_READ_CONTACT
from profiles.web.requests import PersonRequest

View = Callable[..., HttpResponse]


class CoordinatorRequest(PersonRequest):
    """Of a coordinator in office."""

    office: Coordinator


def in_office(view: View) -> View:
    """Let only coordinators in office through, with `request.office`. Others: NotAllowed."""

    @login_required
    @wraps(view)
    def door(request: CoordinatorRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        office = registered.coordinator(request.user)
        if office is None:
            raise NotAllowed("coordinators_only")
        request.office = office
        return view(request, *args, **kwargs)

    return door


def whom(request: PersonRequest, pk: int) -> Villager:
    """One of her people, or 404."""
    rows = policies.visible_villagers(request.user).select_related(
        "profile__user", "profile__home_hub", "coordinator__user"
    )
    return found(rows, pk)


@require_safe
@in_office
def desk(request: CoordinatorRequest) -> HttpResponse:
    """What waits for an answer, who is called when, and who her people are."""
    now = timezone.now()
    context = {"desk": questions.desk(request.office, now=now), "today": shoot_day_of(now)}
    return render(request, "jobs/village_desk.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@in_office
def register(request: CoordinatorRequest) -> HttpResponse:
    """The words to read aloud, and what the person says of herself."""
    form = RegisterForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        sent = form.cleaned_data
        try:
            villager = villagers.register(
                told=form.told,
                heard=form.heard,
                contact=sent["contact"] == "yes",
                though_alike=sent["though_alike"],
                by=request.user,
                now=timezone.now(),
            )
        except DomainError as error:
            if error.code == "villager_alike":
                form.ask_again()
            form.add_error(error.field if error.field in form.fields else None, sentence(error))
        else:
            messages.success(
                request, _("%(name)s is registered. Now the free days and the card.") % {"name": sent["name"]}
            )
            return redirect("village:person", pk=villager.pk)
    context = {"form": form, "to_read": TO_READ, "to_read_contact": TO_READ_CONTACT}
    return render(request, "jobs/village_register.html", context, status=400 if form.errors else 200)


@require_safe
@in_office
def person(request: CoordinatorRequest, pk: int) -> HttpResponse:
    """One of her people, whole."""
    return _person(request, whom(request, pk))


def _person(request: CoordinatorRequest, villager: Villager, wrong: PhoneForm | None = None) -> HttpResponse:
    now, user = timezone.now(), villager.profile.user
    today = shoot_day_of(now)
    phone = wrong or PhoneForm(initial={"phone": villager.phone, "phone_of": villager.phone_of})
    weeks, at_night = _free_days(villager, today)
    ahead = questions.calls_on([villager.profile_id], today, today + timedelta(days=30))
    context = {
        "villager": villager,
        "offers": her_offers.open_for(user),
        "to_confirm": questions.to_confirm(request.user, now=now).filter(
            booking__profile=villager.profile_id
        ),
        "wages": my_work.wages(user)[:10],
        "calls": [call for day in ahead for call in day.calls],
        "weeks": weeks,
        "at_night": at_night,
        "contact": registered.stands(villager.profile_id, "contact"),
        "consents": registered.consents(villager)[:20],
        "leaving": account.leaving(user),
        "phone_form": phone,
        "today": today,
    }
    return render(request, "jobs/village_person.html", context, status=400 if wrong else 200)


def _free_days(villager: Villager, today: date) -> tuple[list[list[tuple[date, bool]]], bool]:
    """Return four weeks of (day, free), and whether she also works at night."""
    said = availability.parts_by_day(
        villager.profile, within=DaySpan(today, today + timedelta(days=villagers.AHEAD))
    )
    days = [today + timedelta(days=number) for number in range(villagers.AHEAD)]
    rows = [(day, day in said) for day in days]
    return [rows[start : start + 7] for start in range(0, len(rows), 7)], DayPart.BOTH in said.values()


@require_POST
@in_office
def days(request: CoordinatorRequest, pk: int) -> HttpResponseRedirect:
    """The free days of the coming four weeks, as ticked."""
    villager, today = whom(request, pk), shoot_day_of(timezone.now())
    part = DayPart.BOTH if request.POST.get("night") == "on" else DayPart.DAY
    ticked = set(request.POST.getlist("day"))
    ahead = [today + timedelta(days=number) for number in range(villagers.AHEAD)]
    said = {day: part if day.isoformat() in ticked else None for day in ahead}
    villagers.set_days(villager, days=said, by=request.user, today=today)
    messages.success(request, _("The free days are noted."))
    return redirect("village:person", pk=pk)


@require_POST
@in_office
def phone(request: CoordinatorRequest, pk: int) -> HttpResponse:
    """Another phone."""
    villager, form = whom(request, pk), PhoneForm(request.POST)
    if form.is_valid():
        try:
            villagers.change_phone(villager, **form.cleaned_data, by=request.user)
        except DomainError as error:
            form.add_error(error.field if error.field in form.fields else None, sentence(error))
        else:
            messages.success(request, _("The phone is changed."))
            return redirect("village:person", pk=pk)
    return _person(request, whom(request, pk), form)


@require_POST
@never_cache
@in_office
def card(request: CoordinatorRequest, pk: int) -> HttpResponse:
    """A new card: on paper, or on the page for a pen. The code is seen this once; the card before is worth nothing."""
    villager, now = whom(request, pk), timezone.now()
    code = villagers.issue_code(villager, by=request.user, now=now)
    if request.POST.get("by") == "hand":
        context = {"villager": villager, "code": in_fours(code), "address": _address(request)}
        return render(request, "jobs/village_code.html", context)
    return _file(cards_paper([(villager, code)], address=_address(request), now=now), "card")


@require_POST
@never_cache
@in_office
def cards(request: CoordinatorRequest) -> HttpResponse:
    """Cards for everybody who has none yet, on as few pages as possible."""
    now = timezone.now()
    waiting = policies.visible_villagers(request.user).filter(code_hash__isnull=True)
    people = list(
        waiting.select_related("profile__user", "coordinator__user").order_by("profile__user__name")
    )
    if not people:
        messages.info(
            request, _("Everybody has a card already. A lost one is made anew on the person's page.")
        )
        return redirect("village:desk")
    made = [(each, villagers.issue_code(each, by=request.user, now=now)) for each in people]
    return _file(cards_paper(made, address=_address(request), now=now), "cards")


@require_safe
@in_office
def day(request: CoordinatorRequest, day: date) -> HttpResponse:
    """Who is called on a day, when and where, and whether the text message has left."""
    now = timezone.now()
    context = {
        "day": day,
        "found": _called(request, day),
        "today": shoot_day_of(now),
        "at_once": village_calls.at_once(day, now=now),
    }
    return render(request, "jobs/village_day.html", context)


@require_POST
@in_office
def call(request: CoordinatorRequest, day: date) -> HttpResponseRedirect:
    """Text the calls of a day, or one person's again."""
    again = [int(each) for each in request.POST.getlist("again") if each.isdecimal() and len(each) < 10]
    now = timezone.now()
    written = village_calls.call(request.office, day, by=request.user, now=now, again=again)
    if written:
        told = ngettext("%(n)d person is texted now.", "%(n)d people are texted now.", written)
        if not village_calls.at_once(day, now=now):
            told = ngettext(
                "It is night: %(n)d person is texted at eight in the morning.",
                "It is night: %(n)d people are texted at eight in the morning.",
                written,
            )
        messages.success(request, told % {"n": written})
    else:
        messages.info(request, _("Everybody of this day has been texted already."))
    return redirect("village:day", day=day)


@require_safe
@in_office
def paper(request: CoordinatorRequest, day: date) -> HttpResponse:
    """The day's sheet for the notice board, in large type."""
    found_day = _called(request, day)
    if found_day is None:
        raise Http404
    return _file(
        sheet_paper(request.office, found_day, address=_address(request), now=timezone.now()), "sheet"
    )


def _called(request: CoordinatorRequest, day: date) -> questions.CallDay | None:
    if not 2000 <= day.year < 9000:
        raise Http404
    return next(iter(questions.calls_on(questions.visible_profiles(request.user), day, day)), None)


@require_http_methods(["GET", "HEAD", "POST"])
@in_office
def office(request: CoordinatorRequest) -> HttpResponse:
    """The village's number and meeting point."""
    at = request.office
    initial = {"phone": at.phone, "meeting_point": at.meeting_point}
    form = OfficeForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            coordinators.change(at, **form.cleaned_data, by=request.user, now=timezone.now())
        except DomainError as error:
            form.add_error(error.field if error.field in form.fields else None, sentence(error))
        else:
            messages.success(
                request, _("Saved. It stands on everything that is printed or texted from now on.")
            )
            return redirect("village:desk")
    context = {"form": form, "office": at}
    return render(request, "jobs/village_office.html", context, status=400 if form.errors else 200)


def _address(request: PersonRequest) -> str:
    return request.build_absolute_uri(reverse("my_code"))


def _file(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="jinzu-village-{name}.pdf"'
    response["Cache-Control"] = "no-store, private"
    return response
