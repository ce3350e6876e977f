"""A person's word, read out and typed by her coordinator: one page a question, with the words to read and the answer."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from config.errors import DomainError
from config.wording import sentence
from jobs.enums import BookingState, OfferState
from jobs.models import Booking, Offer, Wage
from jobs.queries import villages as questions
from jobs.queries.bookings import with_place as booking_with_place
from jobs.queries.offers import with_place as offer_with_place
from jobs.queries.wages import with_place as wage_with_place
from jobs.services import villages
from jobs.web.doors import found
from jobs.web.village import CoordinatorRequest, in_office, whom
from jobs.web.village_forms import WordForm
from profiles.models import Villager
from profiles.queries import account
from profiles.services import villagers
from profiles.services.spoken import TO_READ_CONTACT, Heard

Answers = list[tuple[str, Any]]
YES = "yes"


@dataclass(frozen=True)
class Question:
    """What is asked, of whom, and what typing the answer does. `kind` names the part of the page that shows it."""

    kind: str
    villager: Villager
    subject: Any
    answers: Answers
    type_it: Callable[[str, Heard], str]


def _offer(request: CoordinatorRequest, pk: int) -> Question:
    hers = Offer.objects.filter(profile__in=questions.visible_profiles(request.user)).exclude(
        state=OfferState.DRAFTED
    )
    offer = found(offer_with_place(hers), pk)
    villager = _of(request, offer.profile_id)

    def type_it(said: str, heard: Heard) -> str:
        accepts = said == YES
        villages.answer(offer, accepts=accepts, heard=heard, by=request.user, now=timezone.now())
        if accepts:
            return _("Booked. The text message is on its way.")
        return _("Noted. The place goes to the next person; a no counts against nobody.")

    answers: Answers = [(YES, _("Yes, I will come")), ("no", _("No, not this time"))]
    return Question("offer", villager, offer, answers if offer.state == OfferState.OPEN else [], type_it)


def _coming(request: CoordinatorRequest, pk: int) -> Question:
    hers = Booking.objects.filter(profile__in=questions.visible_profiles(request.user))
    booking = found(booking_with_place(hers).select_related("confirmation"), pk)

    def type_it(said: str, heard: Heard) -> str:
        villages.coming(booking, heard=heard, by=request.user, now=timezone.now())
        return _("Noted: the person is coming.")

    standing = booking.state == BookingState.CONFIRMED
    answers: Answers = [(YES, _("Yes, I am coming"))] if standing else []
    return Question("coming", _of(request, booking.profile_id), booking, answers, type_it)


def _wage(request: CoordinatorRequest, pk: int) -> Question:
    hers = Wage.objects.filter(booking__profile__in=questions.visible_profiles(request.user))
    wage = found(wage_with_place(hers), pk)

    def type_it(said: str, heard: Heard) -> str:
        received = said == YES
        villages.say_of_wage(wage, received=received, heard=heard, by=request.user, now=timezone.now())
        if received:
            return _("Noted: the money is there.")
        return _("Noted: nothing has arrived. The crew is told, and the clock runs on.")

    answers: Answers = [(YES, _("Yes, the money is there"))]
    if wage.paid_at and not wage.denied_at:
        answers.append(("no", _("No, nothing has arrived")))
    return Question(
        "wage", _of(request, wage.booking.profile_id), wage, [] if wage.received_at else answers, type_it
    )


def _contact(request: CoordinatorRequest, pk: int) -> Question:
    villager = whom(request, pk)

    def type_it(said: str, heard: Heard) -> str:
        villagers.say_contact(villager, agreed=said == YES, heard=heard, by=request.user, now=timezone.now())
        return _("Noted.")

    return Question("contact", villager, TO_READ_CONTACT, [(YES, _("Yes")), ("no", _("No"))], type_it)


def _leaving(request: CoordinatorRequest, pk: int) -> Question:
    villager = whom(request, pk)
    wish = account.leaving(villager.profile.user)

    def type_it(said: str, heard: Heard) -> str:
        now = timezone.now()
        if wish is not None:
            villages.take_leaving_back(villager, heard=heard, by=request.user, now=now)
            return _("Noted: everything stays as it was.")
        villages.ask_leaving(villager, heard=heard, by=request.user, now=now)
        return _(
            "Noted. In 14 days everything about this person is deleted; until then it can be taken back."
        )

    word = _("I want to stay") if wish else _("Delete everything about me")
    return Question("leaving", villager, wish, [(YES, word)], type_it)


QUESTIONS: dict[str, Callable[[CoordinatorRequest, int], Question]] = {
    "offer": _offer,
    "coming": _coming,
    "wage": _wage,
    "contact": _contact,
    "leaving": _leaving,
}


@require_http_methods(["GET", "HEAD", "POST"])
@in_office
def answer(request: CoordinatorRequest, pk: int, kind: str) -> HttpResponse:
    """What is read out to her, and the form for what she says."""
    asked = QUESTIONS[kind](request, pk)
    form = WordForm(request.POST if request.method == "POST" else None, answers=asked.answers)
    if request.method == "POST" and form.is_valid():
        try:
            done = asked.type_it(form.cleaned_data["answer"], form.heard)
        except DomainError as error:
            if error.code == "not_yours":
                raise
            form.add_error(error.field if error.field in form.fields else None, sentence(error))
        else:
            messages.success(request, done)
            return redirect("village:person", pk=asked.villager.pk)
    context = {"asked": asked, "form": form, "office": request.office}
    return render(request, "jobs/village_answer.html", context, status=400 if form.errors else 200)


def _of(request: CoordinatorRequest, profile_id: int) -> Villager:
    villager = Villager.objects.filter(profile=profile_id).values_list("pk", flat=True).first()
    if villager is None:
        raise Http404
    return whom(request, villager)
