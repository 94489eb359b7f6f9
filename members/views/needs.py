"""Needs: the list, one need's page, telling one, and its steps."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cluster_portal.core import feeds, origin
from cluster_portal.core.http import has_done, refusal_as_message
from members.forms.needs import AnswerForm, NeedForm, RenewForm, ThemesForm
from members.models import Need, NeedMatch
from members.models.needs import MOVES, Stage
from members.pages import need_page, needs
from members.services import needs as services

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

GIVEN = ("what", "needed_by", "visibility", "kind")


@login_not_required
@require_safe
def need_list(request: HttpRequest) -> HttpResponse:
    return needs.NEEDS.response(request)


@login_not_required
@require_safe
def need_feed(request: HttpRequest) -> HttpResponse:
    return feeds.atom(needs.NEEDS, request)


@login_not_required
@require_safe
def need_detail(request: HttpRequest, slug: str) -> HttpResponse:
    need = get_object_or_404(need_page.complete(request.user), slug=slug)
    return render(request, "members/need_detail.html", need_page.values(need, request.user))


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def need_propose(request: HttpRequest) -> HttpResponse:
    """A visitor, and who is no member, reads what it is for and how to become one."""
    if not need_page.may_tell(request.user):
        return render(
            request, "members/need_why.html", {"trail": need_page.trail(_("Tell a need"))}
        )
    given = {name: request.GET[name][:160] for name in GIVEN if name in request.GET}
    if words := origin.begun(request.GET, request.user):
        given |= {"what": words["title"], "purpose": words["text"][:1000]}
    form = NeedForm(request.POST or None, user=request.user, initial=given)
    made: list[Need] = []
    if has_done(
        request, form, lambda: made.append(services.tell_need(form.values, by=request.user))
    ):
        origin.tie_to_seed(request.GET, made[0], request.user)
        return redirect("members:need_check", made[0].slug)
    return _form(request, form, _("Tell a need"), None)


def _form(request: HttpRequest, form: NeedForm, name: str, need: Need | None) -> HttpResponse:
    above = (need, name) if need else (name,)
    context = {"form": form, "need": need, "name": name, "trail": need_page.trail(*above)}
    status = 422 if form.errors else 200
    return render(request, "members/need_form.html", context, status=status)


def _own(request: HttpRequest, slug: str) -> Need:
    return get_object_or_404(Need.objects.editable_by(request.user), slug=slug)


@require_http_methods(["GET", "HEAD", "POST"])
def need_edit(request: HttpRequest, slug: str) -> HttpResponse:
    need = _own(request, slug)
    form = NeedForm(request.POST or None, user=request.user, need=need)
    seen = request.POST.get("seen", "")
    if has_done(
        request, form,
        lambda: services.edit_need(need, form.values, by=request.user, seen=seen), _("Saved."),
    ):  # fmt: skip
        return redirect(need)
    return _form(request, form, _("Edit the need"), need)


@require_http_methods(["GET", "HEAD", "POST"])
def need_check(request: HttpRequest, slug: str) -> HttpResponse:
    """The themes that were found, to be kept or dropped; then a draft is published or kept."""
    need = _own(request, slug)
    form = ThemesForm(request.POST or None, need=need)
    if has_done(request, form, lambda: _save_themes(need, form, request)):
        return redirect(need)
    context = {
        "form": form, "need": need, "is_draft": need.stage == Stage.DRAFT,
        "waits": services.waits_for_organisation(need, request.user),
        "by_when": need.when_in_words, "trail": need_page.trail(need, _("Check and publish")),
    }  # fmt: skip
    return render(request, "members/need_check.html", context, status=422 if form.errors else 200)


def _save_themes(need: Need, form: ThemesForm, request: HttpRequest) -> None:
    values = {"region": form.cleaned_data["region"]}
    terms, seen = form.cleaned_data["terms"], request.POST.get("seen", "")
    publish = request.POST.get("then") == "publish"
    saved, is_moved = services.check_need(
        need, values, by=request.user, seen=seen, terms=terms, publish=publish
    )
    messages.success(request, need_page.said_of(saved) if is_moved else _("Saved."))


@require_POST
def need_move(request: HttpRequest, slug: str, action: str) -> HttpResponse:
    need = _own(request, slug)
    if action not in MOVES.without(*need_page.FORMS).moves:
        raise Http404
    with refusal_as_message(request):
        reason = request.POST.get("reason", "")[:2000]
        seen = request.POST.get("seen", "")
        moved = services.move_need(need, action, by=request.user, reason=reason, seen=seen)
        messages.success(request, need_page.said_of(moved))
    if Need.objects.visible_to(request.user).contains(need):
        return redirect(need)
    return redirect("members:needs")


@require_http_methods(["GET", "HEAD", "POST"])
def need_answered(request: HttpRequest, slug: str) -> HttpResponse:
    need = _own(request, slug)
    form = AnswerForm(request.POST or None, **need_page.answers_to_choose(need, request.user))
    if has_done(
        request, form,
        lambda: services.answer_need(need, form.answered, by=request.user),
        _("Good. The need is marked as answered."),
    ):  # fmt: skip
        return redirect(need)
    context = {"form": form, "need": need, "trail": need_page.trail(need, _("Mark as answered"))}
    status = 422 if form.errors else 200
    return render(request, "members/need_answered.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def need_renew(request: HttpRequest, slug: str) -> HttpResponse:
    need = _own(request, slug)
    form = RenewForm(request.POST or None)
    if has_done(
        request, form,
        lambda: services.renew_need(need, form.cleaned_data["needed_by"], by=request.user),
        _("The need is open."),
    ):  # fmt: skip
        return redirect(need)
    context: dict[str, Any] = {"form": form, "need": need}
    context["trail"] = need_page.trail(need, _("Still open"))
    status = 422 if form.errors else 200
    return render(request, "members/need_renew.html", context, status=status)


@require_POST
def match_dismiss(request: HttpRequest, pk: int) -> HttpResponse:
    rows = NeedMatch.objects.editable_by(request.user).select_related("need")
    match = get_object_or_404(rows, pk=pk)
    services.dismiss_match(match, by=request.user)
    messages.success(request, _("It is not suggested for this need any more."))
    return redirect(match.need)
