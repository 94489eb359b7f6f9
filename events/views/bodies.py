"""Bodies: the list, one of them, and who sits in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cluster_portal.core.http import has_done, refusal_as_message, with_next
from events.forms.bodies import BodyForm, NewSeatForm, SeatForm
from events.models import Body, BodyMember
from events.pages import bodies as page
from events.pages import decisions, forums, meetings
from events.services import bodies as services
from events.services import body_links
from projects.services.entries import stamp_of_fields

if TYPE_CHECKING:
    from uuid import UUID

    from django.forms import BaseForm
    from django.http import HttpRequest, HttpResponse


@login_not_required
@require_safe
def body_list(request: HttpRequest) -> HttpResponse:
    return page.BODIES.response(request)


@login_not_required
@require_safe
def body_detail(request: HttpRequest, slug: str) -> HttpResponse:
    rows = Body.objects.visible_to(request.user).select_related("home_cluster")
    body = get_object_or_404(rows, slug=slug)
    context = page.values(body, request.user) | {
        "meetings": meetings.of_body(body, request.user),
        "decisions": decisions.of_body(body, request.user),
        **forums.values(body, request.user),
    }
    return render(request, "events/body_detail.html", context)


def _editable(request: HttpRequest, slug: str) -> Body:
    return get_object_or_404(Body.objects.editable_by(request.user), slug=slug)


def form_page(
    request: HttpRequest, form: BaseForm, heading: str, trail: Any, **more: Any
) -> HttpResponse:
    """A form of a body or a meeting; `above` names what it belongs to."""
    status = 422 if form.errors else 200
    context = {"form": form, "heading": heading, "trail": trail, **more}
    return render(request, "events/body_form.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def body_make(request: HttpRequest) -> HttpResponse:
    user: Any = request.user
    if not services.may_make(user):
        raise Http404
    form = BodyForm(request.POST or None, user=user)
    made: list[Body] = []
    if has_done(request, form, lambda: made.append(services.make_body(form.values, by=user)),
                _("The body is made. Add its members.")):  # fmt: skip
        return redirect(made[0])
    return form_page(request, form, _("Add a body"), page.trail(_("Add a body")))


@require_http_methods(["GET", "HEAD", "POST"])
def body_edit(request: HttpRequest, slug: str) -> HttpResponse:
    body = _editable(request, slug)
    user: Any = request.user
    form = BodyForm(request.POST or None, user=user, body=body)
    seen = request.POST.get("seen", "")
    if has_done(request, form, lambda: services.edit_body(body, form.values, by=user, seen=seen),
                _("Saved.")):  # fmt: skip
        return redirect(body)
    trail = page.trail(body, _("Edit"))
    return form_page(request, form, _("Edit the body"), trail, above=body, seen=body.stamp)


@require_http_methods(["GET", "HEAD", "POST"])
def seat_add(request: HttpRequest, slug: str) -> HttpResponse:
    body = _editable(request, slug)
    user: Any = request.user
    form = NewSeatForm(request.POST or None, body=body, user=user)
    if has_done(request, form, lambda: services.add_member(body, form.values, by=user),
                _("The member is added.")):  # fmt: skip
        return redirect(body)
    return form_page(
        request, form, _("Add a member"), page.trail(body, _("Add a member")), above=body
    )


def _seat(request: HttpRequest, public_id: UUID) -> BodyMember:
    rows = BodyMember.objects.editable_by(request.user).select_related("body", "user")
    return get_object_or_404(rows, public_id=public_id)


@require_http_methods(["GET", "HEAD", "POST"])
def seat_edit(request: HttpRequest, public_id: UUID) -> HttpResponse:
    seat = _seat(request, public_id)
    user: Any = request.user
    form = SeatForm(request.POST or None, body=seat.body, user=user, seat=seat)
    seen = request.POST.get("seen", "")
    if has_done(
        request, form, lambda: services.edit_member(seat, form.values, by=user, seen=seen),
        _("Saved."),
    ):  # fmt: skip
        return redirect(seat.body)
    crumbs = page.trail(seat.body, seat)
    return form_page(request, form, str(seat), crumbs, above=seat.body,
                     seen=stamp_of_fields(seat, form.fields))  # fmt: skip


@require_POST
def seat_end(request: HttpRequest, public_id: UUID) -> HttpResponse:
    seat = _seat(request, public_id)
    user: Any = request.user
    with refusal_as_message(request):
        services.end_term(seat, on=None, by=user)
        messages.success(request, _("The term has ended."))
    return redirect(seat.body)


@require_POST
def seat_invite(request: HttpRequest, public_id: UUID) -> HttpResponse:
    seat = _seat(request, public_id)
    user: Any = request.user
    with refusal_as_message(request):
        services.invite_again(seat, by=user)
        messages.success(request, _("The invitation is on its way."))
    return redirect(seat.body)


@require_POST
def seat_claim(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """By an address that the account has confirmed."""
    rows = BodyMember.objects.claimable_by(request.user).select_related("body")
    seat = get_object_or_404(rows, public_id=public_id)
    return _claimed(request, seat, by_link=False)


def _claimed(request: HttpRequest, seat: BodyMember, *, by_link: bool) -> HttpResponse:
    user: Any = request.user
    with refusal_as_message(request):
        services.claim_seat(seat, by=user, by_link=by_link)
        messages.success(request, _("The seat is yours. Its meetings and papers are on your desk."))
        return redirect(seat.body)
    return redirect("home:desk")


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def seat_by_link(request: HttpRequest, token: str) -> HttpResponse:
    """GET shows which seat it is, POST links it to the account that is signed in."""
    seat = body_links.seat_of(token)
    if seat is None:
        return render(request, "events/body_link_void.html", status=404)
    if request.method == "POST" and request.user.is_authenticated:
        return _claimed(request, seat, by_link=True)
    here = reverse("events:seat_by_link", args=[token])
    context = {
        "seat": seat, "body": seat.body,
        "sign_in_url": with_next(reverse("account_login"), here),
        "sign_up_url": with_next(reverse("account_signup"), here),
    }  # fmt: skip
    return render(request, "events/seat_by_link.html", context)
