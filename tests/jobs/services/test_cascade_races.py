"""Three are asked at once and sixty-four answer: one has the place. A worker is killed in between: nothing is lost."""

import time
from collections import Counter
from datetime import timedelta

import pytest
from django.utils import timezone
from psycopg.types.range import DateRange

from jobs.enums import MatchState, OfferState, VacancyCause, VacancyEnd, WorkKind
from jobs.models import Booking, Notice, Offer, Role, Vacancy, WorkItem
from jobs.queries import integrity
from jobs.services import later, offers, work
from tests.factories.jobs import MatchFactory, MatchRunFactory, OfferFactory, RoleFactory, ShootFactory
from tests.jobs.services.test_races import NOW, all_at_once, deadlocks, people, people_named

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.race]


def accept(offer_id: int) -> None:
    offer = Offer.objects.select_related("profile__user").get(pk=offer_id)
    offers.accept(offer, by=offer.profile.user, now=NOW)


def vacancy_of(role: Role, key: str) -> Vacancy:
    return Vacancy.objects.create(role=role, key=key, cause=VacancyCause.DECLINED, opened_at=NOW)


@pytest.mark.timeout(560)
def test_of_three_asked_at_once_one_has_the_place_whoever_presses_how_often():
    """The role has room for all: only the vacancy says that the three were asked for one and the same place."""
    before = deadlocks()
    for turn in range(2):
        role = RoleFactory(shoot=ShootFactory(), headcount=9)
        vacancy = vacancy_of(role, f"race:{turn}")
        three = [OfferFactory(role=role, profile=profile, vacancy=vacancy) for profile in people_named(3)]
        answers = all_at_once([offer.pk for offer in three] * 22, accept, clients=64)
        states = Counter(Offer.objects.filter(vacancy=vacancy).values_list("state", flat=True))
        vacancy.refresh_from_db()
        role.refresh_from_db()
        assert states == {"accepted": 1, "withdrawn": 2}
        assert (answers["ok"], sum(answers.values())) == (1, 66)
        assert set(answers) <= {"ok", "somebody_faster", "offer_not_open"}
        assert (role.filled, vacancy.end) == (1, VacancyEnd.FILLED)
        assert Booking.objects.filter(role=role).count() == 1
        assert Notice.objects.filter(kind="offer_withdrawn", facts__role=role.pk).count() == 2
    assert "a vacancy is filled once, and nobody is asked for one that is closed" not in {
        found.name for found in integrity.findings()
    }
    time.sleep(1.1)  # statistics are written at most once a second
    assert deadlocks() == before


@pytest.mark.worker
@pytest.mark.timeout(560)
def test_a_worker_killed_in_the_middle_of_the_cascade_loses_nothing(start_worker, empty_queue, settings):
    """Forty declines, a worker that is killed three times: every slot is held out to one person, once."""
    settings.WORK_LEASE_SECONDS = 5
    now = timezone.now()
    first = (now + timedelta(days=20)).date()
    shoot = ShootFactory(days=DateRange(first, first + timedelta(days=7)))
    role = RoleFactory(shoot=shoot, days=shoot.days, headcount=40)
    run = MatchRunFactory(shoot=shoot)
    for rank, profile in enumerate(people(90), 1):
        MatchFactory(run=run, role=role, state=MatchState.STANDBY, rank=rank, profile=profile)
    for number in range(40):
        vacancy_of(role, f"kill:{number}")
    asks = [later.Ask(WorkKind.REFILL_ROLE, role.pk, f"refill:kill:{n}", now) for n in range(40)]
    later.enqueue_all(asks, now=now)
    worker = start_worker(WORK_LEASE_SECONDS="5")
    end, marks, swept = time.monotonic() + 400, [5, 15, 28], 0.0
    while time.monotonic() < end:
        if time.monotonic() - swept > 1:
            work.sweep(now=timezone.now())  # the part of beat
            swept = time.monotonic()
        out = Offer.objects.filter(state=OfferState.OPEN).count()
        if marks and out >= marks[0]:
            marks.pop(0)
            worker.kill()
            worker = start_worker(WORK_LEASE_SECONDS="5")
        left = WorkItem.objects.filter(kind=WorkKind.REFILL_ROLE, done_at__isnull=True).count()
        if out == 40 and not left:
            break
        time.sleep(0.1)
    worker.stop()
    asked = list(Offer.objects.filter(state=OfferState.OPEN).values_list("vacancy", "profile"))
    assert (len(asked), marks) == (40, [])
    assert len({vacancy for vacancy, _ in asked}) == len({profile for _, profile in asked}) == 40
    assert WorkItem.objects.filter(failed_at__isnull=False).count() == 0
    assert {found.name for found in integrity.findings()} <= {"a crew has an owner"}
