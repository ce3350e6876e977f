"""A call sheet, for the crew and for everybody booked on the day."""

from datetime import date

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from config.drawing import qr
from config.errors import Conflict, DomainError
from config.wording import sentence
from hubs.timespan import DaySpan
from jobs import policies
from jobs.models import Shoot
from jobs.queries import call_sheets as questions
from jobs.services import call_sheet_news as news
from jobs.services import call_sheet_pdf
from jobs.web.doors import found
from profiles.web.requests import PersonRequest

WHO = ("all", questions.PENDING, questions.SEEN, questions.CONFIRMED)


@require_safe
@login_required
def sheet(request: PersonRequest, pk: int, day: date) -> HttpResponse:
    """Who is where at what time. The crew and everybody booked may read it; opening it counts as seen."""
    shoot = _shoot(request, pk, day)
    shown = questions.sheet(shoot, day, version=_number(request.GET.get("version", "")))
    may_edit = policies.may_edit_shoot(request.user, shoot)
    receipt = None
    if request.method == "GET" and shown.call_sheet is not None and shown.is_newest:
        receipt = news.see(shown.call_sheet, by=request.user, now=timezone.now())
    who = request.GET.get("who", "all")
    context = {
        "shoot": shoot,
        "day": day,
        "days": list(DaySpan(shoot.days.lower, shoot.days.upper)),
        "sheet": shown,
        "mine": next((line for line in shown.lines if line.booking.profile.user_id == request.user.pk), None),
        "may_edit": may_edit,
        "drafted": questions.drafted(shoot, day) if may_edit else None,
        "who": who if who in WHO else "all",
        "whose": _whose(shown, who),
        "receipt": receipt,
        "qr": qr(request.build_absolute_uri(request.path)),
    }
    return render(request, "jobs/call_sheet.html", context)


def _whose(shown: questions.Sheet, who: str) -> list[questions.Line]:
    """The lines of the list of receipts; who has only looked is still pending her word."""
    named = [line for group in shown.listed for line in group.lines if not line.off]
    if who == questions.PENDING:
        return [line for line in named if line.state in (questions.PENDING, questions.SEEN)]
    return [line for line in named if line.state == who] if who in WHO[2:] else named


@require_safe
@login_required
def pdf(request: PersonRequest, pk: int, day: date) -> HttpResponse:
    """The newest version on paper, two pages at most, with a code that leads to the live page."""
    shoot = _shoot(request, pk, day)
    shown = questions.sheet(shoot, day)
    address = request.build_absolute_uri(reverse("shoots:call_sheet", args=[pk, day]))
    file = call_sheet_pdf.build(shown, address=address, now=timezone.now())
    answer = HttpResponse(file, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="call-sheet-{pk}-{day.isoformat()}.pdf"'
    return answer


@require_POST
@login_required
def confirm(request: PersonRequest, pk: int, day: date) -> HttpResponseRedirect:
    """She has read the newest version and will be there."""
    shoot = Shoot.objects.select_related("crew").filter(pk=pk).first()
    if shoot is None or not policies.may_see_call_sheet(request.user, shoot):
        raise Http404
    newest = questions.newest(shoot, day)
    if newest is None:
        messages.info(request, sentence(Conflict("no_call_sheet")))
    else:
        news.confirm(newest, by=request.user, now=timezone.now())
        messages.success(request, _("Confirmed. The crew sees that you will be there."))
    return redirect("shoots:call_sheet", pk=pk, day=day)


@require_POST
@login_required
def remind(request: PersonRequest, pk: int, day: date) -> HttpResponseRedirect:
    """Send the newest version again: to one person, or to all who have not confirmed it."""
    shoot = found(policies.visible_shoots(request.user).select_related("crew"), pk)
    newest = questions.newest(shoot, day)
    one = _number(request.POST.get("booking", ""))
    try:
        if newest is None:
            raise Conflict("no_call_sheet")
        n = news.remind(newest, None if one is None else [one], by=request.user, now=timezone.now())
    except DomainError as error:
        if error.code == "not_yours":
            raise
        messages.info(request, sentence(error))
    else:
        said = ngettext("Sent again to %(n)d person.", "Sent again to %(n)d people.", n)
        if n:
            messages.success(request, said % {"n": n})
        else:
            messages.info(
                request, _("Nobody was left to ask: all have confirmed, or were asked a moment ago.")
            )
    return redirect(reverse("shoots:call_sheet", args=[pk, day]) + "?who=pending#who")


def _shoot(request: PersonRequest, pk: int, day: date) -> Shoot:
    shoot = Shoot.objects.select_related("crew", "base__hub").filter(pk=pk).first()
    if shoot is None or not policies.may_see_call_sheet(request.user, shoot):
        raise Http404
    if not shoot.days.lower <= day < shoot.days.upper:
        raise Http404
    return shoot


def _number(text: str) -> int | None:
    return int(text) if text.isdecimal() and len(text) < 10 else None
