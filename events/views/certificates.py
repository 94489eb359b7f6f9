"""Certificates: the holder's PDF, and the page where anybody checks one by its code."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from events.models import Registration
from events.models.registrations import CODE_LETTERS
from events.pages import certificates
from events.views.registrations import by_link

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest


def plain(code: str) -> str:
    """As it is stored, however it was typed: abcde-12345, with spaces or without."""
    return "".join(letter for letter in code.upper() if letter in CODE_LETTERS)[:20]


@login_not_required
@require_safe
def find(request: HttpRequest) -> HttpResponse:
    """A field for the code; what holds no letter of one is answered with what to type."""
    typed = request.GET.get("code")
    if code := plain(typed or ""):
        return redirect("certificates:check", code)
    context = {"code": (typed or "").strip()[:20], "needs_code": typed is not None}
    status = 422 if typed is not None else 200
    return render(request, "events/certificate_check.html", context, status=status)


@login_not_required
@never_cache
@require_safe
def check(request: HttpRequest, code: str) -> HttpResponse:
    """Whose certificate it is, of what and when: nothing else of the registration."""
    found = certificates.checked(plain(code))
    context: dict[str, Any] = {"found": found, "code": code[:40], "is_asked": True}
    status = 200 if found else 404
    return render(request, "events/certificate_check.html", context, status=status)


@require_safe
def certificate(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """For its holder, who registered them, and the organisers."""
    shown = Registration.objects.visible_to(request.user).filter(public_id=public_id)
    registration = get_object_or_404(certificates.valid().filter(pk__in=shown.values("pk")))
    return _pdf(registration)


@by_link
@require_safe
def certificate_by_link(
    request: HttpRequest, registration: Registration, token: str
) -> HttpResponse:
    found = certificates.valid().filter(pk=registration.pk).first()
    if found is None:
        raise Http404
    return _pdf(found)


def _pdf(registration: Registration) -> HttpResponse:
    name = f"{registration.event.slug}-{certificates.number_of(registration)}.pdf"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    content = certificates.as_pdf(registration)
    return HttpResponse(content, content_type="application/pdf", headers=headers)
