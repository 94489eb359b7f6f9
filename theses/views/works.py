"""The workspace of a thesis, for its parties and the coordinators."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cluster_portal.core.http import has_done, refusal_as_message
from theses.forms import works as forms
from theses.forms.works import OrderForm
from theses.models import Milestone, SupervisionRequest, Thesis
from theses.models.supervision import MOVES as REQUEST_MOVES
from theses.models.works import ACTIVE, MOVES, Stage, is_commissioner, is_party, is_student
from theses.pages import supervision_page, thread, work_page
from theses.services import links, supervision, works, workspace

if TYPE_CHECKING:
    from collections.abc import Hashable
    from uuid import UUID

    from django.forms import Form
    from django.http import HttpRequest, HttpResponse


RELATED = (
    *("supervisor__supervisor_profile__institution", "application__student__student_profile"),
    *("application__topic__organisation", "application__topic__home_cluster"),
    "application__topic__contact",
)


def thesis_of(request: HttpRequest, public_id: UUID) -> Thesis:
    rows = Thesis.objects.editable_by(request.user).select_related(*RELATED).defer("search")
    return get_object_or_404(rows, public_id=public_id)


def form_page(
    request: HttpRequest, thesis: Thesis, form: Form, name: str, **more: Any
) -> HttpResponse:
    context = {
        "thesis": thesis,
        "form": form,
        "name": name,
        "trail": work_page.trail_of(thesis, name),
        **more,
    }
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "theses/work_form.html", context, status=status)


@require_safe
def work_detail(request: HttpRequest, public_id: UUID) -> HttpResponse:
    thesis = thesis_of(request, public_id)
    return render(request, "theses/work_page.html", work_page.values(thesis, request.user))


@require_POST
def work_move(request: HttpRequest, public_id: UUID, action: str) -> HttpResponse:
    thesis = thesis_of(request, public_id)
    if action not in MOVES.moves or action in work_page.WITH_A_FORM:
        raise Http404
    with refusal_as_message(request):
        reason = request.POST.get("reason", "")[:2000]
        works.move_thesis(thesis, action, by=request.user, reason=reason)
        messages.success(request, _("Done. The others have been told."))
    return redirect(thesis.workspace_url)


@require_http_methods(["GET", "HEAD", "POST"])
def work_interrupt(request: HttpRequest, public_id: UUID) -> HttpResponse:
    thesis = thesis_of(request, public_id)
    form = forms.InterruptForm(request.POST or None)
    if has_done(
        request,
        form,
        lambda: works.move_thesis(thesis, "interrupt", by=request.user, **form.cleaned_data),
        _("Done. The others have been told."),
    ):
        return redirect(thesis.workspace_url)
    lead = _("The place and the supervisor stay as they are until the work goes on.")
    return form_page(request, thesis, form, _("Interrupt for a time"), lead=lead)


@require_http_methods(["GET", "HEAD", "POST"])
def agreement_edit(request: HttpRequest, public_id: UUID) -> HttpResponse:
    thesis = thesis_of(request, public_id)
    agreement = work_page.agreement_of(thesis)
    form = forms.AgreementForm(request.POST or None, agreement=agreement)
    if has_done(
        request,
        form,
        lambda: workspace.change_agreement(thesis, form.cleaned_data, by=request.user),
        _("Saved."),
    ):
        return redirect(f"{thesis.workspace_url}#agreement")
    lead = _("A change asks all three to confirm the agreement anew, and tells the others.")
    return form_page(request, thesis, form, _("Edit the agreement"), lead=lead)


@require_POST
def agreement_confirm(request: HttpRequest, public_id: UUID) -> HttpResponse:
    thesis = thesis_of(request, public_id)
    with refusal_as_message(request):
        workspace.confirm_agreement(thesis, by=request.user)
        messages.success(request, _("You have confirmed the agreement."))
    return redirect(f"{thesis.workspace_url}#agreement")


@require_POST
def light_set(request: HttpRequest, public_id: UUID) -> HttpResponse:
    thesis = thesis_of(request, public_id)
    form = forms.LightForm(request.POST)
    if has_done(
        request,
        form,
        lambda: workspace.set_light(thesis, by=request.user, **form.cleaned_data),
        _("Thank you. The others see how it goes."),
    ):
        return redirect(f"{thesis.workspace_url}#light")
    context = work_page.values(thesis, request.user, form)
    return render(request, "theses/work_page.html", context, status=422)


@require_http_methods(["GET", "HEAD", "POST"])
def schedule_edit(request: HttpRequest, public_id: UUID) -> HttpResponse:
    thesis = thesis_of(request, public_id)
    initial = {"target_on": thesis.target_on}
    form = forms.ScheduleForm(request.POST or None, initial=initial)
    if has_done(
        request,
        form,
        lambda: workspace.set_target(thesis, form.cleaned_data["target_on"], by=request.user),
        _("Saved."),
    ):
        return redirect(f"{thesis.workspace_url}#milestones")
    return form_page(request, thesis, form, _("Change the schedule"))


def _milestone(thesis: Thesis, key: Hashable) -> Milestone:
    return get_object_or_404(thesis.milestones.select_related("thesis"), public_id=key)


@require_http_methods(["GET", "HEAD", "POST"])
def milestone_edit(request: HttpRequest, public_id: UUID, key: Hashable = None) -> HttpResponse:
    """Without a key, a new one."""
    thesis = thesis_of(request, public_id)
    row = _milestone(thesis, key) if key else None
    form = forms.MilestoneForm(request.POST or None, milestone=row)
    if has_done(
        request,
        form,
        lambda: workspace.save_milestone(thesis, form.cleaned_data, by=request.user, milestone=row),
        _("Saved."),
    ):
        return redirect(f"{thesis.workspace_url}#milestones")
    name = _("Edit the milestone") if row else _("Add a milestone")
    return form_page(request, thesis, form, name, milestone=row)


@require_POST
def milestone_tick(request: HttpRequest, public_id: UUID, key: Hashable) -> HttpResponse:
    thesis = thesis_of(request, public_id)
    with refusal_as_message(request):
        workspace.tick_milestone(_milestone(thesis, key), by=request.user)
    return redirect(f"{thesis.workspace_url}#milestones")


@require_POST
def milestone_remove(request: HttpRequest, public_id: UUID, key: Hashable) -> HttpResponse:
    thesis = thesis_of(request, public_id)
    with refusal_as_message(request):
        workspace.remove_milestone(_milestone(thesis, key), by=request.user)
        messages.success(request, _("Removed."))
    return redirect(f"{thesis.workspace_url}#milestones")


def _may_finish(thesis: Thesis, request: HttpRequest) -> bool:
    return MOVES.may("finish", thesis, request.user)


def _ending(request: HttpRequest, *, may_finish: bool, by_student: bool) -> tuple[Any, str]:
    """What the button that was pressed does, and what is said of it."""
    if "finish" in request.POST and may_finish:
        return works.finish_thesis, _("The thesis is finished.")
    if "ready" in request.POST and by_student:
        return works.tell_ready, _("Saved, and the supervisor and the commissioner have been told.")
    return works.save_report, _("Saved.")


@require_http_methods(["GET", "HEAD", "POST"])
def work_report(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """What becomes public: any party writes it down, supervisor or commissioner finishes."""
    thesis = thesis_of(request, public_id)
    if thesis.stage != Stage.IN_PROGRESS:
        return redirect(thesis.workspace_url)
    by_student, may_finish = is_student(thesis, request.user), _may_finish(thesis, request)
    write, said = _ending(request, may_finish=may_finish, by_student=by_student)
    whole = write is not works.save_report
    form = forms.ReportForm(request.POST or None, thesis, is_student=by_student, is_whole=whole)
    if has_done(request, form, lambda: write(thesis, form.cleaned_data, by=request.user), said):
        return redirect(thesis.workspace_url)
    more = {"is_report": True, "may_finish": may_finish, "may_tell_ready": by_student}
    return form_page(request, thesis, form, _("What will be public"), **more)


@require_http_methods(["GET", "HEAD", "POST"])
def usage_edit(request: HttpRequest, public_id: UUID) -> HttpResponse:
    thesis = thesis_of(request, public_id)
    if thesis.stage != Stage.FINISHED or not is_commissioner(thesis, request.user):
        return redirect(thesis.workspace_url)
    form = forms.UsageForm(request.POST or None, thesis=thesis)
    if has_done(
        request,
        form,
        lambda: works.tell_usage(thesis, by=request.user, **form.cleaned_data),
        _("Thank you. The others have been told."),
    ):
        return redirect(thesis.workspace_url)
    return form_page(request, thesis, form, _("What the result was used for"))


@require_POST
def author_show(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The student's own choice; `shows` is yes or empty."""
    thesis = thesis_of(request, public_id)
    with refusal_as_message(request):
        works.show_author(thesis, shows=request.POST.get("shows") == "yes", by=request.user)
        messages.success(request, _("Saved."))
    return redirect(thesis.workspace_url)


MAX_QUERY, PK_DIGITS = 200, 18


@require_http_methods(["GET", "HEAD", "POST"])
def thread_add(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """GET searches; POST ties the thesis to what one of the rows names."""
    thesis = thesis_of(request, public_id)
    if request.method == "POST":
        named = thread.anchor_named(request.POST.get("anchor", ""), request.user)
        if named is None:
            raise Http404
        with refusal_as_message(request):
            links.link_thesis(thesis, *named, by=request.user)
            messages.success(request, _("Saved."))
        return redirect(f"{thesis.workspace_url}#thread")
    q = request.GET.get("q", "")[:MAX_QUERY].strip()
    context = {
        "thesis": thesis,
        "q": q,
        "rows": thread.found_anchors(q, request.user),
        "trail": work_page.trail_of(thesis, _("Add a link")),
    }
    return render(request, "theses/work_thread.html", context)


@require_POST
def thread_remove(request: HttpRequest, public_id: UUID) -> HttpResponse:
    thesis = thesis_of(request, public_id)
    link = request.POST.get("link", "")
    if not (link.isascii() and link.isdigit() and len(link) < PK_DIGITS):
        raise Http404
    with refusal_as_message(request):
        links.unlink_thesis(thesis, int(link), by=request.user)
        messages.success(request, _("Removed."))
    return redirect(f"{thesis.workspace_url}#thread")


@require_http_methods(["GET", "HEAD", "POST"])
def supervisors_choose(request: HttpRequest, public_id: UUID) -> HttpResponse:
    thesis = thesis_of(request, public_id)
    if thesis.stage not in ACTIVE:
        return redirect(thesis.workspace_url)
    data = request.POST if request.method == "POST" else request.GET
    q = data.get("q", "")[: supervision_page.MAX_QUERY].strip()
    candidates = supervision_page.candidates(thesis, request.user, q)
    if request.method == "POST":
        known = {profile.pk for profile in candidates}
        more = supervision_page.posted(thesis, request.user, request.POST)
        candidates += [profile for profile in more if profile.pk not in known]
    form = OrderForm(request.POST or None, candidates=candidates)
    if _ask(request, thesis, form):
        return redirect(f"{thesis.workspace_url}#supervision")
    return _choosing(request, thesis, form, q)


def _ask(request: HttpRequest, thesis: Thesis, form: OrderForm) -> bool:
    def act() -> None:
        words = {name: form.cleaned_data[name] for name in ("message", "days")}
        asked = supervision.choose_supervisors(thesis, form.chosen, by=request.user, **words)
        if asked is None:
            told = _("Nobody of them has room now. They are asked when they have.")
        else:
            told = _("%(person)s is asked now.") % {"person": asked.supervisor.get_full_name()}
        messages.success(request, told)

    return has_done(request, form, act)


def _choosing(request: HttpRequest, thesis: Thesis, form: OrderForm, q: str) -> HttpResponse:
    name = _("Change the supervisor") if thesis.supervisor_id else _("Ask supervisors")
    context = {
        "thesis": thesis,
        "form": form,
        "q": q,
        "name": name,
        "trail": work_page.trail_of(thesis, name),
    }
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "theses/supervision_choose.html", context, status=status)


def _request_of(request: HttpRequest, public_id: UUID) -> SupervisionRequest:
    rows = SupervisionRequest.objects.visible_to(request.user).select_related(
        "supervisor__supervisor_profile",
        "thesis__application__student",
        "thesis__application__topic__organisation",
        "thesis__application__topic__home_cluster",
        "asked_by",
    )
    return get_object_or_404(rows, public_id=public_id)


@require_safe
def supervision_detail(request: HttpRequest, public_id: UUID) -> HttpResponse:
    row = _request_of(request, public_id)
    context = supervision_page.values(row, request.user)
    return render(request, "theses/supervision_page.html", context)


@require_POST
def supervision_move(request: HttpRequest, public_id: UUID, action: str) -> HttpResponse:
    row = _request_of(request, public_id)
    if action not in REQUEST_MOVES.moves and action not in {"up", "down"}:
        raise Http404
    with refusal_as_message(request):
        if action in REQUEST_MOVES.moves:
            reason = request.POST.get("reason", "")[:2000]
            supervision.answer(row, action, by=request.user, reason=reason)
            messages.success(request, _("Thank you. The others have been told."))
        else:
            supervision.move_request(row, up=action == "up", by=request.user)
    thesis = row.thesis
    is_party_now = is_party(thesis, request.user) or action == "accept"
    return redirect(f"{thesis.workspace_url}#supervision" if is_party_now else row)
