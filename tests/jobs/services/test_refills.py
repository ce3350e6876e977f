"""A slot that came free is offered to the next person; the demo market's people answer by themselves."""

from collections import Counter

import pytest

from jobs.enums import MatchState, OfferState, VacancyEnd, WorkKind
from jobs.models import Match, Offer, Vacancy, WorkItem
from jobs.queries import successors
from jobs.services import offers, refills, simulation, temperament
from tests.factories.jobs import BookingFactory, MatchFactory, MatchRunFactory, OfferFactory, RoleFactory
from tests.factories.profiles import ProfileFactory, fits


@pytest.fixture
def standbys(role):
    """Three standbys of a published run, in order."""
    run = MatchRunFactory(shoot=role.shoot)
    return [
        MatchFactory(run=run, role=role, state=MatchState.STANDBY, rank=rank, profile=ProfileFactory())
        for rank in (1, 2, 3)
    ]


def free(role, count=1, **more):
    """Open vacancies, as the end of an offer does."""
    made = range(Vacancy.objects.count(), Vacancy.objects.count() + count)
    return [
        Vacancy.objects.create(
            role=role, key=f"test:{n}", cause="declined", opened_at=role.shoot.published_at, **more
        )
        for n in made
    ]


def test_standbys_are_asked_in_order_and_nobody_twice(role, standbys, now):
    OfferFactory(role=role, profile=standbys[0].profile, state=OfferState.DECLINED, answered_at=now)
    free(role, 2)
    sent = [offer for _ in range(2) for offer in refills.refill(role.pk, now=now)]
    assert [offer.profile for offer in sent] == [match.profile for match in standbys[1:]]
    assert all(offer.refill and offer.match.state == MatchState.CHOSEN for offer in sent)
    assert refills.refill(role.pk, now=now) == []  # both places are held out


def test_standbys_behind_the_first_that_are_read_are_asked_in_order_too(role, standbys, now, monkeypatch):
    monkeypatch.setattr(successors, "AT_FIRST", 1)
    BookingFactory(profile=standbys[0].profile, role=RoleFactory(shoot=role.shoot))
    Match.objects.filter(pk=standbys[2].pk).update(rank=2)  # of equals the one who was written first
    free(role, 2)
    sent = [offer for _ in range(2) for offer in refills.refill(role.pk, now=now)]
    assert [offer.profile for offer in sent] == [match.profile for match in standbys[1:]]


def test_who_was_booked_meanwhile_or_struck_is_passed_over(role, standbys, now):
    BookingFactory(profile=standbys[0].profile, role=RoleFactory(shoot=role.shoot))
    Match.objects.filter(pk=standbys[1].pk).update(state=MatchState.STRUCK)
    free(role)
    assert [offer.profile for offer in refills.refill(role.pk, now=now)] == [standbys[2].profile]


def test_without_standbys_the_engine_is_asked(role, now):
    best = fits(ProfileFactory(reliability=200), role)
    fits(ProfileFactory(reliability=100), role)
    free(role)
    assert [offer.profile for offer in refills.refill(role.pk, now=now)] == [best]


def test_one_refill_asks_no_more_than_it_needs(role, standbys, now, django_assert_num_queries):
    free(role)
    with django_assert_num_queries(25):
        (offer,) = refills.refill(role.pk, now=now)
    assert offer.profile == standbys[0].profile
    assert not WorkItem.objects.filter(kind=WorkKind.REFILL_ROLE).exists()  # its only place is held out
    with django_assert_num_queries(3):
        assert refills.refill(role.pk, now=now) == []


def test_a_place_that_is_left_is_another_piece_of_work(role, standbys, now):
    free(role, 2)
    refills.refill(role.pk, now=now)
    assert WorkItem.objects.filter(kind=WorkKind.REFILL_ROLE, due_at=now, done_at=None).count() == 1


def test_a_full_role_and_a_closed_shoot_ask_nobody(role, standbys, now):
    (vacancy,) = free(role)
    type(role.shoot).objects.filter(pk=role.shoot_id).update(state="cancelled")
    assert refills.refill(role.pk, now=now) == []
    vacancy.refresh_from_db()
    assert (Offer.objects.count(), vacancy.end) == (0, VacancyEnd.OVER)


def test_a_role_without_vacancy_asks_nobody(role, standbys, now):
    assert refills.refill(role.pk, now=now) == []


def test_temperaments_are_told_by_the_number_alone():
    moods = Counter(temperament.of(n, refill=False).mood for n in range(10_000))
    assert {mood: round(count / 10_000, 1) for mood, count in moods.items()} == {
        "accept": 0.8,
        "decline": 0.1,
        "silent": 0.1,
    }
    refilled = [temperament.of(n, refill=True) for n in range(10_000)]
    assert {each.mood for each in refilled} == {"accept", "decline"}
    assert max(each.delay.total_seconds() for each in refilled) <= 3
    assert temperament.of(7, refill=False) == temperament.of(7, refill=False)


def asked(role, mood, **person):
    """An offer to a simulated person who is of this mood."""
    profile = ProfileFactory(simulated=True, **person)
    number = next(n for n in range(10_000, 20_000) if temperament.of(n, refill=False).mood == mood)
    return OfferFactory(pk=number, role=role, profile=profile)


@pytest.mark.parametrize(
    ("mood", "state"), [("accept", "accepted"), ("decline", "declined"), ("silent", "open")]
)
def test_simulated_people_answer_in_the_demo_market(role, settings, now, mood, state):
    settings.DEMO_MARKET = True
    offer = asked(role, mood)
    simulation.answer(offer.pk, now=now)
    offer.refresh_from_db()
    assert offer.state == state


def test_nobody_is_simulated_outside_the_demo_market(role, settings, now):
    settings.DEMO_MARKET = False
    offer = asked(role, "accept")
    assert simulation.answer(offer.pk, now=now) is None
    settings.DEMO_MARKET = True
    real = OfferFactory(role=role, profile=ProfileFactory(simulated=False))
    assert simulation.answer(real.pk, now=now) is None
    assert set(Offer.objects.values_list("state", flat=True)) == {"open"}


def test_a_simulated_person_who_cannot_any_more_declines(role, settings, now):
    settings.DEMO_MARKET = True
    offer = asked(role, "accept")
    BookingFactory(profile=offer.profile, role=RoleFactory(shoot=role.shoot))
    assert simulation.answer(offer.pk, now=now) == OfferState.DECLINED


@pytest.mark.parametrize("demo", [True, False])
def test_answers_are_planned_only_in_the_demo_market(role, mei, settings, now, demo):
    settings.DEMO_MARKET = demo
    planned = 0
    for _ in range(2):
        profile = fits(ProfileFactory(simulated=True), role)
        offers.send(role, profile, by=mei, now=now, refill=True)
        planned = WorkItem.objects.filter(kind=WorkKind.SIMULATE_ANSWER).count()
    assert planned == (2 if demo else 0)
