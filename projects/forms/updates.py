"""A measure's report in two minutes, and passing the question on to a colleague."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from cluster_portal.core.text.addresses import AddressField
from cluster_portal.core.text.classified import refuse_marked
from cluster_portal.core.text.web_addresses import WEB
from cluster_portal.notifications.outbox import Guest
from members.forms.accounts import clean_name
from members.forms.members import ProseField
from projects.models.measures import State
from projects.models.updates import MOST_LINKS
from projects.services.updates import Told

if TYPE_CHECKING:
    from projects.models import Measure

GOES_ON = [
    (State.IN_PROGRESS, pgettext_lazy("report", "Goes on")),
    (State.DONE, pgettext_lazy("report", "Done")),
    (State.DELAYED, pgettext_lazy("report", "Late")),
    (State.DISCONTINUED, pgettext_lazy("report", "Stopped")),
]
NOT_YET = (State.NOT_STARTED, pgettext_lazy("report", "Not started yet"))
LARGEST = 1_000_000_000


class LinksField(forms.CharField):
    """Addresses of the web, one a line."""

    def clean(self, value: object) -> Any:
        lines = [line.strip() for line in str(super().clean(value) or "").splitlines()]
        links = [self._address(line) for line in lines if line]
        if len(links) > MOST_LINKS:
            raise ValidationError(_("At most %(count)d links.") % {"count": MOST_LINKS})
        return links

    def _address(self, line: str) -> str:
        refuse_marked(line)
        field = forms.URLField(max_length=500, assume_scheme="https", validators=[WEB])
        return str(field.clean(line))


class ReportForm(forms.Form):
    """The figure is asked of a measure with a target that the portal does not count itself."""

    adds = True  # earlier reports stay
    state = forms.ChoiceField(label=gettext_lazy("The situation now"), widget=forms.RadioSelect)
    achieved = forms.IntegerField(min_value=0, max_value=LARGEST)
    progress = forms.IntegerField(
        label=gettext_lazy("How much is done, per cent"), min_value=0, max_value=100,
        required=False,
    )  # fmt: skip
    text = ProseField(
        label=gettext_lazy("What has happened?"), max_length=1200, required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("Two sentences are enough. At most 1,200 characters."),
    )  # fmt: skip
    evidence = LinksField(
        label=gettext_lazy("Links to evidence"),
        required=False,
        max_length=2600,
        widget=forms.Textarea(attrs={"rows": 2, "inputmode": "url"}),
        help_text=gettext_lazy("Minutes, news or a report. One address a line, at most five."),
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0, required=False)

    def __init__(self, *args: Any, measure: Measure, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        begins = [NOT_YET] if measure.state == State.NOT_STARTED else []
        state: Any = self.fields["state"]
        state.choices = [*begins, *GOES_ON]
        if measure.counts or measure.target is None:
            del self.fields["achieved"]
        else:
            self._ask_figure(measure)
        if measure.target is not None:
            del self.fields["progress"]

    def _ask_figure(self, measure: Measure) -> None:
        figure = self.fields["achieved"]
        words = str(measure.indicator)
        figure.label = words[:1].upper() + words[1:] or _("The figure now")
        figure.widget.attrs |= {"class": "input--figure", "inputmode": "numeric"}
        figure.help_text = _("The target is %(target)d.") % {"target": measure.target}

    @property
    def told(self) -> Told:
        values = self.cleaned_data
        return Told(
            values["state"], values.get("achieved"), values.get("progress"), values["text"],
            values["evidence"],
        )  # fmt: skip


class PassOnForm(forms.Form):
    """Somebody else of the organisation, with or without an account."""

    name = forms.CharField(label=gettext_lazy("Name of your colleague"), max_length=120)
    email = AddressField(label=gettext_lazy("E-mail of your colleague"), max_length=254)
    language = forms.ChoiceField(label=gettext_lazy("Language of the message"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["language"]
        field.choices = [(code, name) for code, name in settings.LANGUAGES]

    def clean_name(self) -> str:
        return clean_name(self.cleaned_data["name"])

    @property
    def guest(self) -> Guest:
        values = self.cleaned_data
        return Guest(values["email"], values["name"], values["language"])
