"""Filling a shoot: ask the engine, then send what it proposes."""

from datetime import timedelta

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from config.errors import Conflict
from jobs.queries import matching as questions
from jobs.services import matching, offers
from jobs.web.shoots import editable
from profiles.web.requests import PersonRequest


@require_POST
@login_required
def match(request: PersonRequest, pk: int) -> HttpResponseRedirect:
    """Ask for a match run; its page shows the progress."""
    run = matching.ask(shoot=editable(request, pk), by=request.user, now=timezone.now())
    return redirect("runs:detail", pk=run.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def send_offers(request: PersonRequest, pk: int) -> HttpResponse:
    """A page that counts the people who will be asked; POST asks them."""
    shoot = editable(request, pk)
    run = questions.newest_published(shoot)
    if run is None:
        raise Conflict("no_proposals")
    if request.method == "POST":
        sent = offers.send_all(run=run, by=request.user, now=timezone.now())
        words = ngettext("%(count)d offer is on its way.", "%(count)d offers are on their way.", sent)
        messages.success(request, words % {"count": sent})
        return redirect("shoots:board", pk=pk)
    context = {
        "shoot": shoot,
        "run": run,
        "summary": questions.to_send(run),
        "window": timedelta(seconds=settings.OFFER_WINDOW_SECONDS),
    }
    return render(request, "jobs/send_offers.html", context)
