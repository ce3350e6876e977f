"""Keeping one's word, in a real browser: coming or not, not showing up, and pay that does not arrive."""

from datetime import datetime, timedelta

import pypdfium2
import pytest
from django.urls import reverse
from django.utils import timezone, translation
from psycopg.types.range import DateRange

from hubs.timespan import SHANGHAI, shoot_day_of, start_of
from jobs.enums import BookingState, MatchState, OfferState
from jobs.models import Booking, Cancellation, Confirmation, Offer, Role, Shoot, Wage
from jobs.services import work
from tests.factories.jobs import BookingFactory, MatchFactory, MatchRunFactory, RoleFactory
from tests.factories.profiles import ProfileFactory, UserFactory, fits
from tests.journeys.readers import Reader, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.timeout(300)]

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


def words(reader: Reader, msgid: str) -> str:
    """Return what the page says for `msgid` in the language it is shown in."""
    with translation.override(reader.page.locator("html").get_attribute("lang").lower()):
        return translation.gettext(msgid)


def text(reader: Reader, selector: str = "main") -> str:
    return reader.page.locator(selector).first.inner_text()


def called_at(shoot: Shoot, call: datetime, days: int = 5) -> Role:
    """Move the shoot so that its first call is at `call`; return a role of it for one person."""
    call = call.astimezone(SHANGHAI)
    first = shoot_day_of(call)
    Shoot.objects.filter(pk=shoot.pk).update(
        days=DateRange(first, first + days * DAY), call_time=call.time().replace(second=0, microsecond=0)
    )
    shoot.refresh_from_db()
    return RoleFactory(shoot=shoot, headcount=1, day_rate=350)


def booked(role: Role, user) -> Booking:
    return BookingFactory(role=role, profile=user.profile, confirmed_at=timezone.now() - 10 * DAY)


def test_she_says_that_she_comes(reader, shoot, bo):
    now = timezone.now()
    booking = booked(called_at(shoot, now + 40 * HOUR), bo)
    Confirmation.objects.create(booking=booking, asked_at=now - 8 * HOUR, due_at=now + 24 * HOUR)
    sign_in(reader, bo)
    reader.open(reverse("my_work"))
    reader.tap(f"a[href='{reverse('bookings:confirm', args=[booking.pk])}']")
    assert words(reader, "Are you coming?") == text(reader, "h1")
    assert reader.fits_the_screen()
    reader.tap("main form button")
    assert words(reader, "See you there") == text(reader, "h1")
    assert (Confirmation.objects.get().confirmed_at is not None, reader.taps) == (True, 2)
    reader.open(reverse("my_work"))
    assert not reader.page.locator(f"a[href='{reverse('bookings:confirm', args=[booking.pk])}']").count()


def test_she_sees_what_it_costs_before_she_gives_back(reader, shoot, bo):
    booking = booked(called_at(shoot, timezone.now() + 10 * HOUR), bo)
    sign_in(reader, bo)
    reader.open(reverse("my_work"))
    reader.tap(f"a[href='{reverse('bookings:cancel', args=[booking.pk])}']")
    table = reader.page.locator("main table.terms")
    assert table.is_visible()
    assert table.locator("tbody tr").count() == 6
    (now_here,) = table.locator("tr.terms__here").all()
    cells = now_here.locator("td").all_inner_texts()
    assert "¥175" in cells[0]
    assert cells[1].startswith("1")
    assert "1" in text(reader, ".note--warn")
    assert reader.fits_the_screen()
    assert Booking.objects.get().state == BookingState.CONFIRMED
    reader.tap("main form button.button--danger")
    assert (Booking.objects.get().state, Cancellation.objects.get().strikes) == (BookingState.CANCELLED, 1)
    assert words(reader, "You have given the place back. The crew has been told.") in text(reader, "body")


def test_did_not_show_is_one_step_and_leaves_a_trace(reader, shoot, bo, mei):
    now = timezone.now()
    role = called_at(shoot, max(now - HOUR, start_of(shoot_day_of(now))))
    booking = booked(role, bo)
    run = MatchRunFactory(shoot=shoot)
    for rank, name in enumerate(["安安", "白露", "程野", "杜若"], 1):
        person = ProfileFactory(user=UserFactory(name=name), home_hub=shoot.base.hub)
        fits(person, role)
        MatchFactory(run=run, role=role, state=MatchState.STANDBY, rank=rank, profile=person)
    sign_in(reader, mei)
    reader.open(reverse("shoots:role", args=[shoot.pk, role.pk]))
    reader.tap(f"a[href='{reverse('bookings:no_show', args=[booking.pk])}']")
    assert "博" in text(reader, "h1")
    assert reader.fits_the_screen()
    reader.tap("main form button.button--danger")
    reader.page.wait_for_url(f"**{reverse('shoots:vacancies', args=[shoot.pk])}")
    work.drain(now=timezone.now())
    reader.page.reload()
    gone, asked = reader.page.locator(".trace--open .trace__line").all_inner_texts()
    assert gone.endswith(words(reader, "%(names)s did not show up") % {"names": "博"})
    assert [name for name in ("安安", "白露", "程野", "杜若") if name in asked] == ["安安", "白露", "程野"]
    assert reader.fits_the_screen()
    booking.refresh_from_db()
    assert (booking.state, booking.cancellation.strikes) == (BookingState.CANCELLED, 3)
    assert Offer.objects.filter(state=OfferState.OPEN).count() == 3


def test_pay_that_does_not_arrive_is_seen_by_both_and_goes_into_one_file(reader, shoot, bo, mei, tmp_path):
    today = shoot_day_of(timezone.now())
    booking = booked(called_at(shoot, timezone.now() - 60 * DAY), bo)
    wage = Wage.objects.create(booking=booking, amount=1750, due_on=today - 31 * DAY)
    sign_in(reader, bo)
    reader.open(reverse("my_pay"))
    assert "¥1,750" in text(reader, ".sums__late")
    assert "31" in text(reader, ".wages .badge--declined")
    assert reader.fits_the_screen()

    sign_in(reader, mei)
    reader.open(reverse("shoots:wages", args=[shoot.pk]))
    assert "31" in text(reader, "main table .badge--declined")
    assert reader.fits_the_screen()
    reader.tap(f"form[action='{reverse('shoots:wage_paid', args=[shoot.pk, wage.pk])}'] button")
    assert words(reader, "paid, waits for her word") in text(reader, "main table")

    sign_in(reader, bo)
    reader.open(reverse("my_pay"))
    reader.tap(f"form[action='{reverse('my_pay_denied', args=[wage.pk])}'] button")
    assert words(reader, "You said that it has not arrived; the crew has been told.") in text(reader)

    packs = [_evidence(reader, tmp_path / "hers.pdf")]
    sign_in(reader, mei)
    reader.open(reverse("shoots:wages", args=[shoot.pk]))
    assert words(reader, "has not arrived, says she") in text(reader, "main table")
    packs.append(_evidence(reader, tmp_path / "theirs.pdf"))
    sums = [[line for line in pack.split() if len(line) == 64] for pack in packs]
    assert sums[0] == sums[1] != []
    for pack in packs:
        assert "¥1,750" in pack
        assert "雨夜归人" in pack


def _evidence(reader: Reader, path) -> str:
    with reader.page.expect_download() as waiting:
        reader.page.locator("main form[action$='/evidence/'] button").first.click()
    assert waiting.value.suggested_filename.startswith("jinzu-evidence-")
    waiting.value.save_as(path)
    pages = pypdfium2.PdfDocument(path)
    return "\n".join(page.get_textpage().get_text_range() for page in pages)
