"""A meeting, its matters, papers, answers; decisions and reports on them."""

from __future__ import annotations

import datetime
import uuid
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cluster_portal.core.files import FilesField
from cluster_portal.core.text import web_addresses
from cluster_portal.core.text.addresses import AddressField
from cluster_portal.core.unseen import leave_unseen, with_unseen
from cluster_portal.core.visibility import Visibility
from events.forms.bodies import day_field
from events.forms.proposals import moment_field
from events.models import Decision, Meeting, MeetingItem
from events.models.bodies import PapersBy
from events.models.decisions import MOVES, READERS, Stage
from events.models.meetings import Answer
from events.services.decisions import Told
from members.forms.members import LineField, ProseField
from members.models import Organisation, User
from projects.models import Challenge, Programme, Project, Result

if TYPE_CHECKING:
    from cluster_portal.core.visibility import Reader

FILE_HELP = _("One file of at most 5 MB: pdf, docx, odt, txt, png or jpg. It is checked first.")
LONGEST, FARTHEST = datetime.timedelta(days=2), datetime.timedelta(days=2 * 365)
OF_MEETING = (
    *("starts_at", "ends_at", "place", "remote_link", "invitation"),
    *("about_project", "about_programme", "about_challenge"),
)
OF_ITEM = ("title", "presenter", "background", "proposal")
WHEN_REMINDED = _(
    "Whoever is responsible is reminded a week before and on the day. If it is not done a week "
    "after it, the chair and the secretary hear of it too."
)
NO_ONE = _("A decision needs somebody who does it. Name a person or an organisation.")


def small(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class MeetingForm(forms.Form):
    starts_at = moment_field(_("Begins"))
    ends_at = moment_field(_("Ends"))
    place = LineField(label=_("Venue"), max_length=200, required=False)
    remote_link = forms.URLField(
        label=_("Remote link"), max_length=200, required=False, assume_scheme="https",
        validators=[web_addresses.HTTPS], help_text=_("Shown only to those who are invited."),
    )  # fmt: skip
    invitation = ProseField(
        label=_("Words of the invitation"), max_length=2000, required=False, widget=small(3)
    )
    about_project = forms.ModelChoiceField(
        label=_("Is it about a project?"), queryset=Project.objects.none(), required=False
    )
    about_programme = forms.ModelChoiceField(
        label=_("Is it about an action programme?"), queryset=Programme.objects.none(),
        required=False,
    )  # fmt: skip
    about_challenge = forms.ModelChoiceField(
        label=_("Is it about a challenge?"), queryset=Challenge.objects.none(), required=False
    )
    form_key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, user: Reader, meeting: Meeting | None = None, **kwargs: Any
    ) -> None:
        told = {name: getattr(meeting, name) for name in OF_MEETING} if meeting else {}
        kwargs["initial"] = told or {"form_key": uuid.uuid4()}
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        for name, model in (
            ("about_project", Project), ("about_programme", Programme),
            ("about_challenge", Challenge),
        ):  # fmt: skip
            fields[name].queryset = model.objects.visible_to(user).order_by("-pk")
        if meeting is not None:
            del self.fields["form_key"]
            for name in ("about_project", "about_programme", "about_challenge"):
                leave_unseen(self, name, getattr(meeting, f"{name}_id"))

    def clean_starts_at(self) -> datetime.datetime:
        starts: datetime.datetime = self.cleaned_data["starts_at"]
        if not timezone.now() < starts < timezone.now() + FARTHEST:
            raise ValidationError(_("Choose a time that is ahead, within two years."))
        return starts

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        starts, ends = values.get("starts_at"), values.get("ends_at")
        if starts and ends and not starts < ends <= starts + LONGEST:
            self.add_error("ends_at", _("The meeting ends after it begins, within two days."))
        return values

    @property
    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in OF_MEETING if name in self.fields}


class ItemForm(forms.Form):
    title = LineField(label=_("Matter"), min_length=3, max_length=160)
    presenter = LineField(label=_("Who presents it?"), max_length=120, required=False)
    background = ProseField(label=_("Background"), max_length=5000, required=False, widget=small(5))
    proposal = ProseField(
        label=_("Proposal for a decision"), max_length=2000, required=False, widget=small(3)
    )
    form_key = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, item: MeetingItem | None = None, **kwargs: Any) -> None:
        told = {name: getattr(item, name) for name in OF_ITEM} if item else {}
        kwargs["initial"] = {"form_key": uuid.uuid4(), **told}
        super().__init__(*args, **kwargs)

    @property
    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in OF_ITEM}

    @property
    def key(self) -> uuid.UUID:
        return self.cleaned_data["form_key"] or uuid.uuid4()


class PaperVersionForm(forms.Form):
    file = FilesField(limit=1, label=_("File"), help_text=FILE_HELP)
    form_key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"form_key": uuid.uuid4(), "read_by": PapersBy.BODY}
        super().__init__(*args, **kwargs)


class PaperForm(PaperVersionForm):
    title = LineField(label=_("Title of the document"), min_length=3, max_length=150)
    item = forms.ModelChoiceField(
        label=_("Which matter does it belong to?"), queryset=MeetingItem.objects.none(),
        required=False,
    )  # fmt: skip
    read_by = forms.ChoiceField(
        label=_("Who reads it?"), choices=PapersBy, widget=forms.RadioSelect
    )
    field_order = ["title", "file", "item", "read_by"]

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["item"].queryset = meeting.items.on()

    @property
    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("title", "item", "read_by")}


class AnswerForm(forms.Form):
    answer = forms.ChoiceField(
        label=_("Do you come?"), widget=forms.RadioSelect,
        choices=[choice for choice in Answer.choices if choice[0] != Answer.NONE],
    )  # fmt: skip


class CorrectionForm(forms.Form):
    text = ProseField(label=_("What should it say?"), max_length=20_000, widget=small(4))
    form_key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"form_key": uuid.uuid4(), **kwargs.pop("initial", {})}
        super().__init__(*args, **kwargs)


class DecisionForm(forms.Form):
    """Exactly one is responsible: a member, another person by their address, an organisation."""

    text = LineField(label=_("What was decided?"), min_length=5, max_length=500)
    owner = forms.ModelChoiceField(
        label=_("Responsible: somebody who sits in the body"), queryset=User.objects.none(),
        required=False,
    )  # fmt: skip
    organisation = forms.ModelChoiceField(
        label=_("or an organisation"), queryset=Organisation.objects.none(), required=False
    )
    owner_name = LineField(label=_("or another person, by name"), max_length=150, required=False)
    owner_email = AddressField(
        label=_("and the e-mail address of that person"), required=False,
        help_text=_("They get a link with which they tell how far it is, without an account."),
    )  # fmt: skip
    due_on = day_field(_("Done by"), help_text=WHEN_REMINDED)
    visibility = forms.ChoiceField(
        label=_("Who reads this decision?"), choices=READERS, widget=forms.RadioSelect
    )
    results = forms.ModelMultipleChoiceField(
        label=_("Which results were used in it?"), queryset=Result.objects.none(), required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    form_key = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, *args: Any, meeting: Meeting, user: Reader, item: MeetingItem | None = None,
        decision: Decision | None = None, **kwargs: Any,
    ) -> None:  # fmt: skip
        kwargs["initial"] = {
            "form_key": uuid.uuid4(), "visibility": Visibility.GROUP.value,
            "text": " ".join(item.proposal.split())[:500] if item else "",
        }  # fmt: skip
        if decision is not None:
            kwargs["initial"] = _told(decision)
        super().__init__(*args, **kwargs)
        self.meeting, self.decision = meeting, decision
        fields: Any = self.fields
        for name in ("owner", "organisation", "owner_name"):
            fields[name].needed = _("one of these three")
        fields["owner_email"].needed = _("needed with the name")
        seats = meeting.body.seats.current().exclude(user=None)
        people = User.objects.filter(pk__in=seats.values("user"), is_active=True)
        if decision is not None and decision.owner_id:
            people = people | User.objects.filter(pk=decision.owner_id)
        fields["owner"].queryset = people.order_by("sort_name", "pk")
        named = Q(pk__in=Organisation.objects.visible_to(user).values("pk"))
        named |= Q(pk=decision.organisation_id if decision else None)  # whom the body named stays
        fields["organisation"].queryset = Organisation.objects.filter(named).order_by(
            "sort_name", "pk"
        )
        fields["results"].queryset = Result.objects.visible_to(user).order_by("-pk")
        if not fields["results"].queryset.exists():
            del self.fields["results"]
        if decision is not None and decision.stage != Stage.DRAFT:
            del self.fields["text"]

    def clean_due_on(self) -> datetime.date:
        """A day that was there already stays; a new one is not before today and the meeting."""
        due: datetime.date = self.cleaned_data["due_on"]
        held = timezone.localdate(self.meeting.starts_at)
        if due != self.initial.get("due_on") and due < min(held, timezone.localdate()):
            raise ValidationError(_("The day has passed. Choose one after the meeting."))
        return due

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        told = [values.get("owner"), values.get("organisation"), values.get("owner_email")]
        if sum(map(bool, told)) != 1:
            self.add_error("owner", NO_ONE if not any(told) else _("Name only one of them."))
        if values.get("owner_email") and not values.get("owner_name"):
            self.add_error("owner_name", _("Give the name too."))
        return values

    @property
    def values(self) -> dict[str, Any]:
        values = {name: value for name, value in self.cleaned_data.items() if name != "form_key"}
        if self.decision is not None and "results" in values:
            values["results"] = with_unseen(self, "results", self.decision.results)
        return values

    @property
    def key(self) -> uuid.UUID:
        return self.cleaned_data["form_key"] or uuid.uuid4()


def _told(decision: Decision) -> dict[str, Any]:
    names = ("text", "owner", "organisation", "owner_name", "owner_email", "due_on", "visibility")
    values = {name: getattr(decision, name) for name in names}
    return values | {"results": list(decision.results.values_list("pk", flat=True))}


class ReportForm(forms.Form):
    """Which steps there are, `actions` says; a reason is asked for by the service."""

    action = forms.ChoiceField(label=_("How far is it?"), widget=forms.RadioSelect)
    text = ProseField(
        label=_("What has been done?"), max_length=2000, required=False, widget=small(3)
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=10**6)
    form_key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, decision: Decision, actions: list[str], **kwargs: Any) -> None:
        kwargs["initial"] = {"form_key": uuid.uuid4(), "version": decision.version}
        super().__init__(*args, **kwargs)
        chosen: Any = self.fields["action"]
        chosen.choices = [(name, MOVES.moves[name].label) for name in actions]

    @property
    def told(self) -> Told:
        values = self.cleaned_data
        return Told(values["action"], values["text"], values["version"], values["form_key"])
