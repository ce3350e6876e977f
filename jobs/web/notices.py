"""What has happened while one was away."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from jobs.channels import words
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
    page = Paginator(questions.for_user(request.user), NOTICES_A_PAGE).get_page(request.GET.get("page"))
    lines = [{"notice": notice, "words": words.words(notice.kind, notice.facts)} for notice in page]
    return render(request, "jobs/notices.html", {"page": page, "lines": lines})
