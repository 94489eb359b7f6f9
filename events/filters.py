"""What the list of events can be narrowed by."""

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Q, Value
from django.utils.translation import gettext_lazy as _

from cluster_portal.core.facets import Choice, Facet, Filters
from events.models import Body
from events.models.decisions import Stage
from events.models.events import Mode
from members.filters import cluster_choices
from members.models.content import LEVELS

TAKEN = [stage for stage in Stage.values if stage != Stage.DRAFT]
MODES = [(mode.value, mode.value.replace("_", "-"), mode.label) for mode in Mode]


class EventFilters(Filters):
    kind = Facet("kind", _("Kind"), is_open=True, hide_empty=True)
    mode = Facet("modes", _("Way of taking part"), MODES, is_open=True)
    cluster = Facet("clusters", _("Cluster"), cluster_choices, is_open=True)
    theme = Facet("terms", _("Theme"), hide_empty=True)
    language = Facet("language", _("Language"), hide_empty=True)


class CourseFilters(Filters):
    state = Facet("stage", _("State"), is_open=True, hide_empty=True)
    cluster = Facet("home_cluster", _("Cluster"), cluster_choices, is_open=True)


class BodyFilters(Filters):
    kind = Facet("kind", _("Kind"), is_open=True, hide_empty=True)
    cluster = Facet("home_cluster", _("Cluster"), cluster_choices, is_open=True)
    region = Facet("regions", _("Region"), hide_empty=True)


def body_choices() -> list[Choice]:
    """Bodies that everybody sees who sees one of their decisions; others are not named."""
    levels = ArrayAgg(
        "meetings__decisions__visibility", distinct=True,
        filter=Q(meetings__decisions__stage__in=TAKEN), default=Value([]),
    )  # fmt: skip
    rows = Body.objects.defer("search").annotate(levels=levels)
    return [
        (body.pk, body.slug, body.title) for body in rows
        if body.levels and all(LEVELS[body.visibility] <= LEVELS[level] for level in body.levels)
    ]  # fmt: skip


class DecisionFilters(Filters):
    state = Facet("stage", _("State"), is_open=True, hide_empty=True)
    body = Facet("meeting__body", _("Body"), body_choices, is_open=True, hide_empty=True)
    cluster = Facet("home_cluster", _("Cluster"), cluster_choices, is_open=True)
