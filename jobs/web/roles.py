"""Open roles: the public list, and one role with its "why" or "why not"."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from config.errors import Invalid
from hubs.models import Hub
from hubs.timespan import shoot_day_of
from jobs import policies
from jobs.enums import ShootState
from jobs.queries import keeping, matching, offers, searches, units
from jobs.queries import roles as questions
from jobs.queries.search import Search
from jobs.services import applications
from jobs.web import for_me, reasons, search_words, sentences
from jobs.web.doors import found, graduates, profile_of
from jobs.web.forms import ApplyForm
from jobs.web.search_forms import RoleFilterForm
from profiles.web.requests import GraduateRequest, SiteRequest

SHOOTS_A_PAGE = 10
ROLES_OF_A_SHOOT = 3
IN_HUB_AT_MOST = 12
WHOLE_SHOOT = 120


@require_safe
def role_list(request: HttpRequest) -> HttpResponse:
    """Open roles grouped by shoot, narrowed and ordered by the address. Public."""
    today = shoot_day_of(timezone.now())
    form = RoleFilterForm(request.GET or None)
    search = form.search() if form.is_bound else Search()
    order = request.GET.get("order", "")
    order = order if order in questions.ORDERS else questions.ORDERS[0]
    roles = questions.open_roles(search, today=today)
    page = Paginator(questions.by_shoot(roles, order=order), SHOOTS_A_PAGE).get_page(request.GET.get("page"))
    each = WHOLE_SHOOT if search.shoot else ROLES_OF_A_SHOOT
    profile = profile_of(request.user)
    context = {
        "form": form,
        "search": search,
        "parts": search_words.parts(search),
        "query": search.as_query(),
        "order": order,
        "page": page,
        "groups": questions.of_shoots(page, roles, order=order, each=each),
        "total": roles.count(),
        "profile": profile,
        "saved": searches.same(profile, search) if profile and search else None,
    }
    return render(request, "jobs/role_list.html", context)


@require_safe
def in_hub(request: SiteRequest, slug: str) -> HttpResponse:
    """The open roles of a hub: a fragment for the hub's page, a full list where htmx did not ask."""
    hub = get_object_or_404(Hub, slug=slug)
    if not request.htmx:
        return redirect(f"{request.build_absolute_uri('/roles/')}?hub={hub.slug}")
    roles = questions.open_roles(Search(hub=hub.slug), today=shoot_day_of(timezone.now()))
    shown = questions.varied(roles, count=IN_HUB_AT_MOST)
    context = {"hub": hub, "roles": shown, "total": roles.count()}
    return render(request, "jobs/_roles_in_hub.html", context)


@require_safe
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One role. A graduate also reads how well it fits her, or the named barriers."""
    role = found(questions.with_place(policies.visible_roles(request.user)), pk)
    profile, now = profile_of(request.user), timezone.now()
    context = {
        "role": role,
        "shoot": role.shoot,
        "record": keeping.record(role.shoot.crew, shoot_day_of(now)),
        "form": ApplyForm(),
        "requirements": questions.requirements(role),
        # On an open shoot the pay is public; before that it is the crew's, and not of those who only look on.
        "may_see_rates": role.shoot.state == ShootState.OPEN
        or policies.may_see_rates(request.user, role.shoot),
    }
    if profile is not None:
        names = reasons.Names()
        pair = matching.fit(profile=profile, role=role, now=now)
        context |= {
            "profile": profile,
            "fit": reasons.fit(pair, names, to_her=True),
            "sentence": sentences.write([pair], names)[0],
            "hurdles": for_me.hurdles(pair, names),
            "fixed": for_me.undoable(request, names),
            "application": questions.application_of(profile, role),
            "offer": offers.live_for(profile, role),
            "unit": units.led_by(profile),
        }
    return render(request, "jobs/role_detail.html", context)


@require_POST
@graduates
def apply(request: GraduateRequest, pk: int) -> HttpResponseRedirect:
    """Ask for a place."""
    role = found(policies.visible_roles(request.user), pk)
    form = ApplyForm(request.POST)
    if not form.is_valid():
        raise Invalid("message_too_long", field="message")
    applications.apply(role=role, by=request.user, now=timezone.now(), message=form.cleaned_data["message"])
    messages.success(request, _("Your application is with the crew. You will be told here and by e-mail."))
    return redirect("roles:detail", pk=role.pk)


@require_POST
@graduates
def take_back(request: GraduateRequest, pk: int) -> HttpResponseRedirect:
    """Take one's application back."""
    role = found(policies.visible_roles(request.user), pk)
    application = questions.application_of(request.profile, role)
    if application is None:
        raise Invalid("not_applied")
    applications.withdraw(application=application, by=request.user, now=timezone.now())
    messages.success(request, _("Your application is taken back."))
    return redirect("roles:detail", pk=role.pk)
