"""Who may see what: the levels of visibility, and what is known of a reader.

A model states its rule once, in `visible_to(user)` of its queryset, from the reader's `Audience`.
How an audience is found out is the members app's knowledge; it registers that here, so that the
lower floors can ask without importing it.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Protocol

from django.db import models
from django.utils.translation import gettext_lazy as _

from cluster_portal.core.request_cache import Part

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable


class Reader(Protocol):
    """A user or a visitor, as far as this floor needs to know one."""

    @property
    def pk(self) -> Any: ...

    @property
    def is_authenticated(self) -> Any: ...

    @property
    def is_active(self) -> Any: ...


class Visibility(models.TextChoices):
    PUBLIC = "public", _("Public")
    ACCOUNTS = "accounts", _("Signed-in users")
    MEMBERS = "members", _("Members of any cluster")
    CLUSTER = "cluster", _("Members of the home cluster")
    GROUP = "group", _("A named group")
    PRIVATE = "private", _("Only the owner and the coordinators")


@dataclass(frozen=True)
class Audience:
    """What a reader is, as far as access is concerned. Primary keys throughout.

    `organisations` are those they have a confirmed affiliation with, `edits` those whose content
    they maintain as contact, `member_clusters` those they or their organisation is a current member
    of, `coordinates` those they coordinate today.
    """

    user_id: int | None = None
    is_admin: bool = False
    member_clusters: frozenset[int] = field(default_factory=frozenset)
    coordinates: frozenset[int] = field(default_factory=frozenset)
    organisations: frozenset[int] = field(default_factory=frozenset)
    edits: frozenset[int] = field(default_factory=frozenset)

    @property
    def is_member(self) -> bool:
        return bool(self.member_clusters or self.coordinates)


VISITOR = Audience()


class StandIn:
    """A reader who is nobody: they belong to the groups of an audience, and nothing is theirs.

    What they see is seen by everyone of the same groups, so it is looked up once for them all.
    What somebody sees because it is their own, or because they were named, is not in it.
    """

    pk = 0
    is_authenticated = is_active = True
    is_anonymous = False

    def __init__(self, known: Audience) -> None:
        self.audience = groups_of(known)


def groups_of(known: Audience) -> Audience:
    """The audience without the person; no row has their key."""
    return replace(known, user_id=0)


_audiences: Part[Audience] = Part("audience")
_finders: list[tuple[Callable[[Any], Audience], Callable[[list[Any]], dict[int, Audience]]]] = []


def register_audience(
    find: Callable[[Any], Audience], find_many: Callable[[list[Any]], dict[int, Audience]]
) -> None:
    """`find` answers for one reader in one statement, `find_many` for many in a handful."""
    _finders[:] = [(find, find_many)]


def audience(user: Reader) -> Audience:
    """The reader's audience, found once per request."""
    if not user.is_authenticated or not user.is_active:
        return VISITOR
    if isinstance(user, StandIn):
        return user.audience
    return _audiences.get(user.pk, lambda: _finders[0][0](user))


def audiences_of(users: Iterable[Any]) -> None:
    """Within a scope: find the audiences of many at once, so that `audience` asks no more."""
    unknown = [user for user in users if user.is_active and not _audiences.has(user.pk)]
    found = _finders[0][1](unknown) if unknown else {}
    for pk, known in found.items():
        _audiences.put(pk, known)


class GivesRights(models.Model):
    """A row that audiences are made of: the rest of the request goes by what it now says."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        super().save(*args, **kwargs)
        forget_audiences()

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        deleted = super().delete(*args, **kwargs)
        forget_audiences()
        return deleted


def forget_audiences() -> None:
    """Where such rows change in bulk."""
    _audiences.clear()
