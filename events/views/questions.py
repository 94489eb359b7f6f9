"""The own questions of an event, for its organisers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from cluster_portal.core.http import has_done, refusal_as_message
from events.forms.questions import QuestionForm
from events.models import Event, EventQuestion
from events.models.questions import OF_QUESTION
from events.pages import proposals
from events.services import questions as services
from projects.services.entries import stamp_of_fields

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@require_http_methods(["GET", "HEAD", "POST"])
def question_list(request: HttpRequest, slug: str) -> HttpResponse:
    """What the event asks, and a form for one more."""
    event = get_object_or_404(Event.objects.editable_by(request.user), slug=slug)
    last = event.questions.last()
    return _page(
        request, event, EventQuestion(event=event, position=last.position + 1 if last else 1)
    )


@require_http_methods(["GET", "HEAD", "POST"])
def question_edit(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    question = _found(request, slug, pk)
    return _page(request, question.event, question)


@require_POST
def question_delete(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    question = _found(request, slug, pk)
    user: Any = request.user
    with refusal_as_message(request):
        services.delete_question(question, by=user)
        messages.success(request, _("The question was removed."))
    return redirect("events:questions", slug)


def _found(request: HttpRequest, slug: str, pk: int) -> EventQuestion:
    rows = EventQuestion.objects.editable_by(request.user).select_related("event")
    return get_object_or_404(rows, event__slug=slug, pk=pk)


def _page(request: HttpRequest, event: Event, question: EventQuestion) -> HttpResponse:
    stamp = stamp_of_fields(question, OF_QUESTION) if question.pk else ""  # the form writes into it
    form = QuestionForm(request.POST or None, instance=question)
    user: Any = request.user
    seen = request.POST.get("seen", "")
    if has_done(
        request, form, lambda: services.save_question(form.instance, by=user, seen=seen),
        _("Saved."),
    ):  # fmt: skip
        return redirect("events:questions", event.slug)
    context = {
        "event": event, "form": form, "question": question, "questions": event.questions.all(),
        "seen": stamp,
        "trail": proposals.trail(event, _("Own questions")),
    }  # fmt: skip
    status = 422 if form.errors else 200
    return render(request, "events/questions.html", context, status=status)
