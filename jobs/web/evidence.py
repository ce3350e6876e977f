"""The evidence pack of a booking: one PDF for her, for the crew, and for whoever has to judge between them."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from config.errors import NotAllowed
from jobs import policies
from jobs.queries import evidence as questions
from jobs.services import evidences
from jobs.web.doors import found
from jobs.web.evidence_paper import Pack
from profiles.web.requests import PersonRequest


@require_POST
@login_required
def pack(request: PersonRequest, pk: int) -> HttpResponse:
    """Both sides get the same file. Its check sum goes into the log, so that a copy can be held against it later."""
    booking = found(
        policies.visible_bookings(request.user).select_related("profile", "role__shoot__crew"), pk
    )
    if not policies.may_cancel_booking(request.user, booking) and not request.user.is_admin:
        raise NotAllowed("not_yours")
    now = timezone.now()
    address = request.build_absolute_uri(reverse("offers:detail", args=[booking.offer_id]))
    sheets = Pack(questions.of(booking.pk), address=address, made_at=now)
    evidences.note(booking, digest=sheets.digest, by=request.user, now=now)
    response = HttpResponse(sheets.file(), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="jinzu-evidence-{booking.pk}.pdf"'
    response["Cache-Control"] = "private, no-store"
    return response
