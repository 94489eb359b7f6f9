"""Turning to another party, and the page where it is answered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cluster_portal.core.errors import Refused
from cluster_portal.core.http import refusal_as_message
from members.models import Organisation
from theses.forms.approaches import ApproachForm, OrganisationApproachForm
from theses.models import Approach, StudentProfile, SupervisorProfile, Thesis, Topic
from theses.models.approaches import MOVES, Kind
from theses.models.approaches import Stage as ApproachStage
from theses.models.works import acts
from theses.pages.approach_page import (
    effect_of,
    facts_of,
    invitable_organisations,
    look_of,
    opening_of,
    words_of,
)
from theses.pages.presentation import trail
from theses.services import approaches

if TYPE_CHECKING:
    from uuid import UUID

    from django.db.models import QuerySet
    from django.http import HttpRequest, HttpResponse

    from cluster_portal.core.visibility import Reader


def _seen_topic(request: HttpRequest, slug: str) -> Topic:
    rows = Topic.objects.visible_to(request.user).select_related("organisation", "home_cluster")
    return get_object_or_404(rows, slug=slug)


@require_http_methods(["GET", "HEAD", "POST"])
def topic_commission(request: HttpRequest, slug: str) -> HttpResponse:
    """An organisation's contact offers to commission a topic that has no commissioner."""
    topic = _seen_topic(request, slug)
    ours = Organisation.objects.editable_by(request.user).order_by("name")
    form = OrganisationApproachForm(request.POST or None, organisations=ours)
    sent = _send(request, form, topic, Kind.COMMISSION)
    return sent or _page(request, form, topic, Kind.COMMISSION)


@require_http_methods(["GET", "HEAD", "POST"])
def topic_supervise(request: HttpRequest, slug: str) -> HttpResponse:
    """A supervisor offers to supervise."""
    topic = _seen_topic(request, slug)
    if not acts(request.user):
        messages.info(request, _("Tell first what you supervise: make a supervisor’s profile."))
        return redirect("theses:profile_supervisor")
    form = ApproachForm(request.POST or None)
    return _send(request, form, topic, Kind.SUPERVISE) or _page(
        request, form, topic, Kind.SUPERVISE
    )


@require_http_methods(["GET", "HEAD", "POST"])
def topic_invite(request: HttpRequest, slug: str) -> HttpResponse:
    """The topic's side asks a student or supervisor (named in the address) or an organisation."""
    topic = get_object_or_404(Topic.objects.editable_by(request.user), slug=slug)
    kind, to = _invited(request)
    form: ApproachForm = ApproachForm(request.POST or None)
    if kind == Kind.INVITE_COMMISSIONER:
        asked = invitable_organisations(request.user)
        form = OrganisationApproachForm(request.POST or None, organisations=asked)
    return _send(request, form, topic, kind, to) or _page(request, form, topic, kind, to)


def _invited(request: HttpRequest) -> tuple[Kind, Any]:
    named = request.POST if request.method == "POST" else request.GET
    if "student" in named:
        rows = StudentProfile.objects.visible_to(request.user).select_related("user")
        return Kind.INVITE_STUDENT, _named(rows, public_id=named["student"]).user
    if "supervisor" in named:
        people = SupervisorProfile.objects.visible_to(request.user).select_related("user")
        return Kind.INVITE_SUPERVISOR, _named(people, slug=named["supervisor"]).user
    return Kind.INVITE_COMMISSIONER, None


def _named(rows: QuerySet[Any], **key: str) -> Any:
    """Whatever is no address of a profile is no profile."""
    try:
        return get_object_or_404(rows, **key)
    except ValidationError:
        raise Http404 from None


def _send(
    request: HttpRequest, form: ApproachForm, topic: Topic, kind: Kind, to: Any = None
) -> HttpResponse | None:
    """The way to what was sent, or None to show the form; a refusal becomes an error of it."""
    if request.method != "POST" or not form.is_valid():
        return None
    try:
        made = approaches.send(topic, kind, by=request.user, to=to, **form.cleaned_data)
    except Refused as refusal:
        form.add_error(None, refusal.message)
        return None
    messages.success(request, _("Sent. You get the answer by e-mail and on your desk."))
    return redirect(made)


def _page(
    request: HttpRequest, form: ApproachForm, topic: Topic, kind: Kind, to: Any = None
) -> HttpResponse:
    words = words_of(kind)
    context = {
        "trail": trail(topic, words["name"]),
        "topic": topic,
        "form": form,
        "words": words,
        "to": to,
        "kept": _kept(request),
        "commissions": kind == Kind.COMMISSION,
    }
    status = 422 if form.errors else 200
    return render(request, "theses/approach_form.html", context, status=status)


def _kept(request: HttpRequest) -> dict[str, str]:
    """Who is asked, as the address named them, for the form to bring back."""
    given = request.POST if request.method == "POST" else request.GET
    return {name: given[name] for name in ("student", "supervisor") if name in given}


@require_safe
def approach_detail(request: HttpRequest, public_id: UUID) -> HttpResponse:
    approach = _seen(request, public_id)
    context = {
        "trail": trail(approach.topic, _("Message")),
        "approach": approach,
        "topic": approach.topic,
        "facts": facts_of(approach),
        "look": look_of(approach),
        "moves": (moves := MOVES.open_to(approach, request.user)),
        "answers": (answers := any(name == "accept" for name, _move in moves)),
        "heading": opening_of(approach) if answers else approach.get_kind_display(),
        "effect": effect_of(approach),
        "commissions": answers and approach.kind == Kind.INVITE_COMMISSIONER,
        "leads_to_form": approach.kind == Kind.INVITE_STUDENT and approach.to_id == request.user.pk,
    }
    return render(request, "theses/approach_page.html", context)


def _seen(request: HttpRequest, public_id: UUID) -> Approach:
    rows = Approach.objects.visible_to(request.user)
    related = ("topic__organisation", "topic__home_cluster", "by", "to", "organisation")
    return get_object_or_404(rows.select_related(*related), public_id=public_id)


@require_POST
def approach_move(request: HttpRequest, public_id: UUID, action: str) -> HttpResponse:
    approach = _seen(request, public_id)
    if action not in MOVES.moves:
        raise Http404
    with refusal_as_message(request):
        reason = request.POST.get("reason", "")[:2000]
        answered = approaches.answer(approach, action, by=request.user, reason=reason)
        messages.success(request, _("Your answer is recorded, and the other side told."))
        if answered.stage == ApproachStage.ACCEPTED:
            return redirect(_after_yes(answered, request.user))
    return redirect(approach)


def _after_yes(approach: Approach, user: Reader) -> str:
    """Where it goes on: the form, the workspace of the student whose idea it is, or the topic."""
    if approach.kind == Kind.INVITE_STUDENT:
        return f"{approach.topic.get_absolute_url()}#apply"
    own = Thesis.objects.editable_by(user).active()
    thesis = own.filter(application__topic=approach.topic, application__student=user.pk).first()
    return thesis.workspace_url if thesis else approach.topic.get_absolute_url()
