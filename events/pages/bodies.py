"""The list of bodies, and the page of one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.db.models import F
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

from cluster_portal.core.lists import ListPage
from cluster_portal.core.request_cache import Part
from events.filters import BodyFilters
from events.models import Body, BodyMember
from events.models.bodies import Role
from events.services.bodies import may_make
from members.models import Organisation
from projects.models import TransferItem
from projects.models.handovers import TransferState

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cluster_portal.core.visibility import Reader
    from events.models.bodies import BodyQuerySet
    from members.models import Cluster

Row = dict[str, Any]
ORDER = {role.value: number for number, role in enumerate(Role)}
ON_CLUSTER, MOST_TRANSFERS = 12, 20
SEATS: Part[list[BodyMember]] = Part("seats on a desk")


def _rows(user: Reader) -> BodyQuerySet:
    return Body.objects.visible_to(user).working().select_related("home_cluster")


def row(body: Body) -> Row:
    return {
        "title": body.title, "url": body.get_absolute_url(), "text": body.summary,
        "kind": f"{body.get_kind_display()} · {body.home_cluster}",
    }  # fmt: skip


BODIES = ListPage(
    "bodies", gettext_lazy("Bodies"), "events:bodies", rows=_rows, filters=BodyFilters,
    counted=ngettext_lazy("%(count)d body", "%(count)d bodies", "count"),
    page="events/body_list.html", results="components/results_rows.html", row=row,
    values=lambda found: {"may_make": may_make(found.user)},
)  # fmt: skip


def trail(*names: Any) -> list[dict[str, str]]:
    """The list above, then what has an address (a body, a meeting) or is a page of its own."""
    *links, last = names
    return [
        {"name": _("Bodies"), "url": reverse("events:bodies")},
        *({"name": str(each), "url": each.get_absolute_url()} for each in links),
        {"name": str(last)},
    ]


def of_cluster(cluster: Cluster, user: Reader) -> list[Row]:
    """Bodies of the cluster, and those of several regions, as rows."""
    return [row(body) for body in _rows(user).filter(home_cluster=cluster)[:ON_CLUSTER]]


def mine(user: Reader) -> list[Row]:
    """For a desk: where one sits today, and in which role."""
    return [
        row(seat.body) | {"tags": [seat.get_role_display()], "text": until_words(seat)}
        for seat in seats_of(user)
        if seat.is_current
    ]


def seats_of(user: Reader) -> list[BodyMember]:
    """The reader's seats, past ones too, read once for all cards: none, no meeting is asked for."""
    if not user.is_authenticated:
        return []
    rows = BodyMember.objects.filter(user=user.pk).select_related("body__home_cluster")
    return SEATS.get(user.pk, lambda: list(rows.order_by("body__title_fi", "pk")))


def claims(user: Reader) -> list[BodyMember]:
    """Seats with an address of this account, to be asked about."""
    rows = BodyMember.objects.claimable_by(user).select_related("body")
    return list(rows.order_by("pk")[:5])


def until_words(seat: BodyMember) -> str:
    if seat.until is None:
        return ""
    return _("Term until %(day)s") % {"day": date_format(seat.until, "SHORT_DATE_FORMAT")}


def values(body: Body, user: Reader) -> Row:
    is_editor = body.is_editable_by(user)
    seats = body.seats.select_related("user", "organisation", "deputy_of__user")
    named = set(Organisation.objects.visible_to(user).values_list("pk", flat=True).filter(
        pk__in=seats.values("organisation")
    ))  # fmt: skip
    people = [_seat(seat, named) for seat in sorted(seats, key=lambda one: ORDER[one.role])]
    return {
        "body": body, "is_editor": is_editor, "trail": trail(body.title),
        "present": [each for each in people if each["is_current"]],
        "past": [each for each in people if not each["is_current"]] if is_editor else [],
        "groups": [row(each) for each in _rows(user).filter(parent=body)],
        "parent": Body.objects.visible_to(user).filter(pk=body.parent_id).first(),
        "regions": [term.label for term in body.regions.all()],
        "transfers": transfers(body, user),
        "may_file": body.ended_on is None and (is_editor or _sits(seats, user)),
        "letter_url": _letter_url(body) if is_editor and body.is_managed_by(user) else "",
    }  # fmt: skip


def _sits(seats: Iterable[BodyMember], user: Reader) -> bool:
    return any(seat.is_current and seat.user_id == user.pk for seat in seats if seat.user_id)


def _letter_url(body: Body) -> str:
    """A letter to those who sit in it, begun for its coordinators."""
    to = [("cluster", body.home_cluster_id), ("to", "body"), ("to", f"body.body={body.pk}")]
    return f"{reverse('admin:notifications_letter_add')}?{urlencode(to)}"


def _seat(seat: BodyMember, named: set[int]) -> Row:
    organisation = seat.organisation if seat.organisation_id in named else None
    return {
        "seat": seat, "name": str(seat), "role": seat.get_role_display(),
        "is_current": seat.is_current,
        "can_be_invited": bool(seat.user_id is None and seat.email and not seat.has_ended),
        "organisation": organisation, "deputy_of": seat.deputy_of, "until": until_words(seat),
    }  # fmt: skip


def transfers(body: Body, user: Reader) -> list[Row]:
    """What projects hand over: of its own project, else of those of its cluster."""
    rows = TransferItem.objects.exclude(state=TransferState.DROPPED)
    if body.project_id is not None:
        rows = rows.filter(project=body.project_id)
    else:
        rows = rows.filter(project__home_cluster=body.home_cluster_id)
    rows = rows.visible_to(user).select_related("project", "organisation")
    return [
        {
            "title": item.what, "url": item.get_absolute_url(), "kind": item.project.title,
            "text": item.organisation.title if item.organisation else item.other_owner,
            "state": TransferState(item.state).look, "state_text": item.get_state_display(),
            "tags": [date_format(item.on, "SHORT_DATE_FORMAT")] if item.on else [],
        }
        for item in rows.order_by(F("on").asc(nulls_last=True), "pk")[:MOST_TRANSFERS]
    ]  # fmt: skip
