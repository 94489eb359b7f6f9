"""What published surveys and the registers tell of a region, for its sheet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cluster_portal.surveys.models import CircularCase, PublishedTable, Round, SkillGap
from cluster_portal.surveys.models.tables import Dimension
from cluster_portal.surveys.models.templates import Purpose
from cluster_portal.surveys.pages import infrastructure, registers

if TYPE_CHECKING:
    from cluster_portal.core.visibility import Reader
    from cluster_portal.core.vocabulary import Term

MOST = 3


def values(region: Term, user: Reader) -> dict[str, Any] | None:
    justified = infrastructure.justified(user, region)[:MOST]
    lines = [*_materials(region, user), *_skills(region), *_rounds(user)]
    return {"justified": justified, "lines": lines} if justified or lines else None


def _materials(region: Term, user: Reader) -> list[dict[str, str]]:
    count = CircularCase.objects.visible_to(user).filter(region=region).count()
    if not count:
        return []
    words = ngettext("%(n)s circular material", "%(n)s circular materials", count)
    url = f"{reverse('surveys:circular')}?region={region.code}"
    return [{"text": words % {"n": count}, "url": url}]


def _skills(region: Term) -> list[dict[str, str]]:
    entries = registers.counted(SkillGap.objects.filter(region=region))
    units = registers.units_by(entries, lambda _gap: True)
    least = registers.in_fives(len(units.get(True, ())))
    if not least:
        return []
    words = _("At least %(n)s organisations lack skills") % {"n": least}
    return [{"text": words, "url": f"{reverse('surveys:skills')}?region={region.code}"}]


def _rounds(user: Reader) -> list[dict[str, str]]:
    """Published results that are told by region."""
    tables = PublishedTable.objects.visible_to(user).filter(
        round=OuterRef("pk"), dimension=Dimension.REGION
    )
    rounds = Round.objects.filter(
        Exists(tables), version__template__purpose=Purpose.PREPAREDNESS
    ).order_by("-pk")
    words = _("%(round)s: results by region")
    return [
        {"text": words % {"round": each.title}, "url": f"{each.get_absolute_url()}results/"}
        for each in rounds[:MOST]
    ]
