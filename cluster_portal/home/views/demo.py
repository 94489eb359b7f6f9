"""In the demo only: the mails that the portal has sent, read from the sink's folder."""

from __future__ import annotations

import datetime
import email
import re
from email.policy import default as policy
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cluster_portal.core.http import page_of

if TYPE_CHECKING:
    from email.message import EmailMessage

_NAME = re.compile(r"[0-9A-Za-z.-]{1,80}\.eml")


def _folder() -> Path:
    if not (settings.DEMO and settings.DEMO_MAIL_DIR):
        raise Http404
    return Path(settings.DEMO_MAIL_DIR)


def _read(path: Path) -> dict[str, Any]:
    message: EmailMessage = email.message_from_bytes(path.read_bytes(), policy=policy)
    return {
        "name": path.name,
        "subject": message["Subject"],
        "to": message["To"],
        "at": _moment(message),
        "headers": [
            (key, value) for key, value in message.items() if key.startswith(("List-", "Mess"))
        ],
        "text": _text(message),
    }


def _moment(message: EmailMessage) -> datetime.datetime | None:
    """A zone of "-0000" means UTC of a sender who does not tell where they are (RFC 5322)."""
    at = message["Date"].datetime if message["Date"] else None
    return at.replace(tzinfo=datetime.UTC) if at and at.tzinfo is None else at


def _text(message: EmailMessage) -> str:
    body = message.get_body(preferencelist=("plain",))
    return body.get_content() if body else ""


@login_not_required
@require_safe
def mail_list(request: HttpRequest) -> HttpResponse:
    paths = sorted(_folder().glob("*.eml"), reverse=True)
    page = page_of(request, paths, per_page=30)
    context = {
        "page": page,
        "mails": [_read(path) for path in page],
        "trail": [{"name": _("Mail sent")}],
    }
    return render(request, "home/mail_list.html", context)


def _found(name: str) -> Path:
    path = _folder() / name
    if not _NAME.fullmatch(name) or not path.is_file():
        raise Http404
    return path


@login_not_required
@require_safe
def mail_detail(request: HttpRequest, name: str) -> HttpResponse:
    return render(request, "home/mail_detail.html", {"mail": _read(_found(name))})


@login_not_required
@require_safe
def mail_file(request: HttpRequest, name: str) -> HttpResponse:
    """The mail as it was sent; its HTML part opens in a mail program, not under this site."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(_found(name).read_bytes(), content_type="message/rfc822", headers=headers)
