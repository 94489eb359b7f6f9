"""What the privacy notice promises to forget of members: applications and accounts (DOMAIN 2.12).

Each chore may run twice, or months late, without harm.
"""

from __future__ import annotations

import datetime
import logging
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Exists, OuterRef, ProtectedError, Q
from django.db.models.functions import Coalesce
from django.utils import timezone

from cluster_portal.core import audit
from cluster_portal.core.errors import Refused
from cluster_portal.core.visibility import Visibility
from cluster_portal.notifications import outbox
from cluster_portal.notifications.models import MailState, OutboxMail
from members.models import Membership, Organisation, User
from members.models.memberships import Stage
from members.services.erasure import blockers, erase_account

if TYPE_CHECKING:
    from django.db.models import QuerySet

APPLICATION_KEPT = datetime.timedelta(days=365)
ACCOUNT_KEPT = datetime.timedelta(days=730)
WARNED_BEFORE = datetime.timedelta(days=30)
WARNING = "account_unused"
AT_ONCE = 50

logger = logging.getLogger(__name__)


@transaction.atomic
def forget_applications() -> int:
    """Rejected and withdrawn applications go a year later, with every version of them.

    So does an organisation that only such an application has brought.
    """
    old = timezone.now() - APPLICATION_KEPT
    rows = Membership.objects.filter(
        stage__in=[Stage.REJECTED, Stage.WITHDRAWN], updated_at__lt=old
    )
    keys = dict(rows.values_list("pk", "organisation"))
    Membership.objects.filter(pk__in=keys).delete()
    audit.forget(Membership, Q(pgh_obj_id__in=keys))
    audit.blank_words(Membership, list(keys))
    for organisation in _left_behind([pk for pk in keys.values() if pk]):
        _forget(organisation)
    return len(keys)


def _left_behind(organisations: list[int]) -> QuerySet[Organisation]:
    return Organisation.objects.filter(
        pk__in=organisations, is_brought=True, visibility=Visibility.PRIVATE, is_shadow=False,
        introduced_by=None, memberships=None, affiliations=None,
    )  # fmt: skip


def _forget(organisation: Organisation) -> None:
    """What points at it otherwise (a project's partner, a part of it) keeps it."""
    pk = organisation.pk
    try:
        with transaction.atomic():
            organisation.delete()
    except ProtectedError:
        return
    audit.forget(Organisation, Q(pgh_obj_id=pk))


def warn_unused() -> int:
    """Who has been away for long is told when the account goes, and how to keep it."""
    told = OutboxMail.objects.filter(
        kind=WARNING, recipient=OuterRef("pk"), created_at__gt=OuterRef("used")
    )
    rows = _unused(ACCOUNT_KEPT - WARNED_BEFORE).exclude(Exists(told))
    found = [user for user in rows[:AT_ONCE] if not blockers(user)]
    going = (timezone.localdate() + WARNED_BEFORE).isoformat()
    for user in found:
        outbox.post(WARNING, to=user, key=going, values={"going_on": going})
    return len(found)


def erase_unused() -> int:
    """Those whose warning left a month ago and who have not come back since."""
    now = timezone.now()
    warned = OutboxMail.objects.filter(
        kind=WARNING, state=MailState.SENT,
        sent_at__range=(now - ACCOUNT_KEPT, now - WARNED_BEFORE),
    )  # fmt: skip
    rows = _unused(ACCOUNT_KEPT).filter(pk__in=warned.values("recipient"))
    return sum(_erase(user, now - ACCOUNT_KEPT) for user in rows[:AT_ONCE])


def _erase(user: User, unused_since: datetime.datetime) -> bool:
    """They may have come back, or something that must be settled first; then the account stays."""
    try:
        erase_account(user, by=None, unused_since=unused_since)
    except Refused:
        logger.info("unused account %s stays", user.pk)
        return False
    return True


def _unused(since: datetime.timedelta) -> QuerySet[User]:
    """Accounts that nobody has signed in to for so long; those who run the portal are not among
    them. A session lasts two weeks, so that signing in is near enough to using it. In no order:
    those who cannot go yet would otherwise always be the first, and stop all others."""
    people = User.objects.filter(is_active=True, is_staff=False, is_superuser=False)
    away = people.alias(used=Coalesce("last_login", "date_joined"))
    return away.filter(used__lt=timezone.now() - since).order_by("?")
