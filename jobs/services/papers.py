"""The paper that proves an appeal, looked at before it is kept: a photo written anew, or a PDF that does nothing."""

import re

from config import pictures
from config.errors import Invalid
from jobs.models import AppealProof

MOST_PDF_BYTES = 4_000_000
MOST_BYTES = max(pictures.MOST_BYTES, MOST_PDF_BYTES)
_ACTS = re.compile(rb"/(JavaScript|JS|Launch|EmbeddedFiles?|RichMedia|XFA|Encrypt)\b")
"""What a PDF names where it would do more than show pages. Names inside compressed objects are not seen: a PDF is
only ever handed out to be saved, never shown inside a page."""

Kind = AppealProof.Kind


def checked(data: bytes) -> tuple[Kind, bytes]:
    """Return the kind and the bytes to keep. Raise Invalid (field paper) "paper_too_big", "paper_acts", "paper_cut",
    or what `pictures.written_anew` says of a photo.
    """
    if data.lstrip()[:5] != b"%PDF-":
        return Kind.PHOTO, _photo(data)
    if len(data) > MOST_PDF_BYTES:
        raise Invalid("paper_too_big", field="paper", most=MOST_PDF_BYTES // 1_000_000)
    if _ACTS.search(data):
        raise Invalid("paper_acts", field="paper")
    if b"%%EOF" not in data[-2048:]:
        raise Invalid("paper_cut", field="paper")
    return Kind.PDF, data


def _photo(data: bytes) -> bytes:
    try:
        return pictures.written_anew(data).content
    except Invalid as refusal:
        code = "paper_unreadable" if refusal.code == "photo_unreadable" else refusal.code
        raise Invalid(code, field="paper", **refusal.facts) from refusal
