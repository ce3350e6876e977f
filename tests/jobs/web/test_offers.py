from datetime import timedelta

import pytest

from jobs.enums import OfferState
from jobs.models import Booking, ContactView, Offer
from profiles.models import Profile
from tests.factories.jobs import BookingFactory, OfferFactory, RoleFactory, ShootFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def offer(fitting_bo, role):
    return OfferFactory(role=role, profile=fitting_bo.profile)


def state_of(offer) -> str:
    return Offer.objects.get(pk=offer.pk).state


def test_an_offer_says_everything_one_must_know(page, text, bo, offer):
    words = text(page(bo, f"/offers/{offer.pk}/"))
    for said in (
        "Lighting assistant", "雨夜归人", "¥350", "7 days", "¥2,450 in all", "Dec 12 – 18, 2026", "08:00", "Dazhi Base",
        "Meals provided", "Lodging provided", "Accident insurance yes", "10 hours at most", "within 7 days after wrap",
        "12 hours left, until Tue, Dec 1, 21:00", "Declining costs nothing", "山海剧组",
        "Its business licence has been checked.",
    ):  # fmt: skip
        assert said in words


@pytest.mark.parametrize(
    ("who", "status"),
    [("bo", 200), ("mei", 200), ("lin", 404), ("lin_graduate", 404), ("ada", 200), (None, 302)],
)
def test_who_may_read_an_offer(request, page, offer, who, status):
    user = request.getfixturevalue(who) if who else None
    assert page(user, f"/offers/{offer.pk}/").status_code == status


@pytest.mark.parametrize(
    ("who", "status"), [("mei", 403), ("lin", 404), ("lin_graduate", 404), ("ada", 403), (None, 302)]
)
@pytest.mark.parametrize("act", ["accept", "decline"])
def test_nobody_answers_for_her(request, page, offer, who, status, act):
    user = request.getfixturevalue(who) if who else None
    assert page(user, f"/offers/{offer.pk}/{act}/", post={}).status_code == status
    assert state_of(offer) == OfferState.OPEN


def test_a_link_in_an_e_mail_books_nobody(page, text, bo, offer):
    check = page(bo, f"/offers/{offer.pk}/accept/")
    assert "Yes, I will be there" in text(check)
    assert "The crew sees your mobile number" in text(check)
    assert (state_of(offer), Booking.objects.count()) == (OfferState.OPEN, 0)


def test_accepting_books_her(page, text, bo, offer):
    answer = page(bo, f"/offers/{offer.pk}/accept/", post={})
    assert answer.headers["Location"] == f"/offers/{offer.pk}/"
    booking = Booking.objects.get()
    assert (booking.profile, booking.role, booking.day_rate, booking.total_pay) == (
        bo.profile,
        offer.role,
        350,
        2450,
    )
    assert "You are booked." in text(page(bo, f"/offers/{offer.pk}/"))


def test_a_lost_race_says_so_and_shows_three_like_it(page, text, bo, offer, role, shoot):
    BookingFactory(role=role)
    role.refresh_from_db()
    BookingFactory(role=role)
    for n in range(4):
        RoleFactory(
            shoot=ShootFactory(crew=shoot.crew, base=shoot.base, title=f"像它{n}"), role_type=role.role_type
        )
    answer = page(bo, f"/offers/{offer.pk}/accept/", post={})
    words = text(answer)
    assert answer.status_code == 409
    assert "All places of this role are taken by now." in words
    assert sum(f"像它{n}" in words for n in range(4)) == 3
    assert Booking.objects.filter(profile=bo.profile).count() == 0


def test_an_expired_offer_is_a_page_with_a_way_on(page, text, bo, offer, now):
    Offer.objects.filter(pk=offer.pk).update(expires_at=now - timedelta(seconds=1))
    answer = page(bo, f"/offers/{offer.pk}/accept/", post={})
    assert (answer.status_code, "This offer ended at its deadline." in text(answer)) == (410, True)
    assert "Yes, I will be there" not in text(page(bo, f"/offers/{offer.pk}/accept/"))


def test_declining_costs_nothing_and_says_so(page, text, bo, offer):
    reliability = bo.profile.reliability
    answer = page(bo, f"/offers/{offer.pk}/decline/", post={})
    assert answer.headers["Location"] == "/for-me/"
    assert "no effect on later offers" in text(page(bo, "/for-me/"))
    assert (state_of(offer), Profile.objects.get(user=bo).reliability) == (OfferState.DECLINED, reliability)


def test_only_the_crew_withdraws(page, mei, lin, bo, offer):
    url = f"/offers/{offer.pk}/withdraw/"
    assert [page(who, url, post={}).status_code for who in (lin, bo)] == [404, 403]
    assert state_of(offer) == OfferState.OPEN
    assert page(mei, url, post={}).status_code == 302
    assert state_of(offer) == OfferState.WITHDRAWN


def test_contacts_are_opened_by_a_press_after_acceptance_and_never_before(page, mei, bo, lin, offer):
    Profile.objects.filter(user=bo).update(contact_wechat="canary-wechat")
    url, review = f"/offers/{offer.pk}/", f"/shoots/{offer.role.shoot_id}/roles/{offer.role_id}/"

    def shown(path, **more) -> list[bool]:
        body = page(mei, path, **more).content.decode()
        return [canary in body for canary in ("canary-wechat", bo.email)]

    assert [shown(url), shown(review)] == [[False] * 2] * 2
    page(bo, f"/offers/{offer.pk}/accept/", post={})
    contact = f"/bookings/{Booking.objects.get().pk}/contact/"
    assert [contact in page(mei, path).content.decode() for path in (url, review)] == [True] * 2
    assert [shown(url), shown(review), shown(contact)] == [[False] * 2] * 3
    assert shown(contact, post={}) == [True] * 2
    assert [page(who, contact, post={}).status_code for who in (lin, bo)] == [404, 403]
    page(mei, f"/bookings/{Booking.objects.get().pk}/cancel/", post={})
    assert page(mei, contact, post={}).status_code == 410
    assert list(ContactView.objects.values_list("by", "profile__user")) == [(mei.pk, bo.pk)]
    assert "梅" in page(bo, "/my/contact-views/").content.decode()


@pytest.mark.parametrize(("who", "status"), [("lin", 404), ("lin_graduate", 404), (None, 302)])
def test_strangers_cancel_no_booking(request, page, bo, role, who, status):
    booking = BookingFactory(role=role, profile=bo.profile)
    user = request.getfixturevalue(who) if who else None
    assert page(user, f"/bookings/{booking.pk}/cancel/", post={}).status_code == status
    assert Booking.objects.get().state == "confirmed"


def test_she_gives_a_place_back_after_reading_what_happens(page, text, bo, role):
    booking = BookingFactory(role=role, profile=bo.profile)
    assert "The crew is told at once" in text(page(bo, f"/bookings/{booking.pk}/cancel/"))
    assert (
        page(bo, f"/bookings/{booking.pk}/cancel/", post={"reason": "病了"}).headers["Location"]
        == "/my/calendar/"
    )
    assert Booking.objects.get().state == "cancelled"


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_costs_the_same_for_one_and_three(page, bo, shoot, django_assert_num_queries, number):
    for _n in range(number):
        OfferFactory(role=RoleFactory(shoot=shoot), profile=bo.profile)
        OfferFactory(role=RoleFactory(shoot=shoot), profile=bo.profile, state=OfferState.DECLINED)
    page.sign_in(bo)
    with django_assert_num_queries(6):
        page(bo, "/offers/")
