"""Her data, in a real browser: a copy in her hands, the account deleted, and the way back while there is one."""

import io
import zipfile

import pytest
from django.utils import timezone

from jobs.enums import BookingState, OfferState
from jobs.models import Booking, DataExport
from jobs.services import leaving, offers, work
from profiles.models import Leaving
from tests.factories.jobs import RoleFactory, ShootFactory
from tests.factories.profiles import PhotoFactory, fits
from tests.journeys.readers import sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.timeout(300)]


@pytest.fixture
def held(bo, role, mei):
    """Bo is booked on one shoot and holds an open offer of another crew."""
    now = timezone.now()
    fits(bo.profile, role)
    offers.accept(offers.send(role=role, profile=bo.profile, by=mei, now=now), by=bo, now=now)
    shoot = ShootFactory(crew=role.shoot.crew, base=role.shoot.base, days=role.shoot.days)
    other = RoleFactory(shoot=shoot, role_type=role.role_type)
    PhotoFactory(profile=bo.profile)
    return Booking.objects.get(), other


def test_a_copy_then_the_end_and_the_way_back(reader, bo, held):
    booking, _other = held
    sign_in(reader, bo)
    reader.open("/my/account/")
    reader.tap("a[href='/my/data/']")
    reader.tap("form[action='/my/data/copy/'] button")
    work.drain(now=timezone.now())
    reader.open("/my/data/")
    assert reader.fits_the_screen()
    with reader.page.expect_download() as coming:
        reader.page.locator(f"a[href='/my/data/copy/{DataExport.objects.get().pk}/']").click()
    with open(coming.value.path(), "rb") as file:
        names = zipfile.ZipFile(io.BytesIO(file.read())).namelist()
    assert names[:2] == ["data.json", "data.html"]
    assert names[2].startswith("photos/")

    reader.tap("a[href='/my/data/delete/']")
    assert booking.role.shoot.title in reader.page.locator("main").inner_text()
    assert reader.fits_the_screen()
    assert not Leaving.objects.exists(), "looking deletes nothing"
    reader.tap("form[action='/my/data/delete/'] button")
    booking.refresh_from_db()
    bo.profile.refresh_from_db()
    assert (booking.state, bo.profile.listed) == (BookingState.CANCELLED, False)
    reader.tap("form[action='/my/data/keep/'] button")
    work.drain(now=timezone.now() + 2 * leaving.GRACE)
    wish = Leaving.objects.get()
    assert (wish.taken_back_at is None, wish.done_at) == (False, None)


def test_after_the_days_of_grace_nobody_is_there(reader, bo, role, mei):
    now = timezone.now()
    fits(bo.profile, role)
    offer = offers.send(role=role, profile=bo.profile, by=mei, now=now)
    mail = bo.email
    sign_in(reader, bo)
    reader.open("/my/data/delete/")
    reader.tap("form[action='/my/data/delete/'] button")
    offer.refresh_from_db()
    assert offer.state == OfferState.DECLINED
    work.drain(now=timezone.now() + leaving.GRACE)
    bo.refresh_from_db()
    assert (bo.is_active, bo.email == mail, bo.profile.contact_wechat) == (False, False, "")
    reader.open("/my/data/")
    assert "/accounts/" in reader.page.url, "her session ended with the account"
