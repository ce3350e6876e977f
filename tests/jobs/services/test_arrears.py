"""The money clock: overdue at 7, 15 and 30 days, what each brings, and that nothing here charges who looks for work."""

import re
from datetime import timedelta

import pytest
from django.apps import apps
from django.urls import get_resolver

from config.errors import Conflict, NotAllowed
from hubs.timespan import shoot_day_of, start_of
from jobs.enums import OfferState, ShootState
from jobs.models import Notice, Wage, WorkItem
from jobs.queries import arrears
from jobs.services import offers, roles, shoots, wages, work
from tests.factories.jobs import BookingFactory, MatchRunFactory, RoleFactory, ShootFactory
from tests.factories.profiles import ProfileFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def wage(role, bo, now):
    return Wage.objects.create(
        booking=BookingFactory(role=role, profile=bo.profile), amount=2450, due_on=shoot_day_of(now)
    )


def after(wage, days):
    return start_of(wage.due_on + timedelta(days=days)) + timedelta(hours=5)


@pytest.mark.parametrize(
    ("days", "stage"), [(0, 0), (6, 0), (7, 7), (14, 7), (15, 15), (29, 15), (30, 30), (400, 30)]
)
def test_stages(days, stage):
    assert arrears.stage(days) == stage


@pytest.mark.parametrize(
    ("days", "shown", "stopped"), [(6, 0, False), (7, 1, False), (29, 1, False), (30, 1, True)]
)
def test_what_the_public_sees_and_when_the_crew_is_stopped(wage, crew, days, shown, stopped):
    today = shoot_day_of(after(wage, days))
    found = arrears.of_crew(crew, today)
    assert (len(found.lines), found.stopped, arrears.may_list(crew, today)) == (shown, stopped, not stopped)


def test_each_stage_is_told_once_to_those_who_must_know(wage, mei, bo, ada, now):
    wages.watch([wage], now=now)
    wages.watch([wage], now=now)
    assert WorkItem.objects.filter(kind="tend_wage").count() == 3
    for days in (6, 7, 8, 15, 30, 31):
        work.drain(now=after(wage, days))
        wages.tend(wage.pk, now=after(wage, days))
    told = Notice.objects.filter(kind="wage_overdue").order_by("pk")
    assert sorted(told.values_list("facts__days", "recipient__name")) == sorted(
        [(stage, user.name) for stage in (7, 15, 30) for user in (mei, bo)] + [(30, ada.name)]
    )


def test_a_crew_that_owes_for_thirty_days_publishes_nothing_new(wage, crew, base, mei):
    draft = ShootFactory(crew=crew, base=base, state=ShootState.DRAFT)
    RoleFactory(shoot=draft)
    now = after(wage, 30) - timedelta(days=25)
    Wage.objects.update(due_on=wage.due_on - timedelta(days=25))
    with pytest.raises(Conflict, match="crew_owes"):
        shoots.publish(draft, by=mei, now=now)
    wages.mark_paid(wage, by=mei, now=now)
    shoots.publish(draft, by=mei, now=now)
    assert draft.state == ShootState.OPEN


def test_a_crew_that_owes_for_thirty_days_brings_nobody_new_into_an_open_shoot(wage, crew, base, mei, bo):
    shoot = ShootFactory(crew=crew, base=base, state=ShootState.OPEN)
    role = RoleFactory(shoot=shoot, headcount=2)
    person = ProfileFactory()
    now = after(wage, 30) - timedelta(days=35)
    Wage.objects.update(due_on=wage.due_on - timedelta(days=35))
    acts = (
        lambda: roles.add(shoot=shoot, role_type=role.role_type, headcount=1, day_rate=300, by=mei, now=now),
        lambda: roles.change(role, by=mei, now=now, headcount=3),
        lambda: offers.send(role, person, by=mei, now=now),
        lambda: offers.send_all(MatchRunFactory(shoot=shoot), by=mei, now=now),
    )
    for act in acts:
        with pytest.raises(Conflict, match="crew_owes"):
            act()
    # What stands goes on: fewer places, a draft for later, and the house asking somebody for a place that came free.
    roles.change(role, by=mei, now=now, headcount=1)
    roles.add(
        shoot=ShootFactory(crew=crew, base=base, state=ShootState.DRAFT),
        role_type=role.role_type, headcount=1, day_rate=300, by=mei, now=now,
    )  # fmt: skip
    assert offers.send(role, person, by=None, now=now).state == OfferState.OPEN
    wages.mark_paid(wage, by=mei, now=now)
    roles.change(role, by=mei, now=now, headcount=3)


def test_a_word_that_is_denied_is_no_payment(wage, crew, mei, bo, lin):
    now = after(wage, 31)
    today = shoot_day_of(now)
    with pytest.raises(Conflict, match="wage_not_marked"):
        wages.deny(wage, by=bo, now=now)
    wages.mark_paid(wage, by=mei, now=now)
    assert arrears.may_list(crew, today)
    with pytest.raises(NotAllowed):
        wages.deny(wage, by=lin, now=now)
    wages.deny(wage, by=bo, now=now)
    assert not arrears.may_list(crew, today)
    assert Notice.objects.filter(kind="wage_denied", recipient=mei).count() == 1
    wages.mark_paid(wage, by=mei, now=now)
    assert arrears.may_list(crew, today)


def test_the_right_of_reply_is_the_crews_and_begins_with_the_record(wage, mei, lin):
    with pytest.raises(Conflict, match="wage_not_overdue"):
        wages.reply(wage, words="月底结清", by=mei, now=after(wage, 6))
    with pytest.raises(NotAllowed):
        wages.reply(wage, words="月底结清", by=lin, now=after(wage, 8))
    for words in ("月底结清", "已付一半"):
        wages.reply(wage, words=words, by=mei, now=after(wage, 8))
    wage.refresh_from_db()
    assert wage.reply.words == "已付一半"


MONEY = re.compile(
    r"(?<![a-z])(fee|deposit|charge|price|payment|checkout|invoice|wallet|balance|subscription)s?(?![a-z])",
    re.IGNORECASE,
)
"""Whole words: the token of a calendar feed is none of them."""
OF_CREWS_AND_PLACES = {("hubs", "programme"), ("hubs", "set"), ("hubs", "service"), ("hubs", "base")}
"""What a course, a set or a service costs is a fact about it; nobody pays it here."""


def test_no_table_of_people_and_work_can_hold_a_charge():
    """The platform moves no money: no column and no address is there for what a person would have to pay."""
    held = [
        f"{model._meta.label_lower}.{field.name}"
        for model in apps.get_models()
        if model._meta.app_label in ("jobs", "profiles")
        and (model._meta.app_label, model._meta.model_name) not in OF_CREWS_AND_PLACES
        for field in model._meta.concrete_fields
        if MONEY.search(field.name) and field.name not in ("prices",)
    ]
    assert held == ["jobs.likeness.fee"], "what a crew pays her for her likeness"


def test_no_page_takes_money():
    def walk(patterns, before=""):
        for pattern in patterns:
            path = before + str(pattern.pattern)
            if hasattr(pattern, "url_patterns"):
                yield from walk(pattern.url_patterns, path)
            else:
                yield path

    assert [path for path in walk(get_resolver().url_patterns) if MONEY.search(path)] == []
