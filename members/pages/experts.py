"""Experts: their list, and what the page of one shows a reader."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import OuterRef
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

from cluster_portal.core.database.columns import listed as json_rows
from cluster_portal.core.lists import ListPage, Order
from cluster_portal.core.matching.reasons import theme_labels
from members.filters import ExpertFilters
from members.models import ExpertFace
from members.models.expert_fields import Field, OfferKind, Spoken

if TYPE_CHECKING:
    from cluster_portal.core.visibility import Reader
    from members.models import Organisation
    from members.models.experts import Seen

ICONS = {
    OfferKind.TALK: "talk", OfferKind.MENTORING: "people", OfferKind.REVIEW: "file",
    OfferKind.VOLUNTEERING: "hand",
}  # fmt: skip
MOST_WORDS, MOST_ON_PAGE = 6, 24


def listed(user: Reader) -> Any:
    return ExpertFace.objects.visible_to(user).for_list()


def told(user: Reader, faces: Any) -> Any:
    """Those of a digest, with their names."""
    return faces.visible_to(user).select_related("profile__user")


def found(user: Reader) -> Any:
    return ExpertFace.objects.visible_to(user).with_profile()


def sector_of(place: Organisation | None) -> str:
    return place.sector if place else ""


def row(face: Any) -> dict[str, Any]:
    """Of the face and its person alone, so that a list needs no further query."""
    profile, fields = face.profile, face.shown_fields
    place = profile.organisation if Field.ORGANISATION in fields else None
    background = profile.background if Field.BACKGROUND in fields else ""
    words = profile.words if Field.EXPERTISE in fields else []
    return {
        "url": face.get_absolute_url(),
        "name": face.title,
        "sector": sector_of(place),
        "meta": " · ".join(filter(None, [background, place.title if place else ""])),
        "words": ", ".join([*words, *theme_labels(face.term_keys)][:MOST_WORDS]),
        "offers": ", ".join(str(OfferKind(each).label) for each in face.offers),
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
        "sector": sector_of(seen.organisation),
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


def rows_of_organisation(slug: str, user: Reader) -> Any:
    """A column of the organisation's own query: who lets this reader see that they work there."""
    faces = ExpertFace.objects.visible_to(user).working_there()
    faces = faces.filter(organisation=OuterRef("pk"), organisation__slug=slug)
    ordered = faces.order_by("profile__user__sort_name", "profile__user__first_name", "pk")
    names = ("first_name", "last_name")
    return json_rows(
        ordered[:MOST_ON_PAGE], slug="profile__slug", background="profile__background",
        fields="fields", **{name: f"profile__user__{name}" for name in names},
    )  # fmt: skip


def on_organisation(organisation: Any, _user: Reader) -> list[dict[str, Any]]:
    return [
        {
            "name": f"{row['first_name']} {row['last_name']}".strip(),
            "url": reverse("members:expert", args=[row["slug"]]),
            "background": row["background"] if Field.BACKGROUND in row["fields"] else "",
        }
        for row in organisation.expert_rows
    ]


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
