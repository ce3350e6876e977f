"""Match runs: the progress of one, and the admin's list of all."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from jobs import policies
from jobs.enums import RunState
from jobs.models import MatchRun
from jobs.queries import matching as questions
from jobs.queries import run_costs, run_why
from jobs.queries import runs as history
from jobs.queries.oversight import Oversight, oversight
from jobs.queries.passed_over import passed_over
from jobs.services import matching
from jobs.web import run_words
from jobs.web.doors import admins, found
from profiles.web.requests import PersonRequest

RUNS_A_PAGE = 20


@require_safe
@admins
def run_list(request: PersonRequest) -> HttpResponse:
    """The admin's home: every run with its state, gap and seconds, and what failed its check."""
    page = Paginator(questions.runs_for_desk(request.user), RUNS_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "lines": [line(run) for run in page],
        "tiles": _tiles(oversight(request.user)),
    }
    return render(request, "jobs/runs.html", context)


@require_safe
@login_required
def detail(request: PersonRequest, pk: int) -> HttpResponse:
    """The progress of a run. As a fragment it stops asking by itself once the run has ended."""
    rows = (
        policies.visible_runs(request.user)
        .defer("record", "prices", "market__record")
        .select_related("shoot__crew", "shoot__base__hub", "market__hub")
    )
    run = found(rows, pk)
    name = "jobs/_run.html" if request.htmx else "jobs/run.html"
    may_edit = policies.may_edit_shoot(request.user, run.shoot)
    context = {"shoot": run.shoot, "may_edit": may_edit, "phase": run_words.phase(run.phase), **line(run)}
    if run.state == RunState.PUBLISHED:
        context |= _outcome(request, run)
        if may_edit:
            context["to_send"] = questions.to_send(run).offers
    response = render(request, name, context)
    response["Cache-Control"] = "no-store"
    return response


def _outcome(request: PersonRequest, run: MatchRun) -> dict:
    """What a finished run found: its changes, what stays empty and why, and how fairly it chose."""
    roles = policies.reviewable_roles(request.user)
    mine = set(roles.filter(shoot=run.shoot_id).values_list("pk", flat=True))
    changes = history.changes(run).only(mine)
    why = run_why.why_left(run, changes) if changes.previous else {}
    return {
        "changes": changes,
        "by_role": [
            (role, [(kind, each, _why(kind, each, why)) for kind, each in lines])
            for role, lines in (changes.by_role if changes.previous else [])
        ],
        "budget": run_costs.budget(run, roles) if policies.may_see_rates(request.user, run.shoot) else None,
        "risks": [{"line": each, "words": run_words.risk(each)} for each in run_costs.risks(run, roles)],
        "empty": [{"line": each, "words": run_words.empty(each)} for each in history.empty_roles(run, roles)],
        "market": run.market,
        "gap": run.gap if run.market is None else run.market.gap,
        **_fairness(request, run),
    }


def _why(kind: str, change: history.Change, why: dict) -> str:
    """The reason of one line of the changes, where there is one to give."""
    if kind != "left":
        return ""
    return run_words.left(why[change.role.pk, change.profile.pk])


def _fairness(request: PersonRequest, run: MatchRun) -> dict:
    """How fairly it chose; by name for admins alone, since a crew must not read what others are proposed for."""
    report = run.fairness or (run.market.fairness if run.market else {})
    lines = passed_over(report, shoot_id=run.shoot_id) if request.user.is_admin else []
    return {
        "fair": run_words.fairness(report),
        "passed_over": run_words.passed_over(report),
        "by_name": run_words.by_name(lines),
    }


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
    return {
        "run": run,
        "seconds": run.seconds,
        "gap": run.gap,
        "proven": run.gap is not None and run.gap <= 0,
        "breaches": sorted({breach["rule"] for breach in run.breaches}),
        "findings": run_words.findings(run),
    }


def _tiles(desk: Oversight) -> list[dict]:
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
