"""The people of the demo market show what trust looks like."""

import pytest

from jobs.models import ContactView
from jobs.services.demo import trust
from profiles.models import Consent
from tests.factories.jobs import BookingFactory
from tests.factories.profiles import fits

pytestmark = pytest.mark.django_db


def test_bo_has_proved_his_number_agreed_and_been_looked_at(bo, mei, role, now):
    bo.mobile = "+8613800000002"
    fits(bo.profile, role)
    booking = BookingFactory(role=role, profile=bo.profile)

    trust.write([mei, bo], now=now)

    bo.refresh_from_db()
    assert bo.mobile_verified
    assert sorted(Consent.objects.values_list("user", "purpose")) == sorted(
        [(mei.pk, "terms"), (bo.pk, "terms"), (bo.pk, "matching")]
    )
    assert list(ContactView.objects.values_list("booking", "by")) == [(booking.pk, mei.pk)]
    assert ContactView.objects.get().at <= now
