"""An evidence pack on paper: sections of lines, hashed as they are printed.

The check sum covers the text of every section, in order, as UTF-8 with a line break between lines. It stands on the
last page; the same booking with the same history gives the same sum, whoever prints it and in which second.
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.utils.translation import gettext as _

from config.formats import day, day_span, duration, moment, yuan
from config.paper import Paper
from jobs.channels.words import words
from jobs.models import Entry
from jobs.queries.evidence import Evidence
from jobs.web.cancel_words import table

Pairs = list[tuple[str, str]]


@dataclass
class Section:
    """A heading with pairs or a table below; `widths` are shares."""

    title: str
    pairs: Pairs = field(default_factory=list)
    head: tuple[str, ...] = ()
    rows: Sequence[tuple[str, ...]] = ()
    widths: tuple[float, ...] = ()
    empty: str = ""

    def text(self) -> Iterable[str]:
        """Everything that is printed, line by line."""
        yield self.title
        yield from (f"{label}\t{value}" for label, value in self.pairs)
        yield from ("\t".join(row) for row in [*([self.head] if self.rows else []), *self.rows])
        if not self.rows and not self.pairs:
            yield self.empty


class Pack:
    """The sections of one booking and their check sum."""

    def __init__(self, evidence: Evidence, *, address: str, made_at: datetime) -> None:
        self.evidence, self.address, self.made_at = evidence, address, made_at
        self.sections = [
            _promised(evidence),
            _terms(evidence),
            _history(evidence),
            _before(evidence),
            _sheets(evidence),
            _days(evidence),
            *_objections(evidence),
            _money(evidence),
            _messages(evidence),
        ]
        content = "\n".join(line for section in self.sections for line in section.text())
        self.digest = hashlib.sha256(content.encode()).hexdigest()

    def file(self) -> bytes:
        """The PDF."""
        booking = self.evidence.booking
        paper = Paper(
            title=_("Evidence pack"),
            subtitle=f"{booking.role.shoot.title} · {booking.role.role_type.name} · {booking.profile.user.name}",
            made_at=self.made_at,
            address=self.address,
        )
        for section in self.sections:
            paper.heading(section.title)
            if section.pairs:
                paper.facts(section.pairs)
            if section.rows:
                paper.grid(section.head, section.rows, widths=section.widths)
            if not section.pairs and not section.rows:
                paper.paragraph(section.empty, soft=True)
        paper.heading(_("Check sum"))
        paper.paragraph(_("SHA-256 of everything above, as text:"), soft=True)
        paper.paragraph(self.digest)
        paper.paragraph(
            _(
                "Jinzu has written this sum down when the pack was made. Jinzu moves no money and is no party."
            ),
            soft=True,
        )
        return paper.finished()


def _promised(evidence: Evidence) -> Section:
    booking, offer = evidence.booking, evidence.offer
    role, shoot = booking.role, booking.role.shoot
    said = {True: _("provided"), False: _("not provided")}
    last = _("within %(n)s days after wrap") % {"n": shoot.settle_within_days}
    return Section(
        _("What was promised"),
        [
            (_("Graduate"), booking.profile.user.name),
            (_("Crew"), f"{shoot.crew.name} · {shoot.crew.company_name} · {shoot.crew.credit_code}"),
            (_("Shoot"), shoot.title),
            (_("Role"), f"{role.role_type.name} · {role.role_type.department.name}"),
            (_("Dates"), day_span(booking.days)),
            (_("Place"), f"{shoot.base.hub.name} · {shoot.base.name}"),
            (_("Pay"), f"{yuan(booking.day_rate)} × {offer.day_count} = {yuan(booking.total_pay)}"),
            (_("Paid"), last),
            (_("Hours a day"), str(role.agreed_hours)),
            (_("Meals"), said[bool(role.gives_meals)]),
            (_("Lodging"), said[bool(role.gives_lodging)]),
            (_("Accident insurance"), said[bool(role.gives_insurance)]),
            (_("Contract"), str(role.get_contract_display())),
        ],
    )


def _terms(evidence: Evidence) -> Section:
    agreed = table(evidence.offer)
    return Section(
        _("Terms of cancelling, as agreed with the offer"),
        head=(_("When"), _("The crew cancels"), _("The graduate cancels")),
        rows=[(row.when, row.crew, row.her) for row in agreed.rows],
        widths=(3, 3, 2),
    )


def _history(evidence: Evidence) -> Section:
    return Section(
        _("What happened"),
        head=(_("When"), _("What"), _("By")),
        rows=[
            (moment(entry.at), _verb(entry), entry.by.name if entry.by else _("the site"))
            for entry in evidence.log
        ],
        widths=(2, 4, 2),
        empty=_("Nothing is noted."),
    )


def _verb(entry: Entry) -> str:
    known = {
        "offer_sent": _("offer sent"),
        "offer_accepted": _("offer accepted: booked"),
        "offer_declined": _("offer declined"),
        "offer_withdrawn": _("offer withdrawn"),
        "offer_expired": _("offer expired"),
        "confirmation_asked": _("asked whether she comes"),
        "booking_reconfirmed": _("confirmed that she comes"),
        "booking_cancelled": _("booking cancelled"),
        "checked_in": _("checked in"),
        "checked_out": _("checked out"),
        "wage_paid": _("marked as paid by the crew"),
        "wage_received": _("marked as received"),
        "wage_denied": _("marked as not received"),
        "wage_replied": _("the crew answered on its record"),
    }
    words_of = known.get(entry.verb, entry.verb.replace("_", " "))
    amount = entry.facts.get("amount")
    return f"{words_of} · {yuan(amount)}" if amount else words_of


def _before(evidence: Evidence) -> Section:
    asked, ended = evidence.confirmation, evidence.cancellation
    pairs: Pairs = []
    if asked:
        pairs += [
            (_("Asked to confirm"), moment(asked.asked_at)),
            (_("Answer by"), moment(asked.due_at)),
            (_("Confirmed"), moment(asked.confirmed_at) or _("no")),
        ]
    if ended:
        pairs += [
            (
                _("Ended early"),
                f"{ended.get_kind_display()} · {moment(ended.at)} · {ended.get_side_display()}",
            ),
            (_("Hours before the first call"), str(ended.hours_before)),
            (_("Reason"), ended.reason),
            (_("Owed by the table"), yuan(ended.owed)),
            (_("Strikes by the table"), str(ended.strikes)),
        ]
        appeal = getattr(ended, "appeal", None)
        if appeal:
            pairs.append(
                (
                    _("Appeal"),
                    f"{appeal.get_ground_display()} · {appeal.words} · {appeal.get_state_display()}",
                )
            )
    return Section(_("Before the first call"), pairs, empty=_("Nothing is noted."))


def _sheets(evidence: Evidence) -> Section:
    rows = []
    for had in evidence.sheets:
        call = (had.line.call if had.line and had.line.call else had.sheet.general_call).strftime("%H:%M")
        seen = moment(had.receipt.seen_at) if had.receipt else _("not opened")
        confirmed = moment(had.receipt.confirmed_at) if had.receipt else ""
        rows.append((day(had.sheet.day), str(had.sheet.version), call, seen, confirmed or "–"))
    return Section(
        _("Call sheets"),
        head=(_("Day"), _("Version"), _("Call"), _("Opened"), _("Confirmed")),
        rows=rows,
        widths=(2, 1, 1, 2, 2),
        empty=_("No call sheet was published."),
    )


def _days(evidence: Evidence) -> Section:
    rows = [
        (
            day(each.day),
            moment(each.checked_in_at),
            moment(each.checked_out_at) or "–",
            duration(each.length) or "–",
        )
        for each in evidence.days
    ]
    return Section(
        _("On set"),
        head=(_("Day"), _("Checked in"), _("Checked out"), _("Time")),
        rows=rows,
        widths=(2, 2, 2, 2),
        empty=_("No check-in is noted."),
    )


def _objections(evidence: Evidence) -> list[Section]:
    """What she said of her hours and what the crew answered; no section where she said nothing."""
    rows = [
        (
            day(each.day),
            f"{moment(each.came_at)} – {moment(each.left_at)}",
            each.words or "–",
            _("taken over") if each.taken_over else each.answer or _("not answered"),
        )
        for each in evidence.objections
    ]
    if not rows:
        return []
    head = (_("Day"), _("She says"), _("Her words"), _("The crew's answer"))
    return [Section(_("Objections to hours"), head=head, rows=rows, widths=(2, 3, 3, 3))]


def _money(evidence: Evidence) -> Section:
    wage = evidence.wage
    if wage is None:
        return Section(_("What is owed and paid"), empty=_("Nothing is owed yet."))
    return Section(
        _("What is owed and paid"),
        [
            (_("Owed for"), str(wage.get_kind_display())),
            (_("Amount"), yuan(wage.amount)),
            (_("Due"), day(wage.due_on)),
            (_("Paid, says the crew"), moment(wage.paid_at) or _("no")),
            (_("Received, says she"), moment(wage.received_at) or _("no")),
            (_("Not received, says she"), moment(wage.denied_at)),
            (_("The crew answers"), evidence.reply.words if evidence.reply else ""),
        ],
    )


def _messages(evidence: Evidence) -> Section:
    rows = []
    for notice in evidence.messages:
        said = words(notice.kind, notice.facts)
        rows.append(
            (moment(notice.created_at), f"{said.title}\n{said.text}", moment(notice.read_at) or _("not read"))
        )
    return Section(
        _("Messages to her"),
        head=(_("When"), _("What"), _("Read")),
        rows=rows,
        widths=(2, 6, 2),
        empty=_("Nothing is noted."),
    )
