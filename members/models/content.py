"""The base of everything a cluster publishes: a home cluster, an owner, a level of visibility."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Q
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from cluster_portal.core.search import reindex
from cluster_portal.core.visibility import Audience, Reader, Visibility, audience
from members.models.clusters import Cluster
from members.models.organisations import Organisation

if TYPE_CHECKING:
    from typing import Self

LEVELS = {level: number for number, level in enumerate(Visibility.values)}  # the widest first


class ClusterContentQuerySet(models.QuerySet[Any]):
    """The levels of visibility as one filter; a model narrows it by the three hooks below.

    `has_group` says that the model can name a group; else nobody can choose that visibility.
    """

    has_group = False

    def visible_to(self, user: Reader) -> Self:
        known = audience(user)
        if known.is_admin:
            return self
        return self.filter(self._by_visibility(known) & self.published() | self._own_side(known))

    def meant_for(self, user: Reader) -> Self:
        """Those that the reader sees once they are published, whatever their state is now."""
        known = audience(user)
        return self.filter(self._by_visibility(known) | self._own_side(known))

    def editable_by(self, user: Reader) -> Self:
        """The owner organisation's contacts, named editors, and the home cluster's coordinators."""
        known = audience(user)
        if known.user_id is None:
            return self.none()
        if known.is_admin:
            return self
        side = Q(home_cluster__in=known.coordinates) | Q(organisation__in=known.edits)
        return self.filter(side | self.editor_condition(known))

    def in_scope_of(self, user: Reader) -> Self:
        known = audience(user)
        return self if known.is_admin else self.filter(home_cluster__in=known.coordinates)

    def managed_by(self, user: Reader) -> Self:
        return self.in_scope_of(user)

    def published(self) -> Q:
        """Which states are open to readers at all; drafts stay with their own side."""
        return Q()

    def group_condition(self, known: Audience) -> Q:
        """Who belongs to the named group; only asked for a signed-in reader."""
        return Q(pk__in=[])

    def editor_condition(self, known: Audience) -> Q:
        """Editors beyond the owner organisation's contacts; only asked for a signed-in reader."""
        return Q(pk__in=[])

    def _by_visibility(self, known: Audience) -> Q:
        seen = Q(visibility=Visibility.PUBLIC)
        if known.user_id is None:
            return seen
        open_to = [Visibility.PUBLIC, Visibility.ACCOUNTS]
        if known.is_member:
            open_to.append(Visibility.MEMBERS)
        seen = Q(visibility__in=open_to)
        seen |= Q(visibility=Visibility.CLUSTER, home_cluster__in=known.member_clusters)
        return seen | (Q(visibility=Visibility.GROUP) & self.group_condition(known))

    def _own_side(self, known: Audience) -> Q:
        if known.user_id is None:
            return Q(pk__in=[])
        own = Q(organisation__in=known.organisations) | Q(home_cluster__in=known.coordinates)
        return own | self.editor_condition(known)


class SearchableContentQuerySet(ClusterContentQuerySet):
    """Of what is also found by search."""

    def reindex(self) -> Self:
        reindex(self)
        return self


class ClusterContent(models.Model):
    owner_path = "organisation"  # whose names search finds it by, where it can be searched

    home_cluster = models.ForeignKey(
        Cluster, verbose_name=_("home cluster"), on_delete=models.PROTECT, related_name="+"
    )
    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("organisation"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    visibility = models.CharField(
        _("visibility"), max_length=20, choices=Visibility, default=Visibility.PUBLIC
    )
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    updated_at = models.DateTimeField(_("updated"), auto_now=True)

    class Meta:
        abstract = True

    @property
    def stamp(self) -> str:
        """Changes with every saving: tells whether somebody else was faster."""
        return self.updated_at.isoformat()

    @cached_property
    def _answers(self) -> dict[tuple[str, int | None], bool]:
        """What was asked of this loaded object; one that a service loads to lock it asks anew."""
        return {}

    def is_editable_by(self, user: Reader) -> bool:
        return self._is_among("editable_by", user)

    def is_managed_by(self, user: Reader) -> bool:
        return self._is_among("managed_by", user)

    def _is_among(self, rows: str, user: Reader) -> bool:
        if (rows, user.pk) not in self._answers:
            found = getattr(type(self)._default_manager, rows)(user)
            self._answers[rows, user.pk] = found.filter(pk=self.pk).exists()
        return self._answers[rows, user.pk]

    def remember_editor(self, user: Reader, *, is_editor: bool) -> None:
        """Spares `is_editable_by` its statement where the page has asked already."""
        self._answers["editable_by", user.pk] = is_editor

    def forget_answers(self) -> None:
        """After a change of who stands on the object's side."""
        self._answers.clear()

    def owner_search_parts(self) -> list[tuple[str, str]]:
        """What search finds this by of its owner: names and town."""
        owner = self.named_owner
        return [("B", owner.every_name), ("D", owner.municipality)] if owner else []

    @property
    def named_owner(self) -> Organisation | None:
        """The owner organisation, unless it is hidden from some of those who see this object."""
        owner = self.organisation
        if owner is None or LEVELS[owner.visibility] > LEVELS[self.visibility]:
            return None
        return owner
