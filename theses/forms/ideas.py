"""The topic form as a supervisor and a student fill it in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cluster_portal.core.visibility import audience
from members.models import Cluster, Organisation
from members.models.organisations import Kind
from theses.forms.texts import CleanText, day_field, prose, ticks
from theses.forms.topics import TopicForm
from theses.models import StudentProfile, SupervisorProfile
from theses.models.choices import Level, Origin, Pay
from theses.services.closing import Why
from theses.services.links import ANCHORS

if TYPE_CHECKING:
    from collections.abc import Collection

    from django.db.models import QuerySet

    from cluster_portal.core.visibility import Reader
    from theses.models import Topic


class SupervisorTopicForm(TopicForm):
    """The institution commissions the topic, or it seeks a commissioner."""

    organisation = forms.ModelChoiceField(
        label=_("Commissioner"),
        queryset=Organisation.objects.none(),
        required=False,
        empty_label=_("None yet: the topic seeks a commissioner"),
    )

    def __init__(self, *args: Any, user: Reader, topic: Topic | None = None, **kwargs: Any) -> None:
        """A new topic starts from the supervisor's levels, fields and languages."""
        if topic is None:
            kwargs["initial"] = _of_supervision(user) | kwargs.get("initial", {})
        super().__init__(*args, user=user, topic=topic, **kwargs)

    def organisations(self) -> QuerySet[Organisation]:
        profiles = SupervisorProfile.objects.acting(audience(self.user))
        return Organisation.objects.filter(pk__in=profiles.values("institution"))

    def clusters(self) -> QuerySet[Cluster]:
        return Cluster.objects.visible_to(self.user)


IDEA_GUIDE = (
    (_("Publicity first"), ("is_public",)),
    (_("My idea"), ("title", "description", "questions", "keywords")),
    (_("My thesis"), ("levels", "education_fields", "languages")),
    (_("Where and when"), ("municipality", "region", "is_remote", "starts_on", "schedule", "pay")),
    (_("What themes it touches"), ("terms",)),
    (_("Who finds it"), ("home_cluster", "visibility", "closes_on")),
)


class IdeaForm(TopicForm):
    """Short: the commissioner, when one is found, fills in what only it knows."""

    is_public = forms.BooleanField(
        label=_("I understand that my finished thesis is public."),
        help_text=_(
            "Every thesis is a public document. What a commissioner must keep secret stays outside "
            "the thesis."
        ),
    )
    description = prose(
        _("What I would like to find out"),
        8000,
        rows=7,
        help_text=_(
            "What interests you, whom the result would help, and what kind of commissioner you "
            "look for. Your name is not shown."
        ),
    )
    starts_on = day_field(_("I can begin"))
    closes_on = day_field(
        _("The idea is open until"), help_text=_("Without a day it is open for a year.")
    )
    pay = forms.ChoiceField(
        label=_("Pay"),
        choices=Pay,
        widget=forms.RadioSelect,
        initial="agreed",
        help_text=_("Only whether you look for paid work; you agree on the amount yourselves."),
    )
    left_out = (
        *("organisation", "aim", "material", "outside", "places", "contract", "permits"),
        *("title_en", "title_sv", "summary_en", "summary_sv", *ANCHORS),
    )
    guide_parts: Any = IDEA_GUIDE

    def __init__(self, *args: Any, user: Reader, topic: Topic | None = None, **kwargs: Any) -> None:
        """A new idea begins with what the student's profile tells already."""
        if topic is None:
            kwargs["initial"] = _of_profile(user) | kwargs.get("initial", {})
        super().__init__(*args, user=user, topic=topic, **kwargs)

    def own_clusters(self) -> Collection[int]:
        """The one named in the profile, else those of a membership."""
        mine = StudentProfile.objects.editable_by(self.user).exclude(cluster=None)
        return list(mine.values_list("cluster", flat=True)) or super().own_clusters()

    def clusters(self) -> QuerySet[Cluster]:
        return Cluster.objects.visible_to(self.user)


def _of_supervision(user: Reader) -> dict[str, Any]:
    profile = SupervisorProfile.objects.editable_by(user).first()
    if profile is None:
        return {}
    return {
        "levels": profile.levels,
        "education_fields": [term.pk for term in profile.education_fields.all()],
        "languages": profile.languages,
    }


def _of_profile(user: Reader) -> dict[str, Any]:
    profile = StudentProfile.objects.editable_by(user).first()
    if profile is None:
        return {}
    regions = [term.pk for term in profile.regions.all()]
    return {
        "levels": [profile.level],
        "education_fields": [term.pk for term in profile.education_fields.all()],
        "languages": profile.languages,
        "region": regions[0] if len(regions) == 1 else None,
        "is_remote": profile.is_remote,
        "starts_on": profile.available_from,
        "terms": [term.pk for term in profile.terms.all()],
    }


def form_of(topic: Topic, *args: Any, user: Reader) -> TopicForm:
    """The form that fits whose topic it is; a commissioned idea has its commissioner's."""
    if topic.origin == Origin.STUDENT and topic.organisation_id is None:
        return IdeaForm(*args, user=user, topic=topic)
    if topic.origin == Origin.SUPERVISOR:
        return SupervisorTopicForm(*args, user=user, topic=topic)
    return TopicForm(*args, user=user, topic=topic)


SCHOOLS = (Kind.UNIVERSITY, Kind.UAS, Kind.VOCATIONAL)


class WithdrawForm(CleanText):
    why = forms.ChoiceField(label=_("Why"), choices=Why, widget=forms.RadioSelect)
    reason = prose(
        _("In your own words"),
        1500,
        rows=4,
        required=False,
        help_text=_("Told to the applicants after the reason above."),
    )

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        if values.get("why") == Why.OTHER and not values.get("reason"):
            self.add_error("reason", _("Tell the reason in your own words."))
        return values


class PartForm(CleanText):
    title = forms.CharField(label=_("Title of the part"), min_length=5, max_length=200)
    school = forms.ModelChoiceField(
        label=_("For the students of"),
        queryset=Organisation.objects.none(),
        empty_label=_("Choose a school"),
    )
    levels = ticks(_("Level"), Level)
    places = forms.IntegerField(label=_("Places"), min_value=1, max_value=50, initial=1)

    def __init__(self, *args: Any, user: Reader, topic: Topic, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["school"]
        schools = Organisation.objects.visible_to(user).filter(kind__in=SCHOOLS)
        field.queryset = schools.order_by("name")
        self.initial.setdefault("levels", topic.levels)
