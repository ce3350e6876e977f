"""The queues: crews to check, cases to decide, appeals. One after the other, by keyboard or by touch, for admins."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST, require_safe

from config.errors import Conflict, Gone, Invalid
from config.wording import sentence
from hubs.models.bilingual import in_reader_language
from jobs.models import Appeal, Case, Crew, Hold
from jobs.queries import appeals as appeal_questions
from jobs.queries import moderation as questions
from jobs.services import appeals, crews, moderation, zero_fee
from jobs.web.doors import admins, found
from profiles.web.requests import PersonRequest

MOST = 30
"""Items on one page; who has decided them is shown the next."""


@dataclass
class Item:
    """One thing to decide, as the page shows it. `marked` are pieces of text, (words, is a term of the guard)."""

    pk: int
    title: str
    since: Any
    eyebrow: str = ""
    facts: list[tuple[str, str]] = field(default_factory=list)
    texts: list[tuple[str, list[tuple[str, bool]]]] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    link: str = ""
    paper: str = ""
    crew: int | None = None


@dataclass(frozen=True)
class Kind:
    """A queue: its words, what waits in it, and what the two keys do."""

    title: Any
    lede: Any
    yes: Any
    no: Any
    empty: Any
    items: Callable[[], list[Item]]
    act: Callable[[PersonRequest, int, bool, str], None]
    yes_needs_reason: bool = True


def _crews() -> list[Item]:
    waiting = list(questions.crews_waiting()[:MOST])
    papers = questions.papers(waiting)
    return [_crew_item(crew, papers[crew.pk]) for crew in waiting]


def _crew_item(crew: Crew, papers: questions.CrewPapers) -> Item:
    owner = papers.owners[0].user if papers.owners else None
    facts = [
        (_("Company"), crew.company_name),
        (_("Unified social credit code"), crew.credit_code),
        (_("Home hub"), crew.home_hub.name),
        (_("Contact"), " · ".join(part for part in (crew.contact_name, crew.contact_mobile) if part) or "–"),
        (_("Owner"), owner.name if owner else "–"),
        (_("E-mail"), (owner.email if owner else "") or "–"),
    ]
    warnings = [
        _("Another crew has the like company: %(company)s (%(state)s).")
        % {"company": other.company_name, "state": other.get_state_display()}
        for other in papers.like
    ]
    warnings += [
        _("Was refused before: %(reason)s") % {"reason": entry.facts.get("reason", "")}
        for entry in papers.history
        if entry.verb == "crew_refused"
    ]
    texts = [(_("Introduction"), _marked(crew.intro))] if crew.intro else []
    return Item(crew.pk, crew.name, crew.applied_at, facts=facts, texts=texts, warnings=warnings)


def _act_on_crew(request: PersonRequest, pk: int, yes: bool, reason: str) -> None:
    crew, now = found(Crew.objects.all(), pk), timezone.now()
    if yes:
        crews.verify(crew, by=request.user, now=now)
    else:
        crews.refuse(crew, by=request.user, reason=reason, now=now)


def _cases() -> list[Item]:
    waiting = list(questions.cases_waiting()[:MOST])
    before = questions.before_of(waiting)
    return [_case_item(case, before.get(case.crew_id or 0, (0, 0))) for case in waiting]


def _case_item(case: Case, before: tuple[int, int]) -> Item:
    said = case.evidence
    role = in_reader_language(said.get("role_zh", ""), said.get("role_en", ""))
    facts = [
        (_("About"), case.get_subject_display()),
        (_("Crew"), said.get("crew", "")),
        (_("Shoot"), said.get("title", "") if "shoot" in said else ""),
        (_("Role"), role),
        (_("Filing number"), said.get("filing_number", "")),
        (_("Reported by"), _("the zero-fee guard") if case.by_guard else str(case.reporter or "–")),
    ]
    texts = [(_field(part["field"]), _marked(part["text"])) for part in said.get("texts", [])]
    if case.words:
        texts.insert(0, (_("What happened"), [(case.words, False)]))
    warnings = []
    if before[0]:
        words = ngettext(
            "%(n)d case against this crew was upheld before.",
            "%(n)d cases against this crew were upheld before.",
            before[0],
        )
        warnings.append(words % {"n": before[0]})
    return Item(
        case.pk, said.get("title") or said.get("crew", ""), case.made_at, eyebrow=str(case.get_reason_display()),
        facts=[(name, value) for name, value in facts if value], texts=texts, warnings=warnings, crew=case.crew_id,
    )  # fmt: skip


def _act_on_case(request: PersonRequest, pk: int, yes: bool, reason: str) -> None:
    moderation.decide(
        found(Case.objects.all(), pk), uphold=yes, reason=reason, by=request.user, now=timezone.now()
    )


def _appeals() -> list[Item]:
    return [_appeal_item(appeal) for appeal in appeal_questions.appeals_waiting()[:MOST]]


def _appeal_item(appeal: Appeal) -> Item:
    case = appeal.cancellation
    booking = case.booking
    facts = [
        (_("Who"), booking.profile.user.name if case.side == "graduate" else booking.role.shoot.crew.name),
        (_("Shoot"), booking.role.shoot.title),
        (_("Role"), booking.role.role_type.name),
        (_("About"), str(case.get_kind_display())),
        (_("Ground"), str(appeal.get_ground_display())),
        (_("Proof"), appeal.proof),
    ]
    return Item(
        appeal.pk, booking.role.shoot.title, appeal.filed_at, eyebrow=str(appeal.get_ground_display()),
        facts=[(name, value) for name, value in facts if value], texts=[(_("What happened"), [(appeal.words, False)])],
        link="appeals:detail", paper=str(appeal.paper.get_kind_display()) if hasattr(appeal, "paper") else "",
    )  # fmt: skip


def _act_on_appeal(request: PersonRequest, pk: int, yes: bool, reason: str) -> None:
    if not reason.strip():
        raise Invalid("reason_required", field="reason")
    act = appeals.overturn if yes else appeals.uphold
    act(found(Appeal.objects.all(), pk), by=request.user, reason=reason, now=timezone.now())


KINDS = {
    "crews": Kind(
        gettext_lazy("Crews to check"),
        gettext_lazy("Look the company up by its code, then let it publish or say why not."),
        gettext_lazy("Verify"), gettext_lazy("Refuse"),
        gettext_lazy("Every crew that applied has its answer."),
        _crews, _act_on_crew, yes_needs_reason=False,
    ),
    "cases": Kind(
        gettext_lazy("Reports and findings"),
        gettext_lazy("What people reported and what the zero-fee guard found. Both sides read your reason."),
        gettext_lazy("Uphold"), gettext_lazy("Dismiss"),
        gettext_lazy("When somebody reports a listing, or one asks for money, it stands here."),
        _cases, _act_on_case,
    ),
    "appeals": Kind(
        gettext_lazy("Appeals"),
        gettext_lazy("What waits for your decision, the oldest first. Until then it does not count."),
        gettext_lazy("Uphold the appeal"), gettext_lazy("It stands"),
        gettext_lazy("When somebody says that it was otherwise, the case stands here."),
        _appeals, _act_on_appeal,
    ),
}  # fmt: skip


def _marked(text: str) -> list[tuple[str, bool]]:
    """Cut a text where the guard's terms stand, as they were written, so that the page can mark them."""
    cuts = []
    for finding in zero_fee.scan(text):
        at = text.find(finding.around)
        first = text.find(finding.term, max(at, 0))
        if first >= 0:
            cuts.append((first, first + len(finding.term)))
    out, at = [], 0
    for first, last in sorted(cuts):
        if first >= at:
            out += [(text[at:first], False), (text[first:last], True)]
            at = last
    return [piece for piece in [*out, (text[at:], False)] if piece[0]]


def _field(name: str) -> str:
    return {
        "note": _("Note"), "title": _("Title"), "synopsis": _("Synopsis"), "message": _("Message"), "reply": _("Reply"),
        "intro": _("Introduction"), "name": _("Name"),
    }.get(name, name)  # fmt: skip


@require_safe
@admins
def home(request: PersonRequest) -> HttpResponseRedirect:
    """The first queue in which something waits."""
    counts = waiting()
    return redirect("queue", kind=next((kind for kind, count in counts.items() if count), "crews"))


@require_safe
@admins
def queue(request: PersonRequest, kind: str) -> HttpResponse:
    """One queue with its evidence. Keys: j and k to go, a and r to decide; forms do the same."""
    if kind not in KINDS:
        raise Http404
    counts = waiting()
    context = {
        "kind": kind,
        "queue": KINDS[kind],
        "items": KINDS[kind].items(),
        "tabs": [(name, each.title, counts[name]) for name, each in KINDS.items()],
        "held": list(questions.held()[:MOST]) if kind == "cases" else [],
    }
    return render(request, "jobs/queue.html", context)


def waiting() -> dict[str, int]:
    """How much waits in each queue. Three queries."""
    return {
        "crews": questions.crews_waiting().count(),
        "cases": questions.cases_waiting().count(),
        "appeals": appeal_questions.appeals_waiting().count(),
    }


@require_POST
@admins
def decide(request: PersonRequest, kind: str, pk: int) -> HttpResponseRedirect:
    """Approve or refuse one item; the next one is on top afterwards."""
    if kind not in KINDS:
        raise Http404
    try:
        KINDS[kind].act(request, pk, request.POST.get("decision") == "yes", request.POST.get("reason", ""))
    except (Conflict, Gone, Invalid) as error:  # decided meanwhile, or no reason given
        if isinstance(error, Invalid) and request.POST.get("reason", "").strip():
            raise  # words that cannot be kept get a page of their own
        words = _("Write a reason first: it is read by those it is about.")
        messages.error(request, words if isinstance(error, Invalid) else sentence(error))
        return redirect(f"{request.path.rsplit('/', 2)[0]}/#item-{pk}")
    messages.success(request, _("Decided. Both sides can read the reason."))
    return redirect("queue", kind=kind)


@require_POST
@admins
def lift(request: PersonRequest, pk: int) -> HttpResponseRedirect:
    """Put a role back on the list."""
    try:
        moderation.lift(
            found(Hold.objects.select_related("role"), pk), reason=request.POST.get("reason", ""),
            by=request.user, now=timezone.now(),
        )  # fmt: skip
        messages.success(request, _("The role is on the list again."))
    except (Conflict, Gone) as error:
        messages.error(request, sentence(error))
    return redirect("queue", kind="cases")
