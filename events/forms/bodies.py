"""A body and a seat in it."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cluster_portal.core.text.addresses import AddressField
from cluster_portal.core.unseen import leave_unseen
from cluster_portal.core.visibility import Visibility, audience
from cluster_portal.core.vocabulary import Scheme, Term
from events.models import Body, BodyMember
from events.models.bodies import Kind, PapersBy, Role
from members.forms.members import LineField, ProseField
from members.models import Cluster, Organisation
from projects.models import Project

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    from cluster_portal.core.visibility import Reader

READERS = [
    (Visibility.PUBLIC.value, _("Everyone")),
    (Visibility.MEMBERS.value, _("Members of all clusters")),
    (Visibility.CLUSTER.value, _("Members of our own cluster")),
    (Visibility.GROUP.value, _("Only those who sit in it, and the coordinators")),
]
PLAIN = (
    *("kind", "title_fi", "title_sv", "title_en", "summary_fi", "visibility", "papers_by"),
    *("quorum", "parent", "project", "ended_on"),
)
OF_SEAT = ("role", "deputy_of", "organisation", "since", "until")


def day_field(label: str | _StrPromise, **values: Any) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget, **values)


class BodyForm(forms.Form):
    home_cluster = forms.ModelChoiceField(
        label=_("Home cluster"), queryset=Cluster.objects.none(), empty_label=None
    )
    kind = forms.ChoiceField(label=_("Kind of body"), choices=Kind)
    title_fi = LineField(label=_("Name in Finnish"), min_length=3, max_length=160)
    title_sv = LineField(label=_("Name in Swedish"), max_length=160, required=False)
    title_en = LineField(label=_("Name in English"), max_length=160, required=False)
    summary_fi = ProseField(
        label=_("Task of the body"), max_length=1500, widget=forms.Textarea(attrs={"rows": 3})
    )
    parent = forms.ModelChoiceField(
        label=_("Belongs to"), queryset=Body.objects.none(), required=False,
        help_text=_("A theme group or a coordination board belongs to its forum."),
    )  # fmt: skip
    project = forms.ModelChoiceField(
        label=_("Project"), queryset=Project.objects.none(), required=False,
        help_text=_("A project group’s own project. What the project hands over is shown here."),
    )  # fmt: skip
    regions = forms.ModelMultipleChoiceField(
        label=_("Regions"), queryset=Term.objects.filter(scheme=Scheme.REGION), required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Whose decisions the body follows besides its own."),
    )  # fmt: skip
    visibility = forms.ChoiceField(
        label=_("Who sees the body and its members?"), choices=READERS, widget=forms.RadioSelect
    )
    papers_by = forms.ChoiceField(
        label=_("Who reads agendas and approved minutes?"), choices=PapersBy,
        widget=forms.RadioSelect,
        help_text=_("Each paper and each decision has readers of its own besides."),
    )  # fmt: skip
    quorum = forms.IntegerField(
        label=_("How many members make a quorum?"), min_value=1, max_value=200, required=False,
        help_text=_("Empty: more than half of them. The chair counts as a member."),
    )  # fmt: skip
    ended_on = day_field(_("Work of the body ended on"), required=False)
    form_key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, user: Reader, body: Body | None = None, **kwargs: Any) -> None:
        begun = {"form_key": uuid.uuid4(), "visibility": "members", "papers_by": "body"}
        kwargs["initial"] = _told(body) if body else begun
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        known = audience(user)
        clusters = Cluster.objects.all()
        if not known.is_admin:
            clusters = clusters.filter(pk__in=known.coordinates)
        fields["home_cluster"].queryset = clusters
        fields["parent"].queryset = Body.objects.visible_to(user).exclude(
            pk=body.pk if body else None
        )
        fields["project"].queryset = Project.objects.editable_by(user).order_by("title_fi")
        if body is not None:
            del self.fields["home_cluster"], self.fields["form_key"]
            leave_unseen(self, "project", body.project_id)  # a chair may not edit it
            leave_unseen(self, "parent", body.parent_id)

    @property
    def values(self) -> dict[str, Any]:
        named = {"home_cluster", "form_key", "regions", *PLAIN} & set(self.fields)
        return {name: self.cleaned_data[name] for name in named}


def _told(body: Body) -> dict[str, Any]:
    values = {name: getattr(body, name) for name in PLAIN}
    return values | {"regions": list(body.regions.values_list("pk", flat=True))}


class SeatForm(forms.Form):
    """Role, term, organisation, and for a deputy of whom."""

    role = forms.ChoiceField(label=_("Role in the body"), choices=Role, initial=Role.MEMBER)
    deputy_of = forms.ModelChoiceField(
        label=_("Whose deputy?"), queryset=BodyMember.objects.none(), required=False,
        help_text=_(
            "Only for a deputy member, who gets the papers of the meetings that they are called to."
        ),
    )  # fmt: skip
    organisation = forms.ModelChoiceField(
        label=_("Represents"), queryset=Organisation.objects.none(), required=False
    )
    since = day_field(_("Term from"))
    until = day_field(_("Term until"), required=False, help_text=_("Empty: until further notice."))

    def __init__(
        self, *args: Any, body: Body, user: Reader, seat: BodyMember | None = None, **kwargs: Any
    ) -> None:
        begun = {"since": timezone.localdate(), "form_key": uuid.uuid4()}
        kwargs["initial"] = {name: getattr(seat, name) for name in OF_SEAT} if seat else begun
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        mates = body.seats.exclude(role=Role.DEPUTY).select_related("user")
        fields["deputy_of"].queryset = mates.exclude(pk=seat.pk) if seat else mates
        seen = Organisation.objects.visible_to(user)
        fields["organisation"].queryset = seen.order_by("sort_name", "pk")
        if seat is not None:
            leave_unseen(self, "organisation", seat.organisation_id)

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        since, until = values.get("since"), values.get("until")
        if since and until and until < since:
            self.add_error("until", _("The term ends after it begins."))
        if values.get("deputy_of") and values.get("role") != Role.DEPUTY:
            self.add_error("deputy_of", _("Only a deputy member is somebody’s deputy."))
        return values

    @property
    def values(self) -> dict[str, Any]:
        return dict(self.cleaned_data)


class NewSeatForm(SeatForm):
    name = LineField(label=_("Name"), min_length=3, max_length=150)
    email = AddressField(
        label=_("E-mail address"),
        help_text=_(
            "Who has an account with this address gets the seat on their desk; others get "
            "invitations by mail, with a link for the answer."
        ),
    )
    form_key = forms.UUIDField(widget=forms.HiddenInput)
    field_order = ["name", "email"]
