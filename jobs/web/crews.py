"""A crew: asking to be let in, its members, and the letter that asks somebody to join."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from config.errors import DomainError, NotAllowed
from config.wording import sentence
from jobs import policies
from jobs.enums import CrewState
from jobs.models import Crew, CrewInvitation, Membership
from jobs.queries import crews as questions
from jobs.services import crews
from jobs.services import members as belonging
from jobs.web.crew_forms import CrewForm, InviteForm, RightForm, department_choices
from jobs.web.doors import found, managers
from profiles.web.requests import PersonRequest

MENDABLE = (CrewState.APPLIED, CrewState.REFUSED)


@require_http_methods(["GET", "HEAD", "POST"])
@managers
def apply(request: PersonRequest) -> HttpResponse:
    """The form, and after it the wait: an admin checks the company before anything can be published."""
    if not request.user.is_manager:
        raise NotAllowed("managers_only")
    form = CrewForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            crew = crews.apply(**form.cleaned_data, by=request.user, now=timezone.now())
        except DomainError as error:
            refused(form, error)
        else:
            messages.success(
                request, _("%(crew)s is being checked. You can prepare shoots now.") % {"crew": crew.name}
            )
            return redirect("shoots:list")
    return render(request, "jobs/crew_apply.html", {"form": form}, status=400 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def mend(request: PersonRequest, pk: int) -> HttpResponse:
    """The application again, with what was wrong about it; owners only."""
    crew = _owned(request, pk)
    if crew.state not in MENDABLE:
        return redirect("crews:members", pk=pk)
    names = ("name", "company_name", "credit_code", "home_hub", "contact_name", "contact_mobile")
    form = CrewForm(
        request.POST if request.method == "POST" else None,
        initial={name: getattr(crew, name) for name in names},
    )
    if request.method == "POST" and form.is_valid():
        try:
            crews.apply_again(crew=crew, **form.cleaned_data, by=request.user, now=timezone.now())
        except DomainError as error:
            refused(form, error)
        else:
            messages.success(request, _("Sent again. You are told when it has been looked at."))
            return redirect("crews:members", pk=pk)
    context = {"form": form, "crew": crew}
    return render(request, "jobs/crew_apply.html", context, status=400 if form.errors else 200)


@require_safe
@login_required
def members(request: PersonRequest, pk: int) -> HttpResponse:
    """Who belongs to the crew and what each may see; its owners ask people in here."""
    crew = found(policies.visible_crews(request.user).select_related("home_hub"), pk)
    return _members(request, crew, InviteForm())


def _members(request: PersonRequest, crew: Crew, form: InviteForm, status: int = 200) -> HttpResponse:
    may_change = policies.may_change_members(request.user, crew)
    rows = list(questions.members(crew))
    departments = department_choices() if may_change else []
    form.fields["department"].widget.choices = departments
    context = {
        "crew": crew,
        "members": [
            {
                "row": row,
                "form": RightForm(initial=_now(row), prefix=f"m{row.pk}", departments=departments)
                if may_change
                else None,
            }
            for row in rows
        ],
        "mine": next((row for row in rows if row.user_id == request.user.pk), None),
        "invitations": questions.standing_invitations(crew, now=timezone.now()) if may_change else [],
        "form": form if may_change else None,
        "may_change": may_change,
        "mendable": may_change and crew.state in MENDABLE,
    }
    return render(request, "jobs/crew_members.html", context, status=status)


def _now(row: Membership) -> dict:
    return {"right": row.right, "department": row.department_id}


@require_POST
@login_required
def invite(request: PersonRequest, pk: int) -> HttpResponse:
    """Send somebody a letter that asks her to join."""
    crew = _owned(request, pk)
    form = InviteForm(request.POST)
    if form.is_valid():
        try:
            asked = belonging.invite(crew=crew, **form.cleaned_data, by=request.user, now=timezone.now())
        except DomainError as error:
            refused(form, error)
        else:
            messages.success(request, _("A letter is on its way to %(email)s.") % {"email": asked.email})
            return redirect("crews:members", pk=pk)
    return _members(request, crew, form, status=400)


@require_POST
@login_required
def uninvite(request: PersonRequest, pk: int, invitation_pk: int) -> HttpResponseRedirect:
    """Take an invitation back."""
    crew = _owned(request, pk)
    invitation = found(CrewInvitation.objects.filter(crew=crew).select_related("crew"), invitation_pk)
    belonging.withdraw(invitation, by=request.user, now=timezone.now())
    messages.success(request, _("The invitation is taken back; its link opens nothing any more."))
    return redirect("crews:members", pk=pk)


@require_POST
@login_required
def change_right(request: PersonRequest, pk: int, member_pk: int) -> HttpResponse:
    """Give a member another right."""
    crew = _owned(request, pk)
    membership = found(questions.members(crew), member_pk)
    form = RightForm(request.POST, prefix=f"m{membership.pk}")
    try:
        if not form.is_valid():
            messages.error(
                request, " ".join(map(str, form.errors.get("__all__") or form.errors.get("right") or ()))
            )
            return redirect("crews:members", pk=pk)
        belonging.change_right(membership, **form.cleaned_data, by=request.user, now=timezone.now())
    except DomainError as error:
        messages.error(request, sentence(error))
    else:
        messages.success(request, _("Changed. %(name)s has been told.") % {"name": membership.user.name})
    return redirect("crews:members", pk=pk)


@require_POST
@login_required
def remove(request: PersonRequest, pk: int, member_pk: int) -> HttpResponse:
    """Take a member off the crew, or leave it oneself."""
    crew = found(policies.visible_crews(request.user), pk)
    membership = found(questions.members(crew), member_pk)
    try:
        belonging.remove(membership, by=request.user, now=timezone.now())
    except NotAllowed:
        raise
    except DomainError as error:
        messages.error(request, sentence(error))
        return redirect("crews:members", pk=pk)
    if membership.user_id == request.user.pk:
        messages.success(request, _("You have left %(crew)s.") % {"crew": crew.name})
        return redirect("shoots:list")
    messages.success(request, _("%(name)s is off the crew.") % {"name": membership.user.name})
    return redirect("crews:members", pk=pk)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest, key: str) -> HttpResponse:
    """The page behind the letter: who asks, as what; POST joins. Reading changes nothing."""
    invitation = questions.invitation_behind(key)
    if invitation is None:
        raise Http404
    if request.method == "POST" and request.user.is_authenticated:
        try:
            belonging.accept(invitation, by=request.user, now=timezone.now())
        except DomainError as error:
            context = _letter(request, invitation) | {"error": sentence(error)}
            return render(request, "jobs/crew_join.html", context, status=error.status)
        messages.success(request, _("You are in: %(crew)s.") % {"crew": invitation.crew.name})
        return redirect("shoots:list")
    return render(request, "jobs/crew_join.html", _letter(request, invitation))


def _letter(request: HttpRequest, invitation: CrewInvitation) -> dict:
    ended = invitation.accepted_at or invitation.withdrawn_at or invitation.expires_at <= timezone.now()
    hers = request.user.is_authenticated and (request.user.email or "").lower() == invitation.email
    return {"invitation": invitation, "ended": bool(ended), "hers": hers}


def _owned(request: PersonRequest, pk: int) -> Crew:
    """The crew if she sees it and owns it; 404 or NotAllowed otherwise."""
    crew = found(policies.visible_crews(request.user), pk)
    if not policies.may_change_members(request.user, crew):
        raise NotAllowed("not_yours")
    return crew


def refused(form, error: DomainError) -> None:
    """Put a refusal of a service on the form, at its field where it has one."""
    form.add_error(error.field if error.field in form.fields else None, sentence(error))
