"""The chain: thirty days, the plan that fills them best, and holding it."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from config.errors import Invalid
from jobs.enums import ChainAim
from jobs.queries import chain as question
from jobs.queries import held as held_plans
from jobs.services import chains
from jobs.web import reasons, sentences
from jobs.web.doors import graduates
from profiles.web.requests import GraduateRequest

MOST = 10


@require_safe
@graduates
def chain(request: GraduateRequest) -> HttpResponse:
    """The plan for thirty days, for what the tab says; with a held one, what became of it, and the plan around it."""
    now = timezone.now()
    held = held_plans.of(request.profile, now=now)
    aim = request.GET.get("for", "")
    if aim not in ChainAim.values:
        aim = held.plan.aim if held else ChainAim.DAYS
    month = question.plan(profile=request.profile, now=now, aim=aim, held=held.standing if held else ())
    names = reasons.Names()
    pairs = [step.pair for step in (*month.steps, *month.next_up)]
    said = iter(sentences.write(pairs, names, repeat=False))
    context = {
        "tab": "chain",
        "aims": [{"code": code, "label": label, "here": code == aim} for code, label in ChainAim.choices],
        "aim": aim,
        "month": month,
        "steps": [{"step": step, "sentence": next(said)} for step in month.steps],
        "next_up": [{"step": step, "sentence": next(said)} for step in month.next_up],
        "held": held,
        "links": _links(held, names),
        "same": held is not None and {s.role.pk for s in month.steps} <= set(held.standing),
    }
    return render(request, "jobs/chain.html", context)


def _links(held: held_plans.Held | None, names: reasons.Names) -> list[dict]:
    return [
        {"link": link, "barriers": reasons.fit(link.pair, names, to_her=True).barriers}
        for link in (held.links if held else ())
    ]


@require_POST
@graduates
def hold(request: GraduateRequest) -> HttpResponseRedirect:
    """Apply for every shoot of the plan at once."""
    ids = request.POST.getlist("role")
    if len(ids) > MOST or not all(each.isascii() and each.isdigit() and len(each) < 19 for each in ids):
        raise Invalid("chain_empty", field="role")
    chains.hold(
        profile=request.profile,
        role_ids=[int(each) for each in ids],
        aim=request.POST.get("aim", ""),
        by=request.user,
        now=timezone.now(),
    )
    done = ngettext(
        "The plan is yours: the crew has your request.",
        "The plan is yours: all %(count)d crews have your request.",
        len(ids),
    )
    messages.success(request, done % {"count": len(ids)})
    return redirect(f"{reverse('my_chain')}#held")


@require_POST
@graduates
def release(request: GraduateRequest) -> HttpResponseRedirect:
    """Let the held plan go."""
    chains.release(profile=request.profile, by=request.user, now=timezone.now())
    messages.success(request, _("The plan is let go. Offers and bookings you have stay yours."))
    return redirect("my_chain")
