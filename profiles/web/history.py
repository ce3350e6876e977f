"""Education, courses and credits: a list, a form below it, and a button to remove a line. One page for all three."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST, require_safe

from config.errors import DomainError
from config.wording import sentence
from hubs.models import Institution
from hubs.queries import schools
from profiles.models import Credit, Education, Training
from profiles.queries import portfolio as shown
from profiles.services import history, portfolio

from .doors import done, graduates, today
from .forms import CreditForm, EducationForm, TrainingForm
from .requests import GraduateRequest
from .sections import TITLES, page

LINES_A_PAGE = 30


@dataclass(frozen=True)
class Line:
    """A line as the page shows it; one that is `proven` grew from a booking and stays."""

    pk: int
    title: str
    facts: list[str]
    proven: bool = False


@dataclass(frozen=True)
class Kind:
    """What the three pages differ in. `rows` are hers; `add` and `remove` each make one call."""

    form: type[forms.Form]
    rows: Callable[[GraduateRequest], QuerySet[Any]]
    line: Callable[[Any], Line]
    add: Callable[[GraduateRequest, dict[str, Any]], Any]
    remove: Callable[[GraduateRequest, Any], None]
    add_words: Any
    empty_words: Any


@page
@graduates
def lines(request: GraduateRequest, kind: str) -> HttpResponse:
    """Show the lines of a kind; add one."""
    known = KINDS[kind]
    form = known.form(request.POST or None)
    searching = request.POST.get("act") == "search"
    status = 200
    if request.method == "POST" and not searching:
        if done(form, lambda: known.add(request, form.cleaned_data)):
            messages.success(request, _("Added."))
            return redirect(f"my_profile_{kind}")
        status = 400
    elif searching:
        form = known.form(initial=request.POST.dict())
    rows = Paginator(known.rows(request), LINES_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "kind": kind,
        "known": known,
        "title": TITLES[kind],
        "lines": [known.line(row) for row in rows],
        "page": rows,
        "remove_url": f"my_profile_remove_{LINE_OF[kind]}",
    }
    if kind == "education":
        context |= _schools(request, form["school"].value() if request.method == "POST" else "")
    return render(request, "profiles/profile_lines.html", context, status=status)


@require_POST
@graduates
def remove(request: GraduateRequest, kind: str, pk: int) -> HttpResponse:
    """Remove a line of hers; one that is proven says why it stays."""
    row = get_object_or_404(KINDS[kind].rows(request), pk=pk)
    try:
        KINDS[kind].remove(request, row)
    except DomainError as error:
        messages.error(request, sentence(error))
    else:
        messages.success(request, _("Removed."))
    return redirect(f"my_profile_{kind}")


@require_safe
@graduates
def find_school(request: GraduateRequest) -> HttpResponse:
    """The schools that fit what is being typed, as choices of the form."""
    return render(request, "profiles/_schools.html", _schools(request, request.GET.get("school", "")))


def _schools(request: GraduateRequest, typed: str | None) -> dict[str, Any]:
    given = request.POST.get("institution", "") or request.GET.get("institution", "")
    return {"schools": schools.find(typed or ""), "typed": typed, "taken": given}


def _add_education(request: GraduateRequest, said: dict[str, Any]) -> None:
    history.add_education(
        profile=request.profile,
        by=request.user,
        today=today(),
        institution=_institution(request.POST.get("institution", ""), said["school"]),
        **said,
    )


def _institution(taken: str, typed: str) -> Institution | None:
    """The school she took from the list; else the one that has exactly the name she typed."""
    if taken.isdecimal() and len(taken) < 10 and (school := Institution.objects.filter(pk=taken).first()):
        return school
    return schools.named(typed) if taken == "" else None


def _add_credit(request: GraduateRequest, said: dict[str, Any]) -> None:
    said = said | {"days_served": said["days_served"] or 0}
    history.add_credit(profile=request.profile, by=request.user, today=today(), **said)


def _add_training(request: GraduateRequest, said: dict[str, Any]) -> None:
    portfolio.add_training(profile=request.profile, by=request.user, today=today(), **said)


def _education_line(row: Education) -> Line:
    return Line(row.pk, row.place, _some(row.get_degree_display(), row.major, row.graduated))


def _credit_line(row: Credit) -> Line:
    days = row.days_served and ngettext("%(n)s day", "%(n)s days", row.days_served) % {"n": row.days_served}
    return Line(
        row.pk, row.title, _some(row.role_type.name, row.year, row.crew_name, days), proven=row.proven
    )


def _training_line(row: Training) -> Line:
    return Line(row.pk, row.programme.name, _some(row.programme.institution.name, row.year))


def _some(*facts: Any) -> list[str]:
    return [str(fact) for fact in facts if fact]


KINDS = {
    "education": Kind(
        form=EducationForm,
        rows=lambda request: request.profile.educations.select_related("institution", "profile"),
        line=_education_line,
        add=_add_education,
        remove=lambda request, row: history.remove_education(
            profile=request.profile, by=request.user, education=row
        ),
        add_words=gettext_lazy("Add an education"),
        empty_words=gettext_lazy("Nothing here yet. Crews like to know where you learned."),
    ),
    "training": Kind(
        form=TrainingForm,
        rows=lambda request: shown.trainings(request.profile).select_related(
            "programme__institution", "profile"
        ),
        line=_training_line,
        add=_add_training,
        remove=lambda request, row: portfolio.remove_training(
            profile=request.profile, by=request.user, training=row
        ),
        add_words=gettext_lazy("Add a course of the catalogue"),
        empty_words=gettext_lazy("Nothing here yet. Short courses count: four days of acting are four days."),
    ),
    "credits": Kind(
        form=CreditForm,
        rows=lambda request: request.profile.credits.select_related("role_type", "profile"),
        line=_credit_line,
        add=_add_credit,
        remove=lambda request, row: history.remove_credit(
            profile=request.profile, by=request.user, credit=row
        ),
        add_words=gettext_lazy("Add a shoot from elsewhere"),
        empty_words=gettext_lazy(
            "Nothing here yet, and that is fine. Shoots you work on through Jinzu write themselves here."
        ),
    ),
}
LINE_OF = {"education": "education", "training": "training", "credits": "credit"}
"""What one line of a kind is called in the address that removes it."""
