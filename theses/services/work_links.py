"""The thread of a thesis: its parties tie its topic to what it answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from cluster_portal.core import audit
from cluster_portal.core.errors import Refused
from theses.models import ThreadLink
from theses.models.works import is_party
from theses.services.parties import locked_thesis

if TYPE_CHECKING:
    from django.db.models import Model

    from members.models import User
    from theses.models import Thesis

MOST = 20


@transaction.atomic
def link_thesis(thesis: Thesis, anchor: str, obj: Model, *, by: User) -> None:
    """`anchor` is challenge, project or measure; linking again changes nothing."""
    thesis = locked_thesis(thesis)
    if not is_party(thesis, by):
        raise Refused(_("You cannot do this."))
    rows = ThreadLink.objects.filter(topic=thesis.topic)
    if rows.count() >= MOST:
        raise Refused(_("At most %(most)s links.") % {"most": MOST})
    given: dict[str, Any] = {anchor: obj}
    _link, is_new = ThreadLink.objects.get_or_create(topic=thesis.topic, **given)
    if is_new:
        audit.record(thesis, "linked", by=by, details={"anchor": anchor, "to": obj.pk})


@transaction.atomic
def unlink_thesis(thesis: Thesis, link: int, *, by: User) -> None:
    thesis = locked_thesis(thesis)
    if not is_party(thesis, by):
        raise Refused(_("You cannot do this."))
    if ThreadLink.objects.filter(topic=thesis.topic, pk=link).delete()[0]:
        audit.record(thesis, "unlinked", by=by)
