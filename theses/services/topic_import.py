"""Topics from a file: `import_topics` and the admin's import are this code.

Whoever imports vouches that the commissioners know a finished thesis to be public.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _

from cluster_portal.core import audit, imports
from cluster_portal.core.imports import Columns, Outcome, Report, Taken, remembered
from cluster_portal.core.visibility import Visibility, audience
from cluster_portal.core.vocabulary import Scheme, Term
from cluster_portal.notifications import saved_searches
from members.models import Cluster, Organisation
from members.services.organisations import find_organisation, make_shadow, only_cluster_of
from theses.models import Topic
from theses.models.choices import Language, Level, Pay, Stage
from theses.services.topics import create_topic, edit_topic

if TYPE_CHECKING:
    from collections.abc import Callable

    from cluster_portal.core.imports.cells import Cells
    from members.models import User
    from members.models.organisations import OrganisationQuerySet

COLUMNS = Columns(
    known=(
        "external_id", "organisation", "title", "description", "keywords", "levels", "fields",
        "language", "municipality", "remote", "paid", "closes", "visibility", "places",
    ),
    required=(
        "external_id", "organisation", "title", "description", "keywords", "levels", "fields",
        "language", "municipality", "remote", "paid", "closes",
    ),
    headings={
        "tunniste": "external_id", "organisaatio": "organisation", "aiheen antaja": "organisation",
        "otsikko": "title", "aihe": "title", "kuvaus": "description", "avainsanat": "keywords",
        "asiasanat": "keywords", "tasot": "levels", "taso": "levels", "alat": "fields",
        "koulutusalat": "fields", "koulutusala": "fields", "kieli": "language",
        "kielet": "language", "kunta": "municipality", "paikkakunta": "municipality",
        "etätyö": "remote", "etänä": "remote", "palkka": "paid", "palkallinen": "paid",
        "sulkeutuu": "closes", "haku päättyy": "closes", "viimeinen hakupäivä": "closes",
        "näkyvyys": "visibility", "paikat": "places", "paikkoja": "places",
    },
    fields={
        "languages": ("language",), "is_remote": ("remote",), "pay": ("paid",),
        "closes_on": ("closes",), "region": ("municipality",),
    },
)  # fmt: skip
MAX_PLACES = 50
MAX_KEYWORDS = 20


def import_topics(
    data: bytes,
    *,
    by: User | None,
    cluster: Cluster | None = None,
    create_organisations: bool = False,
    dry_run: bool = False,
    progress: Callable[[int, int], None] | None = None,
) -> Report:
    """Takes the file whole or not at all; a topic is known by its external id in its cluster.

    The home cluster is `cluster`, else that of the organisation's only current membership.
    What a coordinator or the administrator imports is open, another's waits for review.
    """
    intake = _Intake(by, cluster, create_organisations=create_organisations, is_dry=dry_run)
    return imports.run(data, COLUMNS, intake.take, dry_run=dry_run, progress=progress)


class _Intake:
    """One run: remembers the organisations that many rows share."""

    def __init__(
        self,
        by: User | None,
        cluster: Cluster | None,
        *,
        create_organisations: bool,
        is_dry: bool,
    ) -> None:
        self.is_dry = is_dry
        self.by = by
        self.cluster = cluster
        self.create_organisations = create_organisations
        self._organisations: dict[str, Organisation | None] = {}
        self._clusters: dict[int, Cluster | None] = {}
        self._last = remembered.LastImport.of(Topic)

    @property
    def _known(self) -> OrganisationQuerySet:
        """The organisations that the importer may know of."""
        every = Organisation.objects.all()
        return every if self.by is None else every.visible_to(self.by)

    def take(self, cells: Cells) -> Taken | None:
        values = self._values(cells)
        fields = cells.terms("fields", Scheme.EDUCATION_FIELD)
        places = self._places(cells)
        cells.refuse_marked("title", "description", "keywords")
        organisation = self._organisation(cells)
        if cells.faults or organisation is None:
            return None
        home = self._home(cells, organisation)
        if home is None or not self._may_offer(cells, organisation, home):
            return None
        values |= {"organisation": organisation}
        if not self.is_dry:
            _one_importer_at_a_time()
        key = {"home_cluster": home, "external_id": cells.text("external_id", max_length=80)}
        found = Topic.objects.filter(**key).first()
        if found is None:
            return self._create(cells, {**key, **values}, fields, places or 1)
        return self._change(cells, found, values, fields, places)

    def _values(self, cells: Cells) -> dict[str, Any]:
        values: dict[str, Any] = {
            "title": cells.text("title", max_length=200, required=True),
            "description": cells.prose("description", max_length=8000, required=True),
            "keywords": _keywords(cells),
            "levels": _some(cells, "levels", Level),
            "languages": _some(cells, "language", Language),
            "is_remote": cells.yes_no("remote"),
        }
        if cells.raw("paid").strip():
            values["pay"] = Pay.YES if cells.yes_no("paid") else Pay.NO
        if cells.raw("closes").strip():
            values["closes_on"] = cells.day("closes")
        if cells.raw("visibility").strip():
            values["visibility"] = cells.choice("visibility", Visibility)
        values["municipality"] = cells.text("municipality", max_length=80)
        return values | {"region": cells.region("municipality")}

    def _places(self, cells: Cells) -> int | None:
        """None when the file says nothing about it."""
        if not cells.raw("places").strip():
            return None
        return cells.whole("places", low=1, high=MAX_PLACES, default=1)

    def _organisation(self, cells: Cells) -> Organisation | None:
        name = cells.text("organisation", max_length=200, required=True)
        if not name:
            return None
        if name not in self._organisations or self._organisations[name] is None:
            self._organisations[name] = find_organisation(name, self._known)
        found = self._organisations[name]
        if found is None and self.create_organisations and self.cluster and self._vouches:
            found = self._made(cells, name, self.cluster)
        elif found is None:
            cells.fault("organisation", _unknown(name))
        return found

    def _made(self, cells: Cells, name: str, cluster: Cluster) -> Organisation:
        """A dry run only tells of it, for making one takes locks."""
        if not self.is_dry:
            return make_shadow(name, cluster=cluster, by=self.by)
        words = {"name": name[:60]}
        cells.remark("organisation", _("The organisation “%(name)s” will be made.") % words)
        return Organisation(name=name)

    @property
    def _vouches(self) -> bool:
        """Whether the importer may speak for the whole cluster that is named."""
        return self.by is None or (self.cluster is not None and _coordinates(self.by, self.cluster))

    def _home(self, cells: Cells, organisation: Organisation) -> Cluster | None:
        if self.cluster:
            return self.cluster
        if organisation.pk not in self._clusters:
            self._clusters[organisation.pk] = only_cluster_of(organisation)
        home = self._clusters[organisation.pk]
        if home is None:
            cells.fault(
                "organisation",
                _("The organisation is not a member of exactly one cluster: name the cluster."),
            )
        return home

    def _may_offer(self, cells: Cells, organisation: Organisation, home: Cluster) -> bool:
        if self.by is None or _coordinates(self.by, home):
            return True
        if organisation.pk in audience(self.by).edits:
            return True
        cells.fault("organisation", _("You cannot offer topics for this organisation."))
        return False

    def _create(
        self, cells: Cells, values: dict[str, Any], fields: list[Term], places: int
    ) -> Taken | None:
        now = timezone.now()
        topic = Topic(**values, publicity_accepted_at=now)
        if topic.has_closed:
            cells.fault("closes", _("The last day to apply has passed."))
            return None
        if values["organisation"].pk is None:
            return Taken(topic, Outcome.CREATED)
        topic.stage = Stage.IN_REVIEW
        if self.by is None or _coordinates(self.by, topic.home_cluster):
            topic.stage, topic.published_at = Stage.OPEN, now
        made = create_topic(topic, by=self.by, fields=fields, places=places)
        audit.record(made, "imported", by=self.by)
        remembered.keep({made: cells.plain()})
        if made.stage == Stage.OPEN:
            saved_searches.published("topics", made.pk)
        return Taken(made, Outcome.CREATED)

    def _change(
        self,
        cells: Cells,
        topic: Topic,
        values: dict[str, Any],
        fields: list[Term],
        places: int | None,
    ) -> Taken:
        if values["organisation"].pk is None:
            return Taken(topic, Outcome.CHANGED, ("organisation",))
        values = self._last.news(cells, topic.pk, values, COLUMNS.fields)
        if not self._last.is_news(cells, topic.pk, "fields"):
            fields = list(topic.education_fields.all())
        if not self._last.is_news(cells, topic.pk, "places"):
            places = None
        remembered.keep({topic: cells.plain()})
        if values.get("pay") == Pay.NO and topic.pay == Pay.AGREED:
            del values["pay"]  # the file knows only yes and no; "to be agreed" is not yes
        changes = edit_topic(topic, values, by=self.by, fields=fields, places=places)
        return Taken(topic, Outcome.CHANGED if changes else Outcome.UNCHANGED, changes)


def _coordinates(user: User, cluster: Cluster) -> bool:
    known = audience(user)
    return known.is_admin or cluster.pk in known.coordinates


def _some(cells: Cells, column: str, choices: Any) -> list[str]:
    found = cells.choices(column, choices)
    if not found and not cells.items(column):
        cells.fault(column, _("This cell must be filled."))
    return found


def _keywords(cells: Cells) -> list[str]:
    found = cells.items("keywords")
    if any(len(word) > 60 for word in found) or len(found) > MAX_KEYWORDS:
        cells.fault("keywords", _("At most 20 keywords of at most 60 characters."))
    return found


def _unknown(name: str) -> str:
    return _("The organisation “%(name)s” is not known, or several have that name.") % {
        "name": name[:60]
    }


def _one_importer_at_a_time() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('theses.topic.import'))")
