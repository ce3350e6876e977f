"""What proves an appeal: a photo written anew or a plain PDF, kept with the appeal, read by admins alone."""

import io
import zipfile
from datetime import UTC, datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from fpdf import FPDF
from PIL import Image

from config.errors import Invalid
from jobs.models import Appeal, AppealProof, Cancellation
from jobs.queries import appeals as questions
from jobs.services import appeals, exports, papers
from tests.factories.jobs import BookingFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(role, bo, now):
    booking = BookingFactory(role=role, profile=bo.profile, state="cancelled", cancelled_at=now)
    return Cancellation.objects.create(
        booking=booking, kind="cancelled", side="graduate", at=now, hours_before=8, late=True, strikes=1
    )


def a_photo() -> bytes:
    written = io.BytesIO()
    exif = Image.Exif()
    exif[0x010E] = "secret place"
    Image.new("RGB", (400, 300), "#c04020").save(written, "JPEG", exif=exif)
    return written.getvalue()


def a_pdf() -> bytes:
    made = FPDF()
    made.set_creation_date(datetime(2026, 11, 21, tzinfo=UTC))  # two made a second apart are the same
    made.add_page()
    return bytes(made.output())


def file(case, by, now, **more):
    said = {"ground": "illness", "words": "发烧", "proof": ""} | more
    return appeals.file(case, by=by, now=now + timedelta(hours=1), **said)


def test_a_photo_is_written_anew_and_stands_for_the_words(case, bo, now):
    file(case, bo, now, paper=a_photo())
    kept = AppealProof.objects.get()
    assert (kept.kind, kept.size, b"secret" in bytes(kept.content)) == ("photo", len(kept.content), False)


def test_a_plain_pdf_is_kept_as_it_is(case, bo, now):
    sent = a_pdf()
    file(case, bo, now, paper=sent)
    assert bytes(AppealProof.objects.get().content) == sent


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"GIF89a" + b"x" * 300, "paper_unreadable"),
        (b"%PDF-1.7 /OpenAction << /S /JavaScript >> %%EOF", "paper_acts"),
        (b"%PDF-1.7 half", "paper_cut"),
        (b"%PDF-" + b"x" * papers.MOST_PDF_BYTES, "paper_too_big"),
        (b"\xff\xd8" + b"x" * papers.MOST_BYTES, "photo_too_big"),
    ],
)
def test_what_is_no_plain_paper_is_refused_by_name(case, bo, now, data, code):
    with pytest.raises(Invalid) as refused:
        file(case, bo, now, paper=data)
    assert (refused.value.code, refused.value.field, Appeal.objects.count()) == (code, "paper", 0)


def test_without_a_paper_force_majeure_needs_its_number(case, bo, now):
    with pytest.raises(Invalid, match="appeal_proof"):
        file(case, bo, now)


def test_the_queue_reads_no_bytes_and_only_admins_open_them(
    case, bo, mei, ada, now, client, django_assert_num_queries
):
    appeal = file(case, bo, now, paper=a_pdf())
    with django_assert_num_queries(1):
        [line] = questions.appeals_waiting()
        assert line.paper.kind == "pdf"
    address = reverse("appeals:paper", args=[appeal.pk])
    for user, status in ((bo, 403), (mei, 403), (ada, 200)):
        client.force_login(user)
        answer = client.get(address)
        assert answer.status_code == status
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Type"] == "application/pdf"


def test_her_copy_of_the_data_holds_the_paper(case, bo, mei, now):
    appeal = file(case, bo, now, paper=a_pdf())
    bundle = zipfile.ZipFile(io.BytesIO(exports.archive(bo, now=now)))
    assert bundle.namelist() == ["data.json", "data.html", f"proofs/{appeal.pk}.pdf"]
    assert bundle.read(f"proofs/{appeal.pk}.pdf") == a_pdf()
    assert "proofs" not in str(zipfile.ZipFile(io.BytesIO(exports.archive(mei, now=now))).namelist())


def test_the_form_takes_the_file_and_says_what_is_wrong_with_it(case, bo, client, monkeypatch):
    client.force_login(bo)
    monkeypatch.setattr("jobs.queries.strikes.may_appeal", lambda *_: True)
    address = reverse("appeals:file", args=[case.pk])
    form = {"ground": "illness", "words": "发烧", "proof": ""}
    wrong = client.post(address, form | {"paper": SimpleUploadedFile("a.pdf", b"hello" * 100)})
    assert (wrong.status_code, list(wrong.context["form"].errors)) == (400, ["paper"])
    right = client.post(address, form | {"paper": SimpleUploadedFile("a.jpg", a_photo())})
    assert (right.status_code, AppealProof.objects.count()) == (302, 1)
