"""A course, its parts and reading list; groups, outputs and rows of the risk register."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cluster_portal.core.files import FilesField
from cluster_portal.core.text import web_addresses
from cluster_portal.core.visibility import Visibility
from events.forms.materials import FILE_HELP
from events.models import Course, CoursePart, Event
from events.models.course_groups import STEPS
from events.models.courses import SHOWN
from events.models.event_choices import Stage
from members.forms.members import LineField, ProseField
from members.models import Organisation
from members.services.needs import organisations_of

if TYPE_CHECKING:
    from cluster_portal.core.files import Upload
    from cluster_portal.core.visibility import Reader
    from events.models import GroupOutput, RiskEntry

READERS = [
    (Visibility.PUBLIC.value, _("Everyone")),
    (Visibility.MEMBERS.value, _("Members of all clusters")),
    (Visibility.CLUSTER.value, _("Members of our own cluster")),
]
PLAIN = (
    *("title_fi", "title_sv", "title_en", "summary_fi", "description", "prerequisites"),
    *("requires", "group_task", "has_register", "visibility"),
)
SCALE = [(str(step), str(step)) for step in STEPS]


class CourseForm(forms.Form):
    organisation = forms.ModelChoiceField(
        label=_("Organisation that trains"), queryset=Organisation.objects.none(), empty_label=None
    )
    title_fi = LineField(label=_("Name of the course"), min_length=5, max_length=160)
    title_sv = LineField(label=_("Name in Swedish"), max_length=160, required=False)
    title_en = LineField(label=_("Name in English"), max_length=160, required=False)
    summary_fi = ProseField(
        label=_("In one or two sentences"), max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("For whom it is and what one can do after it."),
    )  # fmt: skip
    description = ProseField(
        label=_("Contents"), max_length=20_000, required=False, help_text=_("You may use Markdown.")
    )
    prerequisites = ProseField(
        label=_("What should one know before?"), max_length=2000, required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip
    requires = forms.ModelChoiceField(
        label=_("Which certificate is needed first?"), queryset=Course.objects.none(),
        required=False, help_text=_("Only those who have it can register."),
    )  # fmt: skip
    group_task = ProseField(
        label=_("Task of the groups"), max_length=3000, required=False,
        help_text=_("Empty: no work in groups. Else participants form groups, which hand in."),
    )  # fmt: skip
    has_register = forms.BooleanField(
        label=_("The exercise has a risk register"), required=False,
        help_text=_("Participants write risks into it; a risk can become a signal."),
    )  # fmt: skip
    visibility = forms.ChoiceField(
        label=_("Who sees the course?"), choices=READERS, widget=forms.RadioSelect
    )
    form_key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, user: Reader, course: Course | None = None, **kwargs: Any
    ) -> None:
        begun = {"form_key": uuid.uuid4(), "visibility": Visibility.PUBLIC.value}
        told = {name: getattr(course, name) for name in PLAIN} if course else {}
        kwargs["initial"] = told or begun
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["organisation"].queryset = organisations_of(user).order_by("sort_name", "pk")
        seen = Course.objects.visible_to(user).filter(stage__in=SHOWN).defer("search")
        fields["requires"].queryset = seen.exclude(pk=course.pk) if course else seen
        if course is not None:
            del self.fields["organisation"], self.fields["form_key"]

    @property
    def values(self) -> dict[str, Any]:
        named = {"organisation", "form_key", *PLAIN} & set(self.fields)
        return {name: self.cleaned_data[name] for name in named}


class PartForm(forms.Form):
    event = forms.ModelChoiceField(
        label=_("Event"), queryset=Event.objects.none(),
        help_text=_(
            "Events that you look after and that belong to no course yet. Plan the event first if "
            "it is not here."
        ),
    )  # fmt: skip
    is_required = forms.BooleanField(
        label=_("Needed for the certificate"), required=False, initial=True
    )

    def __init__(self, *args: Any, user: Reader, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        taken = CoursePart.objects.values("event")
        rows = Event.objects.editable_by(user).exclude(pk__in=taken).defer("search")
        rows = rows.exclude(stage__in=(Stage.WITHDRAWN, Stage.CANCELLED))
        field: Any = self.fields["event"]
        field.queryset = rows.order_by("-starts_at", "pk")


class ReadingForm(forms.Form):
    title = LineField(label=_("What to read"), min_length=3, max_length=200)
    link = forms.URLField(
        label=_("Its address"), required=False, max_length=500, assume_scheme="https",
        validators=[web_addresses.WEB],
    )  # fmt: skip
    why = LineField(
        label=_("Why, and before which part?"), max_length=200, required=False
    )  # fmt: skip
    form_key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"form_key": uuid.uuid4()}
        super().__init__(*args, **kwargs)

    @property
    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("title", "link", "why")}


class GroupForm(forms.Form):
    name = LineField(label=_("Name of the group"), min_length=2, max_length=100)
    form_key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"form_key": uuid.uuid4()}
        super().__init__(*args, **kwargs)


class OutputForm(forms.Form):
    title = LineField(label=_("Title"), min_length=3, max_length=150)
    text = ProseField(
        label=_("Text"), max_length=20_000, required=False, help_text=_("You may use Markdown."),
        widget=forms.Textarea(attrs={"rows": 10}),
    )  # fmt: skip
    file = FilesField(limit=1, label=_("File"), help_text=FILE_HELP, required=False)
    form_key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"form_key": uuid.uuid4()}
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["text"].needed = fields["file"].needed = _("a text, a file or both")

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        if not self.errors and not values.get("file") and not values.get("text"):
            self.add_error("text", _("Write a text, add a file, or both."))
        return values

    @property
    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("title", "text")}

    @property
    def upload(self) -> Upload | None:
        given = self.cleaned_data.get("file")
        return given[0] if given else None


class OutputCommentForm(forms.Form):
    text = ProseField(
        label=_("Your comment to the group"), max_length=3000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("All who take part in the course read it. The group gets a message."),
    )  # fmt: skip
    seen = forms.CharField(widget=forms.HiddenInput, max_length=40)

    def __init__(self, *args: Any, output: GroupOutput, **kwargs: Any) -> None:
        kwargs["initial"] = {"text": output.comment, "seen": output.stamp}
        super().__init__(*args, **kwargs)


RISK = ("risk", "detail", "likelihood", "impact", "measure", "owner")


class RiskForm(forms.Form):
    risk = LineField(
        label=_("Risk"), min_length=5, max_length=200,
        help_text=_("In one sentence. This is an exercise: name no real site and no person."),
    )  # fmt: skip
    detail = ProseField(
        label=_("Cause and consequence"), max_length=1500, required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip
    likelihood = forms.TypedChoiceField(
        label=_("Likelihood, 1–5"), choices=SCALE, coerce=int, initial="3"
    )
    impact = forms.TypedChoiceField(
        label=_("Impact, 1–5"), choices=SCALE, coerce=int, initial="3"
    )  # fmt: skip
    measure = LineField(label=_("Measure"), max_length=300, required=False)
    owner = LineField(
        label=_("Who answers for it?"), max_length=150, required=False,
        help_text=_("A role or an organisation, no person’s name."),
    )  # fmt: skip
    form_key = forms.UUIDField(widget=forms.HiddenInput)
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, required=False)

    def __init__(self, *args: Any, risk: RiskEntry | None = None, **kwargs: Any) -> None:
        told = {name: getattr(risk, name) for name in (*RISK, "version")} if risk else {}
        kwargs["initial"] = {"form_key": uuid.uuid4(), "likelihood": 3, "impact": 3, **told}
        super().__init__(*args, **kwargs)

    @property
    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in RISK}

    @property
    def seen_version(self) -> int:
        return self.cleaned_data.get("version") or 0
