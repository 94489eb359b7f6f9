"""Messages about capabilities, with the links that confirm and renew by one press."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from cluster_portal.notifications.kinds import Kind, KindGroup, NothingToSay
from cluster_portal.notifications.sending.rendering import absolute
from members.models import Capability
from members.models.capabilities import Stage
from members.services.capabilities import renewed_until
from members.services.capability_renewals import path_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.utils.functional import _StrPromise

    from cluster_portal.notifications.models import OutboxMail


def _of_capability(mail: OutboxMail) -> dict[str, Any]:
    capability = mail.about
    if not isinstance(capability, Capability) or mail.recipient is None:
        raise NothingToSay
    return {
        "title": capability.title,
        "organisation": capability.organisation.title if capability.organisation else "",
        "summary": capability.summary,
        "until": capability.expires_on,
        "renewed_until": renewed_until(capability),
    }


def _with_link(action: str, stages: set[str]) -> Any:
    """Nothing to say once somebody has confirmed, renewed or withdrawn it."""

    def context(mail: OutboxMail) -> dict[str, Any]:
        values, capability = _of_capability(mail), mail.about
        until = str(mail.values.get("until", capability.expires_on or ""))
        if capability.stage not in stages or str(capability.expires_on or "") != until:
            raise NothingToSay
        reader = mail.recipient
        if reader is None:
            raise NothingToSay
        return {**values, "link": absolute(path_of(action, capability, reader))}

    return context


def _kind(
    name: str,
    label: str | _StrPromise,
    context: Callable[[OutboxMail], dict[str, Any]],
    *,
    may_stop: bool = True,
) -> Kind:
    return Kind(name, label, KindGroup.CAPABILITIES, context, can_unsubscribe=may_stop)


KINDS = (
    _kind(
        "capability_to_confirm", _("A capability waits for our confirmation"),
        _with_link("confirm", {Stage.UNCONFIRMED}), may_stop=False,
    ),
    _kind("capability_edited", _("A coordinator changed our capability"), _of_capability),
    _kind(
        "capability_expiring", _("Our capability is about to expire"),
        _with_link("renew", {Stage.PUBLISHED}),
    ),
    _kind(
        "capability_expired", _("Our capability has expired"),
        _with_link("renew", {Stage.EXPIRED}),
    ),
)  # fmt: skip
