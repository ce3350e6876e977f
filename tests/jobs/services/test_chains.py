from datetime import date

import pytest
from psycopg.types.range import DateRange

from config.errors import Conflict, Invalid, NotAllowed
from jobs.enums import ApplicationState, NoticeKind
from jobs.models import Application, ChainPlan, Entry, Notice
from jobs.services import applications, chains
from tests.factories.jobs import BookingFactory, OfferFactory, RoleFactory, ShootFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def second(role):
    """A role of the same kind on Mei's next shoot, from the 20th."""
    days = DateRange(date(2026, 12, 20), date(2026, 12, 26))
    shoot = ShootFactory(crew=role.shoot.crew, base=role.shoot.base, days=days, title="渡口")
    return RoleFactory(shoot=shoot, role_type=role.role_type, headcount=1)


def hold(bo, *roles, now, aim="days") -> ChainPlan:
    return chains.hold(profile=bo.profile, role_ids=[role.pk for role in roles], aim=aim, by=bo, now=now)


def states(bo) -> dict[str, str]:
    rows = Application.objects.filter(profile=bo.profile).order_by("pk")
    return {row.role.shoot.title: row.state for row in rows}


def test_holding_asks_every_crew_in_one_act(fitting_bo, role, second, mei, now):
    plan = hold(fitting_bo, second, role, now=now)
    assert [link.role for link in plan.links.all()] == [role, second]
    assert states(fitting_bo) == {"雨夜归人": "sent", "渡口": "sent"}
    assert Notice.objects.filter(recipient=mei, kind=NoticeKind.APPLICATION_RECEIVED).count() == 2
    assert Entry.objects.filter(verb="chain_held").count() == 1


def test_a_new_plan_replaces_the_old_one_and_keeps_what_both_have(fitting_bo, role, second, now):
    first = hold(fitting_bo, role, second, now=now)
    kept = Application.objects.get(role=second)
    again = hold(fitting_bo, second, now=now, aim="pay")
    assert states(fitting_bo) == {"雨夜归人": "withdrawn", "渡口": "sent"}
    assert again.links.get().application == kept
    first.refresh_from_db()
    assert (first.released_at, ChainPlan.objects.filter(released_at=None).get()) == (now, again)


def test_an_application_she_made_by_herself_joins_the_plan(fitting_bo, role, second, now):
    own = applications.apply(role, by=fitting_bo, now=now)
    plan = hold(fitting_bo, role, second, now=now)
    assert {link.application_id for link in plan.links.all()} >= {own.pk}
    assert Application.objects.count() == 2


def test_letting_go_takes_open_requests_back_and_leaves_offers(fitting_bo, role, second, now):
    hold(fitting_bo, role, second, now=now)
    offer = OfferFactory(role=second, profile=fitting_bo.profile)
    Application.objects.filter(role=second).update(state=ApplicationState.OFFERED)
    chains.release(profile=fitting_bo.profile, by=fitting_bo, now=now)
    offer.refresh_from_db()
    assert (states(fitting_bo), offer.state) == ({"雨夜归人": "withdrawn", "渡口": "offered"}, "open")
    with pytest.raises(Conflict, match="no_chain"):
        chains.release(profile=fitting_bo.profile, by=fitting_bo, now=now)


def test_one_shoot_that_is_gone_leaves_nothing_half_done(fitting_bo, role, second, now):
    BookingFactory(role=second)
    with pytest.raises(Conflict, match="chain_changed"):
        hold(fitting_bo, role, second, now=now)
    assert (states(fitting_bo), ChainPlan.objects.exists()) == ({}, False)


def test_shoots_that_clash_with_each_other_or_with_a_booking_are_no_chain(fitting_bo, role, second, now):
    same_days = RoleFactory(shoot=ShootFactory(base=role.shoot.base), role_type=role.role_type)
    with pytest.raises(Conflict, match="chain_changed"):
        hold(fitting_bo, role, same_days, now=now)
    BookingFactory(role=same_days, profile=fitting_bo.profile)
    with pytest.raises(Conflict, match="chain_changed"):
        hold(fitting_bo, role, now=now)
    assert hold(fitting_bo, second, now=now).links.count() == 1


def test_who_does_not_fit_holds_nothing(bo, role, now):
    with pytest.raises(Conflict, match="chain_changed"):
        hold(bo, role, now=now)


def test_a_plan_is_hers_and_has_shoots(fitting_bo, lin_graduate, role, now):
    with pytest.raises(NotAllowed, match="not_yours"):
        chains.hold(profile=fitting_bo.profile, role_ids=[role.pk], aim="days", by=lin_graduate, now=now)
    with pytest.raises(NotAllowed, match="not_yours"):
        chains.release(profile=fitting_bo.profile, by=lin_graduate, now=now)
    for ids, aim, code in (
        ([], "days", "chain_empty"),
        (range(1, 12), "days", "chain_empty"),
        ([role.pk], "fame", "aim_unknown"),
    ):
        with pytest.raises(Invalid, match=code):
            chains.hold(profile=fitting_bo.profile, role_ids=list(ids), aim=aim, by=fitting_bo, now=now)
