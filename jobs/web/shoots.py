"""A crew manager's shoots: the list, the form, the casting board and the moves of a shoot."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from config.errors import NotAllowed
from jobs import policies
from jobs.models import Shoot
from jobs.queries import crews
from jobs.queries import shoots as questions
from jobs.services import shoots
from jobs.web.doors import found, managers
from profiles.web.requests import PersonRequest

SHOOTS_A_PAGE = 20


def editable(request: HttpRequest, pk: int) -> Shoot:
    """Return the shoot if she sees it and may edit it; 404 or NotAllowed otherwise."""
    shoot = found(policies.visible_shoots(request.user).select_related("crew", "base__hub"), pk)
    if not policies.may_edit_shoot(request.user, shoot):
        raise NotAllowed("not_yours")
    return shoot


def staffable(request: HttpRequest, pk: int) -> Shoot:
    """Return the shoot if she sees it and may fill some of its roles; 404 or NotAllowed otherwise."""
    shoot = found(policies.visible_shoots(request.user).select_related("crew", "base__hub"), pk)
    if not policies.may_staff(request.user, shoot):
        raise NotAllowed("not_yours")
    return shoot


@require_safe
@managers
def shoot_list(request: PersonRequest) -> HttpResponse:
    """The shoots of one's crews, each with its strip of slots."""
    shoots_seen = questions.counted(policies.visible_shoots(request.user)).order_by("-pk")
    page = Paginator(shoots_seen, SHOOTS_A_PAGE).get_page(request.GET.get("page"))
    context = {"shoots": page, "crews": list(crews.of(request.user)), "page": page}
    return render(request, "jobs/shoot_list.html", context)


@require_POST
@login_required
def publish(request: PersonRequest, pk: int) -> HttpResponseRedirect:
    """Open the shoot for matching and applications."""
    shoot = editable(request, pk)
    shoots.publish(shoot=shoot, by=request.user, now=timezone.now())
    messages.success(request, _("Published: graduates can see its roles now."))
    return redirect("shoots:board", pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def cancel(request: PersonRequest, pk: int) -> HttpResponse:
    """Call a shoot off; the page counts the people who will be told before anything happens."""
    shoot = editable(request, pk)
    if request.method == "POST":
        shoots.cancel(shoot=shoot, by=request.user, now=timezone.now())
        messages.success(request, _("The shoot is called off and everybody has been told."))
        return redirect("shoots:list")
    return render(request, "jobs/shoot_cancel.html", {"shoot": shoot, "counts": questions.counts(shoot)})


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def wrap(request: PersonRequest, pk: int) -> HttpResponse:
    """Close a shoot that is done: the days become credits of the people who served them."""
    shoot = editable(request, pk)
    if request.method == "POST":
        shoots.wrap(shoot=shoot, by=request.user, now=timezone.now())
        messages.success(request, _("Wrapped. The credits are written into the profiles of the people."))
        return redirect("shoots:board", pk=pk)
    return render(request, "jobs/shoot_wrap.html", {"shoot": shoot, "counts": questions.counts(shoot)})
