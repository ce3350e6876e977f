"""The one style sheet is the joined parts, complete, and no part is forgotten or grows too long."""

import os
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders

from config import bundle

SITE = Path(settings.BASE_DIR) / "config" / "static" / "site"


def sheet() -> str:
    return Path(finders.find("site/site.css")).read_text(encoding="utf-8")


def test_the_joined_sheet_is_its_parts_in_the_order_of_the_cascade():
    assert sheet() == "\n".join((SITE / f"{name}.css").read_text(encoding="utf-8") for name in bundle.SHEETS)


def test_every_part_is_joined_but_the_admin_desks_own():
    assert {path.stem for path in SITE.glob("*.css")} == {*bundle.SHEETS, "admin", "curation"}


def test_a_younger_part_makes_the_sheet_anew(settings, tmp_path):
    site = tmp_path / "config" / "static" / "site"
    site.mkdir(parents=True)
    for name in bundle.SHEETS:
        (site / f"{name}.css").write_text(f"/* {name} */", encoding="utf-8")
    settings.BASE_DIR, settings.LOCAL_DIR = tmp_path, tmp_path / "local"
    finder = bundle.SheetFinder()
    joined = Path(finder.find("site/site.css"))
    before = joined.read_text(encoding="utf-8")
    (site / "days.css").write_text("/* other days */", encoding="utf-8")
    later = joined.stat().st_mtime + 5
    os.utime(site / "days.css", (later, later))
    finder.find("site/site.css")
    assert joined.read_text(encoding="utf-8") == before.replace("/* days */", "/* other days */")


def test_other_files_are_left_to_the_other_finders():
    assert bundle.SheetFinder().find("site/site.js") == []


def test_no_sheet_is_longer_than_a_module_may_be():
    assert [path.name for path in SITE.glob("*.css") if len(path.read_text().splitlines()) > 300] == []
