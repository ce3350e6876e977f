"""Reporting a role, a crew or a message: what it is about, a few words, sent."""

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from config.errors import DomainError
from config.wording import sentence
from jobs import policies
from jobs.models import Crew, Role
from jobs.models.moderation import CaseReason, CaseSubject
from jobs.queries import moderation as questions
from jobs.services import moderation
from profiles.web.requests import PersonRequest


class ReportForm(forms.Form):
    """What is wrong, and what happened."""

    reason = forms.ChoiceField(
        label=gettext_lazy("What is wrong?"), choices=CaseReason.choices, widget=forms.RadioSelect
    )
    words = forms.CharField(
        label=gettext_lazy("What happened"),
        max_length=600,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("When, and what was said or asked for. The crew does not learn who reported."),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def report(request: PersonRequest, subject: str, pk: int) -> HttpResponse:
    """Ask an admin to look at it. What one may not see cannot be reported: 404."""
    if subject not in CaseSubject.values:
        raise Http404
    row = questions.subject_of(subject, pk, request.user, visible=policies.visible_roles(request.user))
    if row is None:
        raise Http404
    form = ReportForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            moderation.report(
                CaseSubject(subject), row, by=request.user, now=timezone.now(), **form.cleaned_data
            )
        except DomainError as error:
            form.add_error(error.field if error.field in form.fields else None, sentence(error))
        else:
            messages.success(request, _("Thank you. An admin looks at it, and you will be told how it ends."))
            return redirect("roles:detail", pk=row.pk) if isinstance(row, Role) else redirect("home")
    role = row if isinstance(row, Role) else getattr(row, "role", None)
    context = {
        "form": form,
        "role": role,
        "crew": row if isinstance(row, Crew) else role.shoot.crew if role else None,
        "subject": CaseSubject(subject).label,
    }
    return render(request, "jobs/report.html", context, status=400 if form.errors else 200)
