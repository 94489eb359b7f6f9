"""Offering a topic: the guided form."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cluster_portal.core import texts
from cluster_portal.core.classified import refuse_marked
from cluster_portal.core.visibility import Reader, Visibility, audience
from cluster_portal.core.vocabulary import Scheme, Term
from members.models import Cluster, Organisation
from theses.forms.texts import CleanText
from theses.models.choices import Language, Level, Pay

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from theses.models import Topic

MAX_KEYWORDS, MAX_KEYWORD = 20, 60
OFFERED_VISIBILITIES = [
    (value, Visibility(value).label)
    for value in (Visibility.PUBLIC, Visibility.ACCOUNTS, Visibility.MEMBERS, Visibility.CLUSTER)
]


GUIDE = (
    (_("Publicity first"), ("is_public",)),
    (_("Whose topic it is"), ("organisation", "home_cluster", "visibility")),
    (_("What it is about"), ("title", "description", "aim", "questions", "material", "keywords")),
    (_("For whom"), ("levels", "education_fields", "languages", "places")),
    (_("Where"), ("municipality", "region", "is_remote")),
    (_("When and on what terms"), ("starts_on", "schedule", "closes_on", "pay")),
    (_("In other languages"), ("title_en", "summary_en", "title_sv", "summary_sv")),
)  # fmt: skip


class TopicForm(CleanText):
    """A topic as its commissioner fills it in, in the order of the guide."""

    is_public = forms.BooleanField(
        label=_("We accept that the finished thesis is public."),
        help_text=_(
            "Every thesis is a public document. Secret material may serve as background, but it "
            "stays outside the thesis."
        ),
    )
    organisation = forms.ModelChoiceField(
        label=_("Organisation"), queryset=Organisation.objects.none(), empty_label=None
    )
    home_cluster = forms.ModelChoiceField(
        label=_("Cluster"), queryset=Cluster.objects.none(), empty_label=None
    )
    title = forms.CharField(label=_("Title"), min_length=5, max_length=200)
    description = forms.CharField(
        label=_("What it is about"),
        max_length=8000,
        widget=forms.Textarea(attrs={"rows": 9}),
        help_text=_(
            "Background and what is to be found out. You may use Markdown: **bold**, lists, links."
        ),
    )
    aim = forms.CharField(
        label=_("Aim"),
        max_length=3000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("What will be different when the thesis is ready?"),
    )
    questions = forms.CharField(
        label=_("Research questions"),
        max_length=3000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("One question per line."),
    )
    material = forms.CharField(
        label=_("Material and permits"),
        max_length=3000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    title_en = forms.CharField(label=_("Title in English"), max_length=200, required=False)
    summary_en = forms.CharField(
        label=_("Summary in English"),
        max_length=1500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    title_sv = forms.CharField(label=_("Title in Swedish"), max_length=200, required=False)
    summary_sv = forms.CharField(
        label=_("Summary in Swedish"),
        max_length=1500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    keywords = forms.CharField(
        label=_("Keywords"), max_length=600, required=False, help_text=_("Separated by commas.")
    )
    levels = forms.MultipleChoiceField(
        label=_("Level"), choices=Level, widget=forms.CheckboxSelectMultiple
    )
    education_fields = forms.ModelMultipleChoiceField(
        label=_("Field of education"),
        queryset=Term.objects.none(),
        widget=forms.CheckboxSelectMultiple,
    )
    languages = forms.MultipleChoiceField(
        label=_("Language of the thesis"), choices=Language, widget=forms.CheckboxSelectMultiple
    )
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
        help_text=_("How many students can take the topic."),
    )
    starts_on = forms.DateField(
        label=_("Can begin"), required=False, widget=forms.DateInput(format="%Y-%m-%d")
    )
    schedule = forms.CharField(label=_("Schedule"), max_length=200, required=False)
    closes_on = forms.DateField(
        label=_("Last day to apply"),
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d"),
        help_text=_("Without a day the topic is open for a year."),
    )
    visibility = forms.ChoiceField(label=_("Who sees the topic"), choices=OFFERED_VISIBILITIES)

    def __init__(self, *args: Any, user: Reader, topic: Topic | None = None, **kwargs: Any) -> None:
        self.topic = topic
        if topic is not None:
            kwargs["initial"] = initial_of(topic)
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["organisation"].queryset = organisations_of(user)
        fields["home_cluster"].queryset = clusters_of(user)
        fields["education_fields"].queryset = Term.objects.filter(scheme=Scheme.EDUCATION_FIELD)
        fields["region"].queryset = Term.objects.filter(scheme=Scheme.REGION)
        if topic is not None:
            fields["organisation"].disabled = fields["home_cluster"].disabled = True
            fields["organisation"].required = False
            same = Organisation.objects.filter(pk__in=[topic.organisation_id or 0])
            fields["organisation"].queryset = same
            fields["home_cluster"].queryset = Cluster.objects.filter(pk=topic.home_cluster_id)

    def clean_keywords(self) -> list[str]:
        words = [texts.one_line(word) for word in self.cleaned_data["keywords"].split(",")]
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
            {"title": title, "fields": [self[name] for name in names]} for title, names in GUIDE
        ]

    @property
    def values(self) -> dict[str, Any]:
        """The clean values by the names of the model's own columns."""
        apart = ("is_public", "education_fields", "places")
        return {name: value for name, value in self.cleaned_data.items() if name not in apart}


def initial_of(topic: Topic) -> dict[str, Any]:
    names = set(TopicForm.base_fields) - {"is_public", "education_fields", "keywords", "places"}
    return {
        **{name: getattr(topic, name) for name in names},
        "keywords": ", ".join(topic.keywords),
        "education_fields": [term.pk for term in topic.education_fields.all()],
        "places": topic.places.count(),
        "is_public": topic.publicity_accepted_at is not None,
    }


def organisations_of(user: Reader) -> QuerySet[Organisation]:
    """Whose topics the user may offer."""
    return Organisation.objects.editable_by(user)


def clusters_of(user: Reader) -> QuerySet[Cluster]:
    known = audience(user)
    if known.is_admin:
        return Cluster.objects.visible_to(user)
    mine = Q(pk__in=known.coordinates) | Q(pk__in=known.member_clusters)
    return Cluster.objects.visible_to(user).filter(mine)
