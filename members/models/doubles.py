"""Likely doubles among organisations, and the pairs that a coordinator has told apart."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.postgres.aggregates import ArrayAgg
from django.db import models
from django.db.models import Count, F, Func, Q, TextField
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cluster_portal.core import audit
from cluster_portal.core.visibility import Reader, audience
from members.models.organisations import Organisation

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Self

Pair = tuple[int, int]
MOST_ALIKE = 20  # of one name; more share it on purpose


class ToldApartQuerySet(models.QuerySet["ToldApart"]):
    def in_scope_of(self, user: Reader) -> Self:
        known = audience(user)
        managed = Organisation.objects.managed_by(user).values("pk")
        both = Q(first__in=managed, second__in=managed)
        return self if known.is_admin else self.filter(both)

    def managed_by(self, user: Reader) -> Self:
        return self.in_scope_of(user)


@audit.tracked()
class ToldApart(models.Model):
    """Two organisations of nearly the same name or Business ID that are not the same one."""

    first = models.ForeignKey(
        Organisation, verbose_name=_("organisation"), on_delete=models.CASCADE, related_name="+"
    )
    second = models.ForeignKey(
        Organisation, verbose_name=_("other one"), on_delete=models.CASCADE, related_name="+"
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("told apart by"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    at = models.DateTimeField(_("time"), default=timezone.now)

    objects = ToldApartQuerySet.as_manager()

    class Meta:
        verbose_name = _("pair that is not the same")
        verbose_name_plural = _("pairs that are not the same")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="members_toldapart_once"),
            models.CheckConstraint(
                condition=Q(first__lt=F("second")), name="members_toldapart_in_order"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first} ≠ {self.second}"


def likely_pairs(user: Reader) -> list[Pair]:
    """Of the organisations that this coordinator may merge, those that may be the same twice.

    Units share their parent's Business ID on purpose, and so do an organisation and its successor.
    """
    rows = Organisation.objects.managed_by(user).standing().order_by()
    by_name = rows.annotate(
        shared=Func(F("name_keys"), function="unnest", output_field=TextField())
    )
    by_number = rows.exclude(business_id="").annotate(shared=F("business_id"))
    pairs = {pair for found in (by_name, by_number) for pair in _pairs(found)}
    kept = {pk for pair in pairs for pk in pair}
    related = {row.pk: row for row in rows.filter(pk__in=kept).only("pk", "parent", "successor")}
    apart = set(ToldApart.objects.filter(first__in=kept).values_list("first", "second"))
    return sorted(
        pair for pair in pairs - apart if not _are_related(related[pair[0]], related[pair[1]])
    )


def _pairs(rows: models.QuerySet[Any]) -> Iterator[Pair]:
    groups = rows.values("shared").annotate(n=Count("pk"), keys=ArrayAgg("pk"))
    for group in groups.filter(n__range=(2, MOST_ALIKE)):
        yield from combinations(sorted(group["keys"]), 2)


def _are_related(one: Organisation, other: Organisation) -> bool:
    family = {one.pk, one.parent_id} & {other.pk, other.parent_id} - {None}
    return bool(family) or one.successor_id == other.pk or other.successor_id == one.pk
