"""Topics and finished theses on an organisation's page, both in one statement."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Count, Subquery

from cluster_portal.core.database.columns import listed
from cluster_portal.core.request_cache import Part
from members.models import Organisation, User
from theses.models import Application, Thesis, Topic
from theses.models.choices import SHOWN, Stage
from theses.pages import finished_list, topic_list
from theses.pages.presentation import row_of

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from cluster_portal.core.visibility import Reader

SHOWN_ROWS = 6
SHOWN_TOPICS: Part[list[Topic]] = Part("topics on an organisation's page")
COLUMNS = {
    **{name: name for name in ("title", "slug", "stage", "level", "usage")},
    **{name: name for name in ("shows_author", "finished_year", "field_codes")},
    "first_name": "application__student__first_name",
    "last_name": "application__student__last_name",
    "visibility": "application__topic__visibility",
}


def topics(organisation: Organisation, user: Reader) -> list[dict[str, Any]]:
    """The first of them leads to all that are open."""
    found = _read(organisation, user)
    rows = [row_of(topic) for topic in found]
    if rows:
        count = found[0].open_count or 0  # type: ignore[attr-defined]
        rows[0] |= {"all_url": topic_list.address_of(organisation), "open_count": count}
    return rows


def theses(organisation: Organisation, user: Reader) -> list[dict[str, Any]]:
    """They come along with the topics; asked apart only where no topic is left to bring them."""
    brought = _read(organisation, user)
    rows = brought[0].finished if brought else _apart(organisation, user)  # type: ignore[attr-defined]
    return [finished_list.row_of(_thesis(row, organisation)) for row in rows]


def _apart(organisation: Organisation, user: Reader) -> list[dict[str, Any]]:
    rows = _finished(organisation, user).values_list(*COLUMNS.values())
    return [dict(zip(COLUMNS, row, strict=True)) for row in rows]


def _read(organisation: Organisation, user: Reader) -> list[Topic]:
    shown = Topic.objects.visible_to(user).filter(
        organisation=organisation, stage__in=SHOWN - {Stage.EXPIRED}
    )
    finished = listed(_finished(organisation, user), **COLUMNS)
    open_now = Topic.objects.visible_to(user).open().filter(organisation=organisation).order_by()
    count = open_now.values("organisation").annotate(n=Count("pk")).values("n")
    rows = shown.for_cards().annotate(finished=finished, open_count=Subquery(count))
    rows = rows.order_by("-published_at", "-pk")
    return SHOWN_TOPICS.get((organisation.pk, user.pk), lambda: list(rows[:SHOWN_ROWS]))


def _finished(organisation: Organisation, user: Reader) -> QuerySet[Thesis]:
    rows = Thesis.objects.visible_to(user).finished()
    rows = rows.filter(application__topic__organisation=organisation)
    return rows.order_by("-finished_on", "-pk")[:SHOWN_ROWS]


def _thesis(row: dict[str, Any], organisation: Organisation) -> Thesis:
    student = User(first_name=row.pop("first_name"), last_name=row.pop("last_name"))
    topic = Topic(organisation=organisation, visibility=row.pop("visibility"))
    return Thesis(**row, application=Application(topic=topic, student=student))
