"""Many at once against the real database: what holds, and that it would not hold without its guards."""

import threading
import time
from collections import Counter
from datetime import timedelta

import pytest
from django.db import IntegrityError, close_old_connections, connection, transaction
from django.db.models import F

from config.errors import Busy, DomainError
from jobs.enums import BookingState, OfferState
from jobs.models import Booking, Offer, Role
from jobs.queries import integrity
from jobs.services import offers
from profiles.models import Profile, User
from tests.factories.jobs import NOW, OfferFactory, RoleFactory, ShootFactory
from tests.factories.profiles import ProfileFactory

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.race]

CLIENTS = 32


def deadlocks() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_clear_snapshot()")
        cursor.execute("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()")
        return cursor.fetchone()[0]


def all_at_once(jobs, act, clients=CLIENTS) -> Counter:
    """Run act(job) for all jobs from so many threads, each with a connection of its own; count the answers."""
    answers, queue, lock = Counter(), list(jobs), threading.Lock()
    start = threading.Barrier(clients)

    def client():
        start.wait()
        try:
            while True:
                with lock:
                    if not queue:
                        return
                    job = queue.pop()
                try:
                    answer = act(job) or "ok"
                except Busy:
                    with lock:
                        queue.insert(0, job)  # as the answer says: the same again, in a moment
                    continue
                except DomainError as error:
                    answer = error.code
                except Exception as error:
                    answer = f"{type(error).__name__}: {error}"[:80]
                with lock:
                    answers[answer] += 1
        finally:
            close_old_connections()
            connection.close()

    threads = [threading.Thread(target=client) for _ in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def people(count: int) -> list[Profile]:
    hub = ProfileFactory().home_hub
    users = User.objects.bulk_create(
        [User(name=f"P{n}", email=f"p{n}@race.example", password="!") for n in range(count)]
    )
    return Profile.objects.bulk_create(
        [
            Profile(user=user, birth_date="2003-01-01", home_hub=hub, feed_token=f"t{user.pk}")
            for user in users
        ]
    )


def offers_for(roles: list[Role], profiles: list[Profile]) -> list[Offer]:
    """An open offer of every role for everybody: far more than there are places, on purpose."""
    return Offer.objects.bulk_create(
        [
            Offer(
                role=role,
                profile=profile,
                state=OfferState.OPEN,
                day_rate=300,
                sent_at=NOW,
                expires_at=NOW + timedelta(hours=12),
            )
            for profile in profiles
            for role in roles
        ]
    )


def accept(offer_id: int) -> None:
    offer = Offer.objects.select_related("profile__user").get(pk=offer_id)
    offers.accept(offer, by=offer.profile.user, now=NOW)


@pytest.mark.timeout(280)
def test_ten_thousand_acceptances_for_a_hundred_places():
    base = ShootFactory().base
    roles = [RoleFactory(shoot=ShootFactory(base=base), headcount=10) for _ in range(10)]
    made = offers_for(roles, people(1000))
    before = deadlocks()
    # Neighbours in the queue are offers of one person: the worst order there is.
    answers = all_at_once([offer.pk for offer in made], accept)

    assert answers["ok"] == 100
    assert set(answers) <= {"ok", "role_full", "double_booked", "offer_not_open"}
    assert (
        list(Role.objects.filter(pk__in=[r.pk for r in roles]).values_list("filled", flat=True)) == [10] * 10
    )
    assert Booking.objects.values("profile").distinct().count() == 100
    # The deliberate flood of offers breaks one invariant, and only that: more was held out than there are places.
    assert {found.name for found in integrity.findings()} <= {
        "open offers and bookings of a role fit its headcount",
        "an open offer has its expiry in the queue",
        "a crew has an owner",
    }
    time.sleep(1.1)  # statistics are written at most once a second
    assert deadlocks() == before


def test_one_person_and_twenty_overlapping_offers():
    base = ShootFactory().base
    bo = ProfileFactory()
    made = [OfferFactory(profile=bo, role=RoleFactory(shoot=ShootFactory(base=base))) for _ in range(20)]
    answers = all_at_once([offer.pk for offer in made] * 5, accept)
    assert answers["ok"] == 1
    assert set(answers) == {"ok", "offer_not_open", "double_booked"} - ({"double_booked"} - set(answers))
    assert Booking.objects.count() == 1
    assert Counter(Offer.objects.values_list("state", flat=True)) == {"accepted": 1, "withdrawn": 19}


def test_expiry_against_acceptance():
    """Each offer ends in exactly one state, and a booking exists exactly where it was accepted."""
    role = RoleFactory(headcount=60)
    made = [OfferFactory(role=role, profile=profile, expires_at=NOW) for profile in people(50)]
    moments = [("accept", offer.pk) for offer in made] + [("expire", offer.pk) for offer in made]

    def act(job):
        what, offer_id = job
        if what == "expire":
            offers.expire(offer_id, now=NOW)
        else:
            offer = Offer.objects.select_related("profile__user").get(pk=offer_id)
            offers.accept(offer, by=offer.profile.user, now=NOW - timedelta(milliseconds=1))

    moments.sort(key=lambda job: hash((job[1], 7)) % 997)
    answers = all_at_once(moments, act)
    states = Counter(Offer.objects.values_list("state", flat=True))
    role.refresh_from_db()
    assert set(states) <= {"accepted", "expired"}
    assert states["accepted"] == Booking.objects.count() == role.filled
    assert answers["offer_expired"] == states["expired"]


def test_the_last_place_of_two_roles_tells_of_the_full_crew_once_for_everyone(crew, base, mei):
    from jobs.models import Notice

    for _ in range(5):
        shoot = ShootFactory(crew=crew, base=base)
        made = [OfferFactory(role=RoleFactory(shoot=shoot, headcount=1), profile=p) for p in people_named(8)]
        assert all_at_once([offer.pk for offer in made], accept, clients=8) == {"ok": 8}
    assert Notice.objects.filter(kind="crew_full").count() == 5


def people_named(count: int) -> list[Profile]:
    return [ProfileFactory() for _ in range(count)]


# -- negative controls: without the guards the same load goes wrong, so the tests above can fail -----------


def naive_accept(job) -> None:
    """Read, think, write: how one would do it without a compare-and-set."""
    offer_id, pause = job
    with transaction.atomic():
        offer = Offer.objects.get(pk=offer_id)
        taken = Booking.objects.filter(role=offer.role_id, state=BookingState.CONFIRMED).count()
        if taken >= Role.objects.get(pk=offer.role_id).headcount:
            return
        time.sleep(pause)
        Booking.objects.create(
            offer=offer, role_id=offer.role_id, profile_id=offer.profile_id, days=offer.role.days,
            day_rate=300, confirmed_at=NOW,
        )  # fmt: skip


def test_control_reading_before_writing_oversells():
    role = RoleFactory(headcount=5)
    made = offers_for([role], people(40))
    all_at_once([(offer.pk, 0.02) for offer in made], naive_accept)
    assert Booking.objects.filter(role=role).count() > 5


def test_control_without_the_check_constraint_a_blind_count_overfills():
    role = RoleFactory(headcount=1, filled=1)
    with pytest.raises(IntegrityError, match="role_never_overfills"), transaction.atomic():
        Role.objects.filter(pk=role.pk).update(filled=F("filled") + 1)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("ALTER TABLE jobs_role DROP CONSTRAINT role_never_overfills")
        assert Role.objects.filter(pk=role.pk).update(filled=F("filled") + 1) == 1
        transaction.set_rollback(True)


def test_control_without_the_exclusion_constraint_a_person_is_booked_twice():
    bo = ProfileFactory()
    made = [OfferFactory(profile=bo, role=RoleFactory(), state=OfferState.ACCEPTED) for _ in range(2)]

    def book(offer):
        Booking.objects.create(
            offer=offer, role=offer.role, profile=bo, days=offer.role.days, day_rate=1, confirmed_at=NOW
        )

    book(made[0])
    with pytest.raises(IntegrityError, match="booking_person_never_twice"), transaction.atomic():
        book(made[1])
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("ALTER TABLE jobs_booking DROP CONSTRAINT booking_person_never_twice")
        book(made[1])
        assert "a person's bookings never overlap" in {found.name for found in integrity.findings()}
        transaction.set_rollback(True)


def test_control_a_cancelled_booking_that_comes_back_is_caught_too():
    """The constraint watches the state, not the insert."""
    bo = ProfileFactory()
    made = [OfferFactory(profile=bo, role=RoleFactory(), state=OfferState.ACCEPTED) for _ in range(2)]
    for offer, state in zip(made, ("confirmed", "cancelled"), strict=True):
        Booking.objects.create(
            offer=offer,
            role=offer.role,
            profile=bo,
            days=offer.role.days,
            day_rate=1,
            confirmed_at=NOW,
            state=state,
        )
    with pytest.raises(IntegrityError, match="booking_person_never_twice"), transaction.atomic():
        Booking.objects.filter(offer=made[1]).update(state="confirmed")
