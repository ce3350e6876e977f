"""Answering from the e-mail: the link shows, only the buttons answer, and the key opens one offer."""

import pytest
from django.urls import reverse

from jobs.channels import email
from jobs.enums import OfferState
from jobs.models import Booking, Notice
from jobs.models.offer import answer_key
from jobs.services import offers
from tests.factories.jobs import RoleFactory
from tests.factories.profiles import fits

pytestmark = pytest.mark.django_db


@pytest.fixture
def offer(shoot, bo, mei, now):
    """Held out to Bo through the service, so that its e-mail is there too."""
    role = RoleFactory(shoot=shoot)
    fits(bo.profile, role)
    return offers.send(role, bo.profile, by=mei, now=now)


def key_url(offer, user, name="answer") -> str:
    return reverse(name, args=[answer_key(offer.pk, user.pk)])


def test_the_mail_carries_the_key_and_opening_it_changes_nothing(offer, bo, client):
    mail = email.message(Notice.objects.select_related("recipient").get(kind="offer_received"))
    url = key_url(offer, bo)
    assert url in mail.body

    page = client.get(url)

    offer.refresh_from_db()
    assert (page.status_code, offer.state) == (200, OfferState.OPEN)
    assert page["Cache-Control"].startswith("max-age=0")


def test_she_accepts_without_signing_in(offer, bo, client):
    page = client.post(key_url(offer, bo), follow=True)

    offer.refresh_from_db()
    assert (page.status_code, offer.state) == (200, OfferState.ACCEPTED)
    assert Booking.objects.get().profile == bo.profile
    assert "_auth_user_id" not in client.session  # the key answers one offer; it signs nobody in


def test_a_second_press_shows_that_she_is_booked(offer, bo, client):
    for _press in range(2):
        page = client.post(key_url(offer, bo), follow=True)
        assert page.status_code == 200
    assert Booking.objects.count() == 1


def test_she_declines_and_cannot_accept_after(offer, bo, client):
    client.post(key_url(offer, bo, "answer_decline"))
    late = client.post(key_url(offer, bo))

    offer.refresh_from_db()
    assert (offer.state, late.status_code, Booking.objects.count()) == (OfferState.DECLINED, 409, 0)


@pytest.mark.parametrize("spoil", [lambda key: key[:-1], lambda key: "x" + key, lambda key: "nonsense"])
def test_a_forged_key_is_a_missing_page(offer, bo, client, spoil):
    answer = client.get(reverse("answer", args=[spoil(answer_key(offer.pk, bo.pk))]))
    assert answer.status_code == 404


def test_a_key_for_anothers_offer_opens_nothing(offer, lin_graduate, client):
    assert client.get(key_url(offer, lin_graduate)).status_code == 404


def test_the_key_of_a_closed_account_opens_nothing(offer, bo, client):
    bo.is_active = False
    bo.save(update_fields=["is_active"])
    assert client.get(key_url(offer, bo)).status_code == 404
