"""What has happened while one was away."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from jobs.channels import sms
from jobs.channels.together import several
from jobs.enums import Channel
from jobs.queries import notices as questions
from jobs.services import notices
from profiles.web.requests import PersonRequest

NOTICES_A_PAGE = 20


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def notice_list(request: PersonRequest) -> HttpResponse:
    """One's notices, newest first; POST marks all of them read (reading a page never writes)."""
    if request.method == "POST":
        notices.mark_read(user=request.user, now=timezone.now())
        return redirect("notices")
    page = Paginator(questions.together(request.user), NOTICES_A_PAGE).get_page(request.GET.get("page"))
    lines = [
        {
            "notice": notice,
            "words": several(notice.kind, notice.facts, count=notice.count, accepted=notice.accepted),
        }
        for notice in page
    ]
    return render(request, "jobs/notices.html", {"page": page, "lines": lines})


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def choices(request: PersonRequest) -> HttpResponse:
    """Which kinds of notices leave the house, and by which channel. On the page they stand in any case."""
    kinds = questions.kinds_for(request.user)
    if request.method == "POST":
        pairs = [pair.partition(":") for pair in request.POST.getlist("wanted") if ":" in pair]
        chosen = [(kind, channel) for kind, _colon, channel in pairs]
        notices.choose(request.user, chosen, by=request.user)
        messages.success(request, _("Saved. It holds from the next notice on."))
        return redirect("my_notice_choices")
    wanted = questions.channels([request.user.pk], kinds)
    rows = [
        {
            "kind": kind,
            "cells": [{"channel": each, "on": each in wanted[request.user.pk, kind]} for each in Channel],
        }
        for kind in kinds
    ]
    context = {"rows": rows, "channels": list(Channel), "sms": sms.reachable(request.user)}
    return render(request, "jobs/notice_choices.html", context)
