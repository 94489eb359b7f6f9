"""What somebody typed for a page that they can no longer open is given back, not lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404
from django.shortcuts import render
from django.utils.translation import gettext as _

from projects.forms.proposals import ProposalForm, QuestionForm

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

PROSE = ("title", "what", "evidence", "wanted", "text")
MOST = 5000  # characters of each


def given_back(request: HttpRequest) -> HttpResponse:
    """The same for a challenge that is not there: it tells nothing of what stands behind it."""
    typed = [(name, request.POST.get(name, "").strip()[:MOST]) for name in PROSE]
    labels = {
        name: field.label
        for form in (ProposalForm, QuestionForm) for name, field in form.base_fields.items()
    }  # fmt: skip
    rows = [{"label": labels[name], "text": text} for name, text in typed if text]
    if not rows:
        raise Http404
    heading = _("You can no longer read this challenge")
    return render(request, "projects/typed_back.html", {
        "rows": rows, "heading": heading, "current": "challenges",
        "trail": [{"name": heading}],
    }, status=404)  # fmt: skip
