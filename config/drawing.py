"""Template tags that draw: icons of our sprite, and the strip of frames that tells how full a crew is.

Built into the template engine (settings.TEMPLATES), so no `{% load %}`.
"""

from typing import Any
from zlib import crc32

import segno
from django import template
from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

register = template.Library()

TINTS = 6


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """Draw the symbol `name` of icons.svg. With `label` it speaks; without, it decorates a text."""
    href = f"{static('site/icons.svg')}#{name}"
    if label:
        return format_html('<svg class="icon" role="img" aria-label="{}"><use href="{}"/></svg>', label, href)
    return format_html('<svg class="icon" aria-hidden="true"><use href="{}"/></svg>', href)


@register.filter
def tint(value: object) -> int:
    """Return a steady number from 0 to 5 for any value: the same person keeps the same frame."""
    return crc32(str(value).encode()) % TINTS


@register.inclusion_tag("_frames.html")
def frames(
    *, booked: int = 0, offered: int = 0, proposed: int = 0, total: int, size: str = "", legend: bool = False
) -> dict:
    """Draw `total` frames, one a slot: booked, then offered, proposed, empty. Overlong counts are cut."""
    counts, left = {}, max(int(total or 0), 0)
    for state, wanted in (("booked", booked), ("offered", offered), ("proposed", proposed)):
        counts[state] = min(max(int(wanted or 0), 0), left)
        left -= counts[state]
    counts["empty"] = left
    return {
        "slots": [state for state, number in counts.items() for _n in range(number)],
        "size": size,
        "legend": legend,
        "counts": counts,
        "label": _(
            "%(total)s slots: %(booked)s booked, %(offered)s offered, %(proposed)s proposed, %(empty)s empty"
        )
        % {"total": total, **counts},
    }


@register.filter
def stale(figure: Any) -> bool:
    """Whether a published figure is past the day until which it was good."""
    return bool(figure.is_stale(timezone.localdate()))


def qr(address: str) -> SafeString:
    """Return an address as an inline SVG without inline styles, so that the CSP lets it be drawn."""
    svg = segno.make(address, error="m").svg_inline(
        scale=3, border=2, svgclass="qr", lineclass=None, omitsize=True
    )
    return mark_safe(svg)  # noqa: S308  (segno writes numbers only; the address is in the modules, not in the text)
