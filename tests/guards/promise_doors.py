"""The doors of keeping one's word: who may do what (see `matrix`), something right to send (see `writes`)."""

from tests.guards.account_writes import Write

DOORS = {
    "GET my_strikes": "graduates:200 visitor:in *:403",
    "POST my_pay_denied": "cai:go runs:403 head,viewer,admin:403 visitor:in *:404",
    "GET bookings:confirm": "cai:200 crew,admin:403 visitor:in *:404",
    "POST bookings:confirm": "cai:go crew,admin:403 visitor:in *:404",
    "GET bookings:no_show": "runs:200 cai,head,viewer,admin:403 visitor:in *:404",
    "POST bookings:no_show": "runs:go cai,head,viewer,admin:403 visitor:in *:404",
    "POST bookings:evidence": "cai,runs,admin:200 head,viewer:403 visitor:in *:404",
    "GET shoots:vacancies": "crew,admin:200 visitor:in *:404",
    "POST shoots:leeway": "runs:go head,viewer,admin:403 visitor:in *:404",
    "POST shoots:wage_reply": "runs:go head,viewer,admin:403 visitor:in *:404",
    "GET appeals:list": "admin:200 visitor:in *:403",
    "GET appeals:detail": "admin:200 visitor:in *:403",
    "POST appeals:decide": "admin:go visitor:in *:403",
    # The strike is Bo's own; the crew sees the case, and has nothing to appeal against.
    "GET appeals:file": "bo:200 crew,admin:403 visitor:in *:404",
    "POST appeals:file": "bo:go crew,admin:403 visitor:in *:404",
    "GET appeals:paper": "admin:200 visitor:in *:403",
    "GET crews:record": "*:200",
    "POST crews:say": "graduates:go visitor:in *:403",
    "POST crews:decide": "admin:go visitor:in *:403",
}

WRITES = {
    "bookings:confirm": Write("cai"),
    "crews:say": Write(
        "bo", lambda w: {"what": "block", "reason": "欠薪两次。"}, {"what": "choice*", "reason": "text:200"}
    ),
    "crews:decide": Write(
        "admin",
        lambda w: {"what": "suspend", "reason": "假通告。"},
        {"what": "choice*", "reason": "text*:200"},
    ),
    "bookings:no_show": Write("mei"),
    "bookings:evidence": Write("mei"),
    "my_pay_denied": Write("cai"),
    "shoots:leeway": Write("mei", lambda w: {"role": w.role.pk, "allow": ["hub", "pay"]}),
    "shoots:wage_reply": Write("mei", lambda w: {"words": "本周五结清。"}),
    "appeals:decide": Write(
        "admin",
        lambda w: {"outcome": "overturn", "reason": "停运公告属实。"},
        {"outcome": "choice*", "reason": "text*:500"},
    ),
    "appeals:file": Write(
        "bo",
        lambda w: {"ground": "traffic", "words": "列车停运。", "proof": "公告 2026-12"},
        {"ground": "choice*", "words": "text*:1000", "proof": "text:300"},
    ),
}
