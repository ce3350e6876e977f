"""The floor of piecework: set by an admin, with its source, for today or later."""

from datetime import date

import pytest

from config.errors import Invalid, NotAllowed
from jobs.models import Entry, HourFloor
from jobs.queries import floors as questions
from jobs.services import floors
from tests.factories.profiles import AdminFactory

pytestmark = pytest.mark.django_db
GIVEN = {"hub": None, "yuan": 25, "from_day": date(2026, 12, 1), "source": "省人社厅通告"}


def refused(error, by, now, **more):
    with pytest.raises(error) as raised:
        floors.set_floor(**(GIVEN | more), by=by, now=now)
    return raised.value.code, raised.value.field


def test_only_an_admin_sets_a_floor(mei, bo, now):
    assert refused(NotAllowed, mei, now) == ("not_yours", None)
    assert refused(NotAllowed, bo, now) == ("not_yours", None)


def test_a_floor_that_cannot_be_is_named_with_its_field(now):
    admin = AdminFactory()
    assert refused(Invalid, admin, now, yuan=0) == ("floor_range", "yuan")
    assert refused(Invalid, admin, now, from_day=date(2026, 11, 30)) == ("floor_past", "from_day")
    assert refused(Invalid, admin, now, source=" ")[1] == "source"
    assert not HourFloor.objects.exists()


def test_what_holds_is_the_newest_that_has_begun(hub, now):
    admin = AdminFactory()
    for more in ({}, {"yuan": 28}, {"yuan": 30, "hub": hub}, {"yuan": 40, "from_day": date(2027, 1, 1)}):
        floors.set_floor(**(GIVEN | more), by=admin, now=now)
    assert [(row.hub, row.yuan) for row in questions.standing(date(2026, 12, 5))] == [(None, 28), (hub, 30)]
    assert questions.of_hub(hub.pk, date(2027, 1, 1)) == 30
    assert questions.of_hub(hub.pk + 1, date(2027, 1, 1)) == 40
    assert Entry.objects.filter(verb="hour_floor_set", by=admin).count() == 4
