"""How allauth is dressed and slowed down: forms by name, limits, and the one outside provider. Read by settings."""

FORMS = {
    "signup": "profiles.web.entrance.SignUpForm",
    "login": "profiles.web.entrance.SignInForm",
    "request_login_code": "profiles.web.codes.AskCodeForm",
    "confirm_login_code": "profiles.web.codes.CodeForm",
    "verify_phone": "profiles.web.codes.NumberCodeForm",
    "confirm_email_verification_code": "profiles.web.codes.AddressCodeForm",
    "change_phone": "profiles.web.codes.ChangeNumberForm",
}

RATE_LIMITS = {
    "change_phone": "10/d/user",
    # A text message costs money and wakes people: few to one number, and few from one place.
    "verify_phone": "1/30s/key,5/d/key,10/m/ip",
    "request_login_code": "20/m/ip,2/m/key,20/d/key",
    "send_text": "6/h/key,10/d/key",
    # Fifty bits are not guessed, but nobody should be let try: few from one place, and few in all.
    "village_code": "10/m/ip,100/d/ip,600/m/key",
    "take_over": "5/h/key,20/h/ip",
}


def providers(app_id: str, secret: str) -> dict:
    """Sign-in with Weixin is there as soon as the site has keys of the open platform; without keys, no button."""
    return {"weixin": {"APPS": [{"client_id": app_id, "secret": secret, "key": ""}] if app_id else []}}


STAGES = ["jobs.web.entrance.KnownInVillageStage"]
"""Steps of signing in after allauth's own: named here, because they belong to a floor above the adapter's."""
