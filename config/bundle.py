"""One style sheet for the browser, many short files for us: a finder that joins them for staticfiles.

A page with a dozen sheets waits for a dozen answers before it may paint; on a phone that is a second.
The joined file lives in .local and is made anew whenever a part of it is younger.
"""

import os
import tempfile
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage

SHEETS = (
    *("tokens", "base", "layout", "boxes", "forms", "components"),
    *("parts", "work", "people", "desk", "rooms", "rolelist", "runs", "days", "places", "towns"),
    *(
        "record",
        "promises",
        "remote",
        "finder",
        "ahead",
        "onset",
        "extras",
        "pages",
        "casting",
        "planning",
        "seats",
        "candidates",
        "market",
        "village",
        "print",
    ),
)
NAME = "site/site.css"


class SheetFinder(BaseFinder):
    """Finds `site/site.css`: the sheets of config/static/site in the order of the cascade."""

    def __init__(self, app_names=None, *args, **kwargs) -> None:
        self.storage = FileSystemStorage(location=settings.LOCAL_DIR / "bundle")
        super().__init__(*args, **kwargs)

    def check(self, **kwargs) -> list:
        return []

    # The stub has one signature for each value of find_all, which one body cannot repeat.
    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> Any:
        if path != NAME:
            return []
        return [str(self._join())] if find_all else str(self._join())

    def list(self, ignore_patterns):
        self._join()
        yield NAME, self.storage

    def _join(self) -> Path:
        parts = [settings.BASE_DIR / "config" / "static" / "site" / f"{sheet}.css" for sheet in SHEETS]
        joined = Path(self.storage.location) / NAME
        if joined.exists() and joined.stat().st_mtime > max(part.stat().st_mtime for part in parts):
            return joined
        joined.parent.mkdir(parents=True, exist_ok=True)
        # Two processes may join at once: each writes its own file, the last rename wins, none is read half.
        handle, fresh = tempfile.mkstemp(dir=joined.parent)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write("\n".join(part.read_text(encoding="utf-8") for part in parts))
        os.chmod(fresh, 0o644)
        os.replace(fresh, joined)
        return joined
