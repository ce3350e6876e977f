"""Her strikes and what she says against them; the crew's side of it; and the admin who decides."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from config.errors import Conflict, DomainError, NotAllowed
from config.wording import sentence
from jobs import policies
from jobs.enums import Side
from jobs.models import Appeal, AppealProof, Cancellation
from jobs.queries import appeals as questions
from jobs.queries import strikes
from jobs.services import appeals, papers
from jobs.web.appeal_forms import AppealForm, DecisionForm
from jobs.web.doors import admins, found, graduates
from profiles.web.requests import GraduateRequest, PersonRequest

LINES_A_PAGE = 30


@require_safe
@graduates
def my_strikes(request: GraduateRequest) -> HttpResponse:
    """What counts against her today, where it came from, and the way to say that it was otherwise."""
    now = timezone.now()
    rows = list(strikes.of(request.profile)[:LINES_A_PAGE])
    context = {
        "standing": strikes.standing(request.profile, now),
        "lines": [(row, strikes.may_appeal(row, now)) for row in rows],
    }
    return render(request, "jobs/my_strikes.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def file(request: PersonRequest, pk: int) -> HttpResponse:
    """Say that it was otherwise: the ground, a few words, the proof."""
    case = found(_visible(request), pk)
    if not appeals.may_file(request.user, case):
        raise NotAllowed("not_yours")
    form = AppealForm(request.POST, request.FILES) if request.method == "POST" else AppealForm()
    back = "my_strikes" if case.side == Side.GRADUATE else ""
    if request.method == "POST" and form.is_valid():
        try:
            said = form.cleaned_data
            # One byte more than is taken tells a file that is too big; the rest of it is never read.
            sent = said["paper"].read(papers.MOST_BYTES + 1) if said["paper"] else b""
            appeals.file(case, by=request.user, now=timezone.now(), **said | {"paper": sent})
        except Conflict as error:
            messages.info(request, sentence(error))
            return _back(case, back)
        except DomainError as error:
            form.add_error(error.field if error.field in form.fields else None, sentence(error))
        else:
            messages.success(
                request, _("Your appeal is with an admin. Until it is decided, it does not count.")
            )
            return _back(case, back)
    context = {
        "case": case,
        "booking": case.booking,
        "form": form,
        "open": strikes.may_appeal(case, timezone.now()),
        "back": back,
    }
    return render(request, "jobs/appeal_file.html", context, status=400 if form.errors else 200)


@require_safe
@admins
def appeal_list(request: PersonRequest) -> HttpResponse:
    """The queue: what waits for a decision, the oldest first."""
    page = Paginator(questions.appeals_waiting(), LINES_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "jobs/appeals.html", {"page": page})


@require_safe
@admins
def detail(request: PersonRequest, pk: int) -> HttpResponse:
    """One case: what the terms say, what happened, what is said against it."""
    return _case(request, pk, DecisionForm())


@require_POST
@admins
def decide(request: PersonRequest, pk: int) -> HttpResponse:
    """Uphold or overturn, with a reason both sides read."""
    form = DecisionForm(request.POST)
    if not form.is_valid():
        return _case(request, pk, form, status=400)
    appeal = found(Appeal.objects.all(), pk)
    act = appeals.overturn if form.cleaned_data["outcome"] == "overturn" else appeals.uphold
    try:
        act(appeal, by=request.user, reason=form.cleaned_data["reason"], now=timezone.now())
    except Conflict as error:
        messages.info(request, sentence(error))
        return redirect("appeals:detail", pk=pk)
    messages.success(request, _("Decided. Both sides can read the reason."))
    return redirect("appeals:list")


@require_safe
@admins
def paper(request: PersonRequest, pk: int) -> HttpResponse:
    """What proves an appeal, for admins: a photo to look at, a PDF to save, never to run inside a page."""
    kept = get_object_or_404(AppealProof, appeal=pk)
    is_photo = kept.kind == AppealProof.Kind.PHOTO
    answer = HttpResponse(bytes(kept.content), content_type="image/jpeg" if is_photo else "application/pdf")
    where = 'inline; filename="proof.jpg"' if is_photo else f'attachment; filename="proof-{pk}.pdf"'
    answer["Content-Disposition"] = where
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer["Cache-Control"] = "private, no-store"
    return answer


def _case(request: PersonRequest, pk: int, form: DecisionForm, status: int = 200) -> HttpResponse:
    appeal = found(questions.with_case(Appeal.objects.all()), pk)
    context = {
        "appeal": appeal,
        "case": appeal.cancellation,
        "booking": appeal.cancellation.booking,
        "form": form,
    }
    return render(request, "jobs/appeal.html", context, status=status)


def _visible(request: PersonRequest) -> QuerySet[Cancellation]:
    return Cancellation.objects.filter(booking__in=policies.visible_bookings(request.user)).select_related(
        "appeal", "booking__profile__user", "booking__role__role_type", "booking__role__shoot__crew"
    )


def _back(case: Cancellation, name: str) -> HttpResponseRedirect:
    return redirect(name) if name else redirect("shoots:wages", pk=case.booking.role.shoot_id)
