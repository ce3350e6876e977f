"""Match runs: the progress of one, and the admin's list of all."""

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

from jobs import policies
from jobs.enums import RunState
from jobs.models import MatchRun
from jobs.queries import matching as questions
from jobs.services import matching
from jobs.web.doors import admins, found
from profiles.web.requests import PersonRequest

RUNS_A_PAGE = 20

PHASES = {
    "load": gettext_lazy("reading people and days"),
    "eligibility": gettext_lazy("finding who may do what"),
    "prices": gettext_lazy("weighing all places against each other"),
    "plan": gettext_lazy("placing people, urgent roles first"),
    "improve": gettext_lazy("improving the plan"),
    "verify": gettext_lazy("checking the plan with a second program"),
    "publish": gettext_lazy("writing the proposals down"),
}


@require_safe
@admins
def run_list(request: PersonRequest) -> HttpResponse:
    """The admin's home: every run with its state, gap and seconds, and what failed its check."""
    page = Paginator(questions.runs_for_desk(request.user), RUNS_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "lines": [line(run) for run in page],
        "tiles": _tiles(questions.desk(request.user)),
    }
    return render(request, "jobs/runs.html", context)


@require_safe
@login_required
def detail(request: PersonRequest, pk: int) -> HttpResponse:
    """The progress of a run. As a fragment it stops asking by itself once the run has ended."""
    rows = (
        policies.visible_runs(request.user).defer("record").select_related("shoot__crew", "shoot__base__hub")
    )
    run = found(rows, pk)
    name = "jobs/_run.html" if request.htmx else "jobs/run.html"
    may_edit = policies.may_edit_shoot(request.user, run.shoot)
    context = {"shoot": run.shoot, "may_edit": may_edit, "phase": PHASES.get(run.phase, ""), **line(run)}
    if may_edit and run.state == RunState.PUBLISHED:
        context["to_send"] = questions.to_send(run).offers
    response = render(request, name, context)
    response["Cache-Control"] = "no-store"
    return response


@require_POST
@login_required
def cancel(request: PersonRequest, pk: int) -> HttpResponseRedirect:
    """Stop a run that is not needed any more."""
    run = found(policies.visible_runs(request.user).defer("record").select_related("shoot__crew"), pk)
    matching.cancel(run, by=request.user, now=timezone.now())
    messages.success(request, _("The match was stopped. Nothing was proposed, nobody was told."))
    return redirect("shoots:board", pk=run.shoot_id)


def line(run: MatchRun) -> dict:
    """Return a run with the figures a page shows: `seconds`, `proven` (no better plan exists), names of breaches."""
    took = run.ended_at - run.started_at if run.started_at and run.ended_at else None
    return {
        "run": run,
        "seconds": took.total_seconds() if took is not None else None,
        "proven": run.gap is not None and run.gap <= 0,
        "breaches": sorted({breach["rule"] for breach in run.breaches}),
    }


def _tiles(desk: questions.Desk) -> list[dict]:
    return [
        {
            "count": desk.withheld,
            "label": _("runs withheld or failed"),
            "url": reverse("admin:jobs_matchrun_changelist"),
        },
        {
            "count": desk.set_aside,
            "label": _("pieces of work set aside"),
            "url": _filtered("workitem", "failed_at"),
        },
        {"count": desk.crews_waiting, "label": _("crews to be checked"), "url": _choice("crew", "applied")},
        {
            "count": desk.unsent,
            "label": _("notices that could not be sent"),
            "url": _choice("notice", "failed"),
        },
        {"count": desk.shoots_open, "label": _("shoots being staffed"), "url": reverse("shoots:list")},
        {"count": desk.slots - desk.booked, "label": _("places open"), "url": reverse("roles:list")},
    ]


def _choice(model: str, state: str) -> str:
    return reverse(f"admin:jobs_{model}_changelist") + f"?state__exact={state}"


def _filtered(model: str, field: str) -> str:
    return reverse(f"admin:jobs_{model}_changelist") + f"?{field}__isempty=0"
