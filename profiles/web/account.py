"""The account page and what hangs on it: address, number, what was agreed to, the demo market's outbox."""

from allauth.account.internal.decorators import login_not_required
from allauth.core import ratelimit
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from profiles.channels import sms
from profiles.queries import account as questions
from profiles.services import accounts, consents

from .codes import NewAddressForm
from .requests import PersonRequest


@require_safe
@login_required
def my_account(request: PersonRequest) -> HttpResponse:
    """One page from which everything about the account can be reached."""
    context = {"ways": questions.ways(request.user), "texts": sms.available()}
    return render(request, "account/my_account.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def change_address(request: PersonRequest) -> HttpResponse:
    """Ask for a new address; it counts only when the code that went there was typed."""
    form = NewAddressForm(user=request.user, data=request.POST or None)
    if request.method == "POST":
        if not ratelimit.consume(request, action="manage_email", user=request.user):
            return ratelimit.respond_429(request)
        if form.is_valid():
            form.save(request)
            return redirect("account_email_verification_sent")
    return render(request, "account/email_change.html", {"form": form}, status=400 if form.errors else 200)


@require_POST
@login_required
def remove_mobile(request: PersonRequest) -> HttpResponse:
    accounts.remove_mobile(user=request.user, by=request.user)
    messages.success(request, _("Your number is removed."))
    return redirect("my_account")


@require_safe
@login_not_required
def promises(request: HttpRequest) -> HttpResponse:
    """What somebody agrees to who makes an account, in its present wording."""
    return render(request, "account/promises.html", {"wordings": consents.WORDINGS.values()})


@require_safe
@never_cache
def outbox(request: HttpRequest) -> HttpResponse:
    """What the demo market would have sent. It holds codes, so on a real site there is no such page."""
    if not settings.DEMO_MARKET:
        raise Http404
    return render(request, "account/outbox.html", {"items": questions.outbox()})
