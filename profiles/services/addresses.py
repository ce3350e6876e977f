"""Addresses that only work while she wants them to: her calendar's feed and her public page."""

import secrets

from profiles.models import Profile, User

from .profiles import may_edit


def renew_feed(*, profile: Profile, by: User) -> Profile:
    """Give her calendar a new secret address; the old one stops working. Raises NotAllowed `not_yours`."""
    may_edit(profile, by)
    profile.feed_token = Profile._meta.get_field("feed_token").get_default()
    profile.save(update_fields=["feed_token"])
    return profile


def open_page(*, profile: Profile, by: User) -> Profile:
    """Show a public page, at a new address unless one is open already. Raises NotAllowed `not_yours`."""
    may_edit(profile, by)
    if profile.page_token is None:
        profile.page_token = secrets.token_urlsafe(9)
        profile.save(update_fields=["page_token"])
    return profile


def close_page(*, profile: Profile, by: User) -> Profile:
    """Take the public page down; opened again, it has another address. Raises NotAllowed `not_yours`."""
    may_edit(profile, by)
    profile.page_token = None
    profile.save(update_fields=["page_token"])
    return profile
