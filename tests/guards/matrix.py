"""Who may do what, as a table: one row a route and method, one word an actor.

A row reads "actors:answer ...", the first that names an actor counts, `*` is everybody else. Answers: a
status, `in` = shown the way to the sign-in page, `go` = done and led on. Actors: tests/guards/world.py.
Tokens and the suspended user are not in the table: a token must be answered like its owner by the API and
like a visitor by a page, a suspended user like a visitor everywhere.

404 stands for "there is nothing here that you may see", and a test compares it with what is really not there.
Methods without a row must be refused.
"""

from tests.guards import (
    desk_doors,
    onset_doors,
    place_doors,
    promise_doors,
    remote_doors,
    shoot_doors,
    unit_doors,
    village_doors,
)
from tests.guards.shoot_doors import CREW_READS, RUNS_ACTS

OPEN = "*:200"
MINE = "graduates:200 visitor:in *:403"
MINE_POST = "graduates:go visitor:in *:403"
BOS_LINE = "bo:go cai,flo:404 visitor:in *:403"
SIGNED = "visitor:in *:200"
SIGNED_POST = "visitor:in *:go"
AWAY_WHEN_SIGNED = "visitor:200 *:go"

PAGES = {
    **promise_doors.DOORS,
    **desk_doors.DOORS,
    **onset_doors.DOORS,
    **place_doors.DOORS,
    **unit_doors.DOORS,
    **remote_doors.DOORS,
    **shoot_doors.DOORS,
    **village_doors.DOORS,
    "GET landing": OPEN,
    "GET healthz": OPEN,
    "GET readyz": "*:503",  # no worker beats in this test
    "GET home": SIGNED_POST,
    "GET for_me": MINE,
    "POST for_me_fix": MINE_POST,
    # The way back is sealed for the person who went: to others it says nothing.
    "POST for_me_undo": "bo:go cai,flo:400 visitor:in *:403",
    "GET my_chain": MINE,
    "POST my_chain_hold": MINE_POST,
    "POST my_chain_release": "bo:go cai,flo:409 visitor:in *:403",
    "GET my_ladder": MINE,
    "GET searches:list": MINE,
    "POST searches:save": MINE_POST,
    "POST searches:change": BOS_LINE,
    "POST searches:forget": BOS_LINE,
    "GET my_calendar": MINE,
    "POST my_calendar_renew": MINE_POST,
    "GET my_work": MINE,
    "GET my_pay": MINE,
    "POST my_pay_received": "cai:go runs:403 head,viewer,admin:403 visitor:in *:404",
    # The address is the key, here too.
    "GET answer": OPEN,
    "POST answer": "*:go",
    "POST answer_decline": "*:go",
    "GET public_page": OPEN,
    "GET my_cv": MINE,
    "POST my_cv_switch": MINE_POST,
    # The address is the key: whoever holds it reads the feed, and there is nothing private in it.
    "GET calendar_feed": OPEN,
    "GET notices": SIGNED,
    "POST notices": SIGNED_POST,
    # -- roles
    "GET roles:list": OPEN,
    "GET roles:in_hub": "*:go",
    "GET roles:detail": OPEN,
    "POST roles:apply": MINE_POST,
    "POST roles:take_back": "bo:go cai,flo:400 visitor:in *:403",
    "GET runs:list": "admin:200 visitor:in *:403",
    "GET runs:detail": CREW_READS,
    "POST runs:cancel": RUNS_ACTS,
    "GET markets:list": "admin:200 visitor:in *:403",
    "GET markets:detail": "admin:200 visitor:in *:403",
    "POST markets:ask": "admin:go visitor:in *:403",
    "POST markets:cancel": "admin:go visitor:in *:403",
    # -- offers and bookings
    "GET offers:list": MINE,
    "GET offers:detail": "bo,crew,admin:200 visitor:in *:404",
    "GET offers:accept": "bo:200 crew,admin:403 visitor:in *:404",
    "POST offers:accept": "bo:go crew,admin:403 visitor:in *:404",
    "POST offers:decline": "bo:go crew,admin:403 visitor:in *:404",
    "POST offers:withdraw": "runs,head:go bo,viewer,admin:403 visitor:in *:404",
    "GET bookings:cancel": "cai,runs:200 head,viewer,admin:403 visitor:in *:404",
    # A day that is not a shoot day of hers is said on the page, not by a status.
    "POST bookings:check_in": "cai,runs:go head,viewer,admin:403 visitor:in *:404",
    "POST bookings:check_out": "cai,runs:go head,viewer,admin:403 visitor:in *:404",
    "POST bookings:cancel": "cai,runs:go head,viewer,admin:403 visitor:in *:404",
    "GET crews:apply": "managers,editor:200 visitor:in *:403",
    "POST crews:apply": "managers,editor:go visitor:in *:403",
    "GET crews:members": CREW_READS,
    "GET crews:mend": "lin:200 admin:403 visitor:in *:404",
    "POST crews:mend": "lin:go admin:403 visitor:in *:404",
    "POST crews:invite": "mei:go manager,head,viewer,admin:403 visitor:in *:404",
    "POST crews:uninvite": "mei:go manager,head,viewer,admin:403 visitor:in *:404",
    "POST crews:change_right": "mei:go manager,head,viewer,admin:403 visitor:in *:404",
    # The row is the viewer's own: whoever belongs to a crew may leave it.
    "POST crews:remove": "mei,viewer:go manager,head,admin:403 visitor:in *:404",
    # The key in the letter opens the page; who is not asked cannot join by it.
    "GET crews:join": OPEN,
    "POST crews:join": "viewer:go visitor:200 *:403",
    # -- the entrance
    "GET account_login": AWAY_WHEN_SIGNED,
    "POST account_login": "*:go",
    "GET account_logout": "visitor:go *:200",
    "POST account_logout": "*:go",
    "GET account_signup": AWAY_WHEN_SIGNED,
    "POST account_signup": "*:go",
    "GET account_inactive": OPEN,
    "GET account_reauthenticate": SIGNED,
    "POST account_reauthenticate": SIGNED_POST,
    "GET account_email": SIGNED,
    "POST account_email": SIGNED_POST,
    "GET account_request_login_code": AWAY_WHEN_SIGNED,
    "POST account_request_login_code": "visitor:in *:go",
    # Only in the middle of signing in or up; everybody else is led back to its start.
    "GET account_confirm_login_code": "visitor:in *:go",
    "POST account_confirm_login_code": "visitor:in *:go",
    "GET account_verify_phone": "visitor:in *:go",
    "POST account_verify_phone": "visitor:in *:go",
    "GET account_change_phone": SIGNED,
    "POST account_change_phone": SIGNED_POST,
    "POST account_remove_phone": SIGNED_POST,
    "GET mfa_list_webauthn": SIGNED,
    "GET mfa_index": "*:go",
    # Whoever has not signed in within the last minutes shows first who she is.
    "GET mfa_add_webauthn": SIGNED_POST,
    "POST mfa_add_webauthn": SIGNED_POST,
    "GET mfa_remove_webauthn": SIGNED_POST,
    "POST mfa_remove_webauthn": SIGNED_POST,
    "GET mfa_reauthenticate_webauthn": "bo:200 visitor:in *:go",
    "POST mfa_reauthenticate_webauthn": "bo,visitor:in *:go",
    # For a script, which says so; a browser that comes by itself is led to the sign-in page.
    "GET mfa_login_webauthn": "visitor:in *:go",
    "POST mfa_login_webauthn": "visitor:in *:go",
    "GET again": "visitor:in *:go",  # nothing was typed
    # -- her data
    "GET my_notice_choices": SIGNED,
    "POST my_notice_choices": SIGNED_POST,
    "GET my_contact_views": MINE,
    "GET my_data": SIGNED,
    "POST my_data_copy": SIGNED_POST,
    "GET my_data_fetch": "bo:200 visitor:in *:404",
    "POST my_data_consent": SIGNED_POST,
    "GET my_data_delete": SIGNED,
    # The only owner of a crew at work stays, and so does who runs the site.
    "POST my_data_delete": "mei,lin,admin,zhou,yan:409 visitor:in *:go",
    "POST my_data_keep": "visitor:in *:409",
    # The person herself knows her own; a crew that runs the shoot opens them, and it is noted.
    "GET bookings:contact": "runs:200 cai,head,viewer,admin:403 visitor:in *:404",
    "POST bookings:contact": "runs:200 cai,head,viewer,admin:403 visitor:in *:404",
    "GET my_account": SIGNED,
    "GET promises": OPEN,
    "GET outbox": "*:404",  # the demo market's alone
    "GET account_email_verification_sent": "visitor:in *:go",
    "POST account_email_verification_sent": "visitor:in *:go",
    "GET account_change_password": SIGNED,
    "POST account_change_password": SIGNED_POST,
    # For who came by another way than a password; whoever has one is shown the page to change it.
    "GET account_set_password": SIGNED_POST,
    "POST account_set_password": SIGNED_POST,
    "GET account_reset_password": OPEN,
    "POST account_reset_password": "*:go",
    "GET account_reset_password_done": OPEN,
    "GET account_reset_password_from_key": OPEN,
    "POST account_reset_password_from_key": OPEN,  # the page that says that the link is worn out
    "GET account_reset_password_from_key_done": OPEN,
    "GET set_language": "*:go",
    "POST set_language": "*:go",
    # -- what a graduate says of herself
    "GET my_profile": MINE,
    **{
        f"{method} my_profile_{section}": MINE if method == "GET" else MINE_POST
        for section in (
            "basics", "roles", "skills", "places", "languages", "acting", "contact", "education", "training", "credits"
        )
        for method in ("GET", "POST")
    },
    "POST my_profile_remove_education": BOS_LINE,
    "POST my_profile_remove_training": BOS_LINE,
    "GET my_profile_find_school": MINE,
    "GET my_profile_find_skill": MINE,
    "GET my_profile_find_role_type": MINE,
    "GET my_gains": MINE,
    "GET my_profile_portfolio": MINE,
    "POST my_profile_add_photo": MINE_POST,
    "POST my_profile_change_photo": BOS_LINE,
    "POST my_profile_add_link": MINE_POST,
    "POST my_profile_remove_link": BOS_LINE,
    # On no public page: nobody but he and the desk may look at it.
    "GET photo": "bo,admin:200 *:404",
    "POST my_profile_remove_credit": BOS_LINE,
    "GET my_availability": MINE,
    "POST my_availability": MINE_POST,
    "POST my_availability_pattern": MINE_POST,
    "POST my_calendars_add": MINE_POST,
    "POST my_calendars_remove": BOS_LINE,
    "POST my_calendars_read": BOS_LINE,
    # -- places
    **{f"GET hubs:{page}": OPEN for page in ("list", "hub", "base", "training", "programme", "figures")},
    "GET hubs:trades": OPEN,
    "GET hubs:trade": OPEN,
    "GET api-docs": OPEN,
}  # fmt: skip

READS = "crew,admin:200 visitor:401 *:404"
ACTS = "runs:{0} head,viewer,admin:403 visitor:401 *:404"
OWN = "visitor:401 *:200"
GRADUATES = "graduates:{0} visitor:401 *:404"
BOS = "bo:{0} visitor:401 *:404"

API = {
    **village_doors.API_DOORS,
    "GET api-schema": OPEN,
    "GET api-root": OWN,
    "POST api-token": OPEN,
    **{
        f"GET {noun}-{kind}": OPEN
        for noun in ("hub", "base", "programme", "figure", "role-type", "skill", "language", "role")
        for kind in ("list", "detail")
    },
    "GET shoot-list": OWN,
    # A crew one may not see is refused like one that does not exist; one that one may not run, by its name.
    "POST shoot-list": "runs:201 head,viewer,admin:403 visitor:401 *:400",
    "GET shoot-detail": READS,
    "GET shoot-board": READS,
    "POST shoot-publish": ACTS.format(200),
    "POST shoot-match": ACTS.format(202),
    "POST shoot-send-offers": ACTS.format(200),
    "GET role-what-if": READS,
    # The run of this world keeps no record: nobody stands anywhere. See tests/jobs/api/test_why.py.
    "GET role-standing": "visitor:401 *:404",
    "GET role-fit": "graduates:200 visitor:401 *:403",
    "POST role-apply": "graduates:201 visitor:401 *:403",
    "GET run-list": OWN,
    "GET run-detail": READS,
    "GET match-list": OWN,
    "GET offer-list": OWN,
    "GET offer-detail": "bo,crew,admin:200 visitor:401 *:404",
    "POST offer-accept": "bo:201 crew,admin:403 visitor:401 *:404",
    "POST offer-decline": "bo:200 crew,admin:403 visitor:401 *:404",
    "POST offer-withdraw": "runs,head:200 bo,viewer,admin:403 visitor:401 *:404",
    "GET booking-list": OWN,
    "GET booking-detail": "cai,crew,admin:200 visitor:401 *:404",
    "POST booking-contact": "cai,runs:200 head,viewer,admin:403 visitor:401 *:404",
    "POST booking-cancel": "cai,runs:200 head,viewer,admin:403 visitor:401 *:404",
    "GET notice-list": OWN,
    "POST notice-read-all": OWN,
    "GET my-profile": GRADUATES.format(200),
    "PATCH my-profile": GRADUATES.format(200),
    "GET my-availability": GRADUATES.format(200),
    "PUT my-availability": GRADUATES.format(200),
    "DELETE my-availability": GRADUATES.format(204),
    "GET my-education-list": GRADUATES.format(200),
    "POST my-education-list": GRADUATES.format(201),
    "DELETE my-education-detail": BOS.format(204),
    "GET my-credits-list": GRADUATES.format(200),
    "POST my-credits-list": GRADUATES.format(201),
    "DELETE my-credits-detail": BOS.format(204),
}

ROWS = PAGES | API

DESK_OPEN_TO_EDITORS = ("admin:hubs_",)
"""A hub editor curates her places and nothing else."""
