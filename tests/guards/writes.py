"""Every door that writes, with something right to send: the matrix knocks, the bad-input table spoils it.

A write route without an entry here fails the guards. `fields` says of what kind each field is; a field that
is not there takes part in no spoiling (a button's name, say).
"""

import io
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from tests.guards import desk_doors, onset_doors, place_doors, promise_doors, remote_doors, village_doors
from tests.guards.account_writes import ACCOUNT, Write
from tests.guards.crew_writes import CREWS, SHOOT, a_shoot, day_of
from tests.guards.desk_writes import DESK
from tests.guards.world import PASSWORD, World


def _shoot_by_api(world: World) -> dict[str, Any]:
    return a_shoot(world) | {"base": world.base.slug, "template": world.template.code, "meals": True}


ROLE = {"headcount": "number*:1:60", "day_rate": "number*:1:100000", "part": "choice*", "note": "text:200"}
PROFILE = {
    "name": "text*:80",
    "headline": "text:120",
    "former_trade": "text:60",
    "contact_wechat": "text:40",
    "day_rate_floor": "number:0:100000",
    "waiting_since": "day",
    "height_cm": "number:80:230",
    "sex": "choice",
    "home_hub": "row",
}
EDUCATION = {"school": "text:120", "degree": "choice*", "major": "text:120", "graduated": "number:1950:2050"}
CREDIT = {
    "title": "text*:120",
    "year": "number*:1950:2050",
    "crew_name": "text:120",
    "days_served": "number:0:3650",
    "role_type": "row*",
}


def a_photo() -> SimpleUploadedFile:
    """A small honest JPEG, made anew for each request: a file is read only once."""
    written = io.BytesIO()
    Image.new("RGB", (240, 320), "#c04020").save(written, "JPEG")
    return SimpleUploadedFile("photo.jpg", written.getvalue(), "image/jpeg")


def _role(world: World) -> dict[str, Any]:
    return {"headcount": 3, "day_rate": 360, "part": "day", "note": "夜戏两场"}


def _education(world: World) -> dict[str, Any]:
    return {"school": "中原影视学院", "degree": "course", "major": "灯光", "graduated": 2025}


def _credit(world: World) -> dict[str, Any]:
    return {
        "title": "旧城往事",
        "year": 2025,
        "crew_name": "老城剧组",
        "days_served": 6,
        "role_type": world.gaffer.pk,
    }


PAGES = {
    **CREWS,
    **DESK,
    **promise_doors.WRITES,
    **desk_doors.WRITES,
    **onset_doors.WRITES,
    **place_doors.WRITES,
    **remote_doors.WRITES,
    **village_doors.WRITES,
    "shoots:publish": Write("mei"),
    "shoots:wrap": Write("mei"),
    "shoots:cancel": Write("mei"),
    "shoots:match": Write("mei"),
    "shoots:send_offers": Write("mei"),
    "shoots:new_role": Write(
        "mei", lambda w: _role(w) | {"role_type": w.gaffer.pk}, ROLE | {"role_type": "row*"}
    ),
    "shoots:remove_role": Write("mei"),
    "shoots:offer": Write("mei", lambda w: {"match": w.proposed.pk}, {"match": "row*"}),
    "shoots:strike": Write("mei", lambda w: {"match": w.proposed.pk}, {"match": "row*"}),
    "runs:cancel": Write("mei"),
    "shoots:ease_role": Write("mei", lambda w: {"skill": w.skill.code}),
    "markets:ask": Write("admin", lambda w: {"where": w.hub.slug}),
    "markets:cancel": Write("admin"),
    "roles:apply": Write("bo", lambda w: {"message": "想学布光"}, {"message": "text:300"}),
    "roles:take_back": Write("bo"),
    "for_me_fix": Write(
        "bo",
        lambda w: {"role": w.far_role.pk, "barrier": "hub_not_wanted"},
        {"role": "row*", "barrier": "choice*"},
    ),
    "for_me_undo": Write("bo", lambda w: {"fixed": w.sealed}),
    "my_chain_hold": Write(
        "bo", lambda w: {"role": [w.next_role.pk], "aim": "days"}, {"role": "row*", "aim": "choice*"}
    ),
    "my_chain_release": Write("bo"),
    "searches:save": Write("bo", lambda w: {"hub": w.far_hub.slug, "alert": "daily"}, {"alert": "choice"}),
    "searches:change": Write(
        "bo", lambda w: {"name": "郑州夜戏", "alert": "never"}, {"name": "text*:80", "alert": "choice*"}
    ),
    "searches:forget": Write("bo"),
    "offers:accept": Write("bo"),
    "offers:decline": Write("bo", lambda w: {"reason": "days"}, {"reason": "choice"}),
    "offers:withdraw": Write("mei"),
    "bookings:cancel": Write("cai", lambda w: {"reason": "受伤了"}, {"reason": "text:200"}),
    "bookings:check_in": Write("cai"),
    "bookings:check_out": Write("cai"),
    "my_pay_received": Write("cai"),
    "my_calendar_renew": Write("cai"),
    "my_cv_switch": Write("cai", lambda w: {"open": "1"}),
    "shoots:confirm_call_sheet": Write("cai"),
    "shoots:wage_paid": Write("mei"),
    "answer": Write("visitor"),
    "answer_decline": Write("visitor"),
    "notices": Write("bo"),
    "my_profile_basics": Write(
        "bo",
        lambda w: {"name": "沈念", "headline": "手稳", "waiting_since": "2026-06-30"},
        {"name": "text*:80", "headline": "text:120", "waiting_since": "day"},
    ),
    "my_profile_roles": Write("bo", lambda w: {"choice_1": w.gaffer.pk}, {"choice_1": "row*"}),
    "my_profile_skills": Write("bo", lambda w: {f"skill_{w.skill.pk}": "3"}),
    "my_profile_places": Write(
        "bo",
        lambda w: {"home_hub": w.hub.pk, "willing_hubs": [w.far_hub.pk], "day_rate_floor": "260"},
        {"home_hub": "row*", "willing_hubs": "rows", "day_rate_floor": "number*:0:100000"},
    ),
    "my_profile_languages": Write("bo", lambda w: {"languages": [w.language.pk]}, {"languages": "rows"}),
    "my_profile_acting": Write(
        "bo",
        lambda w: {
            "acting": "on",
            "sex": "female",
            "playable_age_min": 18,
            "playable_age_max": 30,
            "height_cm": 165,
        },
        {
            "sex": "choice",
            "playable_age_min": "number:1:100",
            "playable_age_max": "number:1:100",
            "height_cm": "number:80:230",
        },
    ),
    "my_profile_contact": Write(
        "bo",
        lambda w: {
            "contact_wechat": "wx_new",
            "language": "zh-hans",
            "listed": "on",
        },
        {"contact_wechat": "text:40", "language": "choice*"},
    ),
    "my_profile_education": Write("bo", _education, EDUCATION),
    "my_profile_remove_education": Write("bo"),
    "my_profile_credits": Write("bo", _credit, CREDIT),
    "my_profile_remove_credit": Write("bo"),
    "my_profile_training": Write(
        "bo",
        lambda w: {"programme": w.other_programme.pk, "year": 2025},
        {"programme": "row*", "year": "number:1950:2050"},
    ),
    "my_profile_remove_training": Write("bo"),
    # The file itself has a test of hostile pictures: tests/config/test_pictures.py.
    "my_profile_add_photo": Write(
        "bo", lambda w: {"photo": a_photo(), "caption": "片场的灯"}, {"caption": "text:80"}
    ),
    "my_profile_change_photo": Write("bo", lambda w: {"act": "show"}),
    "my_profile_add_link": Write(
        "bo", lambda w: {"url": "https://video.example/mine", "title": "毕业短片"}, {"title": "text:80"}
    ),
    "my_profile_remove_link": Write("bo"),
    "my_availability_pattern": Write(
        "bo",
        lambda w: {
            "every-weekdays": ["0", "4"],
            "every-part": "night",
            "every-first": day_of(w),
            "every-last": day_of(w, 30),
        },
        {"every-part": "choice*", "every-first": "day*", "every-last": "day"},
    ),
    "my_calendars_add": Write(
        "bo",
        lambda w: {"outside-name": "办公室", "outside-address": "https://calendar.example/secret.ics"},
        {"outside-name": "text:40"},
    ),
    "my_calendars_remove": Write("bo"),
    "my_calendars_read": Write("bo"),
    "my_availability": Write(
        "bo",
        lambda w: {"act": "span", "first": day_of(w, 70), "last": day_of(w, 74), "part": "night"},
        {"first": "day*", "last": "day*", "part": "choice"},
    ),
    **ACCOUNT,
}

API = {
    **village_doors.API_WRITES,
    "booking-contact": Write("mei"),
    "shoot-list": Write("mei", _shoot_by_api, SHOOT | {"template": "row"}),
    "shoot-publish": Write("mei"),
    "shoot-match": Write("mei"),
    "shoot-send-offers": Write("mei", lambda w: {"run": w.run.pk}, {"run": "row*"}),
    "role-apply": Write("bo", lambda w: {"message": "想学布光"}, {"message": "text:300"}),
    "offer-accept": Write("bo"),
    "offer-decline": Write("bo", lambda w: {"reason": "days"}, {"reason": "choice"}),
    "offer-withdraw": Write("mei"),
    "booking-cancel": Write("cai", lambda w: {"reason": "受伤了"}, {"reason": "text:200"}),
    "notice-read-all": Write("bo"),
    "my-profile": Write(
        "bo",
        lambda w: {
            "name": "沈念",
            "headline": "手稳",
            "former_trade": "汽修",
            "contact_wechat": "wx_new",
            "day_rate_floor": 260,
            "acting": True,
            "waiting_since": "2026-06-30",
            "height_cm": 165,
            "sex": "female",
            "home_hub": w.hub.slug,
            "willing_hubs": [w.far_hub.slug],
            "languages": [w.language.code],
            "wanted_roles": [w.gaffer.code],
            "skills": [{"skill": w.skill.code, "level": 3}],
        },
        PROFILE | {"willing_hubs": "rows", "languages": "rows", "wanted_roles": "rows", "skills": "rows"},
        method="PATCH",
    ),
    "my-availability": Write(
        "bo",
        lambda w: {"spans": [{"first_day": day_of(w, 70), "last_day": day_of(w, 74), "part": "night"}]},
        {"spans": "rows*", "spans.0.first_day": "day*", "spans.0.last_day": "day*", "spans.0.part": "choice"},
        method="PUT",
    ),
    "my-availability DELETE": Write("bo", method="DELETE"),
    "my-education-list": Write("bo", _education, EDUCATION),
    "my-education-detail": Write("bo", method="DELETE"),
    "my-credits-list": Write("bo", lambda w: _credit(w) | {"role_type": w.gaffer.code}, CREDIT),
    "my-credits-detail": Write("bo", method="DELETE"),
    "api-token": Write(
        "visitor",
        lambda w: {"login": w.secrets["gus"].email, "password": PASSWORD},
        {"login": "login*", "password": "password*"},
    ),
}


def write_of(route: str, method: str) -> Write | None:
    """The entry for a route and a method, or None."""
    for name in (f"{route} {method}", route):
        entry = API.get(name) or PAGES.get(name)
        if entry is not None and entry.method == method:
            return entry
    return None
