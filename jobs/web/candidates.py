"""One person beside one role of a shoot, several side by side, and finding somebody by name."""

from dataclasses import dataclass, replace

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from config.errors import Invalid, NotAllowed
from jobs import policies
from jobs.models import Role
from jobs.queries import candidates as questions
from jobs.queries.matching import Pair
from jobs.services import applications, bonds
from jobs.web import board, reasons
from jobs.web.doors import found
from profiles.models import Profile
from profiles.queries import cv, portfolio
from profiles.queries.people import with_everything
from profiles.web.requests import PersonRequest

SIDE_BY_SIDE = 4


@require_safe
@login_required
def person(request: PersonRequest, pk: int, role_pk: int, person_pk: int) -> HttpResponse:
    """Everything a crew needs to decide about one person for one role."""
    role = _role(request, pk, role_pk)
    profile = _candidate(role, person_pk, with_everything(questions.people()))
    seen = questions.sight(profile=profile, role=role, now=timezone.now())
    context = {
        "shoot": role.shoot,
        "role": role,
        "profile": profile,
        "sight": seen,
        "fit": fit_for_crew(seen.pair, reasons.Names()),
        "may_edit": policies.may_edit_role(request.user, role),
        "may_block": policies.may_edit_shoot(request.user, role.shoot),
        "marks": range(1, 7),
        "cv": cv.cv(profile),
        "shown": portfolio.for_crews(profile),
        "address": reverse("public_page", args=[profile.page_token]) if profile.page_token else "",
    }
    return render(request, "jobs/candidate.html", context)


def fit_for_crew(pair: Pair, names: reasons.Names) -> reasons.Fit:
    """The reasons as a crew may read them: what is her own affair keeps her away without a name."""
    shown = [each for each in pair.barriers if each["barrier"] in policies.NAMED_TO_CREWS]
    fit = reasons.fit(replace(pair, barriers=shown), names, to_her=False)
    if len(shown) == len(pair.barriers):
        return fit
    own = reasons.Reason("barrier", _("cannot be asked for this role"))
    return replace(fit, barriers=[*fit.barriers, own])


@require_POST
@login_required
def remember(request: PersonRequest, pk: int, role_pk: int, person_pk: int) -> HttpResponseRedirect:
    """Mark her 1 to 6, note something, or be done with her: kept by the crew, never shown to her."""
    role = _editable(request, pk, role_pk)
    profile = _candidate(role, person_pk)
    crew, now, what = role.shoot.crew, timezone.now(), request.POST.get("what", "")
    if what == "mark":
        value = request.POST.get("value", "")
        said = int(value) if value in set("123456") else None
        if value and said is None:
            raise Invalid("mark_out_of_range", field="value")
        bonds.mark(profile, crew=crew, value=said, by=request.user, now=now)
        messages.success(
            request, _("Kept. Only your crew sees it; the engine counts it from the next match on.")
        )
    elif what == "note":
        bonds.note(profile, crew=crew, words=request.POST.get("words", ""), by=request.user, now=now)
        messages.success(request, _("The note is kept. She never reads it."))
    elif what == "block":
        bonds.block_person(
            profile, crew=crew, reason=request.POST.get("reason", ""), by=request.user, now=now
        )
        messages.success(request, _("She is not proposed to your crew any more. She is not told."))
    elif what == "unblock":
        bonds.unblock_person(profile, crew=crew, by=request.user, now=now)
        messages.success(request, _("She can be proposed to your crew again."))
    else:
        raise Invalid("unknown_step", field="what")
    return redirect("shoots:person", pk=pk, role_pk=role_pk, person_pk=person_pk)


@dataclass(frozen=True)
class Column:
    """Somebody beside others, on the role she was chosen on."""

    role: Role
    profile: Profile
    sight: questions.Sight
    fit: reasons.Fit

    @property
    def key(self) -> str:
        return f"{self.role.pk}-{self.profile.pk}"


@require_safe
@login_required
def compare(request: PersonRequest, pk: int) -> HttpResponse:
    """Two to four people side by side, each for the role she was chosen on."""
    shoot = found(policies.visible_shoots(request.user).select_related("crew", "base__hub"), pk)
    pairs = board.chosen(request, shoot, request.GET, "compare")[:SIDE_BY_SIDE]
    roles = (
        policies.reviewable_roles(request.user)
        .filter(shoot=shoot)
        .select_related("role_type", "shoot__crew", "shoot__base__hub")
    )
    rows = roles.in_bulk([role for role, _person in pairs])
    now, names = timezone.now(), reasons.Names()
    columns: list[Column] = []
    for role_id, person_id in pairs:
        if role_id in rows and questions.may_look_at(rows[role_id], person_id):
            profile = questions.people().get(pk=person_id)
            seen = questions.sight(profile=profile, role=rows[role_id], now=now)
            columns.append(Column(rows[role_id], profile, seen, fit_for_crew(seen.pair, names)))
    best = max((column.fit.points for column in columns if not column.fit.barriers), default=0)
    context = {
        "shoot": shoot,
        "columns": columns,
        "best": best,
        "may_edit": policies.may_staff(request.user, shoot),
    }
    return render(request, "jobs/compare.html", context)


@require_safe
@login_required
def find(request: PersonRequest, pk: int, role_pk: int) -> HttpResponse:
    """Find somebody by name for a role: in Chinese or pinyin; with what stands between her and the role."""
    role = _editable(request, pk, role_pk)
    typed = request.GET.get("who", "").replace("\0", "").strip()[:60]
    names = reasons.Names()
    lines = [
        {
            "profile": pair.profile,
            "fit": fit_for_crew(pair, names),
            "key": f"{role.pk}-{pair.profile.pk}",
            "live": live,
        }
        for pair, live in questions.named(role, typed, timezone.now())
    ]
    context = {"shoot": role.shoot, "role": role, "who": typed, "lines": lines, "may_edit": True}
    return render(request, "jobs/find.html", context)


@require_POST
@login_required
def decline(request: PersonRequest, pk: int, application_pk: int) -> HttpResponseRedirect:
    """Answer an application with no, in words that go to her."""
    rows = policies.visible_applications(request.user).filter(role__shoot=pk)
    application = found(
        rows.select_related("role__shoot__crew", "role__role_type", "profile__user"), application_pk
    )
    if not policies.may_edit_role(request.user, application.role):
        raise NotAllowed("not_yours")
    words = request.POST.get("words", "")
    applications.decline(application, words=words, by=request.user, now=timezone.now())
    messages.success(request, _("Answered. Your words are with her."))
    return redirect("shoots:role", pk=pk, role_pk=application.role_id)


def applicants(role: Role) -> list[dict]:
    """Who has applied for a role and waits for an answer, each with fit and reasons, the best first."""
    names = reasons.Names()
    return [
        {"application": application, "profile": application.profile, "fit": fit_for_crew(pair, names)}
        for application, pair in questions.applicants(role, timezone.now())
    ]


def _role(request: HttpRequest, pk: int, role_pk: int) -> Role:
    rows = policies.reviewable_roles(request.user).filter(shoot=pk)
    return found(rows.select_related("role_type__department", "shoot__crew", "shoot__base__hub"), role_pk)


def _editable(request: HttpRequest, pk: int, role_pk: int) -> Role:
    role = _role(request, pk, role_pk)
    if not policies.may_edit_role(request.user, role):
        raise NotAllowed("not_yours")
    return role


def _candidate(role: Role, person_pk: int, rows: QuerySet[Profile] | None = None) -> Profile:
    """The profile, where the crew has a reason to look at it; 404 otherwise, as if it did not exist."""
    if not questions.may_look_at(role, person_pk):
        raise Http404
    return found(questions.people() if rows is None else rows, person_pk)
