"""The trades of the industry: what each does and pays, where it comes from and where it leads."""

from itertools import groupby

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from hubs.queries import ladder


@require_safe
def trade_list(request: HttpRequest) -> HttpResponse:
    """Every trade, by department."""
    by_department = [
        {"department": department, "trades": list(rows)}
        for department, rows in groupby(ladder.trades(), key=lambda trade: trade.department)
    ]
    return render(request, "hubs/trade_list.html", {"departments": by_department})


@require_safe
def trade(request: HttpRequest, code: str) -> HttpResponse:
    """One trade and its place on the ladder."""
    found = ladder.trade(code)
    if found is None:
        raise Http404
    return render(request, "hubs/trade_detail.html", {"trade": found, "role_type": found.role_type})
