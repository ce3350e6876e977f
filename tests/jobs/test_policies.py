"""Lists and single answers agree, for everybody and everything."""

from itertools import product

import pytest
from django.contrib.auth.models import AnonymousUser

from jobs import policies
from jobs.enums import OfferState, Right
from jobs.models import Booking, MatchRun, Offer, Role, Shoot
from profiles.models import Profile
from tests.factories.hubs import RoleTypeFactory
from tests.factories.jobs import (
    BookingFactory,
    MatchRunFactory,
    MembershipFactory,
    OfferFactory,
    RoleFactory,
    ShootFactory,
)
from tests.factories.profiles import ManagerFactory, ProfileFactory

PAIRS = [
    (Shoot, policies.visible_shoots, policies.may_see_shoot),
    (Role, policies.visible_roles, policies.may_see_role),
    (Offer, policies.visible_offers, policies.may_see_offer),
    (Booking, policies.visible_bookings, policies.may_see_booking),
    (MatchRun, policies.visible_runs, policies.may_see_run),
]


@pytest.fixture
def world(shoot, role, crew, bo, lin, lin_crew, lin_graduate, mei, ada):
    """Mei's open shoot and her draft, Lin's draft; an offer to Bo, a booking; a viewer and a head of Mei's crew."""
    draft = RoleFactory(shoot=ShootFactory(crew=crew, state="draft"))
    hers = RoleFactory(shoot=ShootFactory(crew=lin_crew, state="draft"))
    viewer, head = ManagerFactory(), ManagerFactory()
    MembershipFactory(crew=crew, user=viewer, right=Right.VIEWER)
    MembershipFactory(crew=crew, user=head, right=Right.HEAD, department=draft.role_type.department)
    rows = {
        "draft": draft,
        "hers": hers,
        "drafted": OfferFactory(
            role=role, profile=bo.profile, state=OfferState.DRAFTED, sent_at=None, expires_at=None
        ),
        "offer": OfferFactory(role=draft, profile=bo.profile),
        "booking": BookingFactory(role=role, profile=ProfileFactory()),
        "run": MatchRunFactory(shoot=shoot),
    }
    people = {
        "anonymous": AnonymousUser(), "bo": bo, "lin": lin, "lin_graduate": lin_graduate, "mei": mei, "ada": ada,
        "viewer": viewer, "head": head, "booked": rows["booking"].profile.user,
    }  # fmt: skip
    return rows, people


def test_lists_and_single_answers_agree(world):
    _, people = world
    for model, many, one in PAIRS:
        for name, user in people.items():
            listed = set(many(user).values_list("pk", flat=True))
            asked = {row.pk for row in model.objects.all() if one(user, row)}
            assert listed == asked, (model, name)


def test_who_sees_which_roles(world, role):
    rows, people = world
    seen = {name: set(policies.visible_roles(user)) for name, user in people.items()}
    public, own = {role}, {role, rows["draft"]}
    assert seen == {
        "anonymous": public, "bo": public, "lin_graduate": public, "booked": public,
        "lin": {role, rows["hers"]}, "mei": own, "viewer": own, "head": own, "ada": own | {rows["hers"]},
    }  # fmt: skip


def test_a_head_sees_the_offers_of_her_department_only(world, crew, base):
    rows, people = world
    assert list(policies.visible_offers(people["head"])) == [rows["offer"]]
    assert set(policies.reviewable_roles(people["head"])) == {rows["draft"]}


def test_a_graduate_sees_her_offers_once_they_are_sent(world):
    rows, people = world
    assert list(policies.visible_offers(people["bo"])) == [rows["offer"]]
    assert list(policies.visible_offers(people["lin_graduate"])) == []
    assert policies.may_answer_offer(people["bo"], rows["offer"])
    assert not policies.may_answer_offer(people["mei"], rows["offer"])


def test_contacts_open_with_a_booking_and_close_with_its_end(world, role):
    rows, people = world
    booked = rows["booking"].profile
    may = {name for name, user in people.items() if policies.may_see_contact(user, booked)}
    assert may == {"booked", "mei"}
    assert {
        n for n, u in people.items() if u.is_authenticated and booked in policies.contacts_visible(u)
    } >= {"mei"}
    Booking.objects.update(state="cancelled")
    assert not policies.may_see_contact(people["mei"], booked)
    assert not policies.may_see_contact(people["mei"], Profile.objects.get(user=people["bo"]))


def test_rates_are_kept_from_viewers(world, shoot):
    _, people = world
    assert {name for name, user in people.items() if policies.may_see_rates(user, shoot)} == {
        "mei",
        "head",
        "ada",
    }


def test_rights_on_a_role_are_the_four_answers_at_once(world, role, django_assert_num_queries):
    rows, people = world
    for user, each in product(people.values(), (role, rows["draft"], rows["hers"])):
        assert each.role_type  # read with the role, as pages do
        assert each.shoot
        with django_assert_num_queries(1 if user.is_authenticated else 0):
            said = policies.rights_on(user, each)
        assert (said.review, said.role, said.shoot, said.rates) == (
            each in policies.reviewable_roles(user),
            policies.may_edit_role(user, each),
            policies.may_edit_shoot(user, each.shoot),
            policies.may_see_rates(user, each.shoot),
        )


def test_call_sheets_are_for_the_crew_and_the_booked(world, shoot):
    _, people = world
    may = {name for name, user in people.items() if policies.may_see_call_sheet(user, shoot)}
    assert may == {"mei", "viewer", "head", "ada", "booked"}


def test_editing_is_for_who_runs_the_crew(world, shoot):
    _, people = world
    assert {name for name, user in people.items() if policies.may_edit_shoot(user, shoot)} == {"mei"}
    assert RoleTypeFactory._meta.model.objects.exists()
