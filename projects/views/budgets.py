"""A project's budget: its page and files, entering it, the costs that came about."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cluster_portal.core import exports
from cluster_portal.core.http import has_done, refusal_as_message
from projects.forms.budgets import EMPTY_LINES, ActualCostForm, BudgetForm
from projects.models import ActualCost, Budget, Project
from projects.pages import budget as page
from projects.pages import budget_tables
from projects.services import actual_costs
from projects.services import budgets as services
from projects.services.partnerships import was_partner

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse, QueryDict

    from cluster_portal.core.visibility import Reader

FILES = {"csv": exports.csv_response, "xlsx": exports.xlsx_response}


def _budget(project: Project, user: Reader) -> Budget | None:
    rows = Budget.objects.visible_to(user).with_lines()
    return rows.filter(project=project).first()


@login_not_required
@require_safe
def budget_detail(request: HttpRequest, slug: str) -> HttpResponse:
    project = get_object_or_404(Project.objects.visible_to(request.user), slug=slug)
    budget = _budget(project, request.user)
    if budget is None and not project.is_editable_by(request.user):
        raise Http404
    context = page.values(project, budget, request.user)
    return render(request, "projects/budget.html", context)


@login_not_required
@require_safe
def budget_file(request: HttpRequest, slug: str, kind: str) -> HttpResponse:
    project = get_object_or_404(Project.objects.visible_to(request.user), slug=slug)
    budget = _budget(project, request.user)
    if budget is None or kind not in FILES:
        raise Http404
    budget.project = project
    rows = budget_tables.in_file(page.every_table(budget, request.user))
    return FILES[kind](f"{project.slug}-budget", [project.title], rows)


@require_http_methods(["GET", "HEAD", "POST"])
def budget_edit(request: HttpRequest, slug: str) -> HttpResponse:
    """`then` is `more` for further empty lines, `compute` to see what it comes to, else saving."""
    project = get_object_or_404(Project.objects.editable_by(request.user), slug=slug)
    budget = Budget.objects.editable_by(request.user).filter(project=project).with_lines().first()
    then = request.POST.get("then", "")
    data = _with_more_lines(request.POST) if then == "more" else request.POST
    form = BudgetForm(
        data or None, project=project, budget=budget, partners=page.bearers(project, request.user)
    )
    if not then and has_done(request, form, lambda: _save(request, project, form),
                             _("The budget is saved.")):  # fmt: skip
        return redirect("projects:budget", project.slug)
    context = page.edit_values(project, budget, form, request.user, is_computed=bool(then))
    status = 422 if form.is_bound and not then and form.errors else 200
    return render(request, "projects/budget_edit.html", context, status=status)


def _with_more_lines(sent: QueryDict) -> QueryDict:
    data = sent.copy()
    for prefix in ("costs", "sources"):
        name = f"{prefix}-TOTAL_FORMS"
        count = sent.get(name, "")
        data[name] = str(int(count) + EMPTY_LINES) if count.isdecimal() and len(count) < 4 else "0"
    return data


def _save(request: HttpRequest, project: Project, form: BudgetForm) -> None:
    user: Any = request.user
    services.save_budget(project, form.plan, by=user, seen=request.POST.get("seen", ""))


def _inside(request: HttpRequest, slug: str) -> Budget | None:
    """The budget, for those inside the project; None where a partner of earlier sends a form."""
    project = get_object_or_404(Project.objects.visible_to(request.user), slug=slug)
    budget = _budget(project, request.user)
    if budget is not None:
        budget.project = project
        if page.is_inside(budget, request.user):
            return budget
    if request.method != "POST" or not was_partner(project, request.user):
        raise Http404
    messages.error(
        request,
        _("Your organisation is no partner of the project any more. Nothing has been changed."),
    )
    return None


@require_http_methods(["GET", "HEAD", "POST"])
def actual_costs_page(request: HttpRequest, slug: str) -> HttpResponse:
    budget = _inside(request, slug)
    if budget is None:
        return redirect("projects:project", slug)
    user: Any = request.user
    organisations = actual_costs.reporting(budget.project, user)
    form = ActualCostForm(
        request.POST or None, organisations=organisations, cost_model=budget.cost_model,
        initial={"form_key": uuid.uuid4()},
    )  # fmt: skip
    if has_done(request, form, lambda: actual_costs.enter_cost(budget, form.spent, by=user),
                _("The cost is entered.")):  # fmt: skip
        words = page.warned(budget.project, form.spent.day)
        if words:
            messages.warning(request, words)
        return redirect("projects:actual_costs", slug)
    context = page.spending_values(budget, form if organisations else None, user)
    status = 422 if form.errors else 200
    return render(request, "projects/actual_costs.html", context, status=status)


@require_POST
def actual_cost_remove(request: HttpRequest, slug: str, key: uuid.UUID) -> HttpResponse:
    budget = _inside(request, slug)
    if budget is None:
        return redirect("projects:project", slug)
    user: Any = request.user
    cost = ActualCost.objects.visible_to(user).filter(budget=budget, form_key=key).first()
    if cost is not None:
        with refusal_as_message(request):
            actual_costs.remove_cost(cost, by=user)
            messages.success(request, _("The cost is removed."))
    return redirect("projects:actual_costs", slug)
