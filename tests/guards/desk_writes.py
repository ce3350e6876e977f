"""The doors of the casting board and of units, with something right to send; see `writes`."""

from tests.guards.account_writes import Write

DESK = {
    "shoots:casting": Write(
        "mei",
        lambda w: {"act": "pin", "who": [f"{w.camera_role.pk}-{w.profile('eve').pk}"]},
        {"act": "choice*"},
    ),
    "shoots:write": Write(
        "mei",
        lambda w: {"who": [f"{w.role.pk}-{w.profile('bo').pk}"], "words": "明早六点大堂集合。"},
        {"words": "text*:500"},
    ),
    "shoots:remember": Write(
        "mei", lambda w: {"what": "note", "words": "守时"}, {"what": "choice*", "words": "text:300"}
    ),
    "shoots:decline_application": Write("mei", lambda w: {"words": "下次再约。"}, {"words": "text*:300"}),
    "my_unit": Write(
        "bo",
        lambda w: {"name": "三盏灯", "keep": "all", "least": "2"},
        {"name": "text*:40", "keep": "choice*"},
    ),
    "my_unit_act": Write("cai", lambda w: {"act": "agree"}, {"act": "choice*"}),
    "my_unit_join": Write("flo"),
    "my_unit_apply": Write("cai", lambda w: {"message": "我们一起来"}),
    "my_unit_take_back": Write("cai"),
}
