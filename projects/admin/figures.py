"""Where the figure of a measure comes from: chosen with a preview, counted on demand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import admin, messages
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from cluster_portal.core.admin.scoped import coordinators_only
from cluster_portal.core.admin.site import admin_page
from cluster_portal.core.http import has_done, refusal_as_message
from projects.forms.figures import FigureForm
from projects.models import Measure
from projects.pages.figures import counted_of, with_seen_source
from projects.services.figures import bind_figure, count_figure

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.http import HttpRequest, HttpResponse


@admin_page("projects_measure_figure", "projects/measure/<int:pk>/figure/")
@require_http_methods(["GET", "HEAD", "POST"])
@coordinators_only
def measure_figure(request: HttpRequest, pk: int) -> HttpResponse:
    """A GET shows what is chosen and how many it counts now; a POST binds it."""
    measure = _measure(request, pk)
    seen = request.POST or request.GET or _stored(measure)
    form = FigureForm(seen, measure.goal.programme.home_cluster)

    def bind() -> None:
        bind_figure(measure, form.cleaned_data["counts"], form.chosen, by=request.user)

    if has_done(request, form, bind, _("The source of the figure has been saved.")):
        return redirect(_form_of(pk))
    context = {
        **admin.site.each_context(request),
        "title": _("Where the figure comes from"),
        "measure": measure,
        "form": form,
        "preview": form.preview(),
        "counted": counted_of(measure),
        "form_url": _form_of(pk),
    }
    return TemplateResponse(request, "projects/admin_measure_figure.html", context)


@admin_page("projects_measure_count", "projects/measure/<int:pk>/count/")
@require_POST
@coordinators_only
def measure_count(request: HttpRequest, pk: int) -> HttpResponse:
    measure = _measure(request, pk)
    with refusal_as_message(request):
        measure = count_figure(measure, by=request.user)
        if measure.count_lost_on:
            messages.warning(request, _("The source has not been found; the last figure stays."))
        else:
            messages.success(request, _("Counted: %(n)d.") % {"n": measure.achieved or 0})
    return redirect(_form_of(pk))


def _measure(request: HttpRequest, pk: int) -> Measure:
    rows = Measure.objects.managed_by(request.user).with_programme()
    return get_object_or_404(with_seen_source(rows, request.user), pk=pk)


def _form_of(pk: int) -> str:
    return reverse("admin:projects_measure_change", args=[pk])


def _stored(measure: Measure) -> Mapping[str, str]:
    return {"counts": measure.counts} | {f"by-{k}": v for k, v in measure.count_by.items()}
