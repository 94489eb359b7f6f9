"""The admin's page that makes one organisation of two."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.translation import gettext_lazy as _

from cluster_portal.core.admin.scoped import ScopedAdmin
from cluster_portal.core.errors import Refused
from members.models import Organisation
from members.services.merging import merge_organisations
from members.services.organisations import find_organisation, possible_duplicates

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from cluster_portal.core.visibility import Reader


class MergeForm(forms.Form):
    """Which organisation goes into the one of the page; nothing happens before it is confirmed."""

    other = forms.CharField(
        label=_("Organisation that is closed"),
        max_length=200,
        help_text=_("Its name, Business ID or external id."),
    )
    reason = forms.CharField(
        label=_("Reason"), widget=forms.Textarea(attrs={"rows": 3}), max_length=1000
    )
    is_confirmed = forms.BooleanField(
        label=_("These are the same organisation. This cannot be undone."), required=True
    )

    def __init__(self, *args: Any, kept: Organisation, user: Reader, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choices = Organisation.objects.managed_by(user).exclude(pk=kept.pk)

    def clean_other(self) -> Organisation:
        found = find_organisation(self.cleaned_data["other"], self.choices)
        if found is None:
            raise forms.ValidationError(
                _("No organisation that you may edit is called so, or several are.")
            )
        return found


class MergesOrganisations(ScopedAdmin):
    """A ScopedAdmin of organisations with a page `merge/`."""

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view(self.merge_view)
        merge = path("<path:object_id>/merge/", view, name="members_organisation_merge")
        return [merge, *super().get_urls()]

    def merge_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        kept = self.get_object(request, object_id)
        if kept is None:
            raise Http404
        if not self.has_change_permission(request, kept):
            raise PermissionDenied
        initial = {"other": request.GET.get("with", "")[:200]}
        form = MergeForm(request.POST or None, kept=kept, user=request.user, initial=initial)
        if request.method == "POST" and form.is_valid() and _merged(request, kept, form):
            return redirect("admin:members_organisation_change", kept.pk)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Merge organisations"),
            "opts": self.model._meta,
            "original": kept,
            "form": form,
            "doubles": possible_duplicates(kept).filter(pk__in=form.choices),
        }
        status = 422 if form.errors else 200
        return TemplateResponse(request, "admin/members/merge.html", context, status=status)


def _merged(request: HttpRequest, kept: Organisation, form: MergeForm) -> bool:
    by: Any = request.user
    gone, reason = form.cleaned_data["other"], form.cleaned_data["reason"]
    try:
        merge_organisations(kept, gone, by=by, reason=reason)
    except Refused as refusal:
        form.add_error(None, refusal.message)
        return False
    text = _("%(gone)s is now part of %(kept)s, and its address leads here.")
    messages.success(request, text % {"gone": gone.name, "kept": kept.name})
    return True
