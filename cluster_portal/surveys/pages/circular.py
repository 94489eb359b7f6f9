"""Circular materials: side streams that could replace what is imported."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

from cluster_portal.core import pictures
from cluster_portal.core.lists import ListPage
from cluster_portal.core.visibility import audience
from cluster_portal.surveys.filters import CircularFilters
from cluster_portal.surveys.models import CircularCase
from cluster_portal.surveys.pages import registers

if TYPE_CHECKING:
    from cluster_portal.core.lists import Found
    from cluster_portal.core.visibility import Reader
    from members.models import Organisation

ON_ORGANISATION = 12


def listed(user: Reader) -> Any:
    rows = CircularCase.objects.visible_to(user).select_related("region", "organisation")
    return rows.order_by("-readiness", "-pk").defer("search")


def row(case: CircularCase) -> dict[str, Any]:
    return {
        "url": case.get_absolute_url(),
        "kind": f"{case.get_sector_display()} · {case.region.label}",
        "title": case.side_stream,
        "text": _("Could replace: %(what)s") % {"what": case.replaces},
        "tags": [case.get_quantity_display()],
        "state": "open" if case.readiness >= 7 else "waiting",
        "state_text": _("Readiness %(level)s of 9") % {"level": case.readiness},
    }


def page(case: CircularCase, user: Reader) -> dict[str, Any]:
    owner = case.named_owner
    title = _("How ready the use is")
    words = _("Readiness %(level)s of 9") % {"level": case.readiness}
    is_own = case.organisation_id in audience(user).organisations
    return {
        **registers.around("surveys:circular", user),
        "case": case,
        "ladder": pictures.ladder(pictures.Caption("ladder", title, words), case.readiness),
        "readiness": words,
        "facts": [
            {"name": _("For what"), "value": case.get_sector_display()},
            {"name": _("Region"), "value": case.region.label},
            {"name": _("Quantity"), "value": case.get_quantity_display()},
            {
                "name": _("Organisation"),
                "value": owner.title if owner else "",
                "url": owner.get_absolute_url() if owner else "",
            },
            {"name": _("Source"), "value": case.source},
            {"name": _("Date"), "value": date_format(case.sourced_on, "SHORT_DATE_FORMAT")},
        ],
        "contact_url": _contact(owner) if owner and not is_own else "",
        "trail": [
            {"name": _("Surveys"), "url": reverse("surveys:list")},
            {"name": _("Circular materials"), "url": reverse("surveys:circular")},
            {"name": case.side_stream},
        ],
    }


def _contact(owner: Organisation) -> str:
    return reverse("members:contact", args=["organisation", owner.slug])


def of_organisation(organisation: Organisation, user: Reader) -> list[dict[str, Any]]:
    return [row(case) for case in listed(user).filter(organisation=organisation)[:ON_ORGANISATION]]


def _around(found: Found) -> dict[str, Any]:
    known = audience(found.user)
    return {
        **registers.around("surveys:circular", found.user, "circularcase"),
        "is_member": known.is_member,
    }


CIRCULAR = ListPage(
    "circular",
    gettext_lazy("Circular materials"),
    "surveys:circular",
    rows=listed,
    filters=CircularFilters,
    counted=ngettext_lazy("%(count)s material", "%(count)s materials", "count"),
    page="surveys/circular.html",
    results="surveys/_entry_results.html",
    row=row,
    around=_around,
    above=((gettext_lazy("Surveys"), "surveys:list"),),
)
