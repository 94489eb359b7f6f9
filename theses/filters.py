"""What the lists of theses can be narrowed by."""

from __future__ import annotations

from django.db.models import BooleanField, Case, ExpressionWrapper, Q, Value, When
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cluster_portal.core import vocabulary
from cluster_portal.core.facets import Choice, Facet, Filters, term_choices
from cluster_portal.core.vocabulary import Scheme
from members.filters import cluster_choices, of_named_owner
from members.models.organisations import Kind
from projects.filters import theme_facet
from theses.models.profile_parts import Half
from theses.models.terms import coming_terms

NOW, NEXT, LATER = "now", "next", "later"
REMOTE = [(True, "yes", _("Can be done remotely")), (False, "no", _("On site"))]
SUPERVISOR = [(True, "yes", _("Already there")), (False, "no", _("Not yet"))]
FIRST_YEAR = 2011


def _begins() -> Case:
    """By terms, counted from today: what is past can begin now, and so can what has no date."""
    _term, following, later = coming_terms()
    now = Q(starts_on=None) | Q(starts_on__lt=following.first_day)
    coming = When(starts_on__lt=later.first_day, then=Value(NEXT))
    return Case(When(now, then=Value(NOW)), coming, default=Value(LATER))


def _begin_choices() -> list[Choice]:
    following = coming_terms()[1]
    return [
        (NOW, NOW, _("At once or this term")),
        (NEXT, NEXT, f"{Half(following.half).label} {following.year}"),
        (LATER, LATER, _("Later")),
    ]


def _has_supervisor() -> ExpressionWrapper:
    return ExpressionWrapper(Q(supervisor__isnull=False), output_field=BooleanField())


def _field_facet(*, hide_empty: bool = True) -> Facet:
    fields = term_choices(Scheme.EDUCATION_FIELD)
    return Facet("education_fields", _("Field of education"), fields, hide_empty=hide_empty)


def _language_facet() -> Facet:
    return Facet("languages", _("Language of the thesis"), is_open=True)


def _field_codes() -> list[Choice]:
    terms = vocabulary.terms(Scheme.EDUCATION_FIELD)
    return [(term.code, term.code, term.label) for term in terms]


def _years() -> list[Choice]:
    last = timezone.localdate().year
    return [(year, str(year), str(year)) for year in range(last, FIRST_YEAR - 1, -1)]


class TopicFilters(Filters):
    level = Facet("levels", _("Level"), is_open=True)
    field = _field_facet(hide_empty=False)
    language = _language_facet()
    region = Facet("region", _("Region"), term_choices(Scheme.REGION), hide_empty=True)
    remote = Facet("is_remote", _("Remote work"), REMOTE)
    paid = Facet("pay", _("Pay"))
    begins = Facet(_begins, _("Can begin"), _begin_choices)
    kind = Facet(
        of_named_owner("kind"),
        _("Kind of organisation"),
        [(kind.value, kind.value, kind.label) for kind in Kind],
        hide_empty=True,
    )
    theme = theme_facet()
    cluster = Facet("home_cluster", _("Cluster"), cluster_choices)
    supervisor = Facet(_has_supervisor, _("Supervisor"), SUPERVISOR)
    organisation = Facet("organisation", _("Organisation"), is_offered=False)


class FinishedFilters(Filters):
    level = Facet("level", _("Level"), is_open=True)
    field = Facet("field_codes", _("Field of education"), _field_codes, hide_empty=True)
    organisation = Facet("application__topic__organisation", _("Organisation"))
    year = Facet("finished_year", _("Year"), _years)
    cluster = Facet("application__topic__home_cluster", _("Cluster"), cluster_choices)
    usage = Facet("usage", _("Use of the result"), is_open=True)


class StudentFilters(Filters):
    level = Facet("level", _("Level"), is_open=True)
    field = _field_facet()
    language = _language_facet()


class SupervisorFilters(Filters):
    level = Facet("levels", _("Level"), is_open=True)
    field = _field_facet()
    language = _language_facet()
    institution = Facet("institution", _("Institution"))
