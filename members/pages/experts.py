"""Experts: their list, and what the page of one shows a reader."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, ngettext_lazy

from cluster_portal.core.lists import ListPage, Order
from members.filters import ExpertFilters
from members.models import ExpertFace
from members.models.expert_fields import OfferKind, Spoken

if TYPE_CHECKING:
    from cluster_portal.core.visibility import Reader
    from members.models.experts import Seen

ICONS = {
    OfferKind.TALK: "talk", OfferKind.MENTORING: "people", OfferKind.REVIEW: "file",
    OfferKind.VOLUNTEERING: "hand",
}  # fmt: skip
MOST_WORDS = 6


def listed(user: Reader) -> Any:
    return ExpertFace.objects.visible_to(user).with_profile()


def sector_of(seen: Seen) -> str:
    return seen.organisation.sector if seen.organisation else ""


def affiliation_words(seen: Seen) -> str:
    parts = [seen.background, seen.organisation.title if seen.organisation else ""]
    return " · ".join(filter(None, parts))


def row(face: ExpertFace) -> dict[str, Any]:
    seen = face.seen
    words = [*seen.keywords, *(term.label for term in seen.terms)]
    return {
        "url": face.get_absolute_url(),
        "name": seen.name,
        "sector": sector_of(seen),
        "meta": affiliation_words(seen),
        "words": ", ".join(words[:MOST_WORDS]),
        "offers": ", ".join(str(each) for each in seen.offers),
    }


def page(face: ExpertFace, user: Reader) -> dict[str, Any]:
    return {
        **seen_values(face.seen),
        "profile": face.profile,
        "is_own": face.profile.user_id == user.pk,
        "trail": trail(face.seen.name),
        "current": "members",
    }


def trail(name: str) -> list[dict[str, Any]]:
    return [
        {"name": _("Members"), "url": reverse("members:list")},
        {"name": _("Experts"), "url": reverse("members:experts")},
        {"name": name},
    ]


def seen_values(seen: Seen) -> dict[str, Any]:
    """What both the expert's page and the preview of it draw."""
    return {
        "seen": seen,
        "sector": sector_of(seen),
        "words": [*seen.keywords, *(term.label for term in seen.terms)],
        "offers": [
            {"icon": ICONS[OfferKind(each.kind)], "name": str(each), "note": each.note}
            for each in seen.offers
        ],
        "facts": [
            {"name": _("Languages"), "value": language_names(seen.languages)},
            {"name": _("Time"), "value": time_words(seen)},
            {"name": _("Background"), "value": seen.background},
            {
                "name": _("Organisation"),
                "value": seen.organisation.title if seen.organisation else "",
                "url": seen.organisation.get_absolute_url() if seen.organisation else "",
            },
            {"name": _("Region"), "value": region_words(seen)},
            {"name": _("Phone number"), "value": seen.phone},
        ],
    }


def language_names(languages: list[str]) -> str:
    return capfirst(", ".join(str(Spoken(each).label) for each in languages))


def time_words(seen: Seen) -> str:
    """In their words, with the days; a time that is over says nothing any more."""
    if seen.available_until and seen.available_until < timezone.localdate():
        return ""
    days = {"from": seen.available_from, "until": seen.available_until}
    words = {name: date_format(day, "DATE_FORMAT") for name, day in days.items() if day}
    if len(words) == 2:
        span = _("%(from)s – %(until)s") % words
    elif "from" in words:
        span = _("from %(from)s") % words
    else:
        span = _("until %(until)s") % words if words else ""
    return ", ".join(filter(None, [seen.availability, span]))


def region_words(seen: Seen) -> str:
    if seen.region is None:
        return ""
    if not seen.is_remote:
        return seen.region.label
    return _("%(place)s or remote") % {"place": seen.region.label}


def count_words(user: Reader) -> str:
    """The live figure: as many as this reader can find."""
    count = ExpertFace.objects.visible_to(user).count()
    return ngettext("%(count)d expert", "%(count)d experts", count) % {"count": count}


EXPERTS = ListPage(
    "experts",
    gettext_lazy("Experts"),
    "members:experts",
    rows=listed,
    filters=ExpertFilters,
    counted=ngettext_lazy("%(count)d expert", "%(count)d experts", "count"),
    page="members/expert_list.html",
    results="members/_expert_results.html",
    row=row,
    around=lambda found: {"current": "members"},
    orders=(
        Order(
            "name",
            gettext_lazy("Alphabetically"),
            lambda: ("profile__user__sort_name", "profile__user__first_name", "pk"),
        ),
        Order("newest", gettext_lazy("Newest first"), lambda: ("-shown_at", "-pk")),
    ),
    above=((gettext_lazy("Members"), "members:list"),),
)
