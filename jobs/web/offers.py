"""An offer: what it says, accepting it, declining it, taking it back."""

from datetime import datetime

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from config.errors import Conflict, DomainError, Gone, Invalid, NotAllowed
from config.wording import sentence
from hubs.timespan import shoot_day_of
from jobs import policies
from jobs.enums import DeclineReason, OfferState
from jobs.models import Offer
from jobs.queries import keeping, roles
from jobs.queries import offers as questions
from jobs.services import offers
from jobs.web import cancel_words, reasons
from jobs.web.doors import found, graduates
from jobs.web.forms import DeclineForm
from profiles.web.requests import GraduateRequest, PersonRequest

OFFERS_A_PAGE = 20


@require_safe
@graduates
def offer_list(request: GraduateRequest) -> HttpResponse:
    """A graduate's offers: what waits for her answer first, then what was."""
    page = Paginator(questions.history_for(request.user), OFFERS_A_PAGE).get_page(request.GET.get("page"))
    return render(
        request, "jobs/offer_list.html", {"open_offers": questions.open_for(request.user), "page": page}
    )


@require_safe
@login_required
def detail(request: PersonRequest, pk: int) -> HttpResponse:
    """Everything one must know before saying yes: to her it is the offer, to the crew its state."""
    offer = _offer(request, pk)
    return render(request, "jobs/offer_detail.html", _context(request, offer))


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def accept(request: PersonRequest, pk: int) -> HttpResponse:
    """The check page (links in e-mails lead here and change nothing); POST books."""
    offer = _answerable(request, pk)
    if request.method != "POST":
        return render(request, "jobs/offer_accept.html", _context(request, offer))
    try:
        offers.accept(offer=offer, by=request.user, now=timezone.now())
    except (Conflict, Gone) as error:
        offer.refresh_from_db(fields=["state"])
        if offer.state == OfferState.ACCEPTED:  # a second tab, or a second press: she has the place
            messages.info(request, _("You had accepted this offer already. You are booked."))
            return redirect("offers:detail", pk=pk)
        return lost(request, offer, error)
    messages.success(
        request, _("You are booked. The shoot is in your calendar, and the crew can reach you now.")
    )
    return redirect("offers:detail", pk=pk)


@require_POST
@login_required
def decline(request: PersonRequest, pk: int) -> HttpResponse:
    """No, thank you. Costs nothing."""
    offer = _answerable(request, pk)
    form = DeclineForm(request.POST)
    if not form.is_valid():
        raise Invalid("unknown_reason", field="reason")
    try:
        offers.decline(offer=offer, by=request.user, now=timezone.now(), **form.cleaned_data)
    except (Conflict, Gone) as error:
        return lost(request, offer, error)
    messages.success(
        request, _("Declined. That has no effect on later offers; the place goes to the next person.")
    )
    return redirect("for_me")


@require_POST
@login_required
def withdraw(request: PersonRequest, pk: int) -> HttpResponseRedirect:
    """The crew takes an offer back before it is answered."""
    offer = _offer(request, pk)
    if not policies.may_withdraw_offer(request.user, offer):
        raise NotAllowed("not_yours")
    offers.withdraw(offer=offer, by=request.user, now=timezone.now())
    messages.success(request, _("The offer is withdrawn. The place goes to the next person."))
    return redirect("shoots:role", pk=offer.role.shoot_id, role_pk=offer.role_id)


def _offer(request: HttpRequest, pk: int) -> Offer:
    return found(questions.with_place(policies.visible_offers(request.user)), pk)


def _answerable(request: HttpRequest, pk: int) -> Offer:
    offer = _offer(request, pk)
    if not policies.may_answer_offer(request.user, offer):
        raise NotAllowed("not_yours")
    return offer


def what_it_says(offer: Offer, now: datetime) -> dict:
    """Return what every page of an offer shows: its terms, whether it still stands, and how the crew keeps its word."""
    return {
        "offer": offer,
        "role": offer.role,
        "shoot": offer.role.shoot,
        "is_open": offer.state == "open" and offer.expires_at is not None and offer.expires_at > now,
        "record": keeping.record(offer.role.shoot.crew, shoot_day_of(now)),
        "terms": cancel_words.table(offer),
    }


def _context(request: HttpRequest, offer: Offer) -> dict:
    mine = offer.profile.user_id == request.user.pk
    faster = mine and offer.state == OfferState.WITHDRAWN and questions.somebody_faster(offer)
    return what_it_says(offer, timezone.now()) | {
        "mine": mine,
        "may_edit": policies.may_withdraw_offer(request.user, offer),
        "may_ask_likeness": policies.may_edit_shoot(request.user, offer.role.shoot),
        "may_see_rates": mine or policies.may_see_rates(request.user, offer.role.shoot),
        "may_see_contact": policies.may_see_contact(request.user, offer.profile),
        "faster": faster,
        "similar": roles.similar(offer.role) if faster else [],
        "decline_reasons": DeclineReason.choices,
        "fit": reasons.fit(offer.match, reasons.Names(), to_her=mine) if offer.match else None,
    }


def lost(request: HttpRequest, offer: Offer, error: DomainError) -> HttpResponse:
    """Say that somebody or the clock was faster, and show what is like it."""
    offer.refresh_from_db()
    context = {
        "offer": offer,
        "error": error,
        "sentence": sentence(error),
        "similar": roles.similar(offer.role),
    }
    return render(request, "errors/offer_gone.html", context, status=error.status)
