"""Joint statements: one of them, writing, signing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cluster_portal.core.http import has_done, refusal_as_message
from cluster_portal.core.numbers import whole_of
from events.forms.statements import PLAIN, StatementForm
from events.models import Body, Statement
from events.pages import forums as page
from events.pages.bodies import trail
from events.services import statements as services
from events.views.bodies import form_page
from members.models import Organisation
from projects.services.entries import stamp_of_fields

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse


@login_not_required
@require_safe
def statement_detail(request: HttpRequest, public_id: UUID) -> HttpResponse:
    rows = Statement.objects.visible_to(request.user).select_related("body__home_cluster")
    statement = get_object_or_404(rows, public_id=public_id)
    context = page.statement_values(statement, request.user)
    return render(request, "events/statement_detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def statement_add(request: HttpRequest, slug: str) -> HttpResponse:
    body = get_object_or_404(Body.objects.editable_by(request.user), slug=slug)
    user: Any = request.user
    form = StatementForm(request.POST or None)
    made: list[Statement] = []

    def write() -> None:
        key = form.cleaned_data["form_key"]
        made.append(services.write_statement(body, form.values, form_key=key, by=user))

    if has_done(request, form, write, _("The draft is kept. Open it for signing when ready.")):
        return redirect(made[0])
    name = _("Write a joint statement")
    return form_page(request, form, name, trail(body, name), above=body)


@require_http_methods(["GET", "HEAD", "POST"])
def statement_edit(request: HttpRequest, public_id: UUID) -> HttpResponse:
    rows = Statement.objects.editable_by(request.user).select_related("body")
    statement = get_object_or_404(rows, public_id=public_id)
    user: Any = request.user
    form = StatementForm(request.POST or None, statement=statement)
    seen = request.POST.get("seen", "")
    if has_done(
        request, form,
        lambda: services.edit_statement(statement, form.values, by=user, seen=seen), _("Saved."),
    ):  # fmt: skip
        return redirect(statement)
    crumbs = trail(statement.body, statement, _("Edit"))
    return form_page(request, form, _("Edit the statement"), crumbs, above=statement,
                     seen=stamp_of_fields(statement, PLAIN))  # fmt: skip


@require_POST
def statement_move(request: HttpRequest, public_id: UUID, action: str) -> HttpResponse:
    rows = Statement.objects.editable_by(request.user).select_related("body")
    statement = get_object_or_404(rows, public_id=public_id)
    user: Any = request.user
    with refusal_as_message(request):
        services.move_statement(statement, action, by=user)
        messages.success(request, _("Done."))
    return redirect(statement)


@require_POST
def statement_sign(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """By the contact of the organisation that the form names."""
    rows = Statement.objects.visible_to(request.user).select_related("body")
    statement = get_object_or_404(rows, public_id=public_id)
    user: Any = request.user
    chosen = whole_of(request.POST.get("organisation", ""))
    mine = Organisation.objects.editable_by(user)
    organisation = mine.filter(pk=chosen).first()
    with refusal_as_message(request):
        if organisation is None:
            messages.error(request, _("An organisation signs through its contact person."))
        elif request.POST.get("take_back"):
            services.take_back(statement, organisation, by=user)
            messages.success(request, _("The signature is taken back."))
        else:
            services.sign(statement, organisation, by=user)
            messages.success(request, _("Signed."))
    return redirect(statement)
