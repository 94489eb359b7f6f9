"""Input of applicants, contacts and colleagues, cleaned to values that the services take."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from cluster_portal.core import vocabulary
from cluster_portal.core.text import cleaning, web_addresses
from cluster_portal.core.text.addresses import AddressField
from cluster_portal.core.text.classified import refuse_marked
from cluster_portal.core.vocabulary import Scheme, Term
from cluster_portal.notifications.outbox import Guest
from members.forms.accounts import clean_name
from members.models import Cluster, Organisation
from members.models.affiliations import Role
from members.models.memberships import Expectation
from members.models.organisations import Kind, SizeClass, clean_business_id
from members.services.applications import Applied
from members.services.organisations import likely_doubles

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import QueryDict

    from cluster_portal.core.visibility import Reader
    from members.models import User

INTERESTS = (Scheme.VITAL_FUNCTION, Scheme.SECURITY_TASK)
MOST_DOUBLES = 5
EXPECTATION_HELP = _("The tasks of the cluster. Choose those that matter to you.")


class LineField(forms.CharField):
    """One line, stored composed and without invisible characters; no web address, no marking."""

    def to_python(self, value: object) -> str:
        return cleaning.one_line(super().to_python(value) or "")

    def validate(self, value: str) -> None:
        super().validate(value)
        cleaning.refuse_links(value)
        refuse_marked(value)


class OrganisationNameField(LineField):
    def validate(self, value: str) -> None:
        forms.CharField.validate(self, value)
        cleaning.refuse_addresses(value)
        refuse_marked(value)


class ProseField(forms.CharField):
    """Several lines; a text that bears a classification marking is refused."""

    widget = forms.Textarea(attrs={"rows": 5})

    def to_python(self, value: object) -> str:
        return cleaning.prose(super().to_python(value) or "")

    def validate(self, value: str) -> None:
        super().validate(value)
        refuse_marked(value)


class BusinessIdField(LineField):
    def clean(self, value: object) -> str:
        text = super().clean(value)
        return clean_business_id(text) if text else ""


class ThemesField(forms.ModelMultipleChoiceField):
    """Terms of some schemes of the vocabulary, in groups."""

    def __init__(self, *, schemes: tuple[Scheme, ...] = INTERESTS, **kwargs: Any) -> None:
        super().__init__(
            queryset=Term.objects.filter(scheme__in=schemes), required=False,
            widget=forms.CheckboxSelectMultiple, **kwargs,
        )  # fmt: skip
        self.choices = lambda: [
            (term.pk, term.label) for scheme in schemes for term in vocabulary.terms(scheme)
        ]


def _region_choices() -> list[tuple[str, str]]:
    return [("", "–"), *((str(term.pk), term.label) for term in vocabulary.terms(Scheme.REGION))]


class OrganisationFields(forms.Form):
    """The facts of an organisation, as an applicant or a contact states them."""

    name = OrganisationNameField(
        label=_("Official name of the organisation"), max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )  # fmt: skip
    name_sv = OrganisationNameField(label=_("Name in Swedish"), max_length=200, required=False)
    name_en = OrganisationNameField(label=_("Name in English"), max_length=200, required=False)
    kind = forms.ChoiceField(label=_("Kind of organisation"), choices=[("", "–"), *Kind.choices])
    business_id = BusinessIdField(
        label=_("Business ID"), max_length=20, required=False,
        help_text=_("In the form 1234567-8. If a unit has none of its own, leave it empty."),
        widget=forms.TextInput(attrs={"class": "input--short"}),
    )  # fmt: skip
    size_class = forms.ChoiceField(
        label=_("Size class"), choices=[("", "–"), *SizeClass.choices], required=False,
        help_text=_("By the number of staff."),
    )  # fmt: skip
    region = forms.ModelChoiceField(
        label=_("Region"), queryset=Term.objects.filter(scheme=Scheme.REGION), required=False,
        help_text=_("Where you are does not matter for membership."),
    )  # fmt: skip
    municipality = LineField(label=_("Municipality"), max_length=80, required=False)
    website = forms.URLField(
        label=_("Website"), max_length=200, required=False, assume_scheme="https",
        validators=[web_addresses.WEB],
    )  # fmt: skip
    description = ProseField(
        label=_("What does your organisation do and what is it good at?"), max_length=5000,
        required=False, help_text=_("Shown in the member directory."),
    )  # fmt: skip
    terms = ThemesField(label=_("Themes of the organisation"))

    facts: tuple[str, ...] = (
        "name", "name_sv", "name_en", "kind", "business_id", "size_class", "region",
        "municipality", "website", "description",
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["region"].choices = _region_choices  # type: ignore[attr-defined]

    def details(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.facts}


class NewOrganisationForm(OrganisationFields):
    """The facts of an organisation that is not in the directory; a likely double is decided on."""

    says_another = forms.BooleanField(label=_("Ours is another organisation"), required=False)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["terms"]  # an applicant's themes are those of interest
        self.user = user
        self.doubles: list[Organisation] = []
        _say_required(self)

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        names = [values.get(name, "") for name in ("name", "name_sv", "name_en")]
        found = likely_doubles(names, values.get("business_id", ""))
        open_ones = Organisation.objects.visible_to(self.user).applicable().filter(pk__in=found)
        self.doubles = list(open_ones[:MOST_DOUBLES])
        if self.doubles and not values.get("says_another"):
            self.add_error("name", _(
                "The portal knows an organisation of nearly the same name or the same Business ID. "
                "Choose it below, or tick that yours is another one."
            ))  # fmt: skip
        return values


class ApplicationFields(forms.Form):
    """What every applicant says. A draft may lack most of it."""

    cluster = forms.ModelChoiceField(
        label=_("Which cluster do you want to join?"), queryset=Cluster.objects.none(),
        widget=forms.RadioSelect, empty_label=None,
        help_text=_(
            "Choose the cluster in whose region you mostly work. What is shared with members is "
            "seen by the members of every cluster, and you can apply to another one too."
        ),
    )  # fmt: skip
    motive = ProseField(
        label=_("Why do you want to join?"), max_length=3000,
        help_text=_("Tell in a few sentences what you are looking for and what you can offer."),
    )  # fmt: skip
    expectations = forms.MultipleChoiceField(
        label=_("What do you expect from the cluster?"), choices=Expectation.choices,
        widget=forms.CheckboxSelectMultiple, help_text=EXPECTATION_HELP,
    )  # fmt: skip
    interests = ThemesField(label=_("Which themes interest you?"))
    values_accepted = forms.BooleanField(
        label=_("We share the cluster's values"),
        help_text=_("Together we promote sustainable development and the safety of humankind."),
    )  # fmt: skip
    stated: tuple[str, ...] = ("motive", "expectations")

    def __init__(
        self, *args: Any, clusters: QuerySet[Cluster], is_draft: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["cluster"]
        field.queryset = clusters
        field.error_messages["invalid_choice"] = _(
            "In this cluster the applicant is a member already, or an application is being handled."
        )
        _say_required(self)
        if is_draft:
            for name in set(self.fields) - {"cluster"}:
                self.fields[name].required = False

    def applied(self) -> Applied:
        values = {name: self.cleaned_data[name] for name in self.stated}
        ticked = self.cleaned_data["values_accepted"]
        values["values_accepted_at"] = timezone.now() if ticked else None
        interests = list(self.cleaned_data["interests"])
        return Applied(self.cleaned_data["cluster"], values, interests)


class PersonApplicationForm(ApplicationFields):
    """A private person's application: nothing but themselves."""


class OrganisationApplicationForm(ApplicationFields):
    """The application of an organisation that has been chosen or described before."""

    representative_name = LineField(
        label=_("Representative in the cluster's meetings"), max_length=200, required=False
    )
    representative_email = AddressField(
        label=_("Representative's e-mail address"), required=False,
        help_text=_("If the application is approved, we send an invitation to the portal."),
    )  # fmt: skip
    deputy_name = LineField(label=_("Deputy"), max_length=200, required=False)
    deputy_email = AddressField(label=_("Deputy's e-mail address"), required=False)

    stated = (
        "motive", "expectations", "representative_name", "representative_email", "deputy_name",
        "deputy_email",
    )  # fmt: skip


def _say_required(form: forms.Form) -> None:
    """What must be filled in says so at its label, also while a draft may lack it."""
    for field in form.fields.values():
        if field.required:
            field.needed = _("required")  # type: ignore[attr-defined]


class AnswerForm(forms.Form):
    reason = ProseField(label=_("Your answer"), max_length=3000)


class NamingForm(forms.Form):
    """A role in an organisation; who names a contact from outside it tells why."""

    role = forms.ChoiceField(label=_("Role"), choices=Role.choices, initial=Role.MEMBER)
    reason = LineField(label=_("Reason"), max_length=500, required=False)

    def __init__(self, *args: Any, is_insider: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_insider:
            del self.fields["reason"]


class InvitationForm(NamingForm):
    email = AddressField(label=_("E-mail address"))
    field_order = ("email", "role", "reason")


class RoleForm(NamingForm):
    pass


class ContactForm(forms.Form):
    """A guest gives a name and an address; an account holder's are known."""

    name = LineField(
        label=_("Your name"), max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )  # fmt: skip
    email = AddressField(
        label=_("E-mail address"),
        help_text=_("We send you a link to confirm. The answer comes to this address."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    LONGEST = 2000
    message = ProseField(label=_("Message"), max_length=LONGEST)

    def __init__(self, data: QueryDict | None = None, *, user: Reader) -> None:
        super().__init__(data)
        if user.is_authenticated:
            del self.fields["name"], self.fields["email"]

    def clean_name(self) -> str:
        return clean_name(self.cleaned_data["name"])

    @property
    def guest(self) -> Guest:
        """Of a valid form."""
        given = self.cleaned_data
        return Guest(given["email"], given["name"], (get_language() or "fi")[:2])
