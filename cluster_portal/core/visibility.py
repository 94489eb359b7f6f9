"""Who may see what: the ladder of visibilities, and what is known of a reader.

A model states its rule once, in `visible_to(user)` of its queryset, from the reader's `Audience`.
How an audience is found out is the members app's knowledge; it registers that here, so that the
lower floors can ask without importing it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

from django.db import models
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from collections.abc import Callable


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

    `organisations` are those she has a confirmed affiliation with, `edits` those whose content
    she maintains as contact, `member_clusters` those she or her organisation is a current member
    of, `coordinates` those she coordinates today.
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

    @property
    def key(self) -> str:
        """Names everything that two readers must share for a cached count to serve both."""
        parts = [self.user_id or 0, int(self.is_admin)]
        groups = [self.member_clusters, self.coordinates, self.organisations]
        return ":".join([*map(str, parts), *(",".join(map(str, sorted(g))) for g in groups)])


VISITOR = Audience()

_finders: list[Callable[[Any], Audience]] = []


def register_audience(finder: Callable[[Any], Audience]) -> None:
    _finders[:] = [finder]


def audience(user: Reader) -> Audience:
    """The reader's audience, found once per user object (that is: once per request)."""
    if not user.is_authenticated or not user.is_active:
        return VISITOR
    return once(user, "_audience", lambda: _finders[0](user))


def once(user: Reader, name: str, find: Callable[[], Any]) -> Any:
    """What `find()` gives, asked once per user object: two parts of one page share it."""
    if name not in user.__dict__:
        user.__dict__[name] = find()
    return user.__dict__[name]


def forget_audience(user: Reader) -> None:
    """Call after changing what a user is, when the same object goes on being used."""
    user.__dict__.pop("_audience", None)
