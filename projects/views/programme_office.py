"""What a programme's coordinators do on its pages: ask for a part, write down an act."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cluster_portal.core.http import has_done
from projects.forms.programmes import ActForm, AskForm
from projects.models import GoalPart, Programme
from projects.pages import rounds as page
from projects.services.influence import add_act
from projects.services.ownership import ask_for_part

if TYPE_CHECKING:
    from django.forms import BaseForm
    from django.http import HttpRequest, HttpResponse


@require_http_methods(["GET", "HEAD", "POST"])
def part_ask(request: HttpRequest, cluster: str, version: int) -> HttpResponse:
    programme, user = _managed(request, cluster, version), request.user
    form: Any = AskForm(
        request.POST or None, programme=programme, user=user, goal=request.GET.get("goal", "")
    )
    said = _("The organisation has been asked.")
    if has_done(
        request, form, lambda: ask_for_part(GoalPart(**form.cleaned_data), by=user), said
    ):  # fmt: skip
        return redirect(f"{programme.get_absolute_url()}#ownership")
    context = {
        "heading": _("Ask an organisation for a part in a goal"),
        "lead": _("Its contacts are told by mail. Nothing is agreed before they accept."),
        "back": f"{programme.get_absolute_url()}#ownership",
    }
    return _form(request, form, programme, context)


@require_http_methods(["GET", "HEAD", "POST"])
def act_add(request: HttpRequest, cluster: str, version: int) -> HttpResponse:
    programme, user = _managed(request, cluster, version), request.user
    form: Any = ActForm(request.POST or None, programme=programme, user=user)
    back = f"{page.continuity_address(programme)}#influence"
    if has_done(
        request, form, lambda: add_act(programme, form.cleaned_data, by=user), _("Written down.")
    ):  # fmt: skip
        return redirect(back)
    context = {
        "heading": _("Add an act of influence"),
        "lead": _("A statement, a meeting or a result that moves a goal on."),
        "above": [{"name": _("Influence and continuity"), "url": back}],
        "back": back,
    }
    return _form(request, form, programme, context)


def _managed(request: HttpRequest, cluster: str, version: int) -> Programme:
    rows = Programme.objects.managed_by(request.user).select_related("home_cluster")
    found = rows.filter(home_cluster__slug=cluster, version=version).first()
    if found is None:
        raise Http404
    return found


def _form(
    request: HttpRequest, form: BaseForm, programme: Programme, context: dict[str, Any]
) -> HttpResponse:
    trail = [
        {"name": _("Action programme"), "url": programme.get_absolute_url()},
        *context.pop("above", []),
        {"name": context["heading"]},
    ]
    status = 422 if form.errors else 200
    return render(
        request, "projects/result_form.html", {**context, "form": form, "trail": trail},
        status=status,
    )  # fmt: skip
