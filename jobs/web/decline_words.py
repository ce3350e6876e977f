"""Why an offer may be declined: said by a tap, counted in the market room."""

from django.utils.translation import gettext as _


def reasons() -> list[tuple[str, str]]:
    """The reasons of `queries.market_facts.REASONS`, in words."""
    return [
        ("pay", _("the pay")),
        ("days", _("the days")),
        ("place", _("the way there")),
        ("elsewhere", _("other work")),
        ("hours", _("hours or nights")),
        ("person", _("a private reason")),
    ]
