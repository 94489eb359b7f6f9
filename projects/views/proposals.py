"""Proposals to a challenge: writing, reading, comparing and deciding; questions and answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cluster_portal.core.http import has_done, refusal_as_message
from projects.forms.decisions import DecisionForm
from projects.forms.proposals import SEND, AnswerForm, ProposalForm, QuestionForm
from projects.models import Challenge, Proposal, Question
from projects.models.proposals import may_propose
from projects.pages import proposals as page
from projects.services import decision_drafts, decisions, openings, questions
from projects.services import proposals as services
from projects.views.typed import given_back

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse


@require_http_methods(["GET", "HEAD", "POST"])
def proposal_write(request: HttpRequest, slug: str) -> HttpResponse:
    visible = Challenge.objects.visible_to(request.user).select_related("organisation")
    challenge = visible.filter(slug=slug).first()
    if challenge is None:
        return given_back(request)
    proposal = page.own(challenge, request.user, request.GET.get("organisation", ""))
    if proposal is None and request.method != "POST" and not may_propose(challenge, request.user):
        messages.info(request, page.who_may(challenge))
        return redirect(challenge)
    form: Any = ProposalForm(
        request.POST or None, request.FILES or None, user=request.user, challenge=challenge,
        proposal=proposal,
    )  # fmt: skip
    saved: list[services.Saved] = []
    if has_done(request, form, lambda: saved.append(_save(request, challenge, form))):
        return _after_saving(request, saved[0])
    context = {**page.write_values(challenge, proposal), "form": form}
    status = 422 if form.errors else 200
    return render(request, "projects/proposal_write.html", context, status=status)


def _save(request: HttpRequest, challenge: Challenge, form: Any) -> services.Saved:
    user: Any = request.user
    return services.save_proposal(
        challenge, form.values, by=user, organisation=form.cleaned_data["organisation"],
        send=request.POST.get("then") == SEND, seen=request.POST.get("seen", ""),
    )  # fmt: skip


def _after_saving(request: HttpRequest, saved: services.Saved) -> HttpResponse:
    if saved.is_late:
        messages.error(
            request, _("The deadline has passed: the proposal was not sent. Its text is kept here.")
        )
    elif saved.proposal.is_sent:
        messages.success(request, _("The proposal is sent. You can change it until the deadline."))
    else:
        messages.success(request, _("The draft is kept. Only your organisation sees it."))
    return redirect(saved.proposal)


@require_safe
def proposal_detail(request: HttpRequest, slug: str, public_id: UUID) -> HttpResponse:
    rows = Proposal.objects.visible_to(request.user).filter(challenge__slug=slug)
    proposal = get_object_or_404(
        rows.select_related("challenge", "organisation"), public_id=public_id
    )
    context = page.values(proposal, request.user)
    if not context["is_own"]:
        openings.note_reading(proposal.challenge, request.user)
    return render(request, "projects/proposal_detail.html", context)


@require_POST
def proposal_move(request: HttpRequest, slug: str, public_id: UUID, action: str) -> HttpResponse:
    rows = Proposal.objects.editable_by(request.user).filter(challenge__slug=slug)
    proposal = get_object_or_404(rows.select_related("challenge"), public_id=public_id)
    with refusal_as_message(request):
        moved = services.move_proposal(proposal, action, by=request.user)
        stage = {"stage": moved.get_stage_display()}
        messages.success(request, _("The state is now “%(stage)s”.") % stage)
    return redirect(proposal)


@require_http_methods(["GET", "HEAD", "POST"])
def proposal_compare(request: HttpRequest, slug: str) -> HttpResponse:
    """All of them side by side; the decision on all of them at once."""
    challenge = get_object_or_404(Challenge.objects.editable_by(request.user), slug=slug)
    proposals = page.received(challenge)
    draft = page.draft_of(challenge, request.user)
    waiting = [proposal for proposal in proposals if proposal.is_sent]
    form: Any = DecisionForm(request.POST or None, proposals=waiting, draft=draft)
    if has_done(request, form, lambda: _decide(request, challenge, form)):
        return redirect(request.path if form.is_draft else challenge)
    if proposals:
        openings.note_reading(challenge, request.user)
    context = {**page.compare_values(challenge, proposals, request.user, draft), "form": form}
    status = 422 if form.errors else 200
    return render(request, "projects/proposal_compare.html", context, status=status)


def _decide(request: HttpRequest, challenge: Challenge, form: DecisionForm) -> None:
    by: Any = request.user
    seen = request.POST.get("seen", "")
    if form.is_draft:
        decision_drafts.keep_draft(challenge, form.draft_values, by=by, seen=seen)
        messages.success(request, _("Kept half-made. Nobody has been told anything."))
        return
    decisions.decide(challenge, form.decision, by=by, seen=seen)
    messages.success(request, _("Decided. Each who proposed has been told."))


@require_POST
def question_ask(request: HttpRequest, slug: str) -> HttpResponse:
    challenge = Challenge.objects.visible_to(request.user).filter(slug=slug).first()
    if challenge is None:
        return given_back(request)
    form = QuestionForm(request.POST, challenge=challenge)
    if has_done(request, form, lambda: _ask(request, challenge, form),
                _("The question is sent. You are told when it is answered.")):  # fmt: skip
        return redirect(f"{challenge.get_absolute_url()}#questions")
    context = {"form": form, "challenge": challenge, **page.question_values(challenge)}
    return render(request, "projects/question_ask.html", context, status=422)


def _ask(request: HttpRequest, challenge: Challenge, form: QuestionForm) -> Question:
    values: Any = form.cleaned_data
    return questions.ask(
        challenge, values["text"], form_key=values["form_key"], by=request.user,
        is_anonymous=values.get("is_anonymous", False),
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def question_answer(request: HttpRequest, slug: str, form_key: UUID) -> HttpResponse:
    rows = Question.objects.editable_by(request.user).filter(challenge__slug=slug)
    question = rows.select_related("challenge").filter(form_key=form_key).first()
    if question is None:
        raise Http404
    form = AnswerForm(request.POST or None, initial={"answer": question.answer})
    user: Any = request.user
    seen = request.POST.get("seen", "")
    if has_done(
        request, form,
        lambda: questions.answer(question, form.cleaned_data["answer"], by=user, seen=seen),
        _("The answer is shown to everyone who can read the challenge."),
    ):  # fmt: skip
        return redirect(question)
    context = {"form": form, "question": question, **page.question_values(question.challenge)}
    status = 422 if form.errors else 200
    return render(request, "projects/question_answer.html", context, status=status)
