"""One role of a shoot under the lamp: who is proposed and why, who waits, and why the others are not."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from config.errors import Conflict, DomainError, NotAllowed
from config.wording import sentence
from hubs.models import Skill
from hubs.timespan import shoot_day_of
from jobs import policies
from jobs.models import Match, Role
from jobs.queries import floors, reviews
from jobs.queries import matching as questions
from jobs.services import matching, offers, roles
from jobs.web import candidates, proposals, rest_words
from jobs.web.doors import found
from jobs.web.forms import RoleForm
from jobs.web.shoots import staffable
from profiles.web.requests import PersonRequest

FIT_NOW = 10


@require_safe
@login_required
def role(request: PersonRequest, pk: int, role_pk: int) -> HttpResponse:
    """The review of one role."""
    row, rights = _reviewed(request, pk, role_pk)
    may_edit = rights.role
    name = request.GET.get("who", "").strip()[:60].replace("\0", "")
    there_is = reviews.there_is(row)
    review = proposals.review(row, there_is, reader=request.user, name=name)
    context = {
        "shoot": row.shoot,
        "role": row,
        "review": review,
        "fits_now": None if review.run else _fits_now(row),
        "applicants": candidates.applicants(row) if there_is.applicants else [],
        "off_list": _off_list(row),
        "rested": rest_words.of_people(row, [each.profile for each in review.chosen]) if may_edit else [],
        "who": name,
        "may_edit": may_edit,
        "may_book": rights.shoot,
        "may_see_rates": rights.rates,
        "now": timezone.now(),
    }
    return render(request, "jobs/role_review.html", context)


def _off_list(row: Role) -> str:
    """Why nobody new sees or is asked for this role, with the remedy; "" where it is on the list."""
    if getattr(row, "hold", None):
        return sentence(Conflict("role_held"))
    found = floors.remedy(row, shoot_day_of(timezone.now()))
    if found is None:
        return ""
    floor, least = found
    below = Conflict(
        "role_below_floor", role=row.role_type.name, hour=row.yuan_per_hour, floor=floor, least=least
    )
    return sentence(below)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def new_role(request: PersonRequest, pk: int) -> HttpResponse:
    """Add a role by hand."""
    shoot = staffable(request, pk)
    department = policies.heads_department(request.user, shoot.crew)
    form = RoleForm(request.POST if request.method == "POST" else None, department=department)
    if request.method == "POST" and form.is_valid():
        try:
            roles.add(shoot=shoot, **form.cleaned_data, by=request.user, now=timezone.now())
        except DomainError as error:
            form.add_error(error.field if error.field in form.fields else None, sentence(error))
        else:
            return redirect("shoots:board", pk=pk)
    return render(
        request, "jobs/role_new.html", {"shoot": shoot, "form": form}, status=400 if form.errors else 200
    )


@require_POST
@login_required
def ease_role(request: PersonRequest, pk: int, role_pk: int) -> HttpResponseRedirect:
    """Make a must-have skill of a role a wish."""
    row = editable_role(request, pk, role_pk)
    skill = get_object_or_404(Skill, code=request.POST.get("skill", "").replace("\0", ""))
    roles.ease(role=row, skill=skill, by=request.user, now=timezone.now())
    words = _("“%(skill)s” is a wish now, not a must. Match again to see who comes.")
    messages.success(request, words % {"skill": skill.name})
    if request.POST.get("back") == "grid":
        return redirect("shoots:grid", pk=pk)
    return redirect("shoots:role", pk=pk, role_pk=role_pk)


@require_POST
@login_required
def remove_role(request: PersonRequest, pk: int, role_pk: int) -> HttpResponseRedirect:
    """Take a role off the shoot, as long as nobody holds an offer for it."""
    roles.remove(role=editable_role(request, pk, role_pk), by=request.user, now=timezone.now())
    messages.success(request, _("The role is removed."))
    return redirect("shoots:board", pk=pk)


@require_POST
@login_required
def strike(request: PersonRequest, pk: int) -> HttpResponseRedirect:
    """Take a proposed person off; the next one moves up."""
    match = _match(request, pk)
    matching.strike(match=match, by=request.user, now=timezone.now())
    messages.success(request, _("Taken off the proposal; the next person moved up. Nobody was told."))
    return redirect("shoots:role", pk=pk, role_pk=match.role_id)


@require_POST
@login_required
def send_offer(request: PersonRequest, pk: int, role_pk: int) -> HttpResponseRedirect:
    """Hold a slot out to one person, ahead of the others."""
    match = _match(request, pk, role_id=role_pk)
    offers.send(role=match.role, profile=match.profile, by=request.user, now=timezone.now(), match=match)
    messages.success(request, _("The offer is on its way."))
    return redirect("shoots:role", pk=pk, role_pk=role_pk)


def _match(request: HttpRequest, pk: int, **where) -> Match:
    """Return the match named in the form, of this shoot only; 404 for another's, or for no number at all."""
    shoot = staffable(request, pk)
    number = request.POST.get("match", "")
    rows = Match.objects.filter(run__shoot=shoot, **where).select_related(
        "role__shoot__crew", "role__role_type", "profile__user", "run"
    )
    match = get_object_or_404(rows, pk=int(number) if number.isdecimal() and len(number) < 19 else 0)
    if not policies.may_edit_role(request.user, match.role):
        raise NotAllowed("not_yours")
    return match


def _fits_now(row: Role) -> questions.Shortlist:
    """Before the first match: who would fit best right now, from the market in memory."""
    return questions.best_now(row, count=FIT_NOW, without=set(), now=timezone.now())


def _reviewed(request: HttpRequest, pk: int, role_pk: int) -> tuple[Role, policies.Rights]:
    """A role and what she may do about it; 404 for one whose matches she may not read.

    Asked in this order, her crew is read once, and the question for the role has half of its tables.
    """
    rows = Role.objects.filter(shoot=pk).select_related("role_type__department", "shoot", "hold")
    row = found(rows, role_pk)
    rights = policies.rights_on(request.user, row)
    if not rights.review:
        raise Http404
    return row, rights


def editable_role(request: HttpRequest, pk: int, role_pk: int) -> Role:
    """A role of a shoot that she may change; 404 for one she may not see, NotAllowed for one she may only read."""
    rows = policies.reviewable_roles(request.user).filter(shoot=pk)
    beside = ("role_type__department", "shoot__crew", "shoot__base__hub", "hold")
    row = found(rows.select_related(*beside), role_pk)
    if not policies.may_edit_role(request.user, row):
        raise NotAllowed("not_yours")
    return row
