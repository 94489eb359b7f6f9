"""What one follows: how each thing stands, and what was told of it last."""

from typing import TYPE_CHECKING, Any

from django.contrib.contenttypes.models import ContentType

from cluster_portal.core import content
from cluster_portal.notifications.models import Follow, OutboxMail
from cluster_portal.notifications.services.following import KIND

if TYPE_CHECKING:
    from cluster_portal.core.visibility import Reader


def followed(user: "Reader") -> list[dict[str, Any]]:
    """By kind; what the reader may no longer see is left out. Two statements a kind."""
    groups = []
    for part in content.parts(lambda one: one.following):
        rows = _of_kind(part, user)
        if rows:
            groups.append({"label": part.label, "key": part.key, "rows": rows})
    return groups


def _of_kind(part: content.Following, user: "Reader") -> list[dict[str, Any]]:
    visible = part.rows(user)
    kind = ContentType.objects.get_for_model(visible.model)
    follows = {f.about_id: f for f in Follow.objects.visible_to(user).filter(about_type=kind)}
    if not follows:
        return []
    told = _last_told(kind, user)
    things = sorted(visible.filter(pk__in=follows), key=lambda thing: -follows[thing.pk].pk)
    return [
        {
            "thing": thing,
            "title": str(thing),
            "url": thing.get_absolute_url(),
            "state": part.state(thing),
            "follow": follows[thing.pk],
            "news": part.news.get(str(told[thing.pk].values["news"]), "")
            if thing.pk in told
            else "",
            "told_at": told[thing.pk].created_at if thing.pk in told else None,
        }
        for thing in things
    ]


def _last_told(kind: ContentType, user: "Reader") -> dict[int, OutboxMail]:
    rows = OutboxMail.objects.filter(kind=KIND, recipient=user.pk, about_type=kind)
    return {mail.about_id: mail for mail in rows.order_by("pk") if mail.about_id}


def button(thing: Any, user: "Reader") -> Follow | None:
    """The reader's own, if they follow it."""
    return Follow.objects.visible_to(user).of(thing).first() if user.is_authenticated else None
