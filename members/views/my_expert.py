"""A person's own expert profile: told, shown field by field, hidden by one press."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from cluster_portal.core.errors import Refused
from cluster_portal.core.http import refusal_as_message
from members.forms.experts import ExpertForm
from members.models import ExpertProfile
from members.pages import my_expert as pages
from members.services import experts

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

SAID = {
    "show": gettext_lazy("Your profile is shown now."),
    "hide": gettext_lazy("Your profile is hidden. Nobody finds it now."),
}


def my_expert(request: HttpRequest) -> HttpResponse:
    profile = ExpertProfile.objects.editable_by(request.user).first()
    form = ExpertForm(request.POST or None, user=request.user, profile=profile)
    if request.method == "POST" and form.is_valid() and _is_saved(request, form):
        return redirect("members:my_expert")
    context = pages.page(profile, request.user, form, request.GET.get("as", ""))
    return render(request, "members/my_expert.html", context, status=422 if form.errors else 200)


def _is_saved(request: HttpRequest, form: ExpertForm) -> bool:
    try:
        experts.save_all(
            request.user, form.told, form.choices, show="show" in request.POST, by=request.user,
            version=form.cleaned_data["version"],
        )  # fmt: skip
    except Refused as refusal:
        form.add_error(None, refusal.message)
        return False
    messages.success(request, _("Your profile has been saved."))
    return True


@require_POST
def my_expert_move(request: HttpRequest, action: str) -> HttpResponse:
    if action not in SAID:
        raise Http404
    profile = get_object_or_404(ExpertProfile.objects.editable_by(request.user))
    with refusal_as_message(request):
        experts.move(profile, action, by=request.user)
        messages.success(request, SAID[action])
    return redirect("members:my_expert")


@require_POST
def my_expert_delete(request: HttpRequest) -> HttpResponse:
    profile = get_object_or_404(ExpertProfile.objects.editable_by(request.user))
    experts.delete_profile(profile, by=request.user)
    messages.success(request, _("Your profile has been deleted."))
    return redirect("home:desk")
