"""What a coordinator states of a member that exists already."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from cluster_portal.core.text.addresses import AddressField
from members.forms.members import LineField, OrganisationNameField
from members.models import Cluster, Organisation
from members.models.affiliations import Role
from members.models.kinds import Kind
from members.services.memberships import Days
from members.services.named_people import FACTS, Named
from members.services.organisations import find_organisation, likely_doubles
from members.services.recording import Recorded

if TYPE_CHECKING:
    from cluster_portal.core.visibility import Reader

NEW = "new"
MOST_DOUBLES = 8


def day_input() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class NamedForm(forms.Form):
    """A person by name and address; all of it may stay empty."""

    name = LineField(label=_("Name"), max_length=200, required=False)
    email = AddressField(label=_("E-mail address"), required=False)
    title = LineField(label=_("Job title"), max_length=150, required=False)
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
    phone = forms.RegexField(
        r"^[\d\s()+./-]{3,40}$", label=_("Telephone"), required=False, strip=True,
        error_messages={"invalid": _("Write the number with digits, for example 040 123 4567.")},
    )  # fmt: skip

    def __init__(self, *args: Any, role: str, **kwargs: Any) -> None:
        super().__init__(*args, **{**kwargs, "prefix": role})
        self.role = role
        self.heading = Role(role).label if role != Role.MEMBER else _("Private member")

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        told = [values.get(name) for name in ("email", "title", "phone")]
        if any(told) and not values.get("name") and "name" not in self.errors:
            self.add_error("name", _("Write the name of the person."))
        return values

    def named(self) -> Named | None:
        values = {name: self.cleaned_data[name] for name in FACTS if name != "role"}
        return Named(role=self.role, **values) if values["name"] else None


class DaysForm(forms.Form):
    """Which cluster, since when, and where that is known from."""

    cluster = forms.ModelChoiceField(label=_("Cluster"), queryset=Cluster.objects.none())
    since = forms.DateField(label=_("Member since"), widget=day_input())
    until = forms.DateField(
        label=_("Member until"), widget=day_input(), required=False,
        help_text=_("Empty: until further notice."),
    )  # fmt: skip
    agreement_on = forms.DateField(
        label=_("Agreement signed on"), widget=day_input(), required=False
    )
    source = LineField(
        label=_("Where this is known from"), max_length=200, initial=_("The cluster’s member list")
    )
    roles: tuple[str, ...] = ()

    def __init__(self, *args: Any, user: Reader, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        clusters = Cluster.objects.managed_by(user)
        field: Any = self.fields["cluster"]
        field.queryset = clusters
        if len(clusters) == 1:
            field.initial = clusters[0].pk
        data = self.data if self.is_bound else None
        self.people = [NamedForm(data, role=role) for role in self.roles]

    def is_valid(self) -> bool:
        people = [person.is_valid() for person in self.people]
        is_valid = super().is_valid()
        return is_valid and all(people) and not any(person.errors for person in self.people)

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        since, until = values.get("since"), values.get("until")
        if since and until and until < since:
            self.add_error("until", _("The membership ends before it begins."))
        return values

    def recorded(self, **organisation: Any) -> Recorded:
        values = self.cleaned_data
        named = [person.named() for person in self.people]
        return Recorded(
            values["cluster"], Days(values["since"], values["until"], values["agreement_on"]),
            values["source"], people=[each for each in named if each], **organisation,
        )  # fmt: skip


class OrganisationRecordForm(DaysForm):
    """An organisation that the portal knows is taken; a new name is asked about once."""

    organisation = OrganisationNameField(
        label=_("Organisation"), max_length=200,
        help_text=_("Its name or Business ID. An unknown one gets a page in the portal."),
    )  # fmt: skip
    decision = forms.ChoiceField(label=_("Which organisation is it?"), required=False)
    kind = forms.ChoiceField(
        label=_("Kind of organisation"), choices=[("", "–"), *Kind.choices], required=False,
        help_text=_("For a new organisation. If empty, the name tells it."),
    )  # fmt: skip
    roles = (Role.CONTACT, Role.REPRESENTATIVE, Role.DEPUTY)
    field_order = ("cluster", "organisation", "decision", "kind", "since", "until")

    def __init__(self, *args: Any, user: Reader, **kwargs: Any) -> None:
        super().__init__(*args, user=user, **kwargs)
        self.visible = Organisation.objects.visible_to(user)
        self.doubles: list[Organisation] = []
        if not self.is_bound or not self._offer(str(self.data.get("organisation", ""))):
            del self.fields["decision"]

    def _offer(self, name: str) -> bool:
        """Whether somebody must decide which organisation the name means."""
        if not name.strip() or find_organisation(name, self.visible):
            return False
        found = likely_doubles([name]).filter(pk__in=self.visible.values("pk"))
        self.doubles = list(found[:MOST_DOUBLES])
        field: Any = self.fields["decision"]
        field.choices = [
            ("", "–"),
            *((str(each.pk), f"{each.name}, {each.municipality or '–'}") for each in self.doubles),
            (NEW, _("A new organisation")),
        ]
        return True

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        if "decision" in self.fields and not values.get("decision"):
            self.add_error("decision", _("The portal does not know this name. Choose."))
        return values

    def stated(self) -> Recorded:
        values = self.cleaned_data
        known = find_organisation(values["organisation"], self.visible)
        chosen = values.get("decision", "")
        if known is None and chosen != NEW:
            known = next(each for each in self.doubles if str(each.pk) == chosen)
        return self.recorded(
            organisation=known, new_name=values["organisation"], kind=values["kind"],
            seen=tuple(each.pk for each in self.doubles),
        )  # fmt: skip


class PersonRecordForm(DaysForm):
    """A private member."""

    roles = (Role.MEMBER,)

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        person = self.people[0]
        if not person.cleaned_data.get("name") and not person.errors:
            person.add_error("name", _("Write the name of the person."))
        return values

    def stated(self) -> Recorded:
        return self.recorded()
