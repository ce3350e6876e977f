"""An offer from sending to its end."""

from datetime import date, timedelta

import pytest
from psycopg.types.range import DateRange

from config.errors import Conflict, Gone, NotAllowed
from jobs.enums import BookingState, NoticeKind, OfferState, WorkKind
from jobs.models import Booking, Entry, Notice, Offer, WorkItem
from jobs.services import offers, sending
from tests.factories.hubs import BaseFactory, HubFactory
from tests.factories.jobs import BookingFactory, MatchFactory, OfferFactory, RoleFactory, ShootFactory
from tests.factories.profiles import ProfileFactory, fits


@pytest.fixture
def offer(role, bo):
    return OfferFactory(role=role, profile=bo.profile)


def test_accepting_books_counts_tells_and_logs(offer, bo, mei, role, now):
    booking = offers.accept(offer, by=bo, now=now)

    role.refresh_from_db()
    offer.refresh_from_db()
    assert (offer.state, offer.answered_at) == (OfferState.ACCEPTED, now)
    assert role.filled == 1
    assert (booking.days, booking.day_rate, booking.state) == (role.days, 350, BookingState.CONFIRMED)
    assert list(Notice.objects.order_by("pk").values_list("recipient", "kind")) == [
        (bo.pk, NoticeKind.BOOKING_CONFIRMED),
        (mei.pk, NoticeKind.OFFER_ANSWERED),
    ]
    assert list(Entry.objects.values_list("verb", "subject", "by")) == [
        ("offer_accepted", f"offer:{offer.pk}", bo.pk)
    ]


def test_only_the_person_herself_may_answer(offer, lin_graduate, mei, now):
    for other in (lin_graduate, mei):
        with pytest.raises(NotAllowed) as refusal:
            offers.accept(offer, by=other, now=now)
        assert refusal.value.code == "not_yours"
    assert Booking.objects.count() == 0


def test_a_millisecond_before_the_deadline_is_in_time_and_the_deadline_is_not(role, now):
    first, second = (OfferFactory(role=role, profile=ProfileFactory(), expires_at=now) for _ in range(2))

    offers.accept(first, by=first.profile.user, now=now - timedelta(milliseconds=1))
    with pytest.raises(Gone) as refusal:
        offers.accept(second, by=second.profile.user, now=now)

    assert refusal.value.code == "offer_expired"
    assert list(Booking.objects.values_list("offer", flat=True)) == [first.pk]


def test_accepting_twice_books_once(offer, bo, now):
    offers.accept(offer, by=bo, now=now)
    with pytest.raises(Conflict) as refusal:
        offers.accept(offer, by=bo, now=now)
    assert refusal.value.code == "offer_not_open"
    assert Booking.objects.count() == 1


def test_a_full_role_refuses_and_leaves_the_offer_open(role, now):
    held = [OfferFactory(role=role, profile=ProfileFactory()) for _ in range(3)]
    for each in held[:2]:
        offers.accept(each, by=each.profile.user, now=now)
    with pytest.raises(Conflict) as refusal:
        offers.accept(held[2], by=held[2].profile.user, now=now)
    held[2].refresh_from_db()
    role.refresh_from_db()
    assert (refusal.value.code, held[2].state, role.filled) == ("role_full", OfferState.OPEN, 2)


def test_an_overlapping_booking_is_named(offer, bo, now):
    other = BookingFactory(
        profile=bo.profile,
        role=RoleFactory(shoot__title="长街", shoot__days=DateRange(date(2026, 12, 18), date(2026, 12, 23))),
    )
    with pytest.raises(Conflict) as refusal:
        offers.accept(offer, by=bo, now=now)
    assert (refusal.value.code, refusal.value.facts) == (
        "double_booked",
        {"title": "长街", "days": "2026-12-18 – 2026-12-22", "booking": other.pk},
    )


@pytest.mark.parametrize(
    ("first_day", "far", "answer"),
    [
        (date(2026, 12, 19), False, None),
        (date(2026, 12, 19), True, "travel_too_short"),
        (date(2026, 12, 20), True, None),
    ],
)
def test_touching_spans_do_not_clash_but_travel_takes_a_day(offer, bo, now, first_day, far, answer):
    base = BaseFactory(hub=HubFactory(longitude=108.94, latitude=34.34)) if far else offer.role.shoot.base
    days = DateRange(first_day, first_day + timedelta(days=5))
    BookingFactory(profile=bo.profile, role=RoleFactory(shoot=ShootFactory(base=base, days=days)))
    if answer is None:
        assert offers.accept(offer, by=bo, now=now).state == BookingState.CONFIRMED
    else:
        with pytest.raises(Conflict) as refusal:
            offers.accept(offer, by=bo, now=now)
        assert refusal.value.code == answer


def test_a_day_right_after_a_night_is_refused(offer, bo, now):
    days = DateRange(date(2026, 12, 7), date(2026, 12, 12))
    shoot = ShootFactory(base=offer.role.shoot.base, days=days)
    BookingFactory(profile=bo.profile, role=RoleFactory(shoot=shoot, part="night"))
    with pytest.raises(Conflict) as refusal:
        offers.accept(offer, by=bo, now=now)
    assert refusal.value.code == "no_rest"


def test_accepting_withdraws_rival_offers_and_asks_for_their_refill(offer, bo, now):
    rival = OfferFactory(profile=bo.profile, role=RoleFactory(shoot=ShootFactory(base=offer.role.shoot.base)))
    later = OfferFactory(
        profile=bo.profile,
        role=RoleFactory(
            shoot=ShootFactory(
                base=offer.role.shoot.base, days=DateRange(date(2027, 1, 5), date(2027, 1, 12))
            )
        ),
    )
    offers.accept(offer, by=bo, now=now)
    assert dict(Offer.objects.values_list("pk", "state")) == {
        offer.pk: OfferState.ACCEPTED,
        rival.pk: OfferState.WITHDRAWN,
        later.pk: OfferState.OPEN,
    }
    assert list(WorkItem.objects.filter(kind=WorkKind.REFILL_ROLE).values_list("subject_id", "key")) == [
        (rival.role_id, f"refill:offer:{rival.pk}")
    ]
    assert Notice.objects.filter(kind=NoticeKind.OFFER_WITHDRAWN).values_list(
        "recipient", "facts__cause"
    ).get() == (
        bo.pk,
        "booked_elsewhere",
    )


def test_the_last_place_tells_that_the_crew_is_complete(shoot, mei, now):
    role = RoleFactory(shoot=shoot, headcount=1)
    other = RoleFactory(shoot=shoot, headcount=1)
    held = [OfferFactory(role=each, profile=ProfileFactory()) for each in (role, other)]
    offers.accept(held[0], by=held[0].profile.user, now=now)
    assert not Notice.objects.filter(kind=NoticeKind.CREW_FULL).exists()
    offers.accept(held[1], by=held[1].profile.user, now=now)
    full = Notice.objects.get(kind=NoticeKind.CREW_FULL)
    assert (full.recipient, full.facts) == (mei, {"shoot": shoot.pk, "title": "雨夜归人", "people": 2})


def test_declining_passes_the_place_on(offer, bo, mei, now):
    offers.decline(offer, by=bo, now=now, reason="days")
    offer.refresh_from_db()
    assert (offer.state, offer.answered_at) == (OfferState.DECLINED, now)
    assert Entry.objects.values_list("verb", "facts").get() == ("offer_declined", {"cause": "days"})
    assert Notice.objects.values_list("recipient", "kind", "facts__answer").get() == (
        mei.pk,
        NoticeKind.OFFER_ANSWERED,
        "declined",
    )
    assert (
        WorkItem.objects.filter(kind=WorkKind.REFILL_ROLE).values_list("subject_id", flat=True).get()
        == offer.role_id
    )


def test_withdrawing_is_the_crews_and_she_is_told(offer, bo, mei, lin, now):
    with pytest.raises(NotAllowed):
        offers.withdraw(offer, by=lin, now=now)
    offers.withdraw(offer, by=mei, now=now)
    offer.refresh_from_db()
    assert offer.state == OfferState.WITHDRAWN
    assert Notice.objects.values_list("recipient", "kind").get() == (bo.pk, NoticeKind.OFFER_WITHDRAWN)


def test_expiry_waits_for_the_deadline_and_happens_once(offer, now):
    assert offers.expire(offer.pk, now=offer.expires_at - timedelta(seconds=1)) is False
    assert offers.expire(offer.pk, now=offer.expires_at) is True
    assert offers.expire(offer.pk, now=offer.expires_at) is False
    assert Notice.objects.filter(kind=NoticeKind.OFFER_EXPIRED).count() == 1
    assert WorkItem.objects.filter(kind=WorkKind.REFILL_ROLE).count() == 1


def test_sending_all_sends_one_offer_for_each_open_place(role, mei, now):
    run_role = role
    matches = [MatchFactory(role=run_role, profile=ProfileFactory(), rank=1)]
    run = matches[0].run
    matches += [MatchFactory(run=run, role=run_role, profile=ProfileFactory(), rank=rank) for rank in (2, 3)]

    assert offers.send_all(run, by=mei, now=now) == 2
    assert offers.send_all(run, by=mei, now=now) == 0

    assert list(Offer.objects.order_by("pk").values_list("profile", "state", "day_rate", "expires_at")) == [
        (match.profile_id, OfferState.OPEN, 350, now + timedelta(hours=12)) for match in matches[:2]
    ]
    assert WorkItem.objects.filter(kind=WorkKind.EXPIRE_OFFER).count() == 2


def test_somebody_taken_meanwhile_is_passed_over_and_the_next_is_asked_for(role, mei, now):
    match = MatchFactory(role=role, profile=ProfileFactory())
    BookingFactory(profile=match.profile, role=RoleFactory())
    assert offers.send_all(match.run, by=mei, now=now) == 0
    assert (
        WorkItem.objects.filter(kind=WorkKind.REFILL_ROLE).values_list("subject_id", flat=True).get()
        == role.pk
    )


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"state": "draft"}, "shoot_not_open"),
        ({"days": DateRange(date(2026, 11, 30), date(2026, 12, 6))}, "role_started"),
    ],
)
def test_no_offers_for_shoots_that_are_not_open_or_have_begun(role, bo, mei, now, change, code):
    type(role.shoot).objects.filter(pk=role.shoot_id).update(**change)
    if "days" in change:
        type(role).objects.filter(pk=role.pk).update(**change)
    with pytest.raises(Conflict) as refusal:
        offers.send(role, bo.profile, by=mei, now=now)
    assert refusal.value.code == code


def test_one_live_offer_a_person_and_role_and_none_for_the_same_days(role, fitting_bo, mei, now):
    offers.send(role, fitting_bo.profile, by=mei, now=now)
    with pytest.raises(Conflict) as again:
        offers.send(role, fitting_bo.profile, by=mei, now=now)
    with pytest.raises(Conflict) as elsewhere:
        offers.send(RoleFactory(shoot=role.shoot), fitting_bo.profile, by=mei, now=now)
    assert (again.value.code, elsewhere.value.code) == ("offer_live", "asked_elsewhere")


@pytest.mark.parametrize(
    ("left", "expected"),
    [
        (timedelta(days=30), timedelta(hours=12)),
        (timedelta(days=5), timedelta(hours=12)),
        (timedelta(days=2), timedelta(hours=4, minutes=48)),
        (timedelta(hours=2), timedelta(minutes=30)),
        (timedelta(minutes=10), timedelta(minutes=10)),
    ],
)
def test_the_window_shrinks_as_the_shoot_comes_near(settings, now, left, expected):
    settings.OFFER_WINDOW_SECONDS = 12 * 3600
    assert sending.window(first_day_starts=now + left, now=now) == expected


def test_the_rate_promised_stays_when_the_role_changes(role, fitting_bo, mei, now):
    offer = offers.send(role, fitting_bo.profile, by=mei, now=now)
    type(role).objects.filter(pk=role.pk).update(day_rate=900)
    assert offers.accept(offer, by=fitting_bo, now=now).day_rate == 350


def test_a_person_who_fits_can_be_made(role, fitting_bo):
    assert fits(fitting_bo.profile, role) == fitting_bo.profile


def test_a_role_that_has_begun_or_is_held_back_does_not_hold_up_the_others(role, shoot, mei, now):
    begun = RoleFactory(shoot=shoot, days=DateRange(date(2026, 12, 12), date(2026, 12, 13)))
    later = RoleFactory(shoot=shoot, days=DateRange(date(2026, 12, 15), date(2026, 12, 18)))
    run = MatchFactory(role=begun, profile=ProfileFactory()).run
    waiting = MatchFactory(run=run, role=later, profile=ProfileFactory())

    assert offers.send_all(run, by=mei, now=now + timedelta(days=12)) == 1
    assert Offer.objects.get().match == waiting
