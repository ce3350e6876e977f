"""The doors of village mode (see `matrix`), and something right to send (see `writes`).

Zhou speaks for Wang, Yan for another village. A card is its own key: whoever holds it reads one person's days.
"""

from tests.guards.account_writes import Write
from tests.guards.village_papers import CODE

DESK = "zhou,yan:200 visitor:in *:403"
DESK_POST = "zhou,yan:go visitor:in *:403"
HERS = "zhou:200 yan:404 visitor:in *:403"
HERS_POST = "zhou:go yan:404 visitor:in *:403"
ADMINS = "admin:{} visitor:in *:403"

DOORS = {
    "GET village:desk": DESK,
    "GET village:register": DESK,
    "POST village:register": DESK_POST,
    "GET village:office": DESK,
    "POST village:office": DESK_POST,
    # Yan has nobody who waits for a card.
    "POST village:cards": "zhou,yan:go visitor:in *:403",
    "GET village:person": HERS,
    "POST village:days": HERS_POST,
    "POST village:phone": HERS_POST,
    "POST village:card": HERS,
    **{
        f"{method} village:{kind}": HERS if method == "GET" else HERS_POST
        for kind in ("contact", "leaving", "offer", "coming", "wage")
        for method in ("GET", "POST")
    },
    "GET village:day": DESK,
    "POST village:call": DESK_POST,
    "GET village:paper": "zhou:200 yan:404 visitor:in *:403",
    "GET villages": ADMINS.format(200),
    "POST villages": ADMINS.format("go"),
    "GET village_retire": ADMINS.format(200),
    "POST village_retire": ADMINS.format("go"),
    "GET my_code": "*:200",
    "POST my_code": "*:200",
    "POST my_code_word": "*:200",
    "POST my_code_own": "*:200",
}

API_DESK = "zhou,yan:{} visitor:401 *:403"
API_HERS = "zhou:200 yan:404 visitor:401 *:403"

API_DOORS = {
    "GET villager-list": API_DESK.format(200),
    "POST villager-list": API_DESK.format(201),
    "GET villager-words": API_DESK.format(200),
    "GET villager-detail": API_HERS,
    "GET villager-days": API_HERS,
    "PATCH villager-days": API_HERS,
    "GET villager-hours": API_HERS,
    "GET village-call-list": API_DESK.format(200),
    "POST village-call-list": API_DESK.format(200),
}

HEARD = {"manner": "face", "witness": "王小军", "witness_is": "family", "said": "on"}
HEARD_FIELDS = {"manner": "choice*", "witness": "text*:60", "witness_is": "choice*"}


def _answer(said: str = "yes") -> Write:
    return Write("zhou", lambda w: {"answer": said, **HEARD}, {"answer": "choice*", **HEARD_FIELDS})


WRITES = {
    "village:register": Write(
        "zhou",
        lambda w: {
            "name": "李大山",
            "birth_date": "1960-05-04",
            "sex": "male",
            "height_cm": 168,
            "phone_of": "hers",
            "phone": "13907010088",
            "wanted_roles": [w.village_extra.pk],
            "day_rate_floor": 80,
            "contact": "yes",
            **HEARD,
        },
        {
            "name": "text*:80",
            "birth_date": "day*",
            "sex": "choice",
            "height_cm": "number:80:230",
            "phone_of": "choice*",
            "phone": "text*:40",
            "day_rate_floor": "number*:0:100000",
            "contact": "choice*",
            **HEARD_FIELDS,
        },
    ),
    "village:office": Write(
        "zhou",
        lambda w: {"phone": "13907010000", "meeting_point": "村口"},
        {"phone": "text*:40", "meeting_point": "text:120"},
    ),
    "village:cards": Write("zhou"),
    "village:days": Write("zhou", lambda w: {"day": [w.now.date().isoformat()], "night": "on"}),
    "village:phone": Write("zhou", lambda w: {"phone_of": "family", "phone": "13907010077"}),
    "village:card": Write("zhou"),
    "village:contact": _answer("no"),
    "village:leaving": _answer(),
    "village:offer": _answer(),
    "village:coming": _answer(),
    "village:wage": _answer(),
    "village:call": Write("zhou"),
    "villages": Write(
        "admin",
        lambda w: {
            "name": "余秋莲",
            "email": "yu@villages.example",
            "hub": w.hub.pk,
            "village_zh": "老街村",
            "village_en": "Laojie",
            "phone": "13907010099",
        },
        {
            "name": "text*:80",
            "email": "email",
            "mobile": "mobile",
            "hub": "row*",
            "village_zh": "text*:60",
            "village_en": "text*:80",
            "phone": "text*:40",
            "meeting_point": "text:120",
        },
    ),
    "village_retire": Write("admin", lambda w: {"successor": w.yan_office.pk}, {"successor": "row*"}),
    "my_code": Write("visitor", lambda w: {"code": CODE}, {"code": "code*:60"}),
    "my_code_word": Write("visitor", lambda w: {"code": CODE, "act": "received", "about": w.village_wage.pk}),
    "my_code_own": Write("visitor", lambda w: {"code": CODE, "begin": "on"}),
}

API_WRITES = {
    "villager-list": Write(
        "zhou",
        lambda w: {
            "name": "李大山", "birth_date": "1960-05-04", "sex": "male", "height_cm": 168, "phone_of": "hers",
            "phone": "13907010088", "wanted_roles": [w.village_extra.code], "day_rate_floor": 80, "contact": True,
            "manner": "face", "witness": "王小军", "witness_is": "family", "said": True,
        },
        {
            "name": "text*:80", "birth_date": "day*", "sex": "choice", "height_cm": "number:80:230",
            "phone_of": "choice*", "phone": "text:40", "wanted_roles": "rows*", "day_rate_floor": "number:0:100000",
            "witness": "text*:60", "witness_is": "choice*",
        },
    ),
    "villager-days": Write(
        "zhou",
        lambda w: {"days": [{"day": w.now.date().isoformat(), "part": "both"}]},
        {"days": "rows*", "days.0.day": "day*", "days.0.part": "choice"},
        method="PATCH",
    ),
    "village-call-list": Write("zhou", lambda w: {"day": w.first_day.isoformat()}, {"day": "day*"}),
}  # fmt: skip

COUNTS = {
    "GET villager-list": 6,
    "GET villager-words": 2,
    "GET villager-detail": 5,
    "GET villager-days": 4,
    "GET villager-hours": 4,
    "GET village-call-list": 3,  # nobody works today; `village:day` counts a full one
    "GET village:desk": 11,
    "GET village:register": 5,
    "GET village:office": 3,
    "GET village:person": 16,
    "GET village:contact": 4,
    "GET village:leaving": 5,
    "GET village:offer": 6,
    "GET village:coming": 6,
    "GET village:wage": 6,
    "GET village:day": 8,
    "GET village:paper": 7,
    "GET villages": 4,
    "GET village_retire": 4,
    "GET my_code": 2,
}
"""How many questions each page asks, however much there is to show."""
