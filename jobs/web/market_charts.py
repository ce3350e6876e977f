"""The charts of the market room: what is drawn, what it is called, and what is said of it in words."""

from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from config import formats
from jobs.enums import DeclineReason
from jobs.models.market_room import FILL_HOURS, Grain
from jobs.queries.market_room import Gap, Room
from jobs.web import market_shares
from jobs.web.charts import Bar, Chart, Table, segments
from jobs.web.market_drawing import breakdown, get, minus, number, of_every_trade, over_time


def charts(room: Room, *, public: bool) -> list[Chart]:
    """The charts of a room in the order of its page; what only admins see comes last."""
    drawn = [
        places(room),
        gaps(room),
        hubs(room),
        market_shares.kinds(room),
        departments(room),
        speed(room),
        market_shares.filled(room),
        answers(room),
        shoots(room),
        index(room),
    ]
    if not public:
        drawn.append(late(room))
    return drawn


def places(room: Room) -> Chart:
    open_now, booked = minus("places", "booked")(room.totals), room.totals.get("booked")
    text = _("On the last day %(open)s places were open and %(booked)s were booked.") % {
        "open": number(open_now), "booked": number(booked),
    }  # fmt: skip
    lines = [("is-booked", _("booked"), get("booked")), ("is-open", _("open"), minus("places", "booked"))]
    if room.grain == Grain.MONTH:
        text += " " + _("A month stands for its last day.")
    return over_time(
        room, key="places", title=_("Open and booked places"), text=text, lines=lines, points=room.series
    )


def hubs(room: Room) -> Chart:
    return breakdown(room, "hubs", _("By hub"), room.hubs, "hub")


def departments(room: Room) -> Chart:
    return breakdown(room, "departments", _("By department"), room.departments, "department")


def gaps(room: Room) -> Chart:
    """Next week: places that are free, beside people who are; where nobody is lacking, where it is tightest."""
    shown = room.gaps[:8]
    most = max((gap.wanted for gap in shown), default=0)
    bars = [
        Bar(
            label=f"{gap.hub.name} · {gap.role_type.name}",
            said=_missing(gap),
            segments=segments(
                [("is-free", min(gap.free, gap.wanted)), ("is-lacking", max(gap.lacking, 0))], most
            ),
            url=_roles(gap),
            more=_("%(wanted)s sought, %(free)s free")
            % {"wanted": number(gap.wanted), "free": number(gap.free)},
        )
        for gap in shown
    ]
    rows = [
        [gap.hub.name, gap.role_type.name, number(gap.wanted), number(gap.free), number(max(gap.lacking, 0))]
        for gap in room.gaps
    ]
    heads = [_("Hub"), _("Role type"), _("Places free next week"), _("People free next week"), _("Lacking")]
    return Chart(
        key="gaps", title=_("Who is lacking next week"), text=_gap_text(room), table=Table(heads, rows), bars=bars,
        legend=[("is-free", _("people free")), ("is-lacking", _("lacking"))],
    )  # fmt: skip


def _roles(gap: Gap) -> str:
    """The open roles of this type in this hub: the work behind the gap."""
    return f"{reverse('roles:list')}?{urlencode({'hub': gap.hub.slug, 'role_type': gap.role_type.code})}"


def _missing(gap: Gap) -> str:
    if gap.lacking <= 0:
        return _("enough")
    return ngettext("%(n)s person lacking", "%(n)s people lacking", gap.lacking) % {"n": number(gap.lacking)}


def _gap_text(room: Room) -> str:
    if not room.gaps:
        return _("No role begins next week that still has a free place.")
    worst = room.gaps[0]
    said = {"hub": worst.hub.name, "role": worst.role_type.name, "n": number(worst.lacking)}
    if worst.lacking > 0:
        return _("%(hub)s lacks %(n)s for next week: %(role)s.") % said
    return _("For every open place there is somebody free. It is tightest in %(hub)s: %(role)s.") % said


def speed(room: Room) -> Chart:
    ends = [*FILL_HOURS, None]
    names = [_("within %(hours)d hours") % {"hours": FILL_HOURS[0]}]
    for low, high in zip(FILL_HOURS, ends[1:], strict=True):
        if high is None:
            names.append(_("after more than a week"))
        elif high <= 24:
            names.append(_("within a day"))
        else:
            names.append(_("within %(days)d days") % {"days": high // 24})
        del low
    most = max((count or 0 for count in room.fill_spans), default=0)
    bars = [
        Bar(name, number(count), segments([("is-booked", count or 0)], most))
        for name, count in zip(names, room.fill_spans, strict=False)
    ]
    hours = room.hours_to_fill
    text = _("Nothing was filled in this span.")
    if hours is not None:
        text = _("A place was filled %(hours)s hours after its shoot was published, on average.") % {
            "hours": formats.count(round(hours))
        }
    table = Table([_("Filled"), _("Places in all")], [[bar.label, bar.said] for bar in bars])
    return Chart("speed", _("Time to fill"), text, table, bars=bars if most else [])


def answers(room: Room) -> Chart:
    words = dict(DeclineReason.choices) | {"other": _("something else"), "unsaid": _("nothing said")}
    most = max((count or 0 for count in room.reasons.values()), default=0)
    bars = [
        Bar(str(words.get(code, code)), number(count), segments([("is-open", count or 0)], most))
        for code, count in room.reasons.items()
    ]
    text = _("Of %(sent)s offers %(accepted)s were accepted and %(declined)s declined.") % {
        name: number(room.totals.get(name)) for name in ("sent", "accepted", "declined")
    }
    if room.look.category or room.look.department:
        text += " " + _("The reasons are counted for all trades together.")
    table = Table([_("Why offers were declined"), _("Offers")], [[bar.label, bar.said] for bar in bars])
    return Chart("declines", _("Why offers were declined"), text, table, bars=bars)


def shoots(room: Room) -> Chart:
    text = _("%(n)s shoots were at work on an average day.") % {
        "n": number(room.totals.get("shoots_a_day") or 0)
    }
    text += of_every_trade(room)
    return over_time(
        room, key="shoots", title=_("Shoots at work a day"), text=text, points=room.hub_series,
        lines=[("is-booked", _("shoots a day"), get("per_day"))],
    )  # fmt: skip


def index(room: Room) -> Chart:
    def of_hundred(values: dict) -> int | None:
        people, days = values.get("people"), values.get("paid_days_30")
        return None if not people or days is None else round(100 * days / (30 * people))

    share = room.paid_day_index
    text = _("Too few people were at work to say.")
    if share is not None:
        text = _("Who worked at all in the last thirty days was paid for %(days)s of them.") % {
            "days": f"{30 * share:.1f}"
        }
    text += of_every_trade(room)
    return over_time(
        room, key="paid-days", title=_("Paid days of a hundred"), text=text, points=room.hub_series,
        lines=[("is-booked", _("paid days of a hundred"), of_hundred)],
        beside=[(_("People at work"), get("people")), (_("Paid days in thirty days"), get("paid_days_30"))],
    )  # fmt: skip


def late(room: Room) -> Chart:
    text = _("%(n)s wages are overdue, %(yuan)s in all.") % {
        "n": number(room.totals.get("late_wages") or 0), "yuan": formats.yuan(room.totals.get("late_yuan") or 0),
    }  # fmt: skip
    text += of_every_trade(room)
    return over_time(
        room, key="late", title=_("Overdue pay and broken rest"), text=text, points=room.hub_series,
        lines=[
            ("is-lacking", _("overdue wages"), get("late_wages")),
            ("is-open", _("breaches of rest"), get("rest_breaches")),
        ],
        beside=[(_("Overdue, yuan"), get("late_yuan"))],
    )  # fmt: skip
