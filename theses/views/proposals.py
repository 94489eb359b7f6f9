"""Offering a topic: who I am, the guided form, and the steps of its owner."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cluster_portal.core import origin
from cluster_portal.core.errors import Refused
from cluster_portal.core.http import has_done, refusal_as_message
from members.models import Need
from projects.models import Challenge
from theses.forms.ideas import IdeaForm, PartForm, SupervisorTopicForm, WithdrawForm, form_of
from theses.forms.topics import (
    TopicForm,
    clusters_of,
    given_by,
    given_by_challenge,
    organisations_of,
)
from theses.models import Topic
from theses.models.choices import Stage
from theses.models.topic_workflow import MOVES
from theses.models.works import acts
from theses.pages.presentation import trail
from theses.pages.topic_facts import part_rows
from theses.services import closing, proposals, topics

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

    from cluster_portal.core.visibility import Reader


DRAFTS = 10


def _page(request: HttpRequest, form: TopicForm, topic: Topic | None, **words: str) -> HttpResponse:
    can_draft = topic is None or topic.stage == Stage.DRAFT
    context: dict[str, Any] = {
        "trail": trail(topic or (_("Propose a topic"), reverse("theses:propose")), words["name"]),
        "form": form,
        "topic": topic,
    }
    context |= {"can_draft": can_draft, **words}
    status = 422 if form.errors else 200
    return render(request, "theses/topic_form.html", context, status=status)


@login_not_required
@require_safe
def topic_propose(request: HttpRequest) -> HttpResponse:
    """Who are you? Leads to the form of an organisation, a supervisor or a student.

    A visitor reads what can be proposed and how before being asked to sign in.
    """
    context = {
        "trail": trail(_("Propose a topic")),
        **_what_she_may(request.user),
    }
    return render(request, "theses/topic_propose.html", context)


def _what_she_may(user: Reader) -> dict[str, Any]:
    """To a visitor every way is open: the form asks to sign in, and leads on to it."""
    if not user.is_authenticated:
        return {"can_offer": True, "is_supervisor": True}
    return {
        "can_offer": organisations_of(user).exists() and clusters_of(user).exists(),
        "is_supervisor": acts(user),
        "drafts": Topic.objects.editable_by(user).drafts_of(user)[:DRAFTS],
    }


@require_http_methods(["GET", "HEAD", "POST"])
def topic_offer(request: HttpRequest) -> HttpResponse:
    """Only who speaks for an organisation of a cluster gets the form; others learn how."""
    if not (organisations_of(request.user).exists() and clusters_of(request.user).exists()):
        return redirect("theses:propose")
    form = TopicForm(request.POST or None, user=request.user, initial=_given(request))
    lead = _("Describe what your organisation needs to know.")
    return _stored(request, form, topics.offer_topic, name=_("Offer a topic"), lead=lead)


def _given(request: HttpRequest) -> dict[str, Any]:
    """From the need or challenge that the address names, where the reader sees it."""
    rows = Need.objects.visible_to(request.user)
    need = rows.filter(slug=request.GET.get("need", "")[:100]).first()
    if need is not None:
        return given_by(need)
    asked = Challenge.objects.visible_to(request.user)
    challenge = asked.filter(slug=request.GET.get("challenge", "")[:100]).first()
    if challenge:
        return given_by_challenge(challenge)
    words = origin.begun(request.GET, request.user)
    return {"title": words["title"], "description": words["text"]} if words else {}


@require_http_methods(["GET", "HEAD", "POST"])
def topic_of_supervisor(request: HttpRequest) -> HttpResponse:
    if not acts(request.user):
        return redirect("theses:propose")
    form = SupervisorTopicForm(request.POST or None, user=request.user, initial=_given(request))
    lead = _("Describe a topic that you would like to supervise.")
    name = _("Propose a topic as its supervisor")
    return _stored(request, form, proposals.propose_as_supervisor, name=name, lead=lead)


@require_http_methods(["GET", "HEAD", "POST"])
def topic_idea(request: HttpRequest) -> HttpResponse:
    form = IdeaForm(request.POST or None, user=request.user, initial=_given(request))
    lead = _("Describe your idea; organisations and supervisors find it and turn to you.")
    return _stored(request, form, proposals.propose_idea, name=_("My own idea"), lead=lead)


def _stored(
    request: HttpRequest, form: TopicForm, store: Callable[..., Topic], **words: str
) -> HttpResponse:
    """The form, or the way to the new draft; a refusal becomes an error of the form."""
    if request.method == "POST" and form.is_valid():
        try:
            topic = store(form.values, by=request.user, **form.extras)
        except Refused as refusal:
            form.add_error(None, refusal.message)
        else:
            origin.tie_to_seed(request.GET, topic, request.user)
            messages.success(request, _saved_as(form))
            return redirect(topic)
    return _page(request, form, None, **words)


def _saved_as(form: TopicForm) -> str:
    if form.is_draft:
        return _("The draft is stored. You can go on whenever you like.")
    return _("The topic is stored. Check how it looks, and send it on below.")


@require_http_methods(["GET", "HEAD", "POST"])
def topic_edit(request: HttpRequest, slug: str) -> HttpResponse:
    topic = get_object_or_404(Topic.objects.editable_by(request.user), slug=slug)
    form = form_of(topic, request.POST or None, user=request.user)
    if has_done(
        request,
        form,
        lambda: topics.edit_topic(
            topic, form.values, by=request.user, seen=request.POST.get("seen", ""), **form.extras
        ),
        _("Saved."),
    ):
        return redirect(topic)
    return _page(request, form, topic, name=_("Edit the topic"), lead="")


@require_POST
def topic_move(request: HttpRequest, slug: str, action: str) -> HttpResponse:
    topic = get_object_or_404(Topic.objects.editable_by(request.user), slug=slug)
    if action not in MOVES.moves:
        raise Http404
    with refusal_as_message(request):
        reason = request.POST.get("reason", "")[:2000]
        moved = topics.move_topic(topic, action, by=request.user, reason=reason)
        state = moved.get_stage_display()
        messages.success(request, _("Done. The topic is now: %(state)s.") % {"state": state})
    return redirect(topic)


@require_http_methods(["GET", "HEAD", "POST"])
def topic_withdraw(request: HttpRequest, slug: str) -> HttpResponse:
    """Shows before the act who is told, and why."""
    topic = get_object_or_404(Topic.objects.editable_by(request.user), slug=slug)
    form = WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusal_as_message(request):
            topics.withdraw_topic(topic, by=request.user, **form.cleaned_data)
            messages.success(request, _("The topic is withdrawn, and those concerned are told."))
        return redirect(topic)
    context = {
        "trail": trail(topic, _("Withdraw the topic")),
        "topic": topic,
        "form": form,
        "told": (told := closing.concerned_by(topic)),
        "tells_nobody": not any(told.values()),
        "can_withdraw": MOVES.may("withdraw", topic, request.user),
    }
    status = 422 if form.errors else 200
    return render(request, "theses/topic_withdraw.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def topic_split(request: HttpRequest, slug: str) -> HttpResponse:
    """One part at a time; the page shows those there are."""
    topic = get_object_or_404(Topic.objects.editable_by(request.user), slug=slug)
    form = PartForm(request.POST or None, user=request.user, topic=topic)
    if has_done(
        request,
        form,
        lambda: proposals.split_topic(topic, form.cleaned_data, by=request.user),
        _("The part has been made. You can add another one."),
    ):
        return redirect("theses:topic_split", slug)
    context = {
        "trail": trail(topic, _("Split the topic")),
        "topic": topic,
        "form": form,
        "parts": part_rows(topic, request.user),
    }
    status = 422 if form.errors else 200
    return render(request, "theses/topic_split.html", context, status=status)
