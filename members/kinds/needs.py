"""What is told about needs: to their own side, to who could answer, to who helped."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cluster_portal.notifications.kinds import KindGroup, NothingToSay, of_group, register
from cluster_portal.notifications.sending.rendering import absolute
from members.models import NeedMatch
from members.models.needs import Stage
from members.pages import need_page, needs

if TYPE_CHECKING:
    from cluster_portal.notifications.models import OutboxMail
    from members.models import Need, User

IN_MAIL = 5


def of_need(mail: OutboxMail) -> dict[str, Any]:
    need: Need = mail.about
    reason = mail.values.get("reason", "")
    return {"title": need.what, "name": need.what, "purpose": need.purpose, "reason": reason}


def edited(mail: OutboxMail) -> dict[str, Any]:
    return {"title": mail.about.what, "state": mail.about.get_stage_display()}


def while_open(mail: OutboxMail) -> dict[str, Any]:
    if mail.about.stage != Stage.OPEN:
        raise NothingToSay
    return {**of_need(mail), "by_when": mail.about.day_in_words}


def to_confirm(mail: OutboxMail) -> dict[str, Any]:
    if mail.about.stage != Stage.WAITING:
        raise NothingToSay
    return {**of_need(mail), "by_when": mail.about.day_in_words}


def still_open(mail: OutboxMail) -> dict[str, Any]:
    page = reverse("members:need_renew", args=[mail.about.slug])
    return {**while_open(mail), "renew_url": absolute(page)}


def _reader(mail: OutboxMail) -> User:
    if mail.recipient is None:  # an account that is gone
        raise NothingToSay
    return mail.recipient


def fits(mail: OutboxMail) -> dict[str, Any]:
    """What fits now, as the reader of the mail may see it."""
    return _with_fits(mail, NeedMatch.objects.standing())


def for_you(mail: OutboxMail) -> dict[str, Any]:
    """Which of the reader's own fits, and why."""
    mine = need_page.of_mine(NeedMatch.objects.standing(), _reader(mail))
    return _with_fits(mail, mine)


def _with_fits(mail: OutboxMail, matches: Any) -> dict[str, Any]:
    context = while_open(mail)
    reader = _reader(mail)
    need = need_page.complete(reader).get(pk=mail.about_id)
    stored = list(matches.filter(need=need)[: need_page.READ])
    rows = need_page.fit_rows(need, stored, reader)
    if not rows:
        raise NothingToSay
    context["fits"] = [
        {**row, "why": "; ".join(reason["text"] for reason in row["reasons"])}
        for row in rows[:IN_MAIL]
    ]
    return {**context, "owner": needs.owner_name(need)}


_kind = of_group(KindGroup.CAPABILITIES)


def register_kinds() -> None:
    for kind in (
        _kind("need_fits", _("Something fits your need"), fits),
        _kind("need_for_you", _("Somebody needs what you can do"), for_you),
        _kind("need_published", _("A need of your organisation was published"), of_need),
        _kind("need_edited", _("A coordinator changed our need"), edited),
        _kind("need_to_confirm", _("A need to confirm"), to_confirm, can_unsubscribe=False),
        _kind("need_confirmed", _("A need was confirmed"), of_need),
        _kind("need_declined", _("A need was not confirmed"), of_need, can_unsubscribe=False),
        _kind("need_answered", _("Your help answered a need"), of_need),
        _kind("need_still_open", _("Is your need still open?"), still_open),
        _kind("need_expired", _("Your need has expired"), of_need),
    ):
        register(kind)
