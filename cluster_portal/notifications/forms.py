from typing import Any

from django import forms

from cluster_portal.notifications import kinds, preferences


class PreferenceForm(forms.Form):
    """One choice per group of kinds that has something to switch."""

    def __init__(self, *args: Any, channels: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for group in kinds.groups_of_choice():
            self.fields[group.value] = forms.ChoiceField(
                label=group.label,
                choices=preferences.choices_of(group),
                initial=channels[group.value],
                widget=forms.RadioSelect,
            )
