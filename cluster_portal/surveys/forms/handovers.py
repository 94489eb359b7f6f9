"""Handing a section, or all of them, to a colleague."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cluster_portal.surveys.services.responses import colleagues_of
from members.models import User

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cluster_portal.surveys.models import Response
    from cluster_portal.surveys.questionnaire import Section


WHOLE = ":all"  # no key of a section


class HandOverForm(forms.Form):
    section = forms.ChoiceField(label=_("Which part?"), widget=forms.RadioSelect)
    colleague = forms.ModelChoiceField(
        label=_("To whom?"), queryset=User.objects.none(), widget=forms.RadioSelect,
        empty_label=None,
        help_text=_("People whom your organisation has confirmed. They get a link by e-mail."),
    )  # fmt: skip

    def __init__(
        self, *args: Any, response: Response, sections: Iterable[Section], by: User,
        is_whole: bool, **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        choices: list[tuple[str, Any]] = [(one.key, one.title) for one in sections]
        whole = [(WHOLE, _("The whole questionnaire"))] if is_whole else []
        section: Any = self.fields["section"]
        section.choices = [*choices, *whole]
        self.colleagues = colleagues_of(response, but=by)
        colleague: Any = self.fields["colleague"]
        colleague.queryset = self.colleagues
