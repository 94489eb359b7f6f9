"""Whom a row of an import may mean: the organisations that fit, and what the importer is asked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from cluster_portal.core.imports import Choice, Question
from cluster_portal.core.visibility import Visibility
from members.models import Membership, Organisation
from members.models.kinds import proposed_kind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from members.models import User
    from members.models.kinds import Kind

SAME, OTHER, SKIP = "same", "other", "skip"  # decisions on a likely double


@dataclass
class Known:
    """What is asked of every organisation, stored or on an earlier row of the file."""

    pk: int | None
    title: str
    external_id: str
    business_id: str
    row: int = 0
    is_visible: bool = True
    is_managed: bool = True

    @property
    def shown(self) -> str:
        """As the importer may know it."""
        if self.row:
            return _("row %(row)d") % {"row": self.row}
        return self.title if self.is_visible else _("an organisation that you do not see")


def stored(by: User | None) -> Iterator[tuple[Known, list[str]]]:
    """Each stored organisation with its names in normal form.

    Left out are those that were merged into another, and what is only in a draft application.
    """
    visible, managed = _keys(by)
    sent = Membership.objects.filter(organisation=OuterRef("pk")).exclude(stage="draft")
    drafts = Organisation.objects.filter(
        ~Exists(sent), is_brought=True, visibility=Visibility.PRIVATE
    )
    rows = Organisation.objects.filter(merged_at__isnull=True).exclude(pk__in=drafts.values("pk"))
    for pk, title, external_id, business_id, keys in rows.values_list(
        "pk", "name", "external_id", "business_id", "name_keys"
    ):
        is_visible, is_managed = visible is None or pk in visible, managed is None or pk in managed
        known = Known(
            pk, title, external_id, business_id, is_visible=is_visible, is_managed=is_managed
        )
        yield known, keys


def _keys(by: User | None) -> tuple[set[int] | None, set[int] | None]:
    """What the importer sees, and what the importer manages; None for everything."""
    if by is None:
        return None, None
    every = Organisation.objects.all()
    visible, managed = every.visible_to(by), every.managed_by(by)
    return set(visible.values_list("pk", flat=True)), set(managed.values_list("pk", flat=True))


def is_surely(known: Known, business_id: str, kind: Kind | None, *, in_name: bool) -> bool:
    """Whether nothing speaks against it: an external id, a Business ID, another form in law."""
    if known.pk is None or known.external_id or not known.is_visible:
        return False
    if business_id and known.business_id:
        return known.business_id == business_id
    other = proposed_kind(known.title)
    return in_name and (kind is None or other is None or kind == other)


def choosable(candidates: list[Known], *, with_rows: bool = False) -> dict[str, Known]:
    """By the decision on each: those that the importer sees and may change.

    Stored ones; with `with_rows` those on earlier rows of the file too.
    """
    return {
        f"{SAME}:{known.pk or f'row-{known.row}'}": known
        for known in candidates
        if known.is_visible and known.is_managed and (known.pk or with_rows)
    }


def question(row: int, key: str, candidates: list[Known], *, with_rows: bool = False) -> Question:
    names = ", ".join(known.shown for known in candidates)
    text = _("This may be the same organisation as %(names)s. Decide.") % {"names": names}
    same = tuple(
        Choice(decision, _("The same as %(name)s") % {"name": known.title})
        for decision, known in choosable(candidates, with_rows=with_rows).items()
    )
    rest = (Choice(OTHER, _("Another organisation")), Choice(SKIP, _("Leave the row out")))
    return Question(row, key, text, (*same, *rest))
