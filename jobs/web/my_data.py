"""Her data: a copy of it, what she agreed to, and the end of the account."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from jobs.queries import her_data as questions
from jobs.services import exports, leaving
from profiles.queries import account
from profiles.services import consents
from profiles.web.requests import PersonRequest


@require_safe
@login_required
def my_data(request: PersonRequest) -> HttpResponse:
    now = timezone.now()
    context = {
        "copies": questions.copies(request.user, now=now),
        "consents": account.consents(request.user),
        "may_give": consents.withdrawn(user=request.user, purpose=consents.Purpose.MATCHING),
        "leaving": account.leaving(request.user),
    }
    return render(request, "account/my_data.html", context)


@require_POST
@login_required
def ask_copy(request: PersonRequest) -> HttpResponse:
    exports.ask(user=request.user, by=request.user, now=timezone.now())
    messages.success(request, _("Your copy is being made. You get a notice when it is ready."))
    return redirect("my_data")


@require_safe
@login_required
@never_cache
def fetch_copy(request: PersonRequest, pk: int) -> HttpResponse:
    """The file itself, for her alone; anybody else's is as if it did not exist."""
    copy = get_object_or_404(questions.all_copies(request.user), pk=pk)
    content = exports.content(copy, by=request.user, now=timezone.now())
    response = HttpResponse(content, content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="jinzu-{copy.asked_at:%Y-%m-%d}.zip"'
    response["Cache-Control"] = "no-store, private"
    return response


@require_POST
@login_required
def consent(request: PersonRequest) -> HttpResponse:
    """Give or take back one agreement."""
    purpose, give = request.POST.get("purpose", ""), request.POST.get("act") == "give"
    verb = consents.give if give else consents.withdraw
    verb(user=request.user, purpose=purpose, by=request.user, now=timezone.now())
    messages.success(
        request,
        _("Noted. You can be matched again.")
        if give
        else _("Noted. You are out of every match from now on."),
    )
    return redirect("my_data")


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def leave(request: PersonRequest) -> HttpResponse:
    """A page that counts what will happen; POST asks for it. Nothing is deleted before the days of grace are over."""
    now = timezone.now()
    if request.method == "POST":
        wish = leaving.ask(user=request.user, by=request.user, now=now)
        messages.success(
            request, _("Your account will be deleted in %(days)d days.") % {"days": (wish.due_at - now).days}
        )
        return redirect("my_data")
    context = {"effects": questions.effects_of_leaving(request.user, now=now), "days": leaving.GRACE.days}
    return render(request, "account/leave.html", context)


@require_POST
@login_required
def stay(request: PersonRequest) -> HttpResponse:
    leaving.take_back(user=request.user, by=request.user, now=timezone.now())
    messages.success(request, _("Your account stays. Open it to offers again under Contact and privacy."))
    return redirect("my_data")
