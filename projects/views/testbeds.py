"""Test environments: the list, a page, entering and changing one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cluster_portal.core.http import has_done, refusal_as_message
from projects.forms.testbeds import TestbedForm
from projects.models import TestEnvironment
from projects.pages import testbeds
from projects.pages.pilot_form import may_begin
from projects.pages.pilot_lists import TESTBEDS
from projects.services.testbeds import edit_testbed, enter_testbed, move_testbed

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@login_not_required
@require_safe
def testbed_list(request: HttpRequest) -> HttpResponse:
    return TESTBEDS.response(request)


@login_not_required
@require_safe
def testbed_detail(request: HttpRequest, slug: str) -> HttpResponse:
    user = request.user
    rows = testbeds.complete(TestEnvironment.objects.visible_to(user), user)
    testbed = get_object_or_404(rows.prefetch_related("terms"), slug=slug)
    return render(request, "projects/testbed_detail.html", testbeds.values(testbed, user=user))


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def testbed_propose(request: HttpRequest) -> HttpResponse:
    """A visitor, and who belongs to no member organisation, reads what it is for."""
    heading = _("Enter a test environment")
    context = {"heading": heading, "trail": testbeds.trail(heading), "current": "projects"}
    if not may_begin(request.user):
        return render(request, "projects/testbed_why.html", context)
    form = TestbedForm(request.POST or None, user=request.user)
    made: list[TestEnvironment] = []
    if has_done(
        request, form, lambda: made.append(enter_testbed(form.values, by=request.user)),
        _("The draft is kept. Look at it and publish it."),
    ):  # fmt: skip
        return redirect(made[0])
    status = 422 if form.errors else 200
    return render(request, "projects/testbed_form.html", {**context, "form": form}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def testbed_edit(request: HttpRequest, slug: str) -> HttpResponse:
    user = request.user
    testbed = get_object_or_404(TestEnvironment.objects.editable_by(user), slug=slug)
    form = TestbedForm(request.POST or None, user=user, testbed=testbed)
    seen = request.POST.get("seen", "")
    if has_done(
        request, form, lambda: edit_testbed(testbed, form.values, by=user, seen=seen), _("Saved.")
    ):
        return redirect(testbed)
    heading = _("Change the test environment")
    context = {"heading": heading, "trail": testbeds.trail(testbed, heading),
               "current": "projects", "testbed": testbed, "form": form}  # fmt: skip
    status = 422 if form.errors else 200
    return render(request, "projects/testbed_form.html", context, status=status)


@require_POST
def testbed_move(request: HttpRequest, slug: str, action: str) -> HttpResponse:
    testbed = get_object_or_404(TestEnvironment.objects.editable_by(request.user), slug=slug)
    with refusal_as_message(request):
        moved = move_testbed(testbed, action, by=request.user)
        stage = {"stage": moved.get_stage_display()}
        messages.success(request, _("The state is now “%(stage)s”.") % stage)
    return redirect(testbed)
