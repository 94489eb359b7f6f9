"""Offers of help: who wrote to a need through the portal, counted for its owner."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from cluster_portal.core.errors import Refused
from cluster_portal.core.visibility import audience
from members.models import Need, NeedOffer, Organisation

if TYPE_CHECKING:
    from members.models import User


@transaction.atomic
def note_offer(need: Need, sender: User | None) -> None:
    """Each who offers counts once; a guest has no row, and counts."""
    need = Need.objects.select_for_update(of=("self",), no_key=True).get(pk=need.pk)
    if not need.is_open:
        raise Refused(_("This need is not open any more."))
    if sender is not None:
        _row, is_new = NeedOffer.objects.get_or_create(
            need=need, sender=sender, defaults={"organisation": _organisation_of(sender)}
        )
        if not is_new:
            return
    Need.objects.filter(pk=need.pk).update(offer_count=F("offer_count") + 1)


def _organisation_of(sender: User) -> Organisation | None:
    """The sender's own, where there is no doubt which."""
    mine = audience(sender).organisations
    return Organisation.objects.get(pk=next(iter(mine))) if len(mine) == 1 else None
