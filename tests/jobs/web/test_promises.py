"""The pages of keeping one's word: the trace, the table, did not show, strikes, pay, the evidence pack."""

import hashlib
from datetime import date, datetime, timedelta

import pypdfium2
import pytest
from django.urls import reverse

from hubs.timespan import SHANGHAI, shoot_day_of, start_of
from jobs.enums import BookingState, MatchState, OfferState
from jobs.models import Appeal, Cancellation, Confirmation, Leeway, Offer, Vacancy, Wage
from jobs.services import bookings, offers, refills, wages
from tests.factories.jobs import BookingFactory, MatchFactory, MatchRunFactory, OfferFactory
from tests.factories.profiles import ProfileFactory, UserFactory

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)
CALL = datetime(2026, 12, 12, 8, 0, tzinfo=SHANGHAI)


@pytest.fixture
def booking(role, bo):
    return BookingFactory(role=role, profile=bo.profile)


def people(role, count):
    run = MatchRunFactory(shoot=role.shoot)
    return [
        MatchFactory(
            run=run, role=role, state=MatchState.STANDBY, rank=rank,
            profile=ProfileFactory(user=UserFactory(name=name)),
        ).profile
        for rank, name in enumerate(["安安", "白露", "程野", "杜若"][:count], 1)
    ]  # fmt: skip


def test_the_trace_tells_who_was_asked_until_when(page, mei, role, clock):
    people(role, 2)
    at = clock(datetime(2026, 12, 9, 19, 2, tzinfo=SHANGHAI))
    first = OfferFactory(
        role=role,
        profile=ProfileFactory(user=UserFactory(name="陈舟")),
        sent_at=at - HOUR,
        expires_at=at + HOUR,
    )
    offers.decline(first, by=first.profile.user, now=at)
    refills.refill(role.pk, now=at)
    second = Offer.objects.get(state=OfferState.OPEN)
    offers.decline(second, by=second.profile.user, now=at + timedelta(minutes=38))
    refills.refill(role.pk, now=at + timedelta(minutes=38))

    answer = page(mei, reverse("shoots:vacancies", args=[role.shoot_id]))

    (slot,) = answer.context["slots"]
    assert [line.words for line in slot.lines] == [
        "declined by 陈舟",
        "offered to 安安 until Wed, Dec 9, 21:02",
        "declined by 安安",
        "offered to 白露 until Wed, Dec 9, 21:40",
    ]
    assert (slot.state, answer.context["counts"].asking) == ("being asked", 1)


def test_the_stated_table_and_the_leeway_stand_on_the_page(page, mei, role):
    path = reverse("shoots:vacancies", args=[role.shoot_id])
    before = page(mei, path)
    assert [(row["from"], row["window"], row["at_once"]) for row in before.context["stages"]] == [
        (72, "12 hours", 1), (24, "2 hours", 1), (6, "20 minutes", 1), (0, "10 minutes", 3),
    ]  # fmt: skip
    page(mei, reverse("shoots:leeway", args=[role.shoot_id]), post={"role": role.pk, "allow": ["hub", "pay"]})
    given = Leeway.objects.get()
    assert (given.role_type, given.hub, given.pay, given.given_by) == (False, True, True, mei)


def test_she_confirms_with_one_button(page, bo, mei, booking, clock):
    path = reverse("bookings:confirm", args=[booking.pk])
    assert "nothing to confirm yet" in page(bo, path).content.decode()
    clock(CALL - 40 * HOUR)
    Confirmation.objects.create(booking=booking, asked_at=CALL - 48 * HOUR, due_at=CALL - 16 * HOUR)
    assert "Yes, I am coming" in page(bo, path).content.decode()
    page(bo, path, post={})
    assert Confirmation.objects.get().confirmed_at == CALL - 40 * HOUR
    assert "See you there" in page(bo, path).content.decode()
    assert page(mei, path).status_code == 403


def test_the_table_stands_on_the_offer_before_it_is_accepted(page, bo, role):
    offer = OfferFactory(role=role, profile=bo.profile)
    for name in ("offers:detail", "offers:accept"):
        rows = page(bo, reverse(name, args=[offer.pk])).context["terms"].rows
        assert [(row.crew, row.her) for row in rows] == [
            ("costs nothing", "costs nothing"),
            ("costs nothing, counts as late", "costs nothing, counts as late"),
            ("¥175 (50 % of the first day)", "1 strike"),
            ("¥350 (100 % of the first day)", "2 strikes"),
            ("–", "1 strike"),
            ("–", "3 strikes"),
        ]


def test_cancelling_says_first_what_it_brings(page, bo, mei, booking, clock):
    clock(CALL - 10 * HOUR)
    path = reverse("bookings:cancel", args=[booking.pk])
    hers = page(bo, path)
    assert hers.context["outcome"].strikes == 1
    assert "brings 1 strike" in hers.content.decode()
    assert [row.here for row in hers.context["terms"].rows].index(True) == 2
    assert "your crew owes 博 ¥175" in page(mei, path).content.decode()
    page(mei, path, post={"reason": "改戏"})
    assert list(Wage.objects.values_list("amount", flat=True)) == [175]


def test_after_her_last_day_nothing_is_left_to_give_back(page, bo, booking, clock):
    path = reverse("bookings:cancel", args=[booking.pk])
    clock(start_of(booking.days.upper) - HOUR)
    assert "button--danger" in page(bo, path).content.decode()
    clock(start_of(booking.days.upper))
    assert "button--danger" not in page(bo, path).content.decode()
    assert page(bo, path, post={"reason": "病了"}).status_code == 409


def test_did_not_show_is_one_press(page, mei, booking, role, clock):
    asked = people(role, 4)
    clock(CALL + HOUR)
    path = reverse("bookings:no_show", args=[booking.pk])
    assert "Did not show: fill the place" in page(mei, path).content.decode()
    answer = page(mei, path, post={})
    assert answer["Location"] == reverse("shoots:vacancies", args=[role.shoot_id])
    sent = refills.refill(role.pk, now=CALL + HOUR)
    assert [offer.profile for offer in sent] == asked[:3]
    booking.refresh_from_db()
    assert (booking.state, booking.cancellation.strikes) == (BookingState.CANCELLED, 3)


def test_who_was_too_slow_reads_it_kindly_with_three_like_it(page, bo, role, now):
    vacancy = Vacancy.objects.create(role=role, key="x", cause="declined", opened_at=now)
    mine = OfferFactory(role=role, profile=bo.profile, vacancy=vacancy)
    other = OfferFactory(role=role, profile=ProfileFactory(), vacancy=vacancy)
    offers.accept(other, by=other.profile.user, now=now)
    late = page(bo, reverse("offers:accept", args=[mine.pk]), post={})
    assert late.status_code == 409
    assert "Somebody was faster" in late.content.decode()
    after = page(bo, reverse("offers:detail", args=[mine.pk]))
    assert "It does not count against you" in after.content.decode()
    assert after.context["similar"] == []


def test_a_strike_its_appeal_and_the_decision(page, bo, ada, booking, clock):
    clock(CALL - 4 * HOUR)
    bookings.cancel(booking, by=bo, now=CALL - 5 * HOUR)
    case = Cancellation.objects.get()
    assert page(bo, reverse("my_strikes")).context["standing"].points == 2
    path = reverse("appeals:file", args=[case.pk])
    refused = page(bo, path, post={"ground": "traffic", "words": "停运", "proof": ""})
    assert refused.status_code == 400
    assert list(refused.context["form"].errors) == ["proof"]
    page(bo, path, post={"ground": "traffic", "words": "停运", "proof": "公告"})
    made = Appeal.objects.get()
    assert "停运" in page(ada, reverse("appeals:detail", args=[made.pk])).content.decode()
    assert list(page(ada, reverse("appeals:list")).context["page"]) == [made]
    decide = reverse("appeals:decide", args=[made.pk])
    assert page(ada, decide, post={"outcome": "overturn", "reason": ""}).status_code == 400
    page(ada, decide, post={"outcome": "overturn", "reason": "属实"})
    assert page(bo, reverse("my_strikes")).context["standing"].points == 0


# -- money ----------------------------------------------------------------------------------------------------


@pytest.fixture
def owed(booking, now):
    """A wage that was due 31 days ago."""
    return Wage.objects.create(booking=booking, amount=2450, due_on=shoot_day_of(now) - timedelta(days=31))


def test_both_sides_say_what_is_paid(page, bo, mei, owed):
    page(mei, reverse("shoots:wage_paid", args=[owed.booking.role.shoot_id, owed.pk]), post={})
    page(bo, reverse("my_pay_denied", args=[owed.pk]), post={})
    owed.refresh_from_db()
    assert owed.denied_at
    assert (
        "has not arrived, says she"
        in page(mei, reverse("shoots:wages", args=[owed.booking.role.shoot_id])).content.decode()
    )
    page(bo, reverse("my_pay_received", args=[owed.pk]), post={})
    owed.refresh_from_db()
    assert (bool(owed.received_at), owed.denied_at) == (True, None)


def test_what_is_overdue_stands_on_the_public_record_beside_the_answer(page, mei, owed, crew):
    reply = reverse("shoots:wage_reply", args=[owed.booking.role.shoot_id, owed.pk])
    page(mei, reply, post={"words": "平台回款延后，月底结清。"})
    answer = page(None, reverse("crews:record", args=[crew.pk]))
    (line,) = answer.context["arrears"].lines
    assert (line.days, line.stage, line.reply) == (31, 30, "平台回款延后，月底结清。")
    text = answer.content.decode()
    assert "¥2,450" in text
    assert "博" not in text


def text_of(answer) -> str:
    assert answer["Content-Type"] == "application/pdf"
    pages = pypdfium2.PdfDocument(answer.content)
    return "\n".join(p.get_textpage().get_text_range() for p in pages).replace("\r\n", "\n")


def test_the_evidence_pack_is_one_file_for_both_sides(page, bo, mei, lin, owed, now):
    offer = owed.booking.offer
    wages.mark_paid(owed, by=mei, now=now)
    path = reverse("bookings:evidence", args=[owed.booking.pk])
    hers, theirs = (text_of(page(who, path, post={})) for who in (bo, mei))
    digest = [line for line in hers.split("\n") if len(line) == 64]
    assert digest
    assert digest == [line for line in theirs.split("\n") if len(line) == 64]
    for said in (
        "雨夜归人",
        "山海剧组",
        "博",
        "¥350 × 7 = ¥2,450",
        "marked as paid by the crew",
        "1 strike",
        "1 / ",
    ):
        assert said in hers
    assert offer.role.role_type.name_en in hers
    assert page(lin, path, post={}).status_code == 404
    wages.mark_received(owed, by=bo, now=now)
    changed = text_of(page(bo, path, post={}))
    assert digest[0] not in changed


def test_the_check_sum_is_that_of_the_text(owed, now):
    from jobs.queries import evidence
    from jobs.web.evidence_paper import Pack

    pack = Pack(evidence.of(owed.booking.pk), address="https://jinzu.example/", made_at=now)
    lines = [line for section in pack.sections for line in section.text()]
    assert pack.digest == hashlib.sha256("\n".join(lines).encode()).hexdigest()
    assert date(2026, 12, 1) == shoot_day_of(now)
