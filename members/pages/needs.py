"""Needs: their list, their lines on other pages, and the reader's own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Count, Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

from cluster_portal.core import vocabulary
from cluster_portal.core.lists import ListPage
from cluster_portal.core.vocabulary import Scheme
from members.filters import NeedFilters
from members.forms.needs import VISIBILITIES
from members.models import Need, Organisation
from members.models.needs import ICONS, PUBLISHED, UNANSWERED, Kind, Stage

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from cluster_portal.core.lists import Found
    from cluster_portal.core.visibility import Reader

ON_LIST = 3  # of the reader's own
ON_FRONT, ON_ORGANISATION = 3, 12
FITS = Count("matches", filter=Q(matches__dismissed_at=None))
PRIVATE_OWNER = gettext_lazy("Private member")


def with_owner(rows: QuerySet[Any], user: Reader) -> Any:
    """With the owner, and whether this reader may see it."""
    seen = Organisation.objects.visible_to(user).filter(pk=OuterRef("organisation"))
    return rows.select_related("organisation").annotate(owner_seen=Exists(seen))


def listed(user: Reader) -> Any:
    visible = Need.objects.visible_to(user).filter(stage__in=PUBLISHED)
    return with_owner(visible.open_first(), user).defer("search")


def owner_of(need: Any) -> Organisation | None:
    return need.organisation if need.organisation_id and need.owner_seen else None


def owner_name(need: Need) -> str:
    owner = owner_of(need)
    if owner is not None:
        return owner.title
    return str(PRIVATE_OWNER) if need.person_id else ""


def region_of(need: Need) -> str:
    """From the process's own copy of the vocabulary."""
    regions = vocabulary.terms(Scheme.REGION)
    return next((term.label for term in regions if term.pk == need.region_id), "")


def row(need: Need) -> dict[str, Any]:
    owner = owner_of(need)
    is_open = need.stage == Stage.OPEN
    meta = [need.get_kind_display(), owner_name(need)]
    return {
        "url": need.get_absolute_url(),
        "title": need.what,
        "meta": " · ".join(filter(None, meta)),
        "owner": owner,
        "icon": ICONS[Kind(need.kind)],
        "by_when": need.when_in_words if is_open else "",
        "region": region_of(need),
        "state": Stage(need.stage).look,
        "state_text": need.get_stage_display(),
        "help_url": reverse("members:contact", args=["need", need.slug]) if is_open else "",
    }


def line(need: Need) -> dict[str, Any]:
    """For `components/row.html`: the desk, an organisation's page, the thread."""
    return {
        "url": need.get_absolute_url(),
        "title": need.what,
        "kind": " · ".join([_("Need"), str(need.get_kind_display())]),
        "text": need.when_in_words if need.is_open else "",
        "state": Stage(need.stage).look,
        "state_text": need.get_stage_display(),
    }


def own(user: Reader) -> list[dict[str, Any]]:
    """The reader's own that are not over, with how many fit and how many have offered."""
    if not user.is_authenticated:
        return []
    live = Need.objects.mine(user).filter(stage__in=[Stage.DRAFT, Stage.WAITING, Stage.OPEN])
    rows = live.annotate(fit_count=FITS).order_by("-updated_at", "-pk")
    return [
        {
            "need": need,
            "url": need.get_absolute_url(),
            "look": Stage(need.stage).look,
            "by_when": need.day_in_words,
            "region": region_of(need),
            "visible_to": dict(VISIBILITIES).get(need.visibility, need.get_visibility_display()),
        }
        for need in rows[:ON_LIST]
    ]


def _around(found: Found) -> dict[str, Any]:
    """Above the list: how it goes with all of them, and the reader's own."""
    counts = found.visible.order_by().aggregate(
        open=Count("pk", filter=Q(stage=Stage.OPEN)),
        answered=Count("pk", filter=Q(stage=Stage.ANSWERED)),
        unanswered=Count("pk", filter=Q(stage__in=sorted(UNANSWERED))),
    )
    return {"own": own(found.user), "counts": counts, "visibilities": VISIBILITIES}


def _tally(found: Found) -> dict[str, Any]:
    """The kinds with how many of each, as links."""
    group = next(group for group in found.filters.groups if group.key == "kind")
    return {
        "tally": [{"option": option, "icon": ICONS[Kind(option.value)]} for option in group.options]
    }


NEEDS = ListPage(
    "needs",
    gettext_lazy("Needs"),
    "members:needs",
    rows=listed,
    filters=NeedFilters,
    counted=ngettext_lazy("%(count)d need", "%(count)d needs", "count"),
    page="members/need_list.html",
    results="members/_need_results.html",
    row=row,
    values=_tally,
    around=_around,
    above=((gettext_lazy("Capabilities and solutions"), "members:capabilities"),),
    told=Q(stage=Stage.OPEN),
)


def of_organisation(organisation: Organisation, user: Reader) -> list[dict[str, Any]]:
    """What it needs now, and what it has found here."""
    rows = Need.objects.visible_to(user).filter(organisation=organisation)
    shown = rows.filter(stage__in=[Stage.OPEN, Stage.ANSWERED]).open_first().defer("search")
    return [line(need) for need in shown[:ON_ORGANISATION]]


def front(user: Reader) -> dict[str, Any] | None:
    """The button for every member, above the newest needs that the reader sees."""
    rows = Need.objects.visible_to(user).open().order_by("-published_at", "-pk").defer("search")
    lines = [line(need) for need in rows[:ON_FRONT]]
    return {"rows": lines} if lines or user.is_authenticated else None
