"""What the list of events can be narrowed by."""

from django.utils.translation import gettext_lazy as _

from cluster_portal.core.facets import Choice, Facet, Filters
from events.models import Body
from events.models.events import Mode
from members.filters import cluster_choices

MODES = [(mode.value, mode.value.replace("_", "-"), mode.label) for mode in Mode]


class EventFilters(Filters):
    kind = Facet("kind", _("Kind"), is_open=True, hide_empty=True)
    mode = Facet("modes", _("Way of taking part"), MODES, is_open=True)
    cluster = Facet("clusters", _("Cluster"), cluster_choices, is_open=True)
    theme = Facet("terms", _("Theme"), hide_empty=True)
    language = Facet("language", _("Language"), hide_empty=True)


class BodyFilters(Filters):
    kind = Facet("kind", _("Kind"), is_open=True, hide_empty=True)
    cluster = Facet("home_cluster", _("Cluster"), cluster_choices, is_open=True)
    region = Facet("regions", _("Region"), hide_empty=True)


def body_choices() -> list[Choice]:
    """A published decision names its body; only those of decisions that are seen have a count."""
    return [(body.pk, body.slug, body.title) for body in Body.objects.defer("search")]


class DecisionFilters(Filters):
    state = Facet("stage", _("State"), is_open=True, hide_empty=True)
    body = Facet("meeting__body", _("Body"), body_choices, is_open=True, hide_empty=True)
    cluster = Facet("home_cluster", _("Cluster"), cluster_choices, is_open=True)
