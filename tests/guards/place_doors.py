"""The doors of places: sets, fairs and the search (see `matrix`), and something right to send (see `writes`)."""

from tests.guards.account_writes import Write

DOORS = {
    "GET hubs:search": "*:200",
    "GET fairs:list": "*:200",
    "GET fairs:detail": "*:200",
    "GET fairs:calendar": "*:200",
    "POST fairs:sign_up": "visitor:in *:go",
    "POST fairs:give_back": "visitor:in *:go",
    "GET base_days": "*:200",
    "GET shoots:sets": "crew,admin:200 visitor:in *:404",
    "POST shoots:sets": "runs:go head,viewer,admin:403 visitor:in *:404",
    "POST shoots:release_set": "runs:go head,viewer,admin:403 visitor:in *:404",
    "POST shoots:confirm_set": "runs:go head,viewer,admin:403 visitor:in *:404",
}

WRITES = {
    "fairs:sign_up": Write("bo"),
    "fairs:give_back": Write("bo"),
    "shoots:sets": Write("mei", lambda w: {"want": f"{w.free_set.pk}:{w.first_day.isoformat()}:day"}),
    "shoots:release_set": Write("mei"),
    "shoots:confirm_set": Write("mei"),
}

COUNTS = {
    "GET hubs:search": 2,
    "GET fairs:list": 4,
    "GET fairs:detail": 5,
    "GET fairs:calendar": 1,
    "GET base_days": 7,
    "GET shoots:sets": 8,
}
