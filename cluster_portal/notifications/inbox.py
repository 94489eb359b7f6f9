"""The reader's notices in the portal: their outbox rows, less what they may no longer see."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import Q, Value
from django.utils import timezone

from cluster_portal.core.visibility import Reader
from cluster_portal.notifications.models import OutboxMail

# A count over this is shown as "99+"; nobody reads a larger one, so none is counted.
MOST_COUNTED = 100


def unread_count(user: "Reader") -> int:
    return OutboxMail.objects.visible_to(user).unread()[:MOST_COUNTED].count()


def readable(mails: Iterable[OutboxMail], user: Reader) -> list[OutboxMail]:
    """Those whose object the reader may see, or that are about none; one statement for all."""
    rows = list(mails)
    wanted: dict[Any, set[int]] = defaultdict(set)
    for mail in rows:
        if mail.about_id is not None:
            wanted[mail.about_type].add(mail.about_id)
    seen = [
        about_type.model_class()
        .objects.visible_to(user)
        .filter(pk__in=pks)
        .order_by()
        .annotate(of_type=Value(about_type.pk))
        .values_list("of_type", "pk")
        for about_type, pks in wanted.items()
    ]
    visible = set(seen[0].union(*seen[1:])) if seen else set()
    return [
        mail
        for mail in rows
        if not mail.about_type_id or (mail.about_type_id, mail.about_id) in visible
    ]


@transaction.atomic
def mark_read(user: "Reader", *conditions: Q) -> None:
    """A row that a worker is just writing is skipped rather than waited for; it stays unread."""
    unread = OutboxMail.objects.visible_to(user).unread().filter(*conditions)
    free = unread.select_for_update(skip_locked=True, of=("self",))
    OutboxMail.objects.filter(pk__in=free.values("pk")).update(read_at=timezone.now())
