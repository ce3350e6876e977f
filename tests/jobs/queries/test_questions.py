"""What lists and boards answer, and that one row and many rows cost the same."""

from datetime import date, timedelta

import pytest
from psycopg.types.range import DateRange

from hubs.timespan import shoot_day_of
from jobs.enums import MatchState, OfferState
from jobs.queries import bookings, call_sheets, crews, integrity, market, matching, offers, roles, shoots
from jobs.queries.reviews import review
from jobs.queries.search import Search
from tests.factories.hubs import BaseFactory, FigureFactory, HubFactory, RoleTypeFactory
from tests.factories.jobs import (
    BookingFactory,
    MatchFactory,
    MatchRunFactory,
    OfferFactory,
    RoleFactory,
    RoleSkillFactory,
    ShootFactory,
)
from tests.factories.profiles import ProfileFactory, fits


@pytest.fixture
def staffed(shoot, role):
    """Six places: one booked, one held out, one proposed, three empty; and a declined offer."""
    type(role).objects.filter(pk=role.pk).update(headcount=6)
    role.refresh_from_db()
    run = MatchRunFactory(shoot=shoot)
    seats = [
        MatchFactory(run=run, role=role, rank=n, score=900 - n, profile=ProfileFactory()) for n in (1, 2, 3)
    ]
    booked = OfferFactory(role=role, profile=seats[0].profile, match=seats[0], state=OfferState.ACCEPTED)
    BookingFactory(role=role, profile=seats[0].profile, offer=booked)
    OfferFactory(role=role, profile=seats[1].profile, match=seats[1])
    OfferFactory(role=role, state=OfferState.DECLINED)
    return seats


def test_the_board_shows_every_place_once(shoot, role, staffed):
    board = shoots.board(shoot)
    (department,) = board.departments
    (line,) = department.roles
    assert [(slot.state, slot.person, slot.score) for slot in line.slots] == [
        ("booked", staffed[0].profile, 899),
        ("offered", staffed[1].profile, 898),
        ("proposed", staffed[2].profile, 897),
        *[("empty", None, None)] * 3,
    ]
    assert (board.headcount, board.booked, board.offered, board.proposed, board.empty, board.complete) == (
        6, 1, 1, 1, 3, False,
    )  # fmt: skip
    assert (line.declined, department.headcount, department.booked) == (1, 6, 1)


def test_the_board_costs_the_same_for_one_role_and_many(shoot, role, staffed, django_assert_max_num_queries):
    with django_assert_max_num_queries(8) as few:
        shoots.board(shoot)
    for _ in range(5):
        BookingFactory(role=RoleFactory(shoot=shoot), profile=ProfileFactory())
    with django_assert_max_num_queries(8) as many:
        shoots.board(shoot)
    assert len(few) == len(many)


def test_a_managers_list_counts_in_one_query(shoot, role, staffed, mei, lin, django_assert_num_queries):
    ShootFactory(crew=shoot.crew)
    with django_assert_num_queries(1):
        listed = [(s.title, s.headcount, s.booked, s.offered, s.proposed) for s in shoots.for_manager(mei)]
    assert listed[1] == ("雨夜归人", 6, 1, 1, 1)
    assert listed[0][1:] == (0, 0, 0, 0)
    assert list(shoots.for_manager(lin)) == []
    assert shoots.counts(shoot) == {
        "headcount": 6,
        "booked": 1,
        "offered": 1,
        "proposed": 1,
        "people_told": 2,
    }


def test_open_roles_are_filtered_and_urgent_first(shoot, role, django_assert_num_queries):
    sooner = RoleFactory(
        shoot=ShootFactory(days=DateRange(date(2026, 12, 5), date(2026, 12, 10))), day_rate=800
    )
    RoleFactory(headcount=1, filled=1)
    RoleFactory(shoot=ShootFactory(state="draft"))
    with django_assert_num_queries(1):
        assert list(roles.open_roles()) == [sooner, role]
    hub = shoot.base.hub
    for filters, expected in [
        ({"hub": hub.slug}, [role]),
        ({"base": shoot.base.slug}, [role]),
        ({"department": role.role_type.department.code}, [role]),
        ({"role_type": role.role_type.code}, [role]),
        ({"min_rate": 500}, [sooner]),
        ({"first_day": date(2026, 12, 11)}, [role]),
        ({"last_day": date(2026, 12, 9)}, [sooner]),
        ({"last_day": date(2026, 12, 8)}, []),
        ({"category": "extras"}, []),
        ({"part": "night"}, []),
        ({"shoot": shoot.pk}, [role]),
        ({"entry_level": True, "lodging": True, "min_rate": None}, [sooner, role]),
    ]:
        assert list(roles.open_roles(Search(**filters))) == expected, filters
    assert list(roles.open_roles(today=date(2026, 12, 6))) == [role]


def test_requirements_name_musts_first(role):
    nice = RoleSkillFactory(role=role, must=False, skill__name_zh="搬运")
    must = RoleSkillFactory(role=role, must=True, level=2, skill__name_zh="布光")
    assert [(r.words, r.must, r.level) for r in roles.requirements(role)] == [
        (must.skill.name, True, 2),
        (nice.skill.name, False, 1),
    ]


def test_similar_roles_prefer_the_type_and_the_hub(role, base):
    far = RoleFactory(role_type=role.role_type, shoot=ShootFactory(base=BaseFactory(hub=HubFactory())))
    near = RoleFactory(role_type=role.role_type, shoot=ShootFactory(base=base))
    other = RoleFactory(
        role_type=RoleTypeFactory(department=role.role_type.department), shoot=ShootFactory(base=base)
    )
    RoleFactory()
    assert roles.similar(role) == [near, far, other]


def test_a_person_is_ranked_and_told_what_she_just_misses(role, fitting_bo, now):
    rich = RoleFactory(shoot=role.shoot, role_type=role.role_type, day_rate=150)
    found = matching.for_me(profile=fitting_bo.profile, now=now)
    assert [pair.role for pair in found.ranked] == [role]
    assert [(pair.role, [each["barrier"] for each in pair.barriers]) for pair in found.near_misses] == [
        (rich, ["rate_floor"])
    ]
    assert sum(each["amount"] for each in found.ranked[0].contributions) == found.ranked[0].score


def test_a_stranger_to_the_work_has_no_list_but_a_reason(role, bo, now):
    assert matching.for_me(profile=bo.profile, now=now) == matching.ForMe([], [])
    fit = matching.fit(profile=bo.profile, role=role, now=now)
    assert {each["barrier"] for each in fit.barriers} == {"wrong_role_type", "not_free"}


def test_a_review_says_who_waits_and_what_each_requirement_costs(shoot, role, mei, now):
    from jobs.services import matching as service
    from jobs.services import work

    fitting = [fits(ProfileFactory(reliability=200 - n), role) for n in range(4)]
    dear = fits(ProfileFactory(day_rate_floor=900), role)
    run = service.ask(shoot, by=mei, now=now)
    work.drain(now=now)
    found = review(run, role)
    assert [seat.profile for seat in found.chosen] == fitting[:2]
    assert [seat.profile for seat in found.standby] == fitting[2:]
    assert (found.not_chosen, found.struck, found.eligible) == ([], [], 4)
    assert [(cost.barrier, cost.bars, cost.alone) for cost in found.costs] == [("rate_floor", 1, 1)]
    assert [(pair.profile, [each["barrier"] for each in pair.barriers]) for pair in found.near_misses] == [
        (dear, ["rate_floor"])
    ]
    assert matching.to_send(matching.newest_published(shoot)) == matching.ToSend(offers=2, roles=1, empty=0)


def test_strangers_are_never_in_a_graduates_lists(role, bo, lin_graduate, now):
    open_one = OfferFactory(role=role, profile=bo.profile)
    OfferFactory(role=role, profile=lin_graduate.profile)
    past = OfferFactory(profile=bo.profile, state=OfferState.EXPIRED)
    assert list(offers.open_for(bo)) == [open_one]
    assert list(offers.history_for(bo)) == [past]
    assert offers.live_for(bo.profile, role) == open_one


def test_a_month_holds_what_touches_it(bo, role):
    over_new_year = DateRange(date(2026, 12, 29), date(2027, 1, 4))
    both = BookingFactory(profile=bo.profile, role=RoleFactory(shoot=ShootFactory(days=over_new_year)))
    december = BookingFactory(profile=bo.profile, role=role)
    BookingFactory(profile=ProfileFactory(), role=role)
    assert list(bookings.calendar_for(bo, date(2026, 12, 9))) == [december, both]
    assert list(bookings.calendar_for(bo, date(2027, 1, 1))) == [both]
    assert list(bookings.calendar_for(bo, date(2027, 2, 1))) == []


def test_a_call_sheet_lists_who_is_there_that_day(shoot, role, bo):
    BookingFactory(role=role, profile=bo.profile)
    half = RoleFactory(shoot=shoot, days=DateRange(date(2026, 12, 12), date(2026, 12, 14)))
    BookingFactory(role=half, profile=ProfileFactory())
    first, last = (call_sheets.sheet(shoot, date(2026, 12, day)) for day in (12, 18))
    assert (first.number, first.total, first.people, last.number, last.people) == (1, 7, 2, 7, 1)
    assert [(group.department, [line.name for line in group.lines]) for group in last.groups] == [
        (role.role_type.department, ["博"])
    ]


def test_the_landing_counts_the_market(shoot, role, bo, now, django_assert_max_num_queries):
    figure = FigureFactory(code="jobs-production")
    BookingFactory(role=role, profile=bo.profile)
    with django_assert_max_num_queries(7):
        found = market.landing(now=now)
    assert (found.crews, found.shoots, found.open_slots, found.roles) == (1, 1, 1, [role])
    assert [(each.code, each.open_slots, each.figure) for each in found.categories] == [
        ("production", 1, figure),
        ("leads", 0, None),
        ("extras", 0, None),
    ]
    assert found.open_by_hub == {shoot.base.hub.slug: 1}
    assert found.example == market.Example(shoot.title, shoot.base.hub.name, booked=1, offered=0, total=2)


def test_crews_of_a_user(crew, mei, lin, bo):
    assert (list(crews.of(mei)), list(crews.editable(mei)), list(crews.of(bo))) == ([crew], [crew], [])
    assert list(crews.editable(lin)) == []


def test_integrity_finds_what_a_hand_in_the_table_breaks(shoot, role, bo, mei):
    BookingFactory(role=role, profile=bo.profile)
    assert integrity.findings() == []
    type(role).objects.filter(pk=role.pk).update(filled=0)
    MatchFactory(role=role, state=MatchState.STRUCK)
    assert [(found.name, found.count) for found in integrity.findings()] == [
        ("a role counts exactly its standing bookings", 1)
    ]
    assert shoot_day_of(shoot.published_at) < role.days.lower + timedelta(days=1)
