"""Beginning to answer in a round that is open to all members: for whom."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cluster_portal.core.visibility import audience
from members.models import Organisation

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from cluster_portal.core.visibility import Reader


def own_organisations(user: Reader) -> QuerySet[Organisation]:
    """Those of the reader that are members: for each of them they may answer."""
    return Organisation.objects.members().filter(pk__in=audience(user).organisations)


class BeginForm(forms.Form):
    """Somebody without an organisation that is a member answers for themselves."""

    organisation = forms.ModelChoiceField(
        label=_("For which organisation do you answer?"), queryset=Organisation.objects.none(),
        widget=forms.RadioSelect, empty_label=None, required=False,
    )  # fmt: skip

    def __init__(self, *args: Any, user: Reader, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = list(own_organisations(user))
        self.only = own[0] if len(own) == 1 else None
        if len(own) > 1:
            field: Any = self.fields["organisation"]
            field.queryset = Organisation.objects.filter(pk__in=[one.pk for one in own])
            field.required = True
        else:
            del self.fields["organisation"]

    @property
    def chosen(self) -> Organisation | None:
        return self.cleaned_data.get("organisation") or self.only
