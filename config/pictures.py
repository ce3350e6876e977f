"""A photo from a stranger, decoded and written anew: what comes out holds its pixels and nothing else.

Size and format are read from the first bytes and judged before anything is unfolded, so that a file of a few kilobytes
cannot become gigabytes. Place, time, phone, thumbnails, comments and colour profiles are left behind with the old file.
"""

import io
import struct
import warnings
import zlib
from dataclasses import dataclass

from PIL import Image, ImageOps

from config.errors import Invalid

MOST_BYTES = 12_000_000
FORMATS = ("JPEG", "PNG", "WEBP")
MOST_PIXELS = {"JPEG": 64_000_000, "PNG": 24_000_000, "WEBP": 24_000_000}
"""A JPEG is made smaller while it is decoded; the others are unfolded whole, four bytes a pixel."""

LEAST_SIDE = 200
SIDE, THUMB_SIDE = 1600, 320
BROKEN = (
    Image.UnidentifiedImageError, Image.DecompressionBombError, Image.DecompressionBombWarning, OSError, ValueError,
    SyntaxError, TypeError, KeyError, IndexError, AttributeError, EOFError, OverflowError, MemoryError, struct.error,
    zlib.error,
)  # fmt: skip
"""What Pillow raises on files that are none, one time or another."""


@dataclass(frozen=True)
class Picture:
    """JPEG bytes, at most 1600 and 320 px on the longer side; `width` and `height` are those of `content`."""

    content: bytes
    thumb: bytes
    width: int
    height: int


def written_anew(data: bytes) -> Picture:
    """Return the photo in `data` as new files. Raises Invalid (field photo) `photo_required`, `photo_too_big`,
    `photo_too_small`, `photo_unreadable`.
    """
    if not data:
        raise Invalid("photo_required", field="photo")
    if len(data) > MOST_BYTES:
        raise Invalid("photo_too_big", field="photo", most=MOST_BYTES // 1_000_000)
    with warnings.catch_warnings():
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        warnings.filterwarnings("ignore", category=UserWarning, module="PIL")
        try:
            return _decoded(data)
        except BROKEN as error:
            raise Invalid("photo_unreadable", field="photo") from error


def _decoded(data: bytes) -> Picture:
    with Image.open(io.BytesIO(data), formats=FORMATS) as given:
        width, height = given.size
        if min(width, height) < LEAST_SIDE:
            raise Invalid("photo_too_small", field="photo", least=LEAST_SIDE)
        if width * height > MOST_PIXELS[given.format or ""]:
            raise Invalid("photo_unreadable", field="photo")
        given.draft("RGB", (SIDE, SIDE))
        turned = ImageOps.exif_transpose(given)
        turned.thumbnail((SIDE, SIDE))
        plain = _flat(turned)
    small = plain.copy()
    small.thumbnail((THUMB_SIDE, THUMB_SIDE))
    return Picture(_jpeg(plain, 82), _jpeg(small, 75), *plain.size)


def _flat(image: Image.Image) -> Image.Image:
    """On white, in plain colours, without anything that hung on the old one."""
    colours = image.convert("RGBA") if image.mode in ("RGBA", "LA", "PA", "P") else image.convert("RGB")
    flat = Image.new("RGB", colours.size, "white")
    flat.paste(colours, mask=colours.getchannel("A") if colours.mode == "RGBA" else None)
    return flat


def _jpeg(image: Image.Image, quality: int) -> bytes:
    written = io.BytesIO()
    image.save(written, "JPEG", quality=quality, optimize=True, progressive=True)
    return written.getvalue()
