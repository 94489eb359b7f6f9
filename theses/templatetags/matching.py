"""Why a suggestion fits, where only the suggestion is at hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template

from theses import matching

if TYPE_CHECKING:
    from theses.models import Suggestion

register = template.Library()


@register.filter
def why(suggestion: Suggestion) -> str:
    """The reasons in one line, made now of what the student may see now."""
    profile = suggestion.profile
    return "; ".join(matching.fit_of(profile, suggestion.topic, profile.user).reasons)
