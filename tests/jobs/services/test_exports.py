"""A copy of her data: whole, hers alone, and gone after seven days."""

import io
import json
import zipfile
from datetime import timedelta

import pytest

from config.errors import Conflict, Gone, NotAllowed
from jobs.models import DataExport, Notice
from jobs.services import exports, offers, work
from tests.factories.profiles import PhotoFactory


def test_a_copy_holds_what_is_hers_in_two_forms(fitting_bo, lin_graduate, role, mei, now):
    offers.accept(offers.send(role=role, profile=fitting_bo.profile, by=mei, now=now), by=fitting_bo, now=now)
    fitting_bo.set_password("two quiet rivers")
    fitting_bo.save()
    copy = exports.ask(user=fitting_bo, by=fitting_bo, now=now)
    work.drain(now=now)
    copy.refresh_from_db()
    bundle = zipfile.ZipFile(io.BytesIO(exports.content(copy, by=fitting_bo, now=now)))
    assert bundle.namelist() == ["data.json", "data.html"]
    tables = json.loads(bundle.read("data.json"))["tables"]
    assert tables["profiles.User"][0]["email"] == "bo@people.example"
    assert tables["jobs.Booking"][0]["day_rate"] == 350
    assert {"profiles.Profile", "profiles.Availability", "jobs.Offer", "jobs.Notice"} <= tables.keys()
    page = bundle.read("data.html").decode()
    assert "bo@people.example" in page
    everything = page + bundle.read("data.json").decode()
    for secret in (fitting_bo.password, fitting_bo.profile.feed_token, lin_graduate.email, mei.email):
        assert secret not in everything
    assert Notice.objects.filter(recipient=fitting_bo, kind="export_ready").count() == 1


def test_a_copy_is_hers_alone_and_ends(bo, lin, now):
    copy = exports.ask(user=bo, by=bo, now=now)
    with pytest.raises(Gone, match="copy_gone"):
        exports.content(copy, by=bo, now=now)
    work.drain(now=now)
    copy.refresh_from_db()
    with pytest.raises(NotAllowed, match="not_yours"):
        exports.content(copy, by=lin, now=now)
    end = now + exports.KEPT_FOR
    assert exports.content(copy, by=bo, now=end - timedelta(seconds=1))
    with pytest.raises(Gone, match="copy_gone"):
        exports.content(copy, by=bo, now=end)
    work.drain(now=end)
    assert DataExport.objects.get().content is None


def test_one_at_a_time_and_three_a_day(bo, lin, now):
    with pytest.raises(NotAllowed, match="not_yours"):
        exports.ask(user=bo, by=lin, now=now)
    for _ in range(exports.MOST_A_DAY):
        exports.ask(user=bo, by=bo, now=now)
        with pytest.raises(Conflict, match="copy_asked"):
            exports.ask(user=bo, by=bo, now=now)
        work.drain(now=now)
    with pytest.raises(Conflict, match="copy_asked"):
        exports.ask(user=bo, by=bo, now=now)
    exports.ask(user=bo, by=bo, now=now + timedelta(days=1, seconds=1))


def test_her_photos_come_as_pictures_and_nobody_elses(bo, lin_graduate, now):
    hers = PhotoFactory(profile=bo.profile, caption="First day on set")
    PhotoFactory(profile=lin_graduate.profile)
    bundle = zipfile.ZipFile(io.BytesIO(exports.archive(bo, now=now)))
    assert bundle.namelist() == ["data.json", "data.html", f"photos/{hers.pk}.jpg"]
    assert bundle.read(f"photos/{hers.pk}.jpg") == bytes(hers.content)
    row = json.loads(bundle.read("data.json"))["tables"]["profiles.Photo"][0]
    assert (row["id"], row["caption"], "content" in row) == (hers.pk, "First day on set", False)
