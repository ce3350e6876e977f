"""Writing the next version of a call sheet: the day, its scenes, everyone's times, and what the rules of rest say."""

from datetime import date

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from config.errors import DomainError, NotAllowed
from config.wording import sentence
from jobs import policies
from jobs.models import Shoot
from jobs.queries import call_sheet_drafts as drafts
from jobs.queries import call_sheets as questions
from jobs.services import call_sheets
from jobs.web import rest_words
from jobs.web.doors import found
from jobs.web.sheet_forms import DraftForms
from profiles.web.requests import PersonRequest


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def draft(request: PersonRequest, pk: int, day: date) -> HttpResponse:
    """Save, take the earliest lawful calls, publish or throw away: the button `do` says which."""
    shoot = found(policies.visible_shoots(request.user).select_related("crew", "base__hub"), pk)
    if not shoot.days.lower <= day < shoot.days.upper:
        raise Http404
    if not policies.may_edit_shoot(request.user, shoot):
        raise NotAllowed("not_yours")
    page = drafts.draft(shoot, day)
    sent = DraftForms(page, request.POST if request.method == "POST" else None)
    if request.method == "POST":
        if answer := _done(request, shoot, day, sent):
            return answer
        # What was saved before the refusal has new findings.
        page = drafts.draft(shoot, day)
        sent.draft = page
    context = {
        "shoot": shoot,
        "day": day,
        "draft": page,
        "forms": sent,
        "form": sent.sheet,
        "people": _rows(sent),
        "flagged": [(each, rest_words.lines(each.finding.flags)) for each in page.flagged if each.finding],
        "places": questions.places(shoot, day, ()),
        "reason": request.POST.get("reason", ""),
    }
    return render(request, "jobs/call_sheet_draft.html", context, status=400 if sent.errors else 200)


def _rows(sent: DraftForms) -> list[tuple]:
    """Departments with (person, her form, what the rules of rest say)."""
    return [
        (
            group.department,
            [
                (
                    each,
                    sent.people[each.booking.pk],
                    rest_words.lines(each.finding.flags if each.finding else []),
                )
                for each in group.people
            ],
        )
        for group in sent.draft.groups
    ]


def _done(request: PersonRequest, shoot: Shoot, day: date, sent: DraftForms) -> HttpResponse | None:
    """Do what was asked and return where to go, or None where the page says what is wrong."""
    act, _colon, whom = request.POST.get("do", "save").partition(":")
    by, now = request.user, timezone.now()
    if act == "discard":
        call_sheets.discard(shoot, day, by=by, now=now)
        return redirect("shoots:call_sheet", pk=shoot.pk, day=day)
    if not sent.valid:
        return None
    try:
        call_sheets.save(shoot, day, by=by, now=now, **sent.values())
        if act == "take":
            only = [int(whom)] if whom.isdecimal() else None
            moved = call_sheets.take_calls(shoot, day, by=by, now=now, bookings=only)
            said = ngettext("%(n)d call was moved.", "%(n)d calls were moved.", moved) % {"n": moved}
            messages.success(request, said)
        elif act == "publish":
            made = call_sheets.publish(shoot, day, by=by, now=now, reason=request.POST.get("reason", ""))
            told = made.lines.filter(since=made.version).count()
            _say_published(request, made.version, told)
            return redirect("shoots:call_sheet", pk=shoot.pk, day=day)
        else:
            messages.success(request, _("The draft is saved. Nobody has been told yet."))
    except DomainError as error:
        sent.sheet.add_error(error.field if error.field in sent.sheet.fields else None, sentence(error))
        return None
    return redirect("shoots:call_sheet_draft", pk=shoot.pk, day=day)


def _say_published(request: PersonRequest, version: int, told: int) -> None:
    words = ngettext(
        "Version %(version)d is published; %(n)d person is told.",
        "Version %(version)d is published; %(n)d people are told.",
        told,
    )
    messages.success(request, words % {"version": version, "n": told})
