"""The doors of the day on set: who may do what (see `matrix`), something right to send (see `writes`)."""

from tests.guards.account_writes import Write

READS = "runs:200 head,viewer,admin:403 visitor:in *:404"
ACTS = "runs:go head,viewer,admin:403 visitor:in *:404"
PAY = "runs,head,admin:200 viewer:403 visitor:in *:404"

DOORS = {
    "GET shoots:call_sheet": "crew,cai,admin:200 visitor:in *:404",
    "GET shoots:call_sheet_pdf": "crew,cai,admin:200 visitor:in *:404",
    "GET shoots:call_sheet_draft": READS,
    "POST shoots:call_sheet_draft": ACTS,
    "POST shoots:call_sheet_remind": ACTS,
    "GET shoots:extras": "crew,admin:200 visitor:in *:404",
    # They are called already, which is said to whoever may see it.
    "POST shoots:extras": "crew,admin:go visitor:in *:404",
    "GET shoots:extras_code": READS,
    "POST shoots:extras_joined": ACTS,
    "POST shoots:extras_line": ACTS,
    "POST shoots:extras_leader": ACTS,
    "POST shoots:extras_wrap": ACTS,
    "GET shoots:extras_pay": PAY,
    "GET shoots:extras_export": PAY,
    "GET shoots:costs": PAY,
    "GET shoots:costs_file": PAY,
    "GET shoots:crew_list": "crew,admin:200 visitor:in *:404",
    # Looking at the code changes nothing; only who is on the list is checked in.
    "GET extras_in": "visitor:in *:200",
    "POST extras_in": "cai:200 visitor:in *:403",
    "POST shoots:walk_in": ACTS,
    "GET my_hours": "graduates:200 visitor:in *:403",
    "POST my_hours_object": "cai:go runs,head,viewer,admin:403 visitor:in *:404",
    "POST shoots:hours_answer": ACTS,
    "GET shoots:place": "managers,editor,admin:200 visitor:in *:403",
}

WRITES = {
    "shoots:call_sheet_draft": Write(
        "mei",
        lambda w: {"general_call": "06:30", "weather": "晴", "note": "带雨具"},
        {"general_call": "time*", "weather": "text:80", "note": "text:1000"},
    ),
    "shoots:call_sheet_remind": Write("mei"),
    "shoots:extras": Write("mei"),
    "shoots:extras_joined": Write("mei"),
    "shoots:extras_line": Write("mei", lambda w: {"do": "in"}),
    "shoots:extras_leader": Write("mei", lambda w: {"leader": w.booking.pk}),
    "shoots:extras_wrap": Write("mei"),
    "extras_in": Write("cai"),
    "shoots:walk_in": Write("mei", lambda w: {"do": "no"}),
    "my_hours_object": Write(
        "cai",
        lambda w: {"came": "07:00", "left": "07:30", "words": "夜戏拖到凌晨。"},
        {"came": "time*", "left": "time*", "words": "text:300"},
    ),
    "shoots:hours_answer": Write("mei", lambda w: {"do": "stand", "words": "签退表为准。"}),
}

COUNTS = {
    "GET appeals:paper": 2,
    "GET extras_in": 4,
    "GET my_hours": 4,
    "GET shoots:place": 1,
    "GET shoots:call_sheet": 16,
    "GET shoots:call_sheet_draft": 24,
    "GET shoots:call_sheet_pdf": 12,
    "GET shoots:costs": 10,
    "GET shoots:costs_file": 9,
    "GET shoots:crew_list": 4,
    "GET shoots:role_list_file": 8,
    "GET shoots:extras": 11,
    "GET shoots:extras_code": 5,
    "GET shoots:extras_export": 10,
    "GET shoots:extras_pay": 11,
}
"""Queries of a second visit, see `test_query_counts`."""
