"""What she can show: photos, links, courses of the catalogue. Added and removed one by one."""

from datetime import date, datetime
from urllib.parse import urlsplit

from config import pictures
from config.errors import Conflict, Invalid
from hubs.models import Programme
from profiles.models import Photo, Profile, Training, User, WorkLink

from .history import EARLIEST_YEAR
from .lock import holding_person
from .profiles import may_edit
from .text import clean_line

MOST_PHOTOS = 9
MOST_LINKS = 12
MOST_TRAININGS = 20
MOST_BYTES = pictures.MOST_BYTES


def add_photo(
    *, profile: Profile, by: User, data: bytes, now: datetime, caption: str = "", public: bool = False
) -> Photo:
    """Keep a photo, written anew. `public` puts it on her public page while that is open.

    Raises Invalid `too_many`, and what pictures.written_anew and clean_line raise; NotAllowed `not_yours`.
    """
    may_edit(profile, by)
    caption = clean_line(caption, field="caption", longest=80)
    picture = pictures.written_anew(data)
    with holding_person(profile.pk):
        if profile.photos.count() >= MOST_PHOTOS:
            raise Invalid("too_many", field="photo", most=MOST_PHOTOS)
        return Photo.objects.create(
            profile=profile,
            caption=caption,
            content=picture.content,
            thumb=picture.thumb,
            width=picture.width,
            height=picture.height,
            public=public,
            added_at=now,
        )


def show_photo(*, profile: Profile, by: User, photo: Photo, public: bool) -> None:
    """Put a photo on her public page, or take it off."""
    may_edit(profile, by)
    may_edit(photo.profile, by)
    Photo.objects.filter(pk=photo.pk).update(public=public)


def remove_photo(*, profile: Profile, by: User, photo: Photo) -> None:
    """Delete a photo, its bytes too."""
    may_edit(profile, by)
    may_edit(photo.profile, by)
    photo.delete()


def add_link(*, profile: Profile, by: User, url: str, title: str = "") -> WorkLink:
    """Keep a link to her work. It is never fetched. Raises Invalid `link_unusable`, `too_many`; Conflict `link_twice`."""
    may_edit(profile, by)
    url = _checked(clean_line(url, field="url", longest=400, required=True))
    title = clean_line(title, field="title", longest=80)
    if profile.work_links.count() >= MOST_LINKS:
        raise Invalid("too_many", field="url", most=MOST_LINKS)
    link, fresh = WorkLink.objects.get_or_create(profile=profile, url=url, defaults={"title": title})
    if not fresh:
        raise Invalid("link_twice", field="url")
    return link


def remove_link(*, profile: Profile, by: User, link: WorkLink) -> None:
    may_edit(profile, by)
    may_edit(link.profile, by)
    link.delete()


def add_training(
    *, profile: Profile, by: User, programme: Programme, today: date, year: int | None = None
) -> Training:
    """Add a programme of the catalogue. Raises Invalid `year_out_of_range`, `too_many`, `training_twice`."""
    may_edit(profile, by)
    if year is not None and not EARLIEST_YEAR <= year <= today.year:
        raise Invalid("year_out_of_range", field="year", first=EARLIEST_YEAR, last=today.year)
    if profile.trainings.count() >= MOST_TRAININGS:
        raise Invalid("too_many", field="programme", most=MOST_TRAININGS)
    training, fresh = Training.objects.get_or_create(
        profile=profile, programme=programme, defaults={"year": year}
    )
    if not fresh:
        raise Invalid("training_twice", field="programme")
    return training


def remove_training(*, profile: Profile, by: User, training: Training) -> None:
    may_edit(profile, by)
    may_edit(training.profile, by)
    if not Training.objects.filter(pk=training.pk).delete()[0]:
        raise Conflict("not_yours")


def _checked(url: str) -> str:
    """Return an address that can only mean a page on the web: https, a named host, nothing that pretends."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise Invalid("link_unusable", field="url") from error
    host = parts.hostname or ""
    named = (
        "." in host.strip(".")
        and host.isascii()
        and not host.replace(".", "").isdigit()
        and "xn--" not in host
    )
    odd = any(sign <= " " or sign in '\\"<>^`{|}' for sign in url)
    if (
        parts.scheme != "https"
        or not named
        or odd
        or port not in (None, 443)
        or "@" in parts.netloc
        or ":" in host
    ):
        raise Invalid("link_unusable", field="url")
    return url
