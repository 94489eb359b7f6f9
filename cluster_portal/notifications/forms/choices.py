from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cluster_portal.notifications import kinds, preferences
from cluster_portal.notifications.models import Frequency, SavedSearch, Weekday
from cluster_portal.notifications.models.saved_search import MAX_NAME

NAMED_KINDS = 3


class PreferenceForm(forms.Form):
    """One choice per group of kinds that has something to switch."""

    def __init__(
        self, *args: Any, channels: dict[str, str], weekday: int = 0, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        for group in kinds.groups_of_choice():
            self.fields[group.value] = forms.ChoiceField(
                label=group.label,
                choices=self._choices(group),
                help_text=self._kinds(group),
                initial=channels[group.value],
                widget=forms.RadioSelect,
            )
        self.fields["weekday"] = forms.ChoiceField(
            label=_("Day of the digest"),
            choices=Weekday.choices,
            required=False,
            initial=weekday,
            help_text=_(
                "Of a weekly or monthly digest; a monthly one comes on the first such day of the "
                "month."
            ),
        )

    @staticmethod
    def _choices(group: kinds.KindGroup) -> list[tuple[str, Any]]:
        """The default is named as such."""
        default = preferences.default_channel(group)
        words = gettext("%(choice)s (unless you choose otherwise)")
        return [
            (value, words % {"choice": label} if value == default else label)
            for value, label in preferences.choices_of(group)
        ]

    @staticmethod
    def _kinds(group: kinds.KindGroup) -> str:
        """The first few; the page lists them all."""
        chosen = kinds.labels_of_choice(group)
        if len(chosen) == 1:  # the heading says it
            return ""
        named, more = ", ".join(chosen[:NAMED_KINDS]), len(chosen) - NAMED_KINDS
        if more <= 0:
            return gettext("What comes: %(kinds)s.") % {"kinds": named}
        words = gettext("What comes: %(kinds)s and %(count)s more.")
        return words % {"kinds": named, "count": more}

    @property
    def channels(self) -> dict[str, str]:
        return {key: one for key, one in self.cleaned_data.items() if key != "weekday"}

    @property
    def weekday(self) -> int:
        return int(self.cleaned_data["weekday"] or self.fields["weekday"].initial)


class SavedSearchForm(forms.Form):
    """A new saved search; it cannot begin as a paused one."""

    name = forms.CharField(
        label=_("Name of the search"),
        max_length=MAX_NAME,
        help_text=_("Stands in the subject of the messages."),
    )
    frequency = forms.ChoiceField(
        label=_("How often"),
        choices=[choice for choice in Frequency.choices if choice[0] != Frequency.OFF],
        initial=Frequency.DAILY,
        help_text=_(
            "You get a message only when there is something new. The daily one leaves at 8.00, the "
            "weekly one on Mondays at 8.00."
        ),
        widget=forms.RadioSelect,
    )


class FrequencyForm(forms.Form):
    """How often one saved search tells; many of them stand on one page."""

    frequency = forms.ChoiceField(label=_("How often"), choices=Frequency.choices)

    @classmethod
    def of(cls, search: SavedSearch) -> "FrequencyForm":
        return cls(prefix=str(search.public_id), initial={"frequency": search.frequency})
