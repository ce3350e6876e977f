"""The form of a unit."""

import pytest

from jobs.web.my_unit import UnitForm


@pytest.mark.parametrize(("sent", "least"), [({}, 2), ({"least": ""}, 2), ({"least": "5"}, 5)])
def test_a_part_of_a_unit_is_two_people_at_least(sent, least):
    form = UnitForm({"name": "三盏灯", "keep": "at_least", **sent})

    assert form.is_valid(), form.errors
    assert form.cleaned_data == {"name": "三盏灯", "keep": "at_least", "least": least}
