"""Recording a member that exists already: one by one on a page of its own, and from a file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin, messages
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cluster_portal.core.admin.import_page import ImportForm, ImportPage, takes
from cluster_portal.core.admin.scoped import coordinators_only
from cluster_portal.core.admin.site import admin_page
from cluster_portal.core.errors import Refused
from members.forms.recording import OrganisationRecordForm, PersonRecordForm
from members.models import Cluster, Organisation
from members.models.affiliations import Role
from members.models.kinds import Kind
from members.services import member_rows, row_people
from members.services.member_import import Register, import_members
from members.services.recording import record_member, record_private_member

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from cluster_portal.core.imports import Report

FORMS: dict[str, Any] = {"": OrganisationRecordForm, "person": PersonRecordForm}


@admin_page("record_member", "members/record/", _("Record a member"))
@coordinators_only
def record(request: HttpRequest) -> HttpResponse:
    """GET shows the form, of an organisation or of a private person; POST records."""
    who = "person" if request.GET.get("who") == "person" else ""
    form = FORMS[who](request.POST or None, initial=_initial(request), user=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            return _recorded(request, form, who)
        except Refused as refusal:
            form.add_error(None, refusal.message)
    has_errors = request.method == "POST"  # what was right has led on
    context = {
        **admin.site.each_context(request),
        "has_errors": has_errors,
        "title": gettext("Record a member"),
        "form": form,
        "who": who,
        "is_person": who == "person",
    }
    status = 422 if has_errors else 200
    return TemplateResponse(request, "admin/members/record.html", context, status=status)


def _initial(request: HttpRequest) -> dict[str, Any]:
    """From the page of an organisation the form knows which one is meant."""
    key = request.GET.get("organisation", "")
    rows = Organisation.objects.visible_to(request.user)
    found = rows.filter(pk=int(key)).first() if key.isdecimal() and len(key) < 10 else None
    return {"organisation": found.name} if found else {}


def _recorded(request: HttpRequest, form: Any, who: str) -> HttpResponse:
    by: Any = request.user
    if who:
        person = record_private_member(form.stated(), by=by)
        messages.success(request, gettext("The private member has been recorded."))
        return redirect("admin:members_namedperson_change", person.pk)
    membership = record_member(form.stated(), by=by)
    messages.success(request, _told(membership))
    return redirect("admin:members_membership_change", membership.pk)


def _told(membership: Any) -> str:
    if membership.waits_for_agreement:
        return gettext("Recorded. The organisation’s contact person is asked to confirm it.")
    return gettext("Recorded. Nobody has been written to; invite the people in a second step.")


class MemberImportForm(ImportForm):
    cluster = forms.ModelChoiceField(label=_("Cluster"), queryset=Cluster.objects.none())
    source = forms.CharField(
        label=_("Where this is known from"), max_length=200, initial=_("The cluster’s member list")
    )
    field_order = ("cluster", "source", "file")


class RecordsMembers(ImportPage):
    """An ImportPage of memberships whose own add page is the form above."""

    change_list_template = "admin/members/membership_list.html"
    import_form = MemberImportForm
    import_columns = member_rows.SHOWN
    import_words = member_rows.COLUMNS

    def add_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return redirect("admin:record_member")

    def take_in(self, data: bytes, options: dict[str, Any], **how: Any) -> Report:
        cluster = Cluster.objects.managed_by(how["by"]).filter(pk=options["cluster"]).first()
        if cluster is None:
            raise Refused(gettext("You do not coordinate this cluster."))
        return import_members(data, Register(cluster, str(options["source"])), **how)

    def import_form_for(self, request: HttpRequest) -> ImportForm:
        form = super().import_form_for(request)
        field: Any = form.fields["cluster"]
        field.queryset = Cluster.objects.managed_by(request.user)
        if len(field.queryset) == 1:
            field.initial = field.queryset[0].pk
        return form

    def import_notes(self) -> list[str]:
        roles = ", ".join(str(role.label).lower() for role in row_people.ROLES)
        kind, role = (member_rows.COLUMNS.word(each) for each in ("kind", "role"))
        return [
            gettext(
                "A row for each person; below the first row of an organisation its cells may be "
                "empty. A row without an organisation is a private member."
            ),
            gettext("Finnish headings are understood too, in any order."),
            takes(kind, Kind.choices),
            f"{role}: {roles}",
            gettext("Nobody is written to: people are invited in a second step."),
        ]  # fmt: skip

    def import_next(self) -> tuple[str, str]:
        page = reverse("admin:members_namedperson_changelist")
        return f"{page}?stage=recorded", gettext("Invite those who were named")

    def import_example(self, request: HttpRequest) -> dict[str, Any]:
        return {
            "organisation": gettext("Name of the organisation"), "kind": Kind.COMPANY,
            "municipality": "Tampere", "member_since": "1.3.2015", "agreement_on": "1.3.2015",
            "person": "Aino Esimerkki", "email": "aino@example.org", "role": Role.CONTACT,
            "language": "fi",
        }  # fmt: skip
