"""The welcome letter of a cluster, and its test."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from cluster_portal.core.text.languages import text_in
from cluster_portal.notifications.kinds import Kind, KindGroup
from members.services import greeting

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    from cluster_portal.notifications.models import OutboxMail


def context(mail: OutboxMail) -> dict[str, Any]:
    """Without words of its own a cluster greets with the portal's."""
    cluster = mail.about
    return {"cluster": cluster.name, "body": text_in(cluster, "welcome", get_language() or "fi")}


def language(mail: OutboxMail) -> str:
    """That of the cluster's words: Finnish where they are not in the reader's."""
    wanted = str(mail.values.get("language") or mail.language)
    is_finnish_only = mail.about.welcome_fi and not getattr(mail.about, f"welcome_{wanted}")
    return "fi" if is_finnish_only else wanted


def reply_to(mail: OutboxMail) -> str:
    return str(mail.about.contact_email)


def sender(mail: OutboxMail) -> str:
    return str(mail.about.name)


def _kind(name: str, label: str | _StrPromise, **values: Any) -> Kind:
    return Kind(
        name, label=label, group=KindGroup.MEMBERSHIP, context=context, can_unsubscribe=False,
        language=language, reply_to=reply_to, sender=sender, **values,
    )  # fmt: skip


KINDS = (
    _kind(greeting.KIND, _("Welcome to a cluster")),
    _kind(greeting.TEST, _("Test of a welcome letter"), in_inbox=False),
)
