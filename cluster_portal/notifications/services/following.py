"""Following a thing: hearing what becomes of it, muting it, seeing what came of it.

What can be followed is declared by its content type (`following=` in `content.py`). The service
that changes such a thing calls `tell` in its transaction; whoever may no longer see the thing when
the message leaves is told nothing.
"""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cluster_portal.core import content
from cluster_portal.core.errors import Refused
from cluster_portal.notifications import outbox
from cluster_portal.notifications.kinds import Kind, KindGroup, NothingToSay, register
from cluster_portal.notifications.models import Follow, FollowNews, OutboxMail

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cluster_portal.core.visibility import Reader

KIND = "followed"
MOST = 300
AT_ONCE, CHUNK = 200, 1000  # followers told in the transaction itself; those of one chunk


def part_of(thing: Model) -> content.Following | None:
    kind = content.of_model(type(thing))
    return kind.following[0] if kind and kind.following else None


def is_followable(model: type[Model]) -> bool:
    kind = content.of_model(model)
    return bool(kind and kind.following)


def followed_among(
    things: "Sequence[tuple[type[Model], int]]", *, by: "Reader"
) -> set[tuple[type[Model], int]]:
    """Which of the things, named by model and primary key, the reader follows; one statement."""
    types = {ContentType.objects.get_for_model(model).pk: model for model, _pk in things}
    own = Follow.objects.visible_to(by).filter(about_type__in=types)
    found = own.filter(about_id__in=[pk for _model, pk in things])
    pairs = found.values_list("about_type", "about_id")
    return {(types[kind], pk) for kind, pk in pairs} & set(things)


def find(key: str) -> content.Following | None:
    return next((one for one in content.parts(lambda c: c.following) if one.key == key), None)


@transaction.atomic
def follow(thing: Model, *, by: Any) -> Follow:
    """A second press changes nothing."""
    get_user_model().objects.select_for_update(no_key=True).get(pk=by.pk)
    own = Follow.objects.visible_to(by)
    known = own.of(thing).first()
    if known is not None:
        return known
    if own.count() >= MOST:
        raise Refused(
            _("You follow %(count)d things, which is the most. Stop following one first.")
            % {"count": MOST}
        )
    return Follow.objects.create(user_id=by.pk, about=thing)


def unfollow(thing: Model, *, by: "Reader") -> None:
    Follow.objects.editable_by(by).of(thing).delete()


def mute(thing: Model, *, by: "Reader", muted: bool) -> None:
    Follow.objects.editable_by(by).of(thing).update(is_muted=muted)


def move(earlier: Model, later: Model) -> None:
    """Who followed a thing goes on with the one that continues it; nobody follows that yet."""
    Follow.objects.of(earlier).update(about_id=later.pk)


def tell(
    thing: Model, news: str, *, key: str, by: Any = None, since: datetime | None = None
) -> None:
    """Posts what has happened to all who follow it, but not to the one who did it.

    `news` is a key of the declaration's `news`; the same `key` is told once. With `since` only
    those are told who followed it then.
    """
    part = part_of(thing)
    if part is None or news not in part.news:
        raise KeyError(news)
    made = FollowNews(
        about=thing, key=f"{part.key}:{thing.pk}:{key}", news=news, since=since or timezone.now(),
        by_id=by.pk if by else None,
    )  # fmt: skip
    readers = list(_hearers(made)[: AT_ONCE + 1])
    if len(readers) > AT_ONCE:
        FollowNews.objects.bulk_create([made], ignore_conflicts=True)
        outbox.wake_after_commit()
    else:
        _post(made, readers)


def _hearers(news: FollowNews) -> Any:
    """Who followed the thing then and has not heard of it yet, by primary key."""
    rows = Follow.objects.filter(about_type=news.about_type_id, about_id=news.about_id)
    rows = rows.filter(is_muted=False, since__lte=news.since, user__gt=news.cursor)
    people = get_user_model().objects.filter(pk__in=rows.values("user"), is_active=True)
    people = people.exclude(pk=news.by_id) if news.by_id else people
    return people.only("pk").order_by("pk")


def _post(news: FollowNews, readers: list[Any]) -> None:
    values: outbox.Values = {"news": news.news}
    outbox.post_to_all(KIND, to=readers, key=news.key, about=news.about, values=values)


def expand_news() -> None:
    """Harmless at any time, and by several at once."""
    while expand_some():
        pass


@transaction.atomic
def expand_some() -> bool:
    """The next followers of one piece of news; False when there is none that nobody else holds."""
    free = FollowNews.objects.select_for_update(skip_locked=True, no_key=True, of=("self",))
    news = free.order_by("pk").first()
    if news is None:
        return False
    readers = list(_hearers(news)[:CHUNK]) if news.about else []
    if not readers:
        news.delete()
        return True
    _post(news, readers)
    news.cursor = readers[-1].pk
    news.save(update_fields=["cursor"])
    return True


def _context(mail: OutboxMail) -> dict[str, Any]:
    part = part_of(mail.about) if mail.about else None
    if part is None or mail.recipient is None:
        raise NothingToSay
    if not Follow.objects.of(mail.about).filter(user=mail.recipient, is_muted=False).exists():
        raise NothingToSay
    return {
        "title": str(mail.about),
        "kind": part.label,
        "news": part.news.get(str(mail.values["news"]), ""),
        "state": part.state(mail.about),
    }


def register_own() -> None:
    label = gettext_lazy("News of what you follow")
    register(Kind(KIND, label=label, group=KindGroup.FOLLOWING, context=_context))
