"""Blocks, stars and marks: who may say them, and that saying them twice changes nothing."""

import pytest
from django.db import IntegrityError, transaction

from config.errors import Invalid, NotAllowed
from jobs.models import Block, Entry, Mark, Star
from jobs.services import bonds
from tests.factories.jobs import BookingFactory


def test_each_side_blocks_for_itself(bo, mei, crew, now):
    for _ in range(2):
        bonds.block_crew(crew, profile=bo.profile, by=bo, now=now, reason=" paid late ")
        bonds.block_person(bo.profile, crew=crew, by=mei, now=now)
    said = set(Block.objects.values_list("side", "reason", "profile", "crew"))
    assert said == {("person", "paid late", bo.profile.pk, crew.pk), ("crew", "", bo.profile.pk, crew.pk)}
    assert bonds.unblock_crew(crew, profile=bo.profile, by=bo, now=now)
    assert not bonds.unblock_crew(crew, profile=bo.profile, by=bo, now=now)
    assert [block.side for block in Block.objects.all()] == ["crew"]
    assert bonds.unblock_person(bo.profile, crew=crew, by=mei, now=now)
    assert sorted(Entry.objects.values_list("verb", flat=True)) == [
        "blocked",
        "blocked",
        "unblocked",
        "unblocked",
    ]


def test_nobody_speaks_for_another(bo, mei, lin, lin_graduate, crew, now):
    for act in (
        lambda: bonds.block_crew(crew, profile=bo.profile, by=lin_graduate, now=now),
        lambda: bonds.unblock_crew(crew, profile=bo.profile, by=mei, now=now),
        lambda: bonds.block_person(bo.profile, crew=crew, by=lin, now=now),
        lambda: bonds.unblock_person(bo.profile, crew=crew, by=bo, now=now),
        lambda: bonds.star(crew, profile=bo.profile, by=mei, now=now),
        lambda: bonds.unstar(crew, profile=bo.profile, by=lin_graduate),
        lambda: bonds.mark(bo.profile, crew=crew, value=3, by=lin, now=now),
    ):
        with pytest.raises(NotAllowed) as refused:
            act()
        assert refused.value.code == "not_yours"
    assert (Block.objects.count(), Star.objects.count(), Mark.objects.count()) == (0, 0, 0)


def test_a_star_goes_when_she_blocks(bo, crew, now):
    first = bonds.star(crew, profile=bo.profile, by=bo, now=now)
    assert bonds.star(crew, profile=bo.profile, by=bo, now=now) == first
    bonds.block_crew(crew, profile=bo.profile, by=bo, now=now)
    assert Star.objects.count() == 0
    assert not bonds.unstar(crew, profile=bo.profile, by=bo)


def test_a_mark_is_for_whom_the_crew_has_had(bo, mei, crew, role, now):
    with pytest.raises(Invalid) as refused:
        bonds.mark(bo.profile, crew=crew, value=3, by=mei, now=now)
    assert refused.value.code == "never_worked_together"
    BookingFactory(profile=bo.profile, role=role)
    for value in (0, 7, True, 2.5, "3"):
        with pytest.raises(Invalid) as refused:
            bonds.mark(bo.profile, crew=crew, value=value, by=mei, now=now)
        assert refused.value.code == "mark_out_of_range"
    for value in (3, 6):
        assert bonds.mark(bo.profile, crew=crew, value=value, by=mei, now=now).value == value
    assert Mark.objects.count() == 1
    assert bonds.mark(bo.profile, crew=crew, value=None, by=mei, now=now) is None
    assert Mark.objects.count() == 0


def test_the_tables_refuse_what_services_would(bo, crew, now, db):
    for row in (
        Mark(profile=bo.profile, crew=crew, value=7, made_at=now),
        Block(profile=bo.profile, crew=crew, side="both", made_at=now),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            row.save()


def test_a_reason_fits_its_line(bo, crew, now):
    with pytest.raises(Invalid) as refused:
        bonds.block_crew(crew, profile=bo.profile, by=bo, now=now, reason="长" * 201)
    assert refused.value.code == "reason_too_long"
