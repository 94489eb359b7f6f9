"""What one follows: how each thing stands, and what was told of it last."""

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from django.contrib.contenttypes.models import ContentType

from cluster_portal.core import content
from cluster_portal.notifications.models import Follow, OutboxMail
from cluster_portal.notifications.services.following import KIND

if TYPE_CHECKING:
    from django.db.models import Model, QuerySet

    from cluster_portal.core.visibility import Reader

    Told = dict[tuple[int | None, int | None], OutboxMail]


def followed(user: "Reader") -> list[dict[str, Any]]:
    """By kind; what the reader may no longer see is left out.

    One statement reads what is followed, one what was told of it, and one each kind that is there.
    """
    follows: defaultdict[int, dict[int, Follow]] = defaultdict(dict)
    for follow in Follow.objects.visible_to(user):
        follows[follow.about_type_id][follow.about_id] = follow
    told = _last_told(user) if follows else {}
    shown = [(part, part.rows(user)) for part in content.parts(lambda one: one.following)]
    kinds = ContentType.objects.get_for_models(*(visible.model for _part, visible in shown))
    groups = []
    for part, visible in shown:
        kind = kinds[visible.model]
        if kind.pk in follows:
            rows = _of_kind(part, visible, follows[kind.pk], told)
            groups.append({"label": part.label, "key": part.key, "rows": rows})
    return [group for group in groups if group["rows"]]


def _of_kind(
    part: content.Following, visible: "QuerySet[Any]", follows: dict[int, Follow], told: "Told"
) -> list[dict[str, Any]]:
    rows = []
    for thing in sorted(visible.filter(pk__in=follows), key=lambda thing: -follows[thing.pk].pk):
        follow = follows[thing.pk]
        mail = told.get((follow.about_type_id, thing.pk))
        rows.append(
            {
                "thing": thing,
                "address": getattr(thing, part.address),
                "title": str(thing),
                "url": thing.get_absolute_url(),
                "state": part.state(thing),
                "follow": follow,
                "news": part.news.get(str(mail.values["news"]), "") if mail else "",
                "told_at": mail.created_at if mail else None,
            }
        )
    return rows


def _last_told(user: "Reader") -> "Told":
    rows = OutboxMail.objects.filter(kind=KIND, recipient=user.pk, about_id__isnull=False)
    return {(mail.about_type_id, mail.about_id): mail for mail in rows.order_by("pk")}


def button(thing: "Model", user: "Reader") -> Follow | None:
    """The reader's own, if they follow it."""
    return Follow.objects.visible_to(user).of(thing).first() if user.is_authenticated else None
