"""Questions cost the same for one row and for three."""

from datetime import date

import pytest

from hubs.timespan import DaySpan
from profiles.queries import availability, people
from profiles.queries.completeness import completeness
from tests.factories.hubs import RoleTypeFactory
from tests.factories.profiles import (
    AvailabilityFactory,
    CreditFactory,
    ProfileFactory,
    ProfileSkillFactory,
    WantedRoleFactory,
)

TODAY = date(2026, 12, 1)
WINTER = DaySpan(date(2026, 12, 10), date(2026, 12, 20))


@pytest.mark.parametrize("size", [1, 3])
def test_days_of_many_people_in_one_query(db, size, django_assert_num_queries):
    profiles = ProfileFactory.create_batch(size)
    for profile in profiles:
        AvailabilityFactory(profile=profile)
    nobody = ProfileFactory()
    with django_assert_num_queries(1):
        spans = availability.spans_of([*(row.pk for row in profiles), nobody.pk], within=WINTER)
    assert spans == {row.pk: [(WINTER, "both")] for row in profiles} | {nobody.pk: []}


@pytest.mark.parametrize("size", [1, 3])
def test_a_whole_profile_and_its_completeness(bo, size, django_assert_num_queries):
    for _ in range(size):
        ProfileSkillFactory(profile=bo.profile)
        WantedRoleFactory(profile=bo.profile)
        CreditFactory(profile=bo.profile, role_type=RoleTypeFactory())
    with django_assert_num_queries(8):
        profile = people.whole(bo).get()
        said = completeness(profile, today=TODAY)
    assert [step.key for step in said.steps if step.done] == ["roles", "skills", "places", "credits"]
    assert [step.key for step in said.missing] == ["availability"]
    assert (said.done, said.total, said.matchable) == (4, 9, False)


def test_with_days_she_can_be_matched(bo):
    WantedRoleFactory(profile=bo.profile)
    AvailabilityFactory(profile=bo.profile)
    assert completeness(people.whole(bo).get(), today=TODAY).matchable is True
    # Days that are over do not count.
    assert completeness(people.whole(bo).get(), today=date(2027, 2, 1)).matchable is False
