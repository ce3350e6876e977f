"""What the tables themselves refuse, whoever writes."""

import pytest
from django.db import IntegrityError, transaction

from tests.factories.hubs import (
    BaseFactory,
    FigureFactory,
    HubFactory,
    RoleTypeFactory,
    ServiceFactory,
    SetFactory,
    StatementFactory,
)

pytestmark = pytest.mark.django_db

BROKEN = {
    "figure_has_a_source": lambda: FigureFactory(source_en=""),
    "figure_span_in_order": lambda: FigureFactory(value=90, value_high=60),
    "statement_has_a_source": lambda: StatementFactory(source_zh=""),
    "hub_lies_in_china": lambda: HubFactory(longitude=2.35, latitude=48.85),
    "hub_province_is_known": lambda: HubFactory(province="ZZ"),
    "base_holds_at_least_one_crew": lambda: BaseFactory(daily_crew_capacity=0),
    "role_type_rates_in_order": lambda: RoleTypeFactory(rate_low=500, rate_high=300),
}


@pytest.mark.parametrize("name", BROKEN)
def test_the_table_refuses(name):
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        BROKEN[name]()


def test_a_set_has_its_name_once_in_a_base():
    base = BaseFactory()
    SetFactory(base=base, slug="hospital-room")
    SetFactory(slug="hospital-room")

    with pytest.raises(IntegrityError, match="set_slug_once_in_base"), transaction.atomic():
        SetFactory(base=base, slug="hospital-room")


def test_a_service_stands_once_in_a_place():
    first = ServiceFactory(base=None, hub=HubFactory(), name_en="Local hotels")

    with pytest.raises(IntegrityError, match="service_once_a_place"), transaction.atomic():
        ServiceFactory(base=None, hub=first.hub, kind=first.kind, name_en="Local hotels")


def test_edges_are_allowed():
    FigureFactory(value=60, value_high=60)
    RoleTypeFactory(rate_low=300, rate_high=None)
    BaseFactory(daily_crew_capacity=1)
