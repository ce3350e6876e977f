"""The likeness ledger: asked apart from the job, answered freely, taken back at any time, and never weighed."""

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest
from django.db import IntegrityError, transaction

from config.errors import Conflict, Invalid, NotAllowed
from jobs import matching as engine
from jobs.models import LikenessEvent, Notice, Shoot
from jobs.queries import matching
from jobs.services import likeness
from jobs.services.likeness import Terms
from tests.factories.jobs import BookingFactory, OfferFactory, RoleFactory
from tests.factories.profiles import ProfileFactory, fits

pytestmark = pytest.mark.django_db
TERMS = Terms(["voice", "face"], "替身换脸，第 12–14 集", "mainland", date(2027, 6, 30), 800, True)


@pytest.fixture
def shoot(role):
    Shoot.objects.filter(pk=role.shoot.pk).update(made_with="ai", ai_use="替身换脸", scans=True)
    role.shoot.refresh_from_db()
    return role.shoot


@pytest.fixture
def row(shoot, role, mei, bo, now):
    BookingFactory(role=role, profile=bo.profile)
    return likeness.ask(shoot=shoot, profile=bo.profile, terms=TERMS, by=mei, now=now)


def code_of(error, act, *args, **given):
    with pytest.raises(error) as raised:
        act(*args, **given)
    return raised.value.code


def test_a_request_reaches_her_and_stands_in_the_ledger(row, bo, now):
    assert (row.state, row.parts, row.given, row.training_given) == ("asked", ["face", "voice"], [], False)
    assert list(Notice.objects.filter(kind="likeness_asked").values_list("recipient", flat=True)) == [bo.pk]
    assert [event.state for event in row.events.all()] == ["asked"]


def test_only_her_crew_asks_and_only_who_is_tied_to_the_title(shoot, role, mei, bo, lin, now):
    given = {"shoot": shoot, "profile": bo.profile, "terms": TERMS, "now": now}
    assert code_of(Conflict, likeness.ask, **given, by=mei) == "likeness_needs_booking"
    OfferFactory(role=role, profile=bo.profile, state="open")
    assert code_of(NotAllowed, likeness.ask, **given, by=lin) == "not_yours"
    assert likeness.ask(**given, by=mei).state == "asked"
    assert code_of(Conflict, likeness.ask, **given, by=mei) == "likeness_live"


def test_a_title_that_does_not_say_its_ai_asks_nobody(shoot, role, mei, bo, now):
    BookingFactory(role=role, profile=bo.profile)
    shoot.scans = False
    given = {"shoot": shoot, "profile": bo.profile, "terms": TERMS, "by": mei, "now": now}
    assert code_of(Conflict, likeness.ask, **given) == "likeness_needs_ai_use"


def test_terms_without_end_fee_or_part_are_refused(shoot, role, mei, bo, now):
    BookingFactory(role=role, profile=bo.profile)

    def no(**more):
        terms = replace(TERMS, **more)
        return code_of(Invalid, likeness.ask, shoot=shoot, profile=bo.profile, terms=terms, by=mei, now=now)

    assert no(until=date(2037, 6, 30)) == "likeness_until"
    assert no(until=date(2026, 11, 30)) == "likeness_until"
    assert no(fee=0) == "likeness_fee"
    assert no(parts=[]) == "likeness_parts"
    assert no(parts=["soul"]) == "likeness_parts"
    assert no(territory="moon") == "terms_unknown"


def test_she_gives_a_part_of_it_and_training_stays_no(row, bo, mei, now):
    likeness.give(row, parts=["face"], training=False, by=bo, now=now)
    row.refresh_from_db()
    assert (row.state, row.given, row.training_given, row.answered_at) == ("given", ["face"], False, now)
    told = Notice.objects.get(kind="likeness_answered")
    assert (told.recipient, told.facts["parts"], told.facts["state"]) == (mei, ["face"], "given")


def test_nobody_answers_for_her_and_no_answer_goes_beyond_the_question(row, bo, mei, now):
    assert (
        code_of(NotAllowed, likeness.give, row, parts=["face"], training=False, by=mei, now=now)
        == "not_yours"
    )
    assert code_of(Invalid, likeness.give, row, parts=["motion"], training=False, by=bo, now=now) == (
        "likeness_not_asked"
    )
    assert code_of(Invalid, likeness.give, row, parts=[], training=False, by=bo, now=now) == "likeness_parts"
    assert code_of(NotAllowed, likeness.revoke, row, by=mei, now=now) == "not_yours"


def test_a_yes_is_taken_back_long_after_and_the_history_keeps_all(row, bo, now):
    likeness.give(row, parts=["face", "voice"], training=True, by=bo, now=now)
    later = now + timedelta(days=400)
    likeness.revoke(row, by=bo, now=later)
    assert code_of(Conflict, likeness.revoke, row, by=bo, now=later) == "likeness_over"
    told = [(event.state, event.terms["given"], event.at) for event in row.events.all()]
    assert told == [
        ("asked", [], now),
        ("given", ["face", "voice"], now),
        ("revoked", ["face", "voice"], later),
    ]


def test_the_history_is_append_only(row):
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        LikenessEvent.objects.update(state="given")
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        LikenessEvent.objects.all().delete()


def test_a_request_is_taken_back_by_the_crew_and_asked_anew(row, shoot, bo, mei, lin, now):
    assert code_of(NotAllowed, likeness.withdraw, row, by=lin, now=now) == "not_yours"
    likeness.withdraw(row, by=mei, now=now)
    assert likeness.ask(shoot=shoot, profile=bo.profile, terms=TERMS, by=mei, now=now).pk != row.pk


def test_who_leaves_takes_everything_back(row, bo, now):
    likeness.give(row, parts=["face"], training=False, by=bo, now=now)
    assert likeness.revoke_all(bo.profile, by=bo, now=now) == 1
    row.refresh_from_db()
    assert row.state == "revoked"


def packed(problem: engine.Problem) -> dict[str, bytes]:
    """Every array of a problem as bytes."""
    out = {}
    for prefix, table in (("", problem), ("people.", problem.people), ("roles.", problem.roles)):
        for name, value in vars(table).items():
            if isinstance(value, np.ndarray):
                out[prefix + name] = value.tobytes()
    return out


@pytest.mark.parametrize("word", ["refuse", "revoke"])
def test_a_no_leaves_the_problem_and_the_score_byte_for_byte_as_they_were(word, shoot, role, mei, bo, now):
    fits(bo.profile, role)
    other = RoleFactory(shoot=shoot, role_type=role.role_type)
    fits(ProfileFactory(), role)
    OfferFactory(role=other, profile=bo.profile, state="open")
    before = matching.load_problem(shoot, now)
    pair = matching.fit(profile=bo.profile, role=role, now=now)
    row = likeness.ask(shoot=shoot, profile=bo.profile, terms=TERMS, by=mei, now=now)
    if word == "refuse":
        likeness.refuse(row, by=bo, now=now)
    else:
        likeness.give(row, parts=["face"], training=False, by=bo, now=now)
        likeness.revoke(row, by=bo, now=now)
    bo.profile.refresh_from_db()
    after = matching.load_problem(shoot, now)
    again = matching.fit(profile=bo.profile, role=role, now=now)
    assert packed(after) == packed(before)
    assert (again.score, again.contributions, again.barriers) == (
        pair.score,
        pair.contributions,
        pair.barriers,
    )
    assert len(packed(before)) > 40
