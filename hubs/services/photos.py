"""Pictures of bases and sets: decoded and written anew, so that nothing of the file is kept but what one sees."""

from config import pictures
from config.errors import Invalid
from hubs.models import PlacePhoto

MOST_BYTES = pictures.MOST_BYTES


def put(photo: PlacePhoto, data: bytes) -> PlacePhoto:
    """Put the picture in `data` into a row that is not saved yet. Raise what `pictures.written_anew` raises, and
    Invalid("photo_of_another_base") where the set is not one of the base.
    """
    if photo.set_id and photo.set is not None and photo.set.base_id != photo.base_id:
        raise Invalid("photo_of_another_base", field="set")
    picture = pictures.written_anew(data)
    photo.content, photo.thumb = picture.content, picture.thumb
    photo.width, photo.height = picture.width, picture.height
    return photo
