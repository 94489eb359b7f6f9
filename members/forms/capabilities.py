"""Telling what one's organisation can do: five questions, and the rest for who has the time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cluster_portal.core import vocabulary
from cluster_portal.core.text import web_addresses
from cluster_portal.core.visibility import Visibility, audience
from cluster_portal.core.vocabulary import Scheme, Term
from members.forms.members import LineField, ProseField
from members.models import Cluster, CurrentMember, Organisation
from members.models.capabilities import (
    DISRUPTIONS,
    ForAssociations,
    Holds,
    Kind,
    ServiceLanguage,
    Source,
    Stage,
)
from members.models.situations import SCENE_OF

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import QueryDict
    from django.utils.functional import _StrPromise

    from cluster_portal.core.visibility import Reader
    from members.models import Capability

THEMES = (Scheme.CRITICAL_SECTOR, Scheme.VITAL_FUNCTION, Scheme.SMART_SPECIALISATION)
VISIBILITIES = [each for each in Visibility.choices if each[0] != Visibility.GROUP]
ANSWERS = [(each.value, each.label) for each in Holds]
UNTOLD = [("", _("Not told"))]
# What stands apart from the columns of the model.
APART = ("tasks", "themes", "regions")
# What a draft cannot do without.
NEEDED_IN_DRAFT = frozenset({"title_fi", "organisation", "home_cluster"})
OWNERS = ("organisation", "home_cluster")


def _line(label: str | _StrPromise, most: int = 200, **options: Any) -> LineField:
    return LineField(label=label, max_length=most, required=False, **options)


def _prose(label: str | _StrPromise, most: int, rows: int, **options: Any) -> ProseField:
    widget = forms.Textarea(attrs={"rows": rows})
    return ProseField(label=label, max_length=most, widget=widget, **options)


def _terms(label: str | _StrPromise, *schemes: str, required: bool = False) -> Any:
    return forms.ModelMultipleChoiceField(
        label=label, queryset=Term.objects.filter(scheme__in=schemes), required=required,
        widget=forms.CheckboxSelectMultiple, to_field_name="code",
    )  # fmt: skip


def _holding(label: str | _StrPromise) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label, choices=ANSWERS, widget=forms.RadioSelect, required=False,
        initial=Holds.UNKNOWN,
    )  # fmt: skip


class CapabilityForm(forms.Form):
    """The first six fields are required, for what is shown to others."""

    organisation = forms.ModelChoiceField(
        label=_("Organisation"), queryset=Organisation.objects.none(), empty_label=None
    )
    home_cluster = forms.ModelChoiceField(
        label=_("Cluster"), queryset=Cluster.objects.none(), empty_label=None
    )
    kind = forms.ChoiceField(label=_("What is it?"), choices=Kind, widget=forms.RadioSelect)
    title_fi = LineField(
        label=_("Name"), min_length=3, max_length=120,
        help_text=_("As you would say it to a neighbour. No product codes."),
    )  # fmt: skip
    summary_fi = _prose(_("What it does, in a sentence or two"), 400, 3)
    tasks = _terms(_("In which situations does it help?"), Scheme.SECURITY_TASK, required=True)
    regions = _terms(_("Where can you deliver it?"), Scheme.REGION)
    is_nationwide = forms.BooleanField(label=_("Whole country"), required=False)
    is_remote = forms.BooleanField(label=_("Remotely"), required=False)
    in_disruption = forms.ChoiceField(
        label=_("Does it work in a disruption?"), choices=ANSWERS, widget=forms.RadioSelect,
        help_text=_("Think of a power cut, or a day when the mobile network is down."),
    )  # fmt: skip
    power_cut = _holding(_("In a power cut"))
    power_cut_note = _line(_("In a power cut, in words"))
    comms_cut = _holding(_("Without mobile and data networks"))
    comms_cut_note = _line(_("Without mobile and data networks, in words"))
    exceptional = _holding(_("In exceptional conditions"))
    exceptional_note = _line(_("In exceptional conditions, in words"))
    for_associations = forms.ChoiceField(
        label=_("For associations"), choices=[*UNTOLD, *ForAssociations.choices], required=False
    )
    association_terms = _line(_("Terms for associations, in words"))
    other_terms = _line(_("Terms for others, in words"))
    delivery = _line(
        _("How soon it can be had"), help_text=_("For example: four hours after you call.")
    )
    is_humanitarian = forms.BooleanField(label=_("It supports humanitarian work"), required=False)
    references = _prose(
        _("Where it has been used"), 2000, 3, required=False,
        help_text=_("One per line. No names of persons, no exact sites."),
    )  # fmt: skip
    trl = forms.TypedChoiceField(
        label=_("Technology readiness level"), required=False, coerce=int, empty_value=None
    )
    languages = forms.MultipleChoiceField(
        label=_("Languages of service"), choices=ServiceLanguage, required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    link = forms.URLField(
        label=_("Link"), max_length=500, required=False, assume_scheme="https",
        validators=[web_addresses.WEB],
    )  # fmt: skip
    description = _prose(
        _("How it is used"), 6000, 6, required=False,
        help_text=_("You may use Markdown: **bold**, lists, links."),
    )  # fmt: skip
    themes = _terms(_("Critical sectors and vital functions it serves"), *THEMES)
    title_sv = _line(_("Name in Swedish"), 120)
    summary_sv = _prose(_("What it does, in Swedish"), 400, 3, required=False)
    title_en = _line(_("Name in English"), 120)
    summary_en = _prose(_("What it does, in English"), 400, 3, required=False)
    visibility = forms.ChoiceField(
        label=_("Who sees this"), choices=VISIBILITIES, initial=Visibility.PUBLIC, required=False
    )
    dual_use = forms.ModelChoiceField(
        label=_("Dual-use category"), required=False, to_field_name="code",
        queryset=Term.objects.filter(scheme=Scheme.DUAL_USE), empty_label=_("Not told"),
        help_text=_(
            "Your own estimate. Only your organisation and the coordinator see it. "
            "This is no export-control decision."
        ),
    )  # fmt: skip
    source = forms.ChoiceField(
        label=_("Source"), required=False,
        choices=[(each.value, each.label) for each in (Source.COORDINATOR, Source.INTERVIEW)],
    )  # fmt: skip
    source_note = _line(_("Source, in words"))

    def __init__(
        self, *args: Any, user: Reader, capability: Capability | None = None, **kwargs: Any
    ) -> None:
        self.user, self.capability = user, capability
        if capability is not None:
            kwargs["initial"] = initial_of(capability)
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["trl"].choices = [("", _("I do not know")), *_readiness()]
        self._choose_owner(fields)
        if self.is_draft:
            for name in set(fields) - NEEDED_IN_DRAFT:
                fields[name].required = False

    def _choose_owner(self, fields: dict[str, Any]) -> None:
        """Whose it is and of which cluster is settled once; it is asked where there is a choice."""
        if self.capability is not None:
            for name in OWNERS:
                del fields[name]
        else:
            fields["organisation"].queryset = owners_for(self.user)
            fields["home_cluster"].queryset = clusters_for(self.user)
            for name in OWNERS:
                rows = list(fields[name].queryset[:2])
                if len(rows) == 1:
                    fields[name].initial = rows[0].pk
                    fields[name].disabled, fields[name].widget = True, forms.HiddenInput()
        if not self.is_on_behalf:
            del fields["source"], fields["source_note"]

    @property
    def is_on_behalf(self) -> bool:
        """Whether a coordinator who is nobody of the organisation fills it in."""
        known = audience(self.user)
        if self.capability is not None:
            return self.capability.organisation_id not in known.organisations
        return not known.organisations

    @property
    def is_draft(self) -> bool:
        """Whether it is stored as it is, however little is filled in."""
        can_be = self.capability is None or self.capability.stage == Stage.DRAFT
        return can_be and self.data.get("then") == "draft"

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        anywhere = data.get("regions") or data.get("is_nationwide") or data.get("is_remote")
        if not anywhere and not self.is_draft and "regions" not in self.errors:
            self.add_error("regions", _("Choose a region, the whole country or remotely."))
        if self.capability is None and not self.errors:
            self._refuse_strange_cluster(data)
        return data

    def _refuse_strange_cluster(self, data: dict[str, Any]) -> None:
        member = CurrentMember.objects.filter(
            organisation=data["organisation"], cluster=data["home_cluster"]
        )
        if not member.exists():
            raise ValidationError(_("The organisation is no member of this cluster."))

    @property
    def values(self) -> dict[str, Any]:
        """The clean values by the names of the model's own columns."""
        data = {name: value for name, value in self.cleaned_data.items() if name not in APART}
        for name in ("in_disruption", *DISRUPTIONS):
            data[name] = data[name] or Holds.UNKNOWN
        data["visibility"] = data["visibility"] or Visibility.PUBLIC
        return data

    @property
    def links(self) -> dict[str, list[Term]]:
        data = self.cleaned_data
        terms = [*data["tasks"], *data["themes"]]
        return {"terms": terms, "regions": list(data["regions"])}


def _readiness() -> list[tuple[str, str]]:
    return [(code, label) for _pk, code, label in vocabulary.named(Scheme.TRL)]


def initial_of(capability: Capability) -> dict[str, Any]:
    columns = set(CapabilityForm.base_fields) - {*APART, *OWNERS, "dual_use"}
    terms = list(capability.terms.all())
    return {
        **{name: getattr(capability, name) for name in columns},
        "dual_use": capability.dual_use.code if capability.dual_use else None,
        "tasks": [term.code for term in terms if term.scheme == Scheme.SECURITY_TASK],
        "themes": [term.code for term in terms if term.scheme in THEMES],
        "regions": [term.code for term in capability.regions.all()],
    }


def owners_for(user: Reader) -> QuerySet[Organisation]:
    """Members whose people the user is one of, and those whom the user coordinates."""
    known = audience(user)
    mine = Q(pk__in=known.organisations)
    if known.is_admin or known.coordinates:
        mine |= Q(pk__in=Organisation.objects.managed_by(user).values("pk"))
    rows = Organisation.objects.visible_to(user).filter(mine)
    return rows.filter(pk__in=CurrentMember.objects.values("organisation"))


def clusters_for(user: Reader) -> QuerySet[Cluster]:
    known = audience(user)
    if known.is_admin:
        return Cluster.objects.visible_to(user)
    of_mine = CurrentMember.objects.filter(organisation__in=known.organisations)
    mine = Q(pk__in=known.coordinates) | Q(pk__in=of_mine.values("cluster"))
    return Cluster.objects.visible_to(user).filter(mine)


class QuestionForm(forms.Form):
    """One message to the owners of several capabilities."""

    to = forms.MultipleChoiceField(
        label=_("Who gets the message"), widget=forms.CheckboxSelectMultiple
    )
    message = ProseField(
        label=_("What do you need help for?"), max_length=2000,
        help_text=_(
            "Tell the situation, region and time. Each gets the same message, "
            "but not the answers of the others."
        ),
    )  # fmt: skip

    def __init__(self, data: QueryDict | None = None, *, capabilities: list[Capability]) -> None:
        super().__init__(data)
        to: Any = self.fields["to"]
        to.choices = [(each.slug, _name(each)) for each in capabilities]
        to.initial = [each.slug for each in capabilities]


def _name(capability: Capability) -> str:
    owner = capability.named_owner
    return f"{capability.title}, {owner}" if owner else capability.title


def pictured(form: CapabilityForm) -> dict[str, Any]:
    """The ticks of situations that have a picture, and the other tasks."""
    options = {str(option.data["value"]): option for option in form["tasks"]}
    return {
        "situations": [
            {"option": options.pop(code), "scene": scene}
            for code, scene in SCENE_OF.items()
            if code in options
        ],
        "other_tasks": list(options.values()),
        "has_other_tasks": any(option.data["selected"] for option in options.values()),
    }
