"""The doors of likeness and of the floor of piecework (see `matrix`), and something right to send (see `writes`)."""

from tests.guards.account_writes import Write

DOORS = {
    "GET my_likeness": "graduates:200 visitor:in *:403",
    "POST my_likeness_answer": "bo:go cai,flo:404 visitor:in *:403",
    "GET likeness_of_shoot": "runs:200 head,viewer,admin:403 visitor:in *:404",
    "GET likeness_ask": "runs:200 head,viewer,admin:403 visitor:in *:404",
    "POST likeness_ask": "runs:go head,viewer,admin:403 visitor:in *:404",
    "POST likeness_withdraw": "runs:go head,viewer,admin:403 visitor:in *:404",
    "GET hour_floors": "admin:200 visitor:in *:403",
    "POST hour_floors": "admin:go visitor:in *:403",
}

WRITES = {
    "my_likeness_answer": Write("bo", lambda w: {"act": "give", "parts": ["face"]}),
    "likeness_ask": Write(
        "mei",
        lambda w: {
            "parts": ["face", "voice"],
            "use": "替身换脸",
            "territory": "mainland",
            "until": w.first_day.isoformat(),
            "fee": 800,
        },
        {
            "parts": "choice*",
            "use": "text*:200",
            "territory": "choice*",
            "until": "day*",
            "fee": "number*:1:10000000",
        },
    ),
    "likeness_withdraw": Write("mei"),
    "hour_floors": Write(
        "admin",
        lambda w: {"yuan": 25, "from_day": w.first_day.isoformat(), "source": "省人社厅通告"},
        {"yuan": "number*:1:1000", "from_day": "day*", "source": "text*:200"},
    ),
}

COUNTS = {"GET my_likeness": 5, "GET likeness_of_shoot": 6, "GET likeness_ask": 6, "GET hour_floors": 5}
"""How many questions each page asks, however much there is to show."""
