"""A likely double is one organisation twice, or two that a coordinator has told apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from cluster_portal.core import audit
from cluster_portal.core.errors import Refused
from members.models import Organisation, ToldApart

if TYPE_CHECKING:
    from members.models import User


@transaction.atomic
def tell_apart(one: Organisation, other: Organisation, *, by: User) -> ToldApart:
    """The pair is not proposed again; a repeat changes nothing."""
    first, second = sorted((one, other), key=lambda each: each.pk)
    mine = Organisation.objects.managed_by(by).filter(pk__in=[first.pk, second.pk])
    if first == second or mine.count() < 2:
        raise Refused(_("You cannot do this."))
    pair, is_new = ToldApart.objects.get_or_create(first=first, second=second, defaults={"by": by})
    if is_new:
        for each, than in ((first, second), (second, first)):
            audit.record(each, "told apart", by=by, details={"other": than.pk})
    return pair
