"""Critical skills beside the training that leads to them."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, ngettext_lazy

from cluster_portal.core import vocabulary
from cluster_portal.core.lists import ListPage
from cluster_portal.core.visibility import audience
from cluster_portal.core.vocabulary import Scheme
from cluster_portal.surveys.filters import SkillFilters
from cluster_portal.surveys.models import SkillGap, TrainingSupply
from cluster_portal.surveys.models.entries import Shortage
from cluster_portal.surveys.pages import registers
from cluster_portal.surveys.services.entries import schools_of

if TYPE_CHECKING:
    from cluster_portal.core.lists import Found
    from cluster_portal.core.visibility import Reader
    from cluster_portal.surveys.forms.supply import SupplyForm

LOOKS = {Shortage.SOME: "", Shortage.CLEAR: "waiting", Shortage.SEVERE: "late"}


def listed(user: Reader) -> Any:
    rows = SkillGap.objects.visible_to(user).select_related("field", "region")
    return rows.order_by("-shortage", "year", "pk")


def row(gap: SkillGap) -> dict[str, Any]:
    """Without the organisation: whose shortage it is, is not told."""
    return {
        "kind": gap.field.label,
        "title": gap.occupation,
        "text": f"{gap.region.label} · {gap.year}",
        "state": LOOKS[Shortage(gap.shortage)],
        "state_text": gap.get_shortage_display(),
    }


def gap_table(user: Reader) -> list[dict[str, str]]:
    """By field of education: how many organisations lack skills, and how many can begin to study.

    Shortages are counted whoever looks; `registers` tells why nobody's answer shows.
    """
    entries = registers.counted(SkillGap.objects.all())
    gaps = registers.units_by(entries, lambda gap: gap.field_id)  # type: ignore[attr-defined]
    places: defaultdict[int, int] = defaultdict(int)
    this_year = timezone.localdate().year
    supply = TrainingSupply.objects.visible_to(user).filter(year__gte=this_year)
    for field, count in supply.values_list("field", "places"):
        places[field] += count
    rows = []
    for pk, _code, label in vocabulary.named(Scheme.EDUCATION_FIELD):
        lacking = len(gaps.get(pk, ()))
        if registers.in_fives(lacking) or places[pk]:
            rows.append(
                {
                    "field": label,
                    "gaps": registers.words_for(lacking),
                    "places": _places(places[pk]),
                    "proposal": _proposal(lacking, places[pk]),
                }
            )
    return rows


def _places(count: int) -> str:
    return ngettext("%(n)s place", "%(n)s places", count) % {"n": count} if count else "–"


def _proposal(lacking: int, places: int) -> str:
    if not registers.in_fives(lacking):
        return ""
    return "" if places else _("Training is missing")


def proposing(form: SupplyForm) -> dict[str, Any]:
    return {
        "form": form,
        "trail": [
            {"name": _("Surveys"), "url": reverse("surveys:list")},
            {"name": _("Critical skills"), "url": reverse("surveys:skills")},
            {"name": _("Tell of your training")},
        ],
    }


def _around(found: Found) -> dict[str, Any]:
    user = found.user
    return {
        **registers.around("surveys:skills", user, "skillgap", "trainingsupply"),
        "table": gap_table(user),
        "can_add": schools_of(user).exists() if user.is_authenticated else False,
        "is_member": audience(user).is_member,
    }


SKILLS = ListPage(
    "skills",
    gettext_lazy("Critical skills"),
    "surveys:skills",
    rows=listed,
    filters=SkillFilters,
    counted=ngettext_lazy("%(count)s shortage", "%(count)s shortages", "count"),
    page="surveys/skills.html",
    results="surveys/_entry_results.html",
    row=row,
    around=_around,
    above=((gettext_lazy("Surveys"), "surveys:list"),),
)
