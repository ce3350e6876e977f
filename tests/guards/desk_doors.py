"""The doors of the market room, of reports and of the queues: who may do what, and something right to send."""

from tests.guards.account_writes import Write

DOORS = {
    "GET market_room": "*:200",
    "GET market_numbers": "*:200",
    "GET queue_home": "admin:go visitor:in *:403",
    "GET queue": "admin:200 visitor:in *:403",
    "POST queue_decide": "admin:go visitor:in *:403",
    "POST queue_lift": "admin:go visitor:in *:403",
    # A role on an open shoot is everybody's to report.
    "GET report": "visitor:in *:200",
    # Cai has reported it already; one open report a person and thing, and the page says so.
    "POST report": "visitor:in cai:400 *:go",
    # A picture of a base that is published.
    "GET hubs:photo": "*:200",
}

WRITES = {
    "queue_decide": Write(
        "admin", lambda w: {"decision": "yes", "reason": "查无此公司。"}, {"reason": "text:300"}
    ),
    "queue_lift": Write("admin", lambda w: {"reason": "已改。"}, {"reason": "text:300"}),
    "report": Write(
        "bo",
        lambda w: {"reason": "fake", "words": "没有这家公司。"},
        {"reason": "choice*", "words": "text:600"},
    ),
}
