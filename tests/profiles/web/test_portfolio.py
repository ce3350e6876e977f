"""Photos and links: in, out, and before whose eyes."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from profiles.models import Photo, WorkLink
from tests.factories.profiles import PhotoFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def in_bo(client, bo):
    client.force_login(bo)
    return client


def jpeg(**more) -> bytes:
    written = io.BytesIO()
    Image.new("RGB", (300, 400), "#c04020").save(written, "JPEG", **more)
    return written.getvalue()


def send(client, data: bytes, name: str = "photo.jpg", **more):
    upload = SimpleUploadedFile(name, data, "image/jpeg")
    return client.post(reverse("my_profile_add_photo"), {"photo": upload, "caption": "片场"} | more)


def test_a_photo_is_kept_anew_and_served_as_nothing_but_a_picture(in_bo, bo):
    sent = jpeg(comment=b"<script>jinzu()</script>")
    assert send(in_bo, sent, "../../x.php\u202egnp.jpg").status_code == 302
    photo = Photo.objects.get()

    response = in_bo.get(reverse("photo", args=[photo.key, "large"]))

    assert response.content.startswith(b"\xff\xd8")
    assert b"script" not in response.content
    assert {name: response[name] for name in (
        "Content-Type", "Content-Security-Policy", "X-Content-Type-Options", "Content-Disposition", "Cache-Control",
    )} == {
        "Content-Type": "image/jpeg",
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "X-Content-Type-Options": "nosniff",
        "Content-Disposition": 'inline; filename="photo.jpg"',
        "Cache-Control": "private, no-cache",
    }  # fmt: skip


@pytest.mark.parametrize("data", [b"", b"<svg onload=jinzu()>", jpeg()[:200]])
def test_what_is_no_photo_is_said_at_the_field(in_bo, data):
    response = send(in_bo, data)
    assert (response.status_code, list(response.context["photo_form"].errors)) == (400, ["photo"])
    assert Photo.objects.count() == 0


def seen(user, photo) -> list[int]:
    client = Client()
    if user is not None:
        client.force_login(user)
    return [client.get(reverse("photo", args=[photo.key, size])).status_code for size in ("small", "large")]


@pytest.mark.parametrize(
    ("public", "open_page", "strangers"),
    [(False, False, 404), (True, False, 404), (False, True, 404), (True, True, 200)],
)
def test_only_a_photo_on_an_open_page_is_for_everybody(
    bo, mei, ada, lin_graduate, public, open_page, strangers
):
    photo = PhotoFactory(profile=bo.profile, public=public)
    bo.profile.page_token = "open" if open_page else None
    bo.profile.save()
    assert seen(bo, photo) == seen(ada, photo) == [200, 200]
    for other in (None, mei, lin_graduate):
        assert seen(other, photo) == [strangers, strangers]


def test_a_closed_account_shows_nothing(bo):
    photo = PhotoFactory(profile=bo.profile, public=True)
    bo.profile.page_token = "open"
    bo.profile.save()
    bo.is_active = False
    bo.save()
    assert seen(None, photo) == [404, 404]


def test_on_the_page_off_the_page_and_gone(in_bo, bo, lin_graduate):
    photo = PhotoFactory(profile=bo.profile)
    address = reverse("my_profile_change_photo", args=[photo.pk])
    shown = []
    for act in ("show", "hide"):
        in_bo.post(address, {"act": act})
        photo.refresh_from_db()
        shown.append(photo.public)
    theirs = PhotoFactory(profile=lin_graduate.profile)
    assert (
        in_bo.post(reverse("my_profile_change_photo", args=[theirs.pk]), {"act": "remove"}).status_code == 404
    )
    in_bo.post(address, {"act": "remove"})
    assert (shown, list(Photo.objects.all())) == ([True, False], [theirs])


@pytest.mark.parametrize(
    "url",
    [
        "http://video.example/", "javascript:jinzu()", "data:text/html,x", "//video.example", "video.example/x",
        "https://", "https://localhost/", "https://127.0.0.1/", "https://[::1]/", "https://2130706433/",
        "https://jinzu.example@evil.example/", "https://xn--80ak6aa92e.example/", "https://раураl.example/",
        "https://video.example:8443/", "https://video.example/ x", "https://video.example/\"onclick=", "ftp://video.example",
    ],
)  # fmt: skip
def test_a_link_that_is_not_what_it_seems_is_refused(in_bo, url):
    response = in_bo.post(reverse("my_profile_add_link"), {"url": url})
    assert (response.status_code, list(response.context["link_form"].errors)) == (400, ["url"])
    assert WorkLink.objects.count() == 0


def test_a_link_is_kept_once_and_shown_with_its_host(in_bo, bo):
    said = {"url": "https://www.video.example/BV1?p=2", "title": "毕业短片"}
    assert in_bo.post(reverse("my_profile_add_link"), said).status_code == 302
    assert in_bo.post(reverse("my_profile_add_link"), said).status_code == 400
    page = in_bo.get(reverse("my_profile_portfolio")).content.decode()
    assert WorkLink.objects.get().host == "www.video.example"
    assert 'rel="noopener noreferrer nofollow ugc"' in page
    in_bo.post(reverse("my_profile_remove_link", args=[WorkLink.objects.get().pk]))
    assert WorkLink.objects.count() == 0
