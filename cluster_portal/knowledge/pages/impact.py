"""What the network has brought about, counted from what stands in the portal and open to all."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cluster_portal.core.content import parts
from cluster_portal.knowledge.models import Article, BegunChallenge, Indicator, SituationReview
from cluster_portal.knowledge.models.articles import Kind
from cluster_portal.knowledge.models.situation import BadWhen
from cluster_portal.knowledge.pages import articles, figures
from cluster_portal.knowledge.pages.situation import measured_regions, trail
from members.models import Cluster

if TYPE_CHECKING:
    from cluster_portal.core.content import Yearly

STORIES = 3
YEARS = 5
MOVED = 6


def values() -> dict[str, Any]:
    """The same for everybody: what a visitor may read."""
    visitor = AnonymousUser()
    stories = articles.of_reader(visitor).filter(kind=Kind.STORY)[:STORIES]
    return {
        "trail": trail(_("Impact")),
        "current": "situation",
        "figures": [
            {"name": figure.label, "value": figure.rows(visitor).count(), "url": _list(figure)}
            for figure in parts(lambda one: one.figures)
        ],
        "years": _years(),
        "stories": [articles.story(article) for article in stories],
        "moved": _moved(),
        "chain": _chain(),
    }  # fmt: skip


def _list(figure: Any) -> str:
    if not figure.url_name:
        return ""
    address = reverse(figure.url_name)
    return f"{address}?{figure.query}" if figure.query else address


def _years() -> dict[str, Any]:
    """What was counted of each year, the newest year last."""
    visitor = AnonymousUser()
    counted = [(part, _by_year(part, visitor)) for part in parts(lambda one: one.yearly)]
    now = timezone.localdate().year
    known = {year for _part, by_year in counted for year in by_year if year <= now}
    years = sorted(known)[-YEARS:]
    return {
        "years": [str(year) for year in years],
        "rows": [
            {"name": part.label, "values": [by_year.get(year, 0) for year in years]}
            for part, by_year in counted if any(by_year.get(year) for year in years)
        ],
    }  # fmt: skip


def _by_year(part: Yearly, visitor: Any) -> dict[int, int]:
    rows = part.rows(visitor).exclude(**{part.moment: None}).order_by()
    found = rows.values_list(f"{part.moment}__year").annotate(number=Count("pk", distinct=True))
    return dict(found)


def _moved() -> list[dict[str, Any]]:
    """Headline indicators of the clusters' regions, from the first figure to the last."""
    visitor = AnonymousUser()
    own = set(Cluster.objects.values_list("region", flat=True))
    regions = [term for term in measured_regions(visitor) if term.pk in own]
    indicators = list(Indicator.objects.visible_to(visitor).in_use().filter(is_headline=True)
                      .select_related("theme").in_order())  # fmt: skip
    series = figures.series_of(indicators, regions)
    found = []
    for indicator in indicators[:MOVED]:
        for region in regions:
            one = series.get((indicator.pk, region.pk))
            if one and len(one.values) > 1:
                found.append(_line(one, str(region)))
    return found


def _line(series: figures.Series, region: str) -> dict[str, Any]:
    indicator, first_day, last_day = series.indicator, min(series.values), max(series.values)
    first, last = series.values[first_day], series.values[last_day]
    is_up = last > first
    is_bad = is_up == (indicator.bad_when == BadWhen.ABOVE)
    same = last == first
    return {
        "name": indicator.name, "url": indicator.get_absolute_url(), "region": region,
        "unit": indicator.unit,
        "first": f"{figures.words(indicator, first)} ({indicator.period_name(first_day)})",
        "last": f"{figures.words(indicator, last)} ({indicator.period_name(last_day)})",
        "state": "" if same else "late" if is_bad else "done",
        "word": _("unchanged") if same else _("worse") if is_bad else _("better"),
    }  # fmt: skip


def _chain() -> list[dict[str, Any]]:
    """From knowing to doing: reviews, and what began from their figures."""
    visitor = AnonymousUser()
    reviews = SituationReview.objects.visible_to(visitor).approved().count()
    begun = BegunChallenge.objects.visible_to(visitor).count()
    stories = Article.objects.visible_to(visitor).out().filter(kind=Kind.STORY).count()
    return [
        {"name": _("Approved situation reviews"), "value": reviews},
        {"name": _("Challenges begun from figures"), "value": begun},
        {"name": _("Success stories"), "value": stories},
    ]
