"""The region's situation on one page, its indicators, open data, what it has led to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

from cluster_portal.core import vocabulary
from cluster_portal.core.lists import ListPage
from cluster_portal.core.visibility import audience
from cluster_portal.core.vocabulary import Scheme, Term
from cluster_portal.knowledge.filters import IndicatorFilters
from cluster_portal.knowledge.models import (
    BegunChallenge,
    Correction,
    Evaluation,
    Indicator,
    Measurement,
    SituationReview,
)
from cluster_portal.knowledge.models.reviews import Level, themes
from cluster_portal.knowledge.models.situation import Mark, regions_measured_by
from cluster_portal.knowledge.pages import figures
from members.models import Cluster, Organisation
from members.services.needs import organisations_of
from projects.models.challenges import Stage as ChallengeStage

if TYPE_CHECKING:
    from django.http import QueryDict

    from cluster_portal.core.lists import Found
    from cluster_portal.core.visibility import Reader

TITLE = gettext_lazy("Regional situation")
INDICATORS_TITLE = gettext_lazy("Indicators of regional security")
HEADLINES = 3  # of a theme, in the overview
BEGUN = 4
# A challenge’s stage as the look of a status; before it is published it waits.
CHALLENGE_LOOKS: dict[str, str] = {
    ChallengeStage.OPEN: "open", ChallengeStage.CLOSED: "running", ChallengeStage.SOLVED: "done",
    ChallengeStage.UNMATCHED: "stopped", ChallengeStage.WITHDRAWN: "stopped",
}  # fmt: skip
LICENCE = "CC BY 4.0"
LICENCE_URL = "https://creativecommons.org/licenses/by/4.0/deed.fi"


def trail(*names: Any) -> list[dict[str, str]]:
    """The overview above, then pages with addresses, the last one without."""
    above = [{"name": str(TITLE), "url": reverse("situation:overview")}]
    *links, last = names
    return [*above, *({"name": str(n), "url": u} for n, u in links), {"name": str(last)}]


def measured_regions(user: Reader) -> list[Term]:
    seen = Measurement.objects.visible_to(user).order_by().values("region").distinct()
    keys = set(seen.values_list("region", flat=True))
    return [term for term in vocabulary.terms(Scheme.REGION) if term.pk in keys]


def chosen(params: QueryDict, name: str, regions: list[Term]) -> Term | None:
    return next((term for term in regions if term.code == params.get(name)), None)


def home_region(user: Reader, regions: list[Term]) -> Term | None:
    """Of the reader's cluster, else the first that has figures."""
    known = audience(user)
    mine = known.coordinates or known.member_clusters
    keys = set(Cluster.objects.filter(pk__in=mine).values_list("region", flat=True)) if mine else ()
    return next((term for term in regions if term.pk in keys), regions[0] if regions else None)


def overview(params: QueryDict, user: Reader) -> dict[str, Any]:
    regions = measured_regions(user)
    own = chosen(params, "region", regions) or home_region(user, regions)
    beside = chosen(params, "beside", regions)
    if "beside" not in params:
        beside = _neighbour(own, regions)
    if beside is not None and own is not None and beside.pk == own.pk:
        beside = None
    values: dict[str, Any] = {
        "trail": [{"name": str(TITLE)}], "regions": regions, "own": own, "beside": beside,
        "current": "situation", "licence": LICENCE,
    }  # fmt: skip
    return values | (_of_region(own, beside, user) if own else {})


def _neighbour(own: Term | None, regions: list[Term]) -> Term | None:
    """Another cluster's region, else any other."""
    keys = set(Cluster.objects.values_list("region", flat=True))
    others = [term for term in regions if own and term.pk != own.pk]
    return next((term for term in others if term.pk in keys), others[0] if others else None)


def _of_region(own: Term, beside: Term | None, user: Reader) -> dict[str, Any]:
    review = latest_review(own, user)
    indicators = list(
        Indicator.objects.visible_to(user).in_use().select_related("theme").in_order()
    )
    series = figures.series_of(indicators, [own, *([beside] if beside else [])])
    measured = [each for each in indicators if (each.pk, own.pk) in series]
    headlines = _headlines(measured)
    values = columns(review, headlines, series, own, beside)
    latest = _("latest figures")
    return {
        "review": review, "columns": values,
        "tables": figures.tables(
            [series[each.pk, own.pk] for each in headlines], f"{own}, {latest}"
        ),
        "compare": figures.compared(headlines, own),
        "begun": begun(user, own),
        "others": SituationReview.objects.visible_to(user).approved()
        .filter(home_cluster__region=own).select_related("home_cluster__region")
        .newest_first()[:6],
        "agreed": agreed(review, user) if review else None,
        "may_edit": Cluster.objects.managed_by(user).filter(region=own).exists(),
        "lead": review.lead if review else _lead(headlines, series, own),
    }  # fmt: skip


def _headlines(measured: list[Indicator]) -> list[Indicator]:
    """At most so many of each theme; those chosen for the overview first."""
    found: dict[int, list[Indicator]] = {}
    for each in measured:
        found.setdefault(each.theme_id, []).append(each)
    chosen_ones = []
    for rows in found.values():
        marked = [each for each in rows if each.is_headline]
        chosen_ones += (marked or rows)[:HEADLINES]
    return chosen_ones


def columns(
    review: SituationReview | None, indicators: list[Indicator], series: Any, own: Term,
    beside: Term | None,
) -> list[dict[str, Any]]:  # fmt: skip
    """The four themes: how each was assessed, and its charts."""
    assessed = {each.theme_id: each for each in review.assessments.all()} if review else {}
    found = []
    for number, theme in enumerate(themes(), start=1):
        mine = assessed.get(theme.pk)
        charts = [
            figures.chart(
                series[each.pk, own.pk], own,
                series.get((each.pk, beside.pk)) if beside else None,
            )
            for each in indicators if each.theme_id == theme.pk
        ]  # fmt: skip
        found.append({
            "name": f"{number} {theme}", "charts": charts,
            "level": mine.level if mine else "", "assessment": mine,
            "state": Level(mine.level).look if mine else "",
            "word": mine.words if mine else _("Not assessed yet"),
            "text": mine.reasons if mine else "",
        })  # fmt: skip
    return found


def _lead(indicators: list[Indicator], series: Any, own: Term) -> str:
    """Before the first review: what the figures alone say."""
    over = [each for each in indicators if series[each.pk, own.pk].mark == Mark.ALARM]
    names = ", ".join(each.name for each in over)
    if not over:
        return _("No figure is beyond its alarm limit.")
    return _("Beyond the alarm limit: %(names)s.") % {"names": names}


def latest_review(region: Term, user: Reader) -> SituationReview | None:
    rows = SituationReview.objects.visible_to(user).approved().filter(home_cluster__region=region)
    rows = rows.select_related("home_cluster__region").prefetch_related("assessments__theme")
    return rows.newest_first().first()


def agreed(review: SituationReview, user: Reader) -> dict[str, Any]:
    """Who agreed, and what others see otherwise; a hidden organisation is counted, not named."""
    rows = list(review.agreements.select_related("organisation"))
    given_by = [row.organisation_id for row in rows]
    shown = Organisation.objects.visible_to(user).filter(pk__in=given_by) if rows else ()
    seen = {each.pk for each in shown}
    named = [row for row in rows if row.organisation_id in seen]
    return {
        "yes": [row for row in named if row.agrees],
        "no": [row for row in named if not row.agrees],
        "hidden": len(rows) - len(named),
        "count": len(rows),
    }


def begun(user: Reader, region: Term | None = None, indicator: Indicator | None = None) -> Any:
    """Challenges that began from figures, as lines."""
    rows = BegunChallenge.objects.visible_to(user).select_related(
        "challenge__organisation", "indicator"
    )
    rows = rows.filter(region=region) if region else rows
    rows = rows.filter(indicator=indicator) if indicator else rows
    return [
        {
            "title": row.challenge.title, "url": row.challenge.get_absolute_url(),
            "kind": row.indicator.name,
            "state": CHALLENGE_LOOKS.get(row.challenge.stage, "waiting"),
            "state_text": row.challenge.get_stage_display(),
        }
        for row in rows[:BEGUN]
    ]  # fmt: skip


def indicator_row(indicator: Indicator) -> dict[str, Any]:
    return {
        "title": indicator.name, "url": indicator.get_absolute_url(),
        "kind": str(indicator.theme), "text": indicator.definition,
        "tags": [indicator.unit, indicator.get_interval_display()],
    }  # fmt: skip


def _around(found: Found) -> dict[str, Any]:
    return {"feed_query": found.params.urlencode(), "current": "situation"}


INDICATORS = ListPage(
    "indicators",
    INDICATORS_TITLE,
    "situation:indicators",
    rows=lambda user: Indicator.objects.visible_to(user).in_use().select_related("theme")
    .defer("search").in_order(),
    filters=IndicatorFilters,
    counted=ngettext_lazy("%(count)s indicator", "%(count)s indicators", "count"),
    page="knowledge/indicator_list.html",
    results="components/results_rows.html",
    row=indicator_row,
    around=_around,
    above=((TITLE, "situation:overview"),),
)  # fmt: skip


def indicator_page(indicator: Indicator, params: QueryDict, user: Reader) -> dict[str, Any]:
    regions = measured_regions(user)
    keys = set(
        Measurement.objects.filter(indicator=indicator).order_by().values_list("region", flat=True)
    )
    regions = [term for term in regions if term.pk in keys]
    own = chosen(params, "region", regions) or home_region(user, regions)
    series = figures.series_of([indicator], regions)
    mine = regions_measured_by(indicator, user)
    is_measuring = mine.exists()
    shown = [series[indicator.pk, term.pk] for term in regions]
    charts = [
        {**figures.chart(one, term, key=f"trend-{term.code}"), "name": str(term), "url": "",
         "begin_url": _begin_url(indicator, term, user)}
        for one, term in zip(shown, regions, strict=True)
    ]  # fmt: skip
    return {
        "trail": trail((INDICATORS_TITLE, reverse("situation:indicators")), indicator.name),
        "current": "situation", "indicator": indicator, "charts": charts, "own": own,
        "table": _table(indicator, shown, regions),
        "limits": figures.limits_in_words(indicator),
        "corrections": _corrections(indicator),
        "compare": figures.compared([indicator], own) if own else [],
        "begun": begun(user, indicator=indicator),
        "evaluations": Evaluation.objects.visible_to(user).filter(indicators=indicator),
        "measure_url": reverse("situation:measure", args=[indicator.slug]) if is_measuring else "",
        "survey_url": (
            reverse("situation:measure_survey", args=[indicator.slug]) if is_measuring else ""
        ),
        "data_url": f"{reverse('situation:data_csv')}?indicator={indicator.slug}",
        "licence": LICENCE,
    }  # fmt: skip


def _begin_url(indicator: Indicator, region: Term, user: Reader) -> str:
    """Where a challenge begins from the figure, for who may tell one."""
    if not user.is_authenticated or not organisations_of(user).exists():
        return ""
    address = reverse("situation:begin_challenge", args=[indicator.slug])
    return f"{address}?region={region.code}"


def challenge_of_indicator(indicator: Indicator, user: Reader) -> str:
    """As a start that the page of any type may offer."""
    if not user.is_authenticated or not organisations_of(user).exists():
        return ""
    return reverse("situation:begin_challenge", args=[indicator.slug])


def _table(indicator: Indicator, shown: list[figures.Series], regions: list[Term]) -> Any:
    days = sorted({day for each in shown for day in each.values}, reverse=True)[:40]
    head = [{"name": _("Period")}, *({"name": str(term), "num": True} for term in regions)]
    rows = [
        [indicator.period_name(day), *(
            figures.words(indicator, each.values[day]) if day in each.values else "–"
            for each in shown
        )]
        for day in days
    ]  # fmt: skip
    caption = f"{indicator.name}, {indicator.unit} ({figures.limits_in_words(indicator)})"
    return {"caption": caption, "head": head, "rows": rows}


def _corrections(indicator: Indicator) -> list[dict[str, str]]:
    rows = Correction.objects.filter(measurement__indicator=indicator).select_related(
        "measurement__region"
    )
    return [
        {
            "when": date_format(timezone.localtime(row.corrected_at), "SHORT_DATE_FORMAT"),
            "what": f"{row.measurement.region} {indicator.period_name(row.measurement.starts_on)}",
            "before": figures.words(indicator, row.before),
            "after": figures.words(indicator, row.after),
            "reason": row.reason,
        }
        for row in rows[:20]
    ]


DATA_HEAD = (
    "indicator", "name", "theme", "region", "region_name", "period", "starts_on", "value", "unit",
    "source",
)  # fmt: skip


def data_rows(user: Reader, indicator: str = "") -> list[dict[str, Any]]:
    """What is public, as plain data; `user` is a visitor."""
    rows = Measurement.objects.visible_to(user).select_related("indicator__theme", "region")
    if indicator:
        rows = rows.filter(indicator__slug=indicator)
    order = ("indicator__slug", "region__code", "starts_on")
    return [
        {
            "indicator": row.indicator.slug, "name": row.indicator.name,
            "theme": row.indicator.theme.code, "region": row.region.code,
            "region_name": str(row.region), "period": row.indicator.period_name(row.starts_on),
            "starts_on": row.starts_on.isoformat(), "value": f"{row.value.normalize():f}",
            "unit": row.indicator.unit, "source": row.indicator.source,
        }
        for row in rows.order_by(*order).iterator(2000)
    ]  # fmt: skip


def indicator_data(user: Reader) -> list[dict[str, Any]]:
    rows = Indicator.objects.visible_to(user).select_related("theme", "organisation").in_order()
    return [
        {
            "indicator": row.slug, "name": row.name, "definition": row.definition,
            "theme": row.theme.code, "unit": row.unit, "bad_when": row.bad_when,
            "warning": _plain(row.warning), "alarm": _plain(row.alarm),
            "interval": row.interval, "source": row.source, "source_url": row.source_url,
            "producer": str(row.named_owner) if row.named_owner else None,
            "url": f"{settings.SITE_URL}{row.get_absolute_url()}",
        }
        for row in rows
    ]  # fmt: skip


def _plain(value: Any) -> str | None:
    return None if value is None else f"{value.normalize():f}"


def licence() -> dict[str, str]:
    return {
        "name": LICENCE, "url": LICENCE_URL,
        "attribution": _("Source: the regional situation of %(site)s, %(licence)s") % {
            "site": settings.SITE_URL, "licence": LICENCE,
        },
    }  # fmt: skip
