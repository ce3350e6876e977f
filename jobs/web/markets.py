"""Market runs, for admins: start one, watch it, and see what it did and what was withheld."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from hubs.models import Hub
from jobs.enums import RunState
from jobs.queries import clearing, runs
from jobs.queries.passed_over import passed_over
from jobs.services import market
from jobs.web import run_words
from jobs.web.doors import admins, found
from profiles.web.requests import PersonRequest

RUNS_A_PAGE = 20
PARTS_A_PAGE = 50
EVERYWHERE = "everywhere"
"""What the form says for the whole country; no hub has this slug."""


@require_safe
@admins
def market_list(request: PersonRequest) -> HttpResponse:
    """Hubs with open places, each with its button, and the runs so far."""
    now = timezone.now()
    page = Paginator(runs.market_runs(request.user), RUNS_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "hubs": clearing.open_by_hub(clearing.window_from(now), now),
        "everywhere": EVERYWHERE,
    }
    return render(request, "jobs/markets.html", context)


@require_POST
@admins
def ask(request: PersonRequest) -> HttpResponseRedirect:
    """Ask for a run of one hub, or of the whole country."""
    where = request.POST.get("where", "")
    hub = None if where == EVERYWHERE else Hub.objects.filter(slug=where).first()
    if hub is None and where != EVERYWHERE:
        raise Http404
    run = market.ask(hub, by=request.user, now=timezone.now())
    return redirect("markets:detail", pk=run.pk)


@require_safe
@admins
def detail(request: PersonRequest, pk: int) -> HttpResponse:
    """The progress of a market run, then its figures, shoots and findings. As a fragment it asks for itself."""
    run = found(runs.whole_market_runs(request.user), pk)
    context = {
        "run": run,
        "phase": run_words.phase(run.phase) if run.under_way else "",
        "findings": run_words.findings(run),
        "fair": run_words.fairness(run.fairness),
        "passed_over": run_words.passed_over(run.fairness),
        "by_name": run_words.by_name(passed_over(run.fairness)),
        "waiting": run.fairness.get("waiting", []),
        "proven": run.gap is not None and run.gap <= 0,
    }
    if request.htmx:
        response = render(request, "jobs/_market.html", context)
        if not run.under_way:
            response["HX-Refresh"] = "true"  # it has ended meanwhile: the shoots stand below the fragment
    else:
        page = Paginator(runs.parts(run), PARTS_A_PAGE).get_page(request.GET.get("page"))
        response = render(request, "jobs/market.html", context | {"page": page, "parts": _lines(page)})
    response["Cache-Control"] = "no-store"
    return response


def _lines(page) -> list[dict]:
    return [
        {"run": part, "withheld": part.state == RunState.QUARANTINED, "findings": run_words.findings(part)}
        for part in page
    ]


@require_POST
@admins
def cancel(request: PersonRequest, pk: int) -> HttpResponseRedirect:
    """Stop a market run; what it has proposed already stays."""
    run = found(runs.market_runs(request.user), pk)
    market.cancel(run, by=request.user, now=timezone.now())
    messages.success(
        request, _("The run was stopped. What it had proposed until then stays; nobody was asked.")
    )
    return redirect("markets:detail", pk=run.pk)
