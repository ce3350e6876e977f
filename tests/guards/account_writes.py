"""The doors of the entrance and of the account that write; the rest of the table is in writes.py."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.guards.world import PASSWORD, World


@dataclass(frozen=True)
class Write:
    """`actor` may do it. `fields`: name -> kind, with * where it must be given; "number:least:most"."""

    actor: str
    payload: Callable[[World], dict[str, Any]] = lambda world: {}
    fields: dict[str, str] = field(default_factory=dict)
    method: str = "POST"


ACCOUNT = {
    "account_login": Write(
        "visitor",
        lambda w: {"login": w.secrets["gus"].email, "password": PASSWORD},
        {"login": "login*", "password": "password*"},
    ),
    "account_logout": Write("bo"),
    "account_signup": Write(
        "visitor",
        lambda w: {
            "kind": "graduate",
            "name": "新人",
            "login": "new@people.example",
            "password1": PASSWORD,
            "birth_date": "2004-02-29",
            "agree": "on",
        },
        {"name": "text*:80", "login": "email*", "birth_date": "day"},
    ),
    "account_reset_password": Write(
        "visitor", lambda w: {"email": "nobody@people.example"}, {"email": "email*"}
    ),
    "account_reset_password_from_key": Write(
        "visitor", lambda w: {"password1": PASSWORD, "password2": PASSWORD}
    ),
    "account_change_password": Write(
        "bo",
        lambda w: {
            "oldpassword": PASSWORD,
            "password1": "another long night",
            "password2": "another long night",
        },
        {"oldpassword": "password*"},
    ),
    "account_set_password": Write("bo", lambda w: {"password1": PASSWORD, "password2": PASSWORD}),
    "account_reauthenticate": Write("bo", lambda w: {"password": PASSWORD}, {"password": "password*"}),
    "account_email_verification_sent": Write("visitor"),
    "account_request_login_code": Write(
        "visitor", lambda w: {"login": w.secrets["gus"].email}, {"login": "email*"}
    ),
    "account_confirm_login_code": Write("visitor"),
    "account_verify_phone": Write("visitor"),
    "account_change_phone": Write("bo", lambda w: {"phone": "139 7705 3099"}, {"phone": "login*"}),
    "account_remove_phone": Write("bo"),
    "account_email": Write("bo", lambda w: {"email": "another@people.example"}, {"email": "email*"}),
    "my_notice_choices": Write("bo", lambda w: {"wanted": ["offer_received:mail", "call_sheet:sms"]}),
    "my_data_copy": Write("bo"),
    "my_data_consent": Write("bo", lambda w: {"purpose": "matching", "act": "withdraw"}),
    "my_data_delete": Write("bo"),
    "my_data_keep": Write("bo"),
    "bookings:contact": Write("mei"),
    "mfa_add_webauthn": Write("bo"),
    "mfa_login_webauthn": Write("visitor"),
    "mfa_reauthenticate_webauthn": Write("bo"),
    "mfa_remove_webauthn": Write("bo"),
    "set_language": Write("visitor", lambda w: {"language": "en"}, {"language": "language"}),
}
