"""Beginning a discussion, and a message in it."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from members.forms.members import LineField
from projects.forms.challenges import prose


class MessageForm(forms.Form):
    text = prose(5, label=_("Message"), max_length=4000)
    form_key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"form_key": uuid.uuid4()})
        super().__init__(*args, **kwargs)


class DiscussionForm(MessageForm):
    title = LineField(label=_("What is it about?"), min_length=3, max_length=150)
    field_order = ["title", "text"]


class ChangeForm(forms.Form):
    text = prose(5, label=_("Message"), max_length=4000)
