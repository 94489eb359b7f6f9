"""Offering a topic: the guided form."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cluster_portal.core.text import cleaning
from cluster_portal.core.text.classified import refuse_marked
from cluster_portal.core.visibility import Reader, Visibility, audience
from cluster_portal.core.vocabulary import Scheme, Term
from members.models import Cluster, Need, Organisation
from projects.filters import THEMES
from projects.models import Challenge, Measure, Project
from theses.forms.texts import CleanText, day_field, prose, term_ticks, ticks
from theses.models.choices import Contract, Language, Level, Pay, Permits, Stage
from theses.services.links import ANCHORS, links_of

if TYPE_CHECKING:
    from collections.abc import Collection

    from django.db.models import QuerySet

    from theses.models import Topic

MAX_KEYWORDS, MAX_KEYWORD = 20, 60
MOST_NEEDS = 200
OFFERED_VISIBILITIES = [
    (value, Visibility(value).label)
    for value in (Visibility.PUBLIC, Visibility.ACCOUNTS, Visibility.MEMBERS, Visibility.CLUSTER)
]


GUIDE = (
    (_("Publicity first"), ("is_public", "outside")),
    (_("Whose topic it is"), ("organisation", "home_cluster", "visibility")),
    (_("What it is about"), ("title", "description", "aim", "questions", "material", "keywords")),
    (_("For whom"), ("levels", "education_fields", "languages", "places")),
    (_("Where"), ("municipality", "region", "is_remote")),
    (_("When and on what terms"), ("starts_on", "schedule", "closes_on", "pay")),
    (_("Agreement and permits"), ("contract", "permits")),
    (_("What the topic belongs to"), ("need", "challenge", "project", "measure")),
    (_("What themes it touches"), ("terms",)),
    (_("In other languages"), ("title_en", "summary_en", "title_sv", "summary_sv")),
)  # fmt: skip
LONG = ("terms",)  # folded until somebody opens it
# What a draft cannot do without; everything else may be filled in later.
NEEDED_IN_DRAFT = frozenset({"title", "organisation", "home_cluster"})
# Fields that are no columns of the topic.
APART = frozenset({"is_public", "education_fields", "terms", "places", *ANCHORS})


class ClusterChoice(forms.ModelChoiceField):
    """Says of each cluster whether a coordinator reads topics first."""

    def label_from_instance(self, cluster: Cluster) -> str:
        if cluster.reviews_topics:
            return _("%(cluster)s: a coordinator reads the topic first") % {"cluster": cluster}
        return _("%(cluster)s: the topic opens at once") % {"cluster": cluster}


class TopicForm(CleanText):
    """A topic as its commissioner fills it in, in the order of the guide."""

    is_public = forms.BooleanField(
        label=_("We accept that the finished thesis is public."),
        help_text=_(
            "Every thesis is a public document. Secret material may serve as background, but it "
            "stays outside the thesis."
        ),
    )
    outside = prose(
        _("What stays outside the thesis"),
        1000,
        rows=3,
        required=False,
        help_text=_(
            "In general words: for example “customers’ names” or “exact locations”. Students see "
            "this before they apply. Never write the secret itself here."
        ),
    )
    organisation = forms.ModelChoiceField(
        label=_("Organisation"), queryset=Organisation.objects.none(), empty_label=None
    )
    home_cluster = ClusterChoice(
        label=_("Cluster"), queryset=Cluster.objects.none(), empty_label=None
    )
    title = forms.CharField(label=_("Title"), min_length=5, max_length=200)
    description = prose(
        _("Description"),
        8000,
        rows=9,
        help_text=_(
            "Background and what is to be found out. You may use Markdown: **bold**, lists, links."
        ),
    )
    aim = prose(
        _("Aim"),
        3000,
        rows=4,
        required=False,
        help_text=_("What will be different when the thesis is ready?"),
    )
    questions = prose(
        _("Research questions"), 3000, rows=4, required=False, help_text=_("One question per line.")
    )
    material = prose(
        _("Material and permits"),
        3000,
        rows=3,
        required=False,
        help_text=_("What the student gets to work with, and what she has to gather herself."),
    )
    title_en = forms.CharField(label=_("Title in English"), max_length=200, required=False)
    summary_en = prose(_("Summary in English"), 1500, rows=3, required=False)
    title_sv = forms.CharField(label=_("Title in Swedish"), max_length=200, required=False)
    summary_sv = prose(_("Summary in Swedish"), 1500, rows=3, required=False)
    keywords = forms.CharField(
        label=_("Keywords"), max_length=600, required=False, help_text=_("Separated by commas.")
    )
    levels = ticks(_("Level"), Level)
    education_fields = term_ticks(_("Field of education"))
    languages = ticks(_("Language of the thesis"), Language)
    municipality = forms.CharField(label=_("Municipality"), max_length=80, required=False)
    region = forms.ModelChoiceField(label=_("Region"), queryset=Term.objects.none(), required=False)
    is_remote = forms.BooleanField(label=_("Can be done remotely"), required=False)
    pay = forms.ChoiceField(
        label=_("Pay"),
        choices=Pay,
        widget=forms.RadioSelect,
        help_text=_("Only whether it is paid; you agree on the amount with the student."),
    )
    places = forms.IntegerField(
        label=_("Places"),
        min_value=1,
        max_value=50,
        initial=1,
        help_text=_(
            "How many students can take the topic. For students of several schools you can split "
            "it into linked topics afterwards."
        ),
    )
    starts_on = day_field(_("Can begin"))
    schedule = forms.CharField(
        label=_("Schedule"),
        max_length=200,
        required=False,
        help_text=_("For example: interviews in spring, ready by the end of the year."),
    )
    closes_on = day_field(
        _("Last day to apply"), help_text=_("Without a day the topic is open for a year.")
    )
    contract = forms.ChoiceField(
        label=_("Agreement"),
        choices=Contract,
        initial=Contract.MADE,
        widget=forms.RadioSelect,
        help_text=_(
            "Commissioner, student and school sign an agreement on the thesis whenever there is a "
            "commissioner: contact person, schedule, and who may use the results."
        ),
    )
    permits = forms.ChoiceField(
        label=_("Permits"),
        choices=Permits,
        initial=Permits.UNKNOWN,
        widget=forms.RadioSelect,
        help_text=_("A research permit, or access to premises and systems."),
    )
    visibility = forms.ChoiceField(
        label=_("Who sees the topic"), choices=OFFERED_VISIBILITIES, initial=Visibility.PUBLIC
    )
    terms = term_ticks(
        _("Themes"),
        required=False,
        help_text=_("By these the topic is found with the others of its theme."),
    )
    need = forms.ModelChoiceField(
        label=_("Need that it answers"), queryset=Need.objects.none(), required=False
    )
    challenge = forms.ModelChoiceField(
        label=_("Challenge that it answers"), queryset=Challenge.objects.none(), required=False
    )
    project = forms.ModelChoiceField(
        label=_("Project that it is part of"), queryset=Project.objects.none(), required=False
    )
    measure = forms.ModelChoiceField(
        label=_("Measure of the programme that it furthers"),
        queryset=Measure.objects.none(),
        required=False,
    )
    guide_parts: Any = GUIDE
    left_out: tuple[str, ...] = ()

    def __init__(self, *args: Any, user: Reader, topic: Topic | None = None, **kwargs: Any) -> None:
        self.topic, self.user = topic, user
        if topic is not None:
            kwargs["initial"] = initial_of(topic, self.base_fields)
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        for name in self.left_out:
            del fields[name]
        fields["education_fields"].queryset = Term.objects.filter(scheme=Scheme.EDUCATION_FIELD)
        fields["region"].queryset = Term.objects.filter(scheme=Scheme.REGION)
        fields["terms"].queryset = _themes(topic)
        for anchor in ANCHORS:
            if anchor in fields:
                fields[anchor].queryset = choosable(anchor, user, topic)
        self._choose_owner(fields)
        if self.is_draft:
            for name in set(fields) - NEEDED_IN_DRAFT:
                fields[name].required = False

    def _choose_owner(self, fields: dict[str, Any]) -> None:
        """Who commissions and which cluster is settled once; choices are the user's."""
        if self.topic is None:
            if "organisation" in fields:
                fields["organisation"].queryset = self.organisations()
            fields["home_cluster"].queryset = self.clusters()
            self._suggest_cluster(fields["home_cluster"])
            return
        if "organisation" in fields:
            same = Organisation.objects.filter(pk__in=[self.topic.organisation_id or 0])
            fields["organisation"].queryset = same
            fields["organisation"].disabled, fields["organisation"].required = True, False
        fields["home_cluster"].queryset = Cluster.objects.filter(pk=self.topic.home_cluster_id)
        fields["home_cluster"].disabled = True

    def _suggest_cluster(self, field: Any) -> None:
        """The only own one; where several would do, the first must not be it unasked."""
        offered = [cluster.pk for cluster in field.queryset]
        own = [pk for pk in offered if pk in self.own_clusters()]
        field.initial = own[0] if len(own) == 1 else None
        if field.initial is None and len(offered) > 1:
            field.empty_label = _("Choose a cluster")

    def own_clusters(self) -> Collection[int]:
        return audience(self.user).member_clusters

    def organisations(self) -> QuerySet[Organisation]:
        return organisations_of(self.user)

    def clusters(self) -> QuerySet[Cluster]:
        return clusters_of(self.user)

    @property
    def is_draft(self) -> bool:
        """Whether a draft is to be stored as it is, however little is filled in."""
        can_be = self.topic is None or self.topic.stage == Stage.DRAFT
        return can_be and self.data.get("then") == "draft"

    def clean_keywords(self) -> list[str]:
        words = [cleaning.one_line(word) for word in self.cleaned_data["keywords"].split(",")]
        found = list(dict.fromkeys(word for word in words if word))
        if len(found) > MAX_KEYWORDS or any(len(word) > MAX_KEYWORD for word in found):
            raise ValidationError(_("At most 20 keywords of at most 60 characters."))
        for word in found:
            refuse_marked(word)
        return found

    def clean_closes_on(self) -> Any:
        day = self.cleaned_data["closes_on"]
        had = self.topic.closes_on if self.topic else None
        if day and day != had and day < timezone.localdate():
            raise ValidationError(_("Choose a day that has not passed."))
        return day

    @property
    def guide(self) -> list[dict[str, Any]]:
        """The fields by the guide's parts."""
        return [
            {
                "title": title,
                "fields": [self[name] for name in names],
                "is_long": names == LONG,
                "is_open": names == LONG and bool(self["terms"].value() or self["terms"].errors),
            }
            for title, names in self.guide_parts
        ]

    @property
    def values(self) -> dict[str, Any]:
        """The clean values by the names of the model's own columns."""
        given = self.cleaned_data.items()
        values = {name: value for name, value in given if name not in APART}
        if self.is_draft:  # what was not chosen yet keeps what the column has
            values = {name: value for name, value in values.items() if not self._is_unchosen(name)}
        had = self.topic.publicity_accepted_at if self.topic else None
        now_accepted = self.cleaned_data["is_public"]
        values["publicity_accepted_at"] = (had or timezone.now()) if now_accepted else None
        return values

    def _is_unchosen(self, name: str) -> bool:
        is_choice = type(self.fields[name]) is forms.ChoiceField
        return is_choice and not self.cleaned_data[name]

    @property
    def extras(self) -> dict[str, Any]:
        """What stands in rows of its own."""
        data = self.cleaned_data
        links = {anchor: data[anchor] for anchor in ANCHORS if anchor in self.fields}
        extras: dict[str, Any] = {"fields": list(data["education_fields"]), "links": links}
        extras["terms"] = list(data["terms"])
        if "places" in self.fields:
            extras["places"] = data["places"] or 1
        return extras


def initial_of(topic: Topic, names: Any) -> dict[str, Any]:
    columns = set(names) - APART - {"keywords"}
    return {
        **{name: getattr(topic, name) for name in columns},
        **links_of(topic),
        "keywords": ", ".join(topic.keywords),
        "education_fields": [term.pk for term in topic.education_fields.all()],
        "terms": [term.pk for term in topic.terms.all()],
        "places": topic.places.count(),
        "is_public": topic.publicity_accepted_at is not None,
    }


def given_by(need: Need) -> dict[str, Any]:
    """What a topic that answers the need begins with."""
    return {
        "need": need.pk,
        "title": need.what,
        "description": need.purpose,
        "organisation": need.organisation_id,
        "region": need.region_id,
        "terms": [term.pk for term in need.terms.all()],
    }


def given_by_challenge(challenge: Challenge) -> dict[str, Any]:
    """What a topic that answers the challenge begins with."""
    return {
        "challenge": challenge.pk,
        "title": challenge.title,
        "description": challenge.need,
        "organisation": challenge.organisation_id,
        "terms": [term.pk for term in challenge.terms.all()],
    }


def _themes(topic: Topic | None) -> QuerySet[Term]:
    """Those that the list is narrowed by, and what an import has marked the topic with."""
    offered = Q(scheme__in=THEMES)
    return Term.objects.filter(offered | Q(pk__in=topic.terms.all()) if topic else offered)


def choosable(anchor: str, user: Reader, topic: Topic | None = None) -> QuerySet[Any]:
    """What a topic of this user may be linked to: what the user sees, and what it has."""
    rows: dict[str, Any] = {
        "need": _needs(user, topic),
        "challenge": Challenge.objects.visible_to(user).order_by("-pk"),
        "project": Project.objects.visible_to(user).order_by("-pk"),
        "measure": _measures(user, topic),
    }
    return rows[anchor]


def _needs(user: Reader, topic: Topic | None) -> QuerySet[Need]:
    """The newest open ones, and the one that it answers."""
    newest = Need.objects.visible_to(user).open().order_by("-pk").values("pk")[:MOST_NEEDS]
    has = Q(pk=links_of(topic).get("need")) if topic else Q(pk=None)
    return Need.objects.visible_to(user).filter(Q(pk__in=newest) | has).order_by("-pk")


def _measures(user: Reader, topic: Topic | None) -> QuerySet[Measure]:
    offered = Q(pk__in=Measure.objects.choosable_by(user).values("pk"))
    has = Q(pk=links_of(topic).get("measure")) if topic else Q()
    rows = Measure.objects.visible_to(user).filter(offered | has)
    return rows.with_programme().order_by("goal", "pk")


def organisations_of(user: Reader) -> QuerySet[Organisation]:
    """Whose topics the user may offer."""
    return Organisation.objects.editable_by(user)


def clusters_of(user: Reader) -> QuerySet[Cluster]:
    known = audience(user)
    if known.is_admin:
        return Cluster.objects.visible_to(user)
    mine = Q(pk__in=known.coordinates) | Q(pk__in=known.member_clusters)
    return Cluster.objects.visible_to(user).filter(mine)
