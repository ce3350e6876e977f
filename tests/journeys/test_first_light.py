"""The whole story through HTTP with a real worker: from an empty shoot to 75 of 75, and the graduate's calendar."""

import re
import time
from datetime import date, timedelta
from email.message import EmailMessage

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar
from psycopg.types.range import DateRange

from hubs.models import Base
from hubs.services import loading
from jobs.enums import CrewState, OfferState, Right, RunState
from jobs.models import Booking, CrewTemplate, MatchRun, Notice, Offer, Shoot
from jobs.models.offer import read_answer_key
from jobs.queries import integrity
from jobs.queries.shoots import board
from jobs.services import taxonomy, work
from profiles.models import Availability, Profile, User, WantedRole
from tests.factories.jobs import CrewFactory, MembershipFactory
from tests.factories.profiles import ManagerFactory

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.worker,
    pytest.mark.journey,
    pytest.mark.timeout(600),
]

WINDOW = "45"
"""Seconds an offer stands: long enough for a busy machine, short enough for a test."""


def people_for(template: CrewTemplate, base: Base, first_day: date) -> None:
    """Three simulated graduates for each place of the template, all free and near."""
    wanted = [
        line.role_type
        for line in template.lines.select_related("role_type")
        for _ in range(3 * line.headcount)
    ]
    users = User.objects.bulk_create(
        [User(name=f"毕业生{n}", email=f"sim{n}@people.example", password="!") for n in range(len(wanted))]
    )
    made = Profile.objects.bulk_create(
        [
            Profile(
                user=user, birth_date=date(2003, 3, 1), home_hub=base.hub, simulated=True, acting=True, sex="female",
                playable_age_min=18, playable_age_max=40, height_cm=168, feed_token=f"sim-{user.pk}",
            )
            for user in users
        ]
    )  # fmt: skip
    WantedRole.objects.bulk_create(
        [WantedRole(profile=each, role_type=kind) for each, kind in zip(made, wanted, strict=True)]
    )
    free = DateRange(first_day - timedelta(days=5), first_day + timedelta(days=40))
    Availability.objects.bulk_create([Availability(profile=each, days=free) for each in made])


def bo_who_stands_out(template: CrewTemplate, base: Base, first_day: date) -> User:
    bo = User.objects.create_user(email="bo@people.example", password="bo", name="博", language="en")
    profile = Profile.objects.create(user=bo, birth_date=date(2002, 9, 9), home_hub=base.hub, reliability=200)
    line = template.lines.get(role_type__code="set-hand")
    WantedRole.objects.create(profile=profile, role_type=line.role_type)
    Availability.objects.create(
        profile=profile, days=DateRange(first_day - timedelta(days=5), first_day + timedelta(days=40))
    )
    return bo


def offer_in(mails: list[EmailMessage], to: User) -> EmailMessage | None:
    """The mail with the offer."""
    return next((m for m in mails if to.email in m["To"] and m["Subject"].startswith("Offer: ")), None)


def wait_for(ready, seconds: float, what: str):
    """Play beat until `ready` says yes; fail the test when it never does."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        work.sweep(now=timezone.now())
        if found := ready():
            return found
        time.sleep(0.5)
    pytest.fail(f"{what}: not within {seconds} s")


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_a_crew_of_seventy_five_is_staffed(start_worker, empty_queue, smtp_server, settings):
    settings.DEMO_MARKET, settings.OFFER_WINDOW_SECONDS = True, int(WINDOW)
    worker = start_worker(
        JINZU_DEMO_MARKET="1", HTTPS="0", OFFER_WINDOW_SECONDS=WINDOW, EMAIL_URL=smtp_server.url,
        SITE_URL="http://jinzu.example",
    )  # fmt: skip
    loading.load_hubs()
    taxonomy.load_crew_templates()
    template, base = CrewTemplate.objects.get(code="75"), Base.objects.select_related("hub").get(slug="dazhi")
    first_day = timezone.localdate() + timedelta(days=20)
    people_for(template, base, first_day)
    bo = bo_who_stands_out(template, base, first_day)
    mei = ManagerFactory(name="梅", email="mei@crews.example", language="en")
    crew = CrewFactory(home_hub=base.hub, state=CrewState.VERIFIED)
    MembershipFactory(crew=crew, user=mei, right=Right.OWNER)
    desk, phone = signed_in(mei), signed_in(bo)

    # Mei makes the shoot from the template, publishes it, presses Match and reads the result.
    page = desk.post(
        reverse("shoots:new"),
        {
            "crew": crew.pk, "title": "雨夜归人", "genre": "modern", "base": base.pk, "template": template.pk,
            "first_day": first_day.isoformat(), "last_day": (first_day + timedelta(days=6)).isoformat(),
            "call_time": "08:00", "hours_per_day": 10, "settle_within_days": 7, "meals": "on", "lodging": "on",
        },
    )  # fmt: skip
    assert page.status_code == 302, page.context["form"].errors
    shoot = Shoot.objects.get(crew=crew)
    assert desk.post(reverse("shoots:publish", args=[shoot.pk])).status_code == 302
    pressed = time.monotonic()
    assert desk.post(reverse("shoots:match", args=[shoot.pk])).status_code == 302
    run = wait_for(
        lambda: MatchRun.objects.filter(shoot=shoot, state=RunState.PUBLISHED).first(), 60, "the match"
    )
    assert (run.slots, run.filled, run.breaches) == (75, 75, [])
    role = Offer.role.field.related_model.objects.filter(
        shoot=shoot, role_type__in=bo.profile.wanted_roles.all()
    ).get()
    review = desk.get(reverse("shoots:role", args=[shoot.pk, role.pk]))
    assert (review.status_code, "博" in review.content.decode()) == (200, True)

    # She sends the offers; Bo reads his mail, opens the offer (which changes nothing) and accepts. An offer that is
    # answered before its mail leaves is told by no mail any more: so he waits for it.
    assert desk.post(reverse("shoots:send_offers", args=[shoot.pk])).status_code == 302
    assert Offer.objects.filter(state=OfferState.OPEN).count() == 75
    offer = Offer.objects.get(profile__user=bo)
    mail = wait_for(lambda: offer_in(smtp_server.messages, bo), int(WINDOW), "Bo's mail")
    (key,) = re.findall(r"http://jinzu\.example/answer/(\S+)/", mail.get_body(("plain",)).get_content())
    assert read_answer_key(key) == (offer.pk, bo.pk)
    assert mail["Message-ID"].startswith("<notice-")
    for name in ("offers:detail", "offers:accept"):
        assert phone.get(reverse(name, args=[offer.pk])).status_code == 200
    offer.refresh_from_db()
    assert offer.state == OfferState.OPEN
    assert phone.post(reverse("offers:accept", args=[offer.pk])).status_code == 302

    # Others decline or let it lapse; their places go to the next by themselves.
    wait_for(lambda: board(shoot).complete, 300, "75 of 75")
    print(f"\n75 of 75 after {time.monotonic() - pressed:.1f} s")
    assert board(shoot).booked == 75
    assert Offer.objects.filter(refill=True, state=OfferState.ACCEPTED).count() > 0
    assert Notice.objects.filter(recipient=mei, kind="crew_full").count() == 1
    worker.stop()
    assert integrity.findings() == []

    # The call sheet prints, and the shoot is in Bo's calendar.
    sheet = desk.get(reverse("shoots:call_sheet", args=[shoot.pk, first_day]))
    assert (sheet.status_code, "博" in sheet.content.decode()) == (200, True)
    assert phone.get(reverse("my_calendar"), {"month": f"{first_day:%Y-%m}"}).status_code == 200
    feed = Client().get(reverse("calendar_feed", args=[bo.profile.feed_token]))
    event = Calendar.from_ical(feed.content).walk("VEVENT")[0]
    booking = Booking.objects.get(profile__user=bo)
    assert (event["UID"], event.decoded("DTSTART"), event.decoded("DTEND")) == (
        f"booking-{booking.pk}@jinzu",
        first_day,
        first_day + timedelta(days=7),
    )
