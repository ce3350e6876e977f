"""A shoot from draft to wrap, and its roles."""

from datetime import date, timedelta

import pytest
from psycopg.types.range import DateRange

from config.errors import Conflict, Invalid, NotAllowed
from hubs.timespan import start_of
from jobs.enums import BookingState, CrewState, NoticeKind, OfferState, ShootState
from jobs.models import Booking, Notice, Offer, Role, Shoot
from jobs.queries import integrity
from jobs.services import applications, call_sheets, crews, roles, shoots
from profiles.models import Credit
from tests.factories.hubs import HubFactory, RoleTypeFactory, SetFactory, SkillFactory
from tests.factories.jobs import (
    ApplicationFactory,
    BookingFactory,
    CrewTemplateFactory,
    OfferFactory,
    RoleFactory,
    ShootFactory,
    TemplateLineFactory,
)


def make(crew, base, by, now, **more):
    fields = {
        "title": "雨夜归人",
        "genre": "modern",
        "first_day": date(2026, 12, 12),
        "last_day": date(2026, 12, 18),
    }
    return shoots.create(crew=crew, by=by, base=base, now=now, **(fields | more))


def test_a_template_makes_its_roles_for_the_whole_shoot(crew, base, mei, now):
    template = CrewTemplateFactory()
    lines = [TemplateLineFactory(template=template, headcount=n, day_rate=100 * n) for n in (1, 5)]
    shoot = make(crew, base, mei, now, template=template)
    assert (shoot.state, shoot.days) == (ShootState.DRAFT, DateRange(date(2026, 12, 12), date(2026, 12, 19)))
    assert list(
        shoot.roles.values_list("role_type", "headcount", "day_rate", "days", "filled", "category")
    ) == [(line.role_type_id, line.headcount, line.day_rate, shoot.days, 0, "production") for line in lines]


@pytest.mark.parametrize(("last", "fits"), [(15, False), (16, True), (21, True), (22, False)])
def test_a_shoot_has_five_to_ten_days(crew, base, mei, now, last, fits):
    if fits:
        assert make(crew, base, mei, now, last_day=date(2026, 12, last)).pk
    else:
        with pytest.raises(Invalid) as refusal:
            make(crew, base, mei, now, last_day=date(2026, 12, last))
        assert (refusal.value.code, refusal.value.field) == ("shoot_days", "last_day")


def test_only_who_runs_the_crew_makes_its_shoots(crew, base, lin, bo, ada, now):
    for stranger in (lin, bo, ada):
        with pytest.raises(NotAllowed):
            make(crew, base, stranger, now)
    assert Shoot.objects.count() == 0


def test_an_unverified_crew_prepares_but_does_not_publish(crew, base, mei, now):
    type(crew).objects.filter(pk=crew.pk).update(state=CrewState.APPLIED)
    crew.refresh_from_db()
    shoot = make(crew, base, mei, now)
    with pytest.raises(Conflict) as refusal:
        shoots.publish(shoot, by=mei, now=now)
    assert refusal.value.code == "crew_not_verified"


def test_publishing_wants_roles_and_happens_once(crew, base, mei, now):
    shoot = make(crew, base, mei, now)
    with pytest.raises(Conflict) as empty:
        shoots.publish(shoot, by=mei, now=now)
    RoleFactory(shoot=shoot)
    assert shoots.publish(shoot, by=mei, now=now).state == ShootState.OPEN
    with pytest.raises(Conflict) as twice:
        shoots.publish(shoot, by=mei, now=now)
    assert (empty.value.code, twice.value.code) == ("no_roles", "move_not_allowed")


def test_calling_a_shoot_off_ends_everything_and_tells_everyone(shoot, role, mei, bo, lin_graduate, now):
    booking = BookingFactory(role=role, profile=bo.profile)
    offer = OfferFactory(role=role, profile=lin_graduate.profile)
    shoots.cancel(shoot, by=mei, now=now)
    booking.refresh_from_db()
    offer.refresh_from_db()
    role.refresh_from_db()
    shoot.refresh_from_db()
    assert (shoot.state, booking.state, offer.state, role.filled) == (
        ShootState.CANCELLED,
        BookingState.CANCELLED,
        OfferState.WITHDRAWN,
        0,
    )
    assert set(Notice.objects.values_list("recipient", "kind")) == {
        (bo.pk, NoticeKind.BOOKING_CANCELLED),
        (lin_graduate.pk, NoticeKind.OFFER_WITHDRAWN),
    }
    assert integrity.findings() == []


def test_a_shoot_is_not_wrapped_before_its_last_day(shoot, role, mei, bo):
    booking = BookingFactory(role=role, profile=bo.profile)
    with pytest.raises(Conflict) as refusal:
        shoots.wrap(shoot, by=mei, now=start_of(date(2026, 12, 18)) - timedelta(seconds=1))
    booking.refresh_from_db()
    assert (refusal.value.code, booking.state, Credit.objects.count()) == (
        "shoot_not_over",
        BookingState.CONFIRMED,
        0,
    )


@pytest.mark.parametrize(
    ("first_day", "code"),
    [
        (date(2026, 11, 30), "shoot_past"),
        (date(2027, 12, 3), "shoot_too_far"),
        (date(9999, 12, 24), "shoot_too_far"),
    ],
)
def test_a_shoot_lies_in_the_year_ahead(crew, base, mei, now, first_day, code):
    with pytest.raises(Invalid) as refusal:
        make(crew, base, mei, now, first_day=first_day, last_day=first_day + timedelta(days=5))
    assert (refusal.value.code, refusal.value.field, Shoot.objects.count()) == (code, "first_day", 0)


@pytest.mark.parametrize(
    ("title", "code"), [("\u3000\u200b", "text_required"), ("\u202egnp", "text_unreadable")]
)
def test_a_title_can_be_read(crew, base, mei, now, title, code):
    with pytest.raises(Invalid) as refusal:
        make(crew, base, mei, now, title=title)
    assert (refusal.value.code, refusal.value.field, Shoot.objects.count()) == (code, "title", 0)


def test_days_gone_by_are_not_published(shoot, role, mei):
    Shoot.objects.filter(pk=shoot.pk).update(state=ShootState.DRAFT)
    shoot.refresh_from_db()
    with pytest.raises(Conflict) as refusal:
        shoots.publish(shoot, by=mei, now=start_of(date(2026, 12, 13)))
    shoot.refresh_from_db()
    assert (refusal.value.code, shoot.state) == ("shoot_past", ShootState.DRAFT)


def test_wrapping_turns_bookings_into_proven_credits(shoot, role, mei, bo, now):
    booking = BookingFactory(role=role, profile=bo.profile)
    shoots.wrap(shoot, by=mei, now=start_of(date(2026, 12, 18)))
    booking.refresh_from_db()
    assert booking.state == BookingState.SERVED
    assert Credit.objects.values_list("profile", "title", "days_served", "crew_name", "reference").get() == (
        bo.profile.pk,
        "雨夜归人",
        7,
        "山海剧组",
        f"booking:{booking.pk}",
    )
    assert integrity.findings() == []


def test_a_role_lies_within_its_shoot_and_is_paid(shoot, mei, now):
    role_type, skill = RoleTypeFactory(), SkillFactory()
    role = roles.add(
        shoot=shoot,
        role_type=role_type,
        headcount=3,
        day_rate=400,
        by=mei,
        now=now,
        skills=[(skill, 2, True)],
    )
    assert (role.days, role.entry_level, list(role.skill_levels.values_list("skill", "level", "must"))) == (
        shoot.days,
        True,
        [(skill.pk, 2, True)],
    )
    for wrong, code in [
        ({"days": DateRange(date(2026, 12, 11), date(2026, 12, 15))}, "role_days"),
        ({"headcount": 61}, "headcount"),
        ({"day_rate": 0}, "day_rate"),
        ({"character_sex": "female"}, "trait_on_crew_role"),
    ]:
        fields = {"headcount": 1, "day_rate": 300} | wrong
        with pytest.raises(Invalid) as refusal:
            roles.add(shoot=shoot, role_type=role_type, by=mei, now=now, **fields)
        assert refusal.value.code == code


def test_promises_limit_what_a_role_may_become(role, mei, bo, now):
    OfferFactory(role=role, profile=bo.profile)
    roles.change(role, by=mei, now=now, headcount=1, day_rate=500)
    assert Offer.objects.get().day_rate == 350
    with pytest.raises(Invalid):
        roles.change(role, by=mei, now=now, headcount=0)
    with pytest.raises(Conflict) as moved:
        roles.change(role, by=mei, now=now, part="night")
    with pytest.raises(Conflict) as removed:
        roles.remove(role, by=mei, now=now)
    assert (moved.value.code, removed.value.code) == ("role_has_offers", "role_has_offers")
    unasked = RoleFactory(shoot=role.shoot)
    roles.remove(unasked, by=mei, now=now)
    assert not Role.objects.filter(pk=unasked.pk).exists()


def test_an_application_is_made_once_and_taken_back(role, bo, mei, lin, now):
    made = applications.apply(role, by=bo, now=now, message=" 很想来 ")
    assert made.message == "很想来"
    with pytest.raises(Conflict) as again:
        applications.apply(role, by=bo, now=now)
    with pytest.raises(NotAllowed):
        applications.apply(role, by=mei, now=now)
    assert again.value.code == "already_applied"
    assert Notice.objects.values_list("recipient", "kind").get() == (mei.pk, NoticeKind.APPLICATION_RECEIVED)
    with pytest.raises(NotAllowed):
        applications.withdraw(made, by=lin, now=now)
    assert applications.withdraw(made, by=bo, now=now).state == "withdrawn"
    assert applications.apply(role, by=bo, now=now).state == "sent"


def test_nobody_applies_where_nothing_is_open(crew, base, bo, now):
    role = RoleFactory(shoot=ShootFactory(crew=crew, base=base, state=ShootState.DRAFT))
    with pytest.raises(Conflict) as refusal:
        applications.apply(role, by=bo, now=now)
    assert refusal.value.code == "shoot_not_open"
    assert ApplicationFactory._meta.model.objects.count() == 0


def test_a_crew_applies_and_an_admin_verifies(mei, lin, ada, bo, now):
    hub = HubFactory()
    fields = {"name": "山海剧组", "company_name": "山海影视", "home_hub": hub, "now": now}
    crew = crews.apply(credit_code="91410100ma9n0t2x4w", by=mei, **fields)
    assert (crew.state, crew.credit_code) == (CrewState.APPLIED, "91410100MA9N0T2X4W")
    with pytest.raises(Invalid):
        crews.apply(credit_code="123", by=mei, **fields)
    with pytest.raises(Conflict) as known:
        crews.apply(credit_code="91410100MA9N0T2X4W", by=lin, **fields)
    with pytest.raises(NotAllowed):
        crews.apply(credit_code="91410100MA9N0T2X50", by=bo, **fields)
    with pytest.raises(NotAllowed):
        crews.verify(crew, by=mei, now=now)
    assert known.value.code == "crew_known"
    assert crews.verify(crew, by=ada, now=now).is_verified
    with pytest.raises(NotAllowed):
        crews.add_member(crew, lin, "manager", by=lin, now=now)
    assert crews.add_member(crew, lin, "manager", by=mei, now=now).right == "manager"


def test_call_sheets_are_versions(shoot, base, mei, lin, now):
    place = SetFactory(base=base)
    first = call_sheets.publish(shoot, date(2026, 12, 12), by=mei, now=now, sets=[place], weather="小雨")
    second = call_sheets.publish(shoot, date(2026, 12, 12), by=mei, now=now)
    assert (first.version, second.version, list(first.sets.all())) == (1, 2, [place])
    with pytest.raises(Invalid) as day:
        call_sheets.publish(shoot, date(2026, 12, 19), by=mei, now=now)
    with pytest.raises(Invalid) as elsewhere:
        call_sheets.publish(shoot, date(2026, 12, 12), by=mei, now=now, sets=[SetFactory()])
    with pytest.raises(NotAllowed):
        call_sheets.publish(shoot, date(2026, 12, 12), by=lin, now=now)
    assert (day.value.code, elsewhere.value.code) == ("not_a_shoot_day", "set_elsewhere")
    assert Booking.objects.count() == 0
