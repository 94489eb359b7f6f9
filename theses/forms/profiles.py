"""What a student and a supervisor tell of themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cluster_portal.core.visibility import Reader, Visibility, audience
from cluster_portal.core.vocabulary import Scheme, Term
from members.models import Cluster, Organisation
from members.models.organisations import Kind as OrganisationKind
from theses.forms.texts import CleanText, day_field, prose, term_ticks, ticks
from theses.models.choices import Language, Level
from theses.models.terms import Half, coming_terms
from theses.services.profiles import Links, Room, SupervisorDraft

if TYPE_CHECKING:
    from theses.models import StudentProfile, SupervisorProfile

SCHOOLS = [OrganisationKind.UNIVERSITY, OrganisationKind.UAS, OrganisationKind.VOCATIONAL]
THEME_SCHEMES = [Scheme.SECURITY_TASK, Scheme.VITAL_FUNCTION, Scheme.SMART_SPECIALISATION]
MAX_CAPACITY = 50
LISTED = [
    (value, Visibility(value).label)
    for value in (Visibility.PUBLIC, Visibility.ACCOUNTS, Visibility.MEMBERS)
]


class StudentProfileForm(CleanText):
    level = forms.ChoiceField(label=_("Level of my thesis"), choices=Level)
    school = forms.ModelChoiceField(
        label=_("Educational institution"),
        queryset=Organisation.objects.none(),
        required=False,
        empty_label=_("Another one"),
    )
    school_name = forms.CharField(
        label=_("Name of another institution"), max_length=200, required=False
    )
    programme = forms.CharField(label=_("Study programme"), max_length=200)
    education_fields = term_ticks(_("Fields of education"))
    interests = prose(
        _("What interests me"),
        3000,
        rows=6,
        help_text=_(
            "In your own words: subjects, methods, what you want to learn. "
            "The portal finds topics by these words."
        ),
    )
    terms = term_ticks(_("Themes"), required=False)
    languages = ticks(_("Languages I can write the thesis in"), Language)
    regions = term_ticks(
        _("Regions where I can work on site"),
        required=False,
        help_text=_("Choose none if any region will do."),
    )
    is_remote = forms.BooleanField(label=_("Remote work suits me"), required=False, initial=True)
    wants_pay = forms.BooleanField(label=_("Only paid work suits me"), required=False)
    available_from = day_field(_("I can begin on"))
    available_until = day_field(_("The thesis should be ready by"))
    cluster = forms.ModelChoiceField(
        label=_("Cluster whose coordinator may help me"),
        queryset=Cluster.objects.none(),
        required=False,
        empty_label=_("Either cluster"),
    )

    def __init__(
        self, *args: Any, user: Reader, profile: StudentProfile | None = None, **kwargs: Any
    ) -> None:
        if profile is not None:
            kwargs["initial"] = _student_initial(profile)
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        schools = Organisation.objects.visible_to(user).filter(kind__in=SCHOOLS)
        fields["school"].queryset = schools.order_by("name")
        fields["education_fields"].queryset = Term.objects.filter(scheme=Scheme.EDUCATION_FIELD)
        fields["regions"].queryset = Term.objects.filter(scheme=Scheme.REGION)
        fields["terms"].queryset = Term.objects.filter(scheme__in=THEME_SCHEMES)
        fields["cluster"].queryset = Cluster.objects.visible_to(user)

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        if not values.get("school") and not values.get("school_name"):
            self.add_error("school_name", _("Choose your institution or write its name."))
        first, last = values.get("available_from"), values.get("available_until")
        if first and last and last < first:
            self.add_error("available_until", _("The end cannot be before the beginning."))
        return values

    @property
    def values(self) -> dict[str, Any]:
        apart = ("education_fields", "terms", "regions")
        return {name: value for name, value in self.cleaned_data.items() if name not in apart}

    @property
    def links(self) -> Links:
        data = self.cleaned_data
        return Links(data["education_fields"], data["terms"], data["regions"])


def _student_initial(profile: StudentProfile) -> dict[str, Any]:
    many = ("education_fields", "terms", "regions")
    plain = set(StudentProfileForm.base_fields) - set(many)
    return {name: getattr(profile, name) for name in plain} | {
        name: [term.pk for term in getattr(profile, name).all()] for name in many
    }


class SupervisorProfileForm(CleanText):
    """Besides the fields below one for each coming term: how many theses to take on."""

    institution = forms.ModelChoiceField(
        label=_("Institution"), queryset=Organisation.objects.none(), empty_label=None
    )
    expertise = prose(
        _("What I supervise"),
        3000,
        rows=6,
        help_text=_("Subjects, approaches, and what you expect of a topic."),
    )
    methods = prose(_("Methods"), 1000, rows=3, required=False)
    levels = ticks(_("Levels"), Level)
    education_fields = term_ticks(_("Fields of education"))
    terms = term_ticks(_("Themes"), required=False)
    languages = ticks(_("Languages"), Language)
    visibility = forms.ChoiceField(label=_("Who sees the profile"), choices=LISTED)
    is_open = forms.BooleanField(
        label=_("Show me in the list of supervisors"), required=False, initial=True
    )

    def __init__(
        self, *args: Any, user: Reader, profile: SupervisorProfile | None = None, **kwargs: Any
    ) -> None:
        self.rooms_had = {(row.year, row.half): row.capacity for row in _seats_of(profile)}
        kwargs["initial"] = _supervisor_initial(profile)
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["institution"].queryset = institutions_of(user)
        fields["education_fields"].queryset = Term.objects.filter(scheme=Scheme.EDUCATION_FIELD)
        fields["terms"].queryset = Term.objects.filter(scheme__in=THEME_SCHEMES)
        for year, half in coming_terms():
            label = _("Room for theses, %(half)s %(year)s") % {
                "half": str(Half(half).label).lower(),
                "year": year,
            }
            fields[room_name(year, half)] = forms.IntegerField(
                label=label,
                min_value=0,
                max_value=MAX_CAPACITY,
                initial=self.rooms_had.get((year, half), 0),
            )

    @property
    def draft(self) -> SupervisorDraft:
        data = self.cleaned_data
        terms = coming_terms()
        plain = set(self.base_fields) - {"education_fields", "terms"}
        return SupervisorDraft(
            values={name: data[name] for name in plain},
            links=Links(data["education_fields"], data["terms"]),
            rooms=[Room(year, half, data[room_name(year, half)]) for year, half in terms],
        )


def institutions_of(user: Reader) -> Any:
    """Where the user has a confirmed place, if theses are made or supervised there."""
    known = audience(user)
    kinds = [*SCHOOLS, OrganisationKind.RESEARCH]
    return Organisation.objects.filter(pk__in=known.organisations, kind__in=kinds)


def room_name(year: int, half: str) -> str:
    return f"room_{year}_{half}"


def _seats_of(profile: SupervisorProfile | None) -> Any:
    return profile.seats.all() if profile else []


def _supervisor_initial(profile: SupervisorProfile | None) -> dict[str, Any]:
    if profile is None:
        return {"visibility": Visibility.ACCOUNTS, "is_open": True}
    many = ("education_fields", "terms")
    plain = set(SupervisorProfileForm.base_fields) - set(many)
    return {name: getattr(profile, name) for name in plain} | {
        name: [term.pk for term in getattr(profile, name).all()] for name in many
    }


class InvitationForm(CleanText):
    """Inviting somebody to one of my topics."""

    topic: Any = forms.ModelChoiceField(label=_("Thesis topic"), queryset=None, empty_label=None)
    message = prose(
        _("Message"),
        2000,
        rows=4,
        help_text=_("Why you turn to this person. Contact details are exchanged on acceptance."),
    )

    def __init__(self, *args: Any, topics: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["topic"]
        field.queryset = topics
