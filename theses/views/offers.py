"""Offering a topic: the guided form, and the steps of its owner."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from cluster_portal.core.errors import Refused
from cluster_portal.core.http import refusal_as_message
from theses.forms.topics import TopicForm, clusters_of, organisations_of
from theses.models import Topic
from theses.models.topic_workflow import MOVES
from theses.services import topics

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


def _me(request: HttpRequest) -> Any:
    """The signed-in user: these pages are closed to visitors."""
    return request.user


def _page(request: HttpRequest, form: TopicForm | None, topic: Topic | None) -> HttpResponse:
    name = _("Edit the topic") if topic else _("Offer a topic")
    context = {
        "trail": [{"name": _("Theses"), "url": reverse("theses:list")}, {"name": name}],
        "form": form,
        "topic": topic,
        "name": name,
    }
    status = 422 if form is not None and form.errors else 200
    return render(request, "theses/topic_form.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def topic_propose(request: HttpRequest) -> HttpResponse:
    """Only who speaks for an organisation of a cluster gets the form; others learn how."""
    offered = organisations_of(request.user).exists() and clusters_of(request.user).exists()
    if not offered:
        return _page(request, None, None)
    form = TopicForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        with refusal_as_message(request):
            topic = topics.offer_topic(form.values, by=_me(request), **_extras(form))
            messages.success(
                request, _("The topic is stored as a draft. Send it for review when it is ready.")
            )
            return redirect(topic)
    return _page(request, form, None)


def _extras(form: TopicForm) -> dict:
    data = form.cleaned_data
    return {"fields": list(data["education_fields"]), "places": data["places"]}


@require_http_methods(["GET", "HEAD", "POST"])
def topic_edit(request: HttpRequest, slug: str) -> HttpResponse:
    topic = get_object_or_404(Topic.objects.editable_by(request.user), slug=slug)
    form = TopicForm(request.POST or None, user=request.user, topic=topic)
    if request.method == "POST" and form.is_valid():
        try:
            seen = request.POST.get("seen", "")
            topics.edit_topic(topic, form.values, by=_me(request), seen=seen, **_extras(form))
        except Refused as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, _("Saved."))
            return redirect(topic)
    return _page(request, form, topic)


@require_POST
def topic_move(request: HttpRequest, slug: str, action: str) -> HttpResponse:
    topic = get_object_or_404(Topic.objects.editable_by(request.user), slug=slug)
    if action not in MOVES.moves:
        raise Http404
    with refusal_as_message(request):
        reason = request.POST.get("reason", "")[:2000]
        topics.move_topic(topic, action, by=_me(request), reason=reason)
        messages.success(request, _("Done."))
    return redirect(topic)
