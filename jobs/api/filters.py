"""What lists can be narrowed by. Only what is shown anyway: a filter answers questions too."""

from datetime import date, timedelta

import django_filters as filters

from hubs.models import RoleType
from jobs.enums import BookingState, MatchState, OfferState, RunState, ShootState
from jobs.models import Booking, Match, MatchRun, Offer, Role, Shoot

YUAN_MAX = 100_000


class ShootFilter(filters.FilterSet):
    state = filters.ChoiceFilter(choices=ShootState.choices)
    base = filters.CharFilter(field_name="base__slug")

    class Meta:
        model = Shoot
        fields = ["state", "base"]


class RoleFilter(filters.FilterSet):
    """`min_rate` is yuan a day; `first_day` and `last_day` are inclusive; the role lies within."""

    shoot = filters.NumberFilter(field_name="shoot_id", min_value=1, max_value=2**63 - 1)
    hub = filters.CharFilter(field_name="shoot__base__hub__slug")
    base = filters.CharFilter(field_name="shoot__base__slug")
    category = filters.ChoiceFilter(choices=RoleType.Category.choices)
    department = filters.CharFilter(field_name="role_type__department__code")
    entry_level = filters.BooleanFilter()
    remote = filters.BooleanFilter()
    lodging = filters.BooleanFilter(field_name="shoot__lodging")
    min_rate = filters.NumberFilter(field_name="day_rate", lookup_expr="gte", min_value=0, max_value=YUAN_MAX)
    first_day = filters.DateFilter(field_name="days__startswith", lookup_expr="gte")
    last_day = filters.DateFilter(method="ends_by")

    class Meta:
        model = Role
        fields = ["shoot", "hub", "base", "category", "department", "entry_level", "lodging", "remote"]

    def ends_by(self, roles, name, day):
        # Spans are half-open: a role that ends on the 18th has its upper bound on the 19th.
        if day == date.max:
            return roles
        return roles.filter(days__endswith__lte=day + timedelta(days=1))


class MatchFilter(filters.FilterSet):
    run = filters.NumberFilter(field_name="run_id", min_value=1, max_value=2**63 - 1)
    role = filters.NumberFilter(field_name="role_id", min_value=1, max_value=2**63 - 1)
    state = filters.ChoiceFilter(choices=MatchState.choices)

    class Meta:
        model = Match
        fields = ["run", "role", "state"]


class RunFilter(filters.FilterSet):
    shoot = filters.NumberFilter(field_name="shoot_id", min_value=1, max_value=2**63 - 1)
    state = filters.ChoiceFilter(choices=RunState.choices)

    class Meta:
        model = MatchRun
        fields = ["shoot", "state"]


class OfferFilter(filters.FilterSet):
    shoot = filters.NumberFilter(field_name="role__shoot_id", min_value=1, max_value=2**63 - 1)
    role = filters.NumberFilter(field_name="role_id", min_value=1, max_value=2**63 - 1)
    state = filters.ChoiceFilter(choices=OfferState.choices)

    class Meta:
        model = Offer
        fields = ["shoot", "role", "state"]


class BookingFilter(filters.FilterSet):
    shoot = filters.NumberFilter(field_name="role__shoot_id", min_value=1, max_value=2**63 - 1)
    state = filters.ChoiceFilter(choices=BookingState.choices)

    class Meta:
        model = Booking
        fields = ["shoot", "state"]
