"""What a topic or thesis is tied to: a need, a challenge, a project, a measure of the programme."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from cluster_portal.core import audit
from cluster_portal.core.errors import Refused
from theses.models import ThesisResult, ThreadLink
from theses.models.works import is_party
from theses.services.parties import locked_thesis

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import Model

    from cluster_portal.core.vocabulary import Term
    from members.models import User
    from projects.models import Result
    from theses.models import Thesis, Topic


ANCHORS = ("need", "challenge", "project", "measure")


def links_of(topic: Topic) -> dict[str, int]:
    """The first link of each kind, by the primary key of what it leads to."""
    found: dict[str, int] = {}
    for row in ThreadLink.objects.filter(topic=topic).order_by("pk"):
        for anchor in ANCHORS:
            pk = getattr(row, f"{anchor}_id")
            if pk is not None:
                found.setdefault(anchor, pk)
    return found


def move_measure(earlier: int, later: int) -> None:
    """In the approval of a new version of the programme: a topic goes on serving the measure."""
    tied = ThreadLink.objects.filter(measure=later).values("topic")
    ThreadLink.objects.filter(measure=earlier, topic__in=tied).delete()
    ThreadLink.objects.filter(measure=earlier).update(measure=later)


def set_links(topic: Topic, links: dict[str, Model | None]) -> bool:
    """Under the topic's lock: one link of each given kind, or none. Whether anything changed."""
    had = links_of(topic)
    changed = False
    for anchor, wanted in links.items():
        pk = wanted.pk if wanted is not None else None
        if had.get(anchor) == pk:
            continue
        changed = True
        ThreadLink.objects.filter(topic=topic, **{anchor: had.get(anchor)}).delete()
        if wanted is not None:
            given: dict[str, Any] = {anchor: wanted}
            ThreadLink.objects.get_or_create(topic=topic, **given)
    return changed


def tie_result(thesis: Thesis, result: Result) -> None:
    """In the telling of a result: it came of the thesis."""
    ThesisResult.objects.create(thesis=thesis, result=result)


MOST = 20


@transaction.atomic
def link_thesis(thesis: Thesis, anchor: str, obj: Model, *, by: User) -> None:
    """`anchor` is one of `ANCHORS`; linking again changes nothing."""
    thesis = locked_thesis(thesis)
    if not is_party(thesis, by):
        raise Refused(_("You cannot do this."))
    rows = ThreadLink.objects.filter(topic=thesis.topic)
    if rows.count() >= MOST:
        raise Refused(_("At most %(most)s links.") % {"most": MOST})
    given: dict[str, Any] = {anchor: obj}
    _link, is_new = ThreadLink.objects.get_or_create(topic=thesis.topic, **given)
    if is_new:
        audit.record(thesis, "linked", by=by, details={"anchor": anchor, "to": obj.pk})


@transaction.atomic
def unlink_thesis(thesis: Thesis, link: int, *, by: User) -> None:
    thesis = locked_thesis(thesis)
    if not is_party(thesis, by):
        raise Refused(_("You cannot do this."))
    if ThreadLink.objects.filter(topic=thesis.topic, pk=link).delete()[0]:
        audit.record(thesis, "unlinked", by=by)


def set_terms(model: Any, terms: Iterable[Term], **owner: Model) -> bool:
    """The owner's terms of one kind are these from now on; whether anything changed."""
    rows = model.objects.filter(**owner)
    had, wanted = set(rows.values_list("term_id", flat=True)), {term.pk for term in terms}
    rows.filter(term__in=had - wanted).delete()
    model.objects.bulk_create(model(**owner, term_id=pk) for pk in sorted(wanted - had))
    return had != wanted
