"""Every published number and statement, with its source."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from hubs.queries import figures, places


@require_safe
def published(request: HttpRequest) -> HttpResponse:
    context = {"topics": figures.by_topic(figures.all_figures()), "statements": places.statements()}
    return render(request, "hubs/figure_list.html", context)
