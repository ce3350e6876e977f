"""Hostile and honest image files: what is kept holds pixels and nothing else, and nothing costs more than it may."""

import io
import struct
import subprocess
import sys
import zlib

import pytest
from PIL import Image, PngImagePlugin

from config import pictures
from config.errors import Invalid

GPS = b"GPS-34.7466-113.6253"


def made(kind: str = "JPEG", size=(900, 600), mode: str = "RGB", **more) -> bytes:
    written = io.BytesIO()
    Image.new(mode, size, "#c04020" if mode in ("RGB", "RGBA") else 0).save(written, kind, **more)
    return written.getvalue()


def phone_photo(orientation: int = 6) -> bytes:
    exif = Image.Exif()
    exif[0x0112], exif[0x010F], exif[0x9286] = orientation, "SpyPhone", GPS
    exif.get_ifd(0x8825)[1] = "N"
    return made(exif=exif, comment=b"<script>jinzu()</script>", icc_profile=b"fake-profile")


def png_header(width: int, height: int, body: bytes = b"") -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", body) + chunk(b"IEND", b"")


def bomb() -> bytes:
    """50,000 x 50,000 pixels of nothing, ten kilobytes long."""
    return png_header(50_000, 50_000, zlib.compress(b"\0" * 10_000_000, 9))


def text_bomb() -> bytes:
    info = PngImagePlugin.PngInfo()
    info.add_text("Comment", "A" * 3_000_000, zip=True)
    return made("PNG", pnginfo=info)


def frames(kind: str) -> bytes:
    pictures_ = [Image.new("RGB", (220, 220), (n % 255, 0, 0)) for n in range(300)]
    written = io.BytesIO()
    pictures_[0].save(written, kind, save_all=True, append_images=pictures_[1:], duration=1)
    return written.getvalue()


REFUSED = {
    "nothing": (b"", "photo_required"),
    "too many bytes": (b"\xff\xd8" + b"0" * 12_000_000, "photo_too_big"),
    "a page": (b"<html><script>jinzu()</script></html>", "photo_unreadable"),
    "SVG": (b'<svg xmlns="http://www.w3.org/2000/svg" onload="jinzu()"/>', "photo_unreadable"),
    "MVG": (b"push graphic-context\nviewbox 0 0 640 480\nimage over 0,0 0,0 'https://x.example/'", "photo_unreadable"),
    "PostScript": (b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 900 900\n", "photo_unreadable"),
    "GIF": (made("GIF", mode="P"), "photo_unreadable"),
    "GIF that is also JavaScript": (b"GIF89a/*" + b"0" * 900 + b"*/=1;jinzu()", "photo_unreadable"),
    "TIFF": (made("TIFF"), "photo_unreadable"),
    "BMP": (made("BMP"), "photo_unreadable"),
    "ICO": (made("ICO", size=(256, 256)), "photo_unreadable"),
    "PDF": (b"%PDF-1.7\n1 0 obj", "photo_unreadable"),
    "zip": (b"PK\x03\x04" + b"0" * 400, "photo_unreadable"),
    "truncated JPEG": (made()[:400], "photo_unreadable"),
    "truncated PNG": (made("PNG")[:200], "photo_unreadable"),
    "header alone": (b"\xff\xd8\xff\xe0", "photo_unreadable"),
    "PNG bomb": (bomb(), "photo_unreadable"),
    "PNG that promises 2^31 pixels a side": (png_header(2**31 - 1, 2**31 - 1), "photo_unreadable"),
    "PNG of no width": (png_header(0, 500), "photo_unreadable"),
    "25 megapixels of PNG": (png_header(5000, 5001), "photo_unreadable"),
    "text bomb": (text_bomb(), "photo_unreadable"),
    "too small": (made(size=(199, 900)), "photo_too_small"),
    "one pixel": (made("PNG", size=(1, 1)), "photo_too_small"),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_photo_is_refused(name):
    data, code = REFUSED[name]
    with pytest.raises(Invalid) as refused:
        pictures.written_anew(data)
    assert (refused.value.code, refused.value.field) == (code, "photo")


@pytest.mark.parametrize(
    "data",
    [
        phone_photo(),
        made("PNG", mode="RGBA"),
        made("PNG", mode="P"),
        made("PNG", mode="I;16"),
        made("PNG", mode="LA"),
        made("WEBP"),
        made("JPEG", mode="CMYK"),
        made("JPEG", mode="L"),
        frames("WEBP"),
        made() + b"<script>jinzu()</script>" + GPS,
        made("JPEG", size=(4000, 3000), progressive=True),
    ],
)
def test_what_is_kept_is_a_plain_jpeg_without_anything_that_hung_on_it(data):
    picture = pictures.written_anew(data)
    for written, side in ((picture.content, 1600), (picture.thumb, 320)):
        with Image.open(io.BytesIO(written)) as read:
            read.load()
            assert (read.format, read.mode) == ("JPEG", "RGB")
            assert max(read.size) <= side
            assert set(read.info) <= {
                "jfif",
                "jfif_version",
                "jfif_unit",
                "jfif_density",
                "progressive",
                "progression",
            }
            assert dict(read.getexif()) == {}
        assert b"script" not in written
        assert GPS not in written
        assert b"SpyPhone" not in written
    assert max(picture.width, picture.height) <= 1600


def test_a_photo_stands_upright_though_its_note_about_it_is_gone():
    picture = pictures.written_anew(phone_photo(orientation=6))
    assert (picture.width, picture.height) == (600, 900)


WORST = """
import re, sys, time
from config import pictures
data = open(sys.argv[1], "rb").read()
began = time.monotonic()
pictures.written_anew(data)
seconds = time.monotonic() - began
print(int(re.search(r"VmHWM:\\s+(\\d+)", open("/proc/self/status").read())[1]) // 1024, round(seconds, 1))
"""


@pytest.mark.parametrize(
    ("kind", "more"),
    [("JPEG", {"size": (8000, 8000), "progressive": True}), ("PNG", {"size": (4900, 4890), "mode": "RGBA"})],
)
def test_the_largest_photo_we_take_stays_within_memory_and_time(tmp_path, kind, more):
    path = tmp_path / kind
    path.write_bytes(made(kind, **more))

    ran = subprocess.run(
        [sys.executable, "-c", WORST, str(path)], capture_output=True, text=True, check=True, timeout=60
    )

    megabytes, seconds = ran.stdout.split()
    assert int(megabytes) <= 400
    assert float(seconds) <= 20
