"""Topics: import and export, review, steps, what they are tied to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin, messages
from django.utils.text import capfirst
from django.utils.translation import gettext, ngettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from cluster_portal.core import exports, search
from cluster_portal.core.admin.import_page import ImportForm, ImportPage, record_export, takes
from cluster_portal.core.admin.moves import MovesOnPage
from cluster_portal.core.admin.scoped import ScopedAdmin, ScopedTabularInline
from cluster_portal.core.errors import Refused
from cluster_portal.core.visibility import Visibility
from cluster_portal.core.vocabulary import Scheme, terms
from members.models import Cluster, Organisation
from theses.forms.topics import OFFERED_VISIBILITIES
from theses.models import Place, ThreadLink, Topic
from theses.models.choices import Language, Level, Stage
from theses.models.topic_workflow import MOVES as TOPIC_MOVES
from theses.models.topic_workflow import TEXTS
from theses.services import topics
from theses.services.topic_import import COLUMNS, import_topics

if TYPE_CHECKING:
    from django.db.models import ManyToManyField, QuerySet
    from django.http import HttpRequest, HttpResponse

    from cluster_portal.core.imports import Report
    from members.models import User


class TopicImportForm(ImportForm):
    cluster = forms.ModelChoiceField(
        label=_("Home cluster"), queryset=Cluster.objects.none(), required=False,
        help_text=_("Empty: the cluster that the organisation is a member of."),
    )  # fmt: skip
    create_organisations = forms.BooleanField(
        label=_("Make profiles for unknown organisations"), required=False
    )


class PlaceInline(ScopedTabularInline):
    model = Place
    fields = ("number",)


class ThreadLinkInline(ScopedTabularInline):
    """What the topic answers: exactly one of the three in a row."""

    model = ThreadLink
    fields = ("need", "challenge", "project", "measure")


@admin.register(Topic)
class TopicAdmin(ImportPage, MovesOnPage, ScopedAdmin):
    partitive = pgettext_lazy("partitive", "thesis topic")
    list_display = ("title", "origin", "organisation", "stage", "closes_on", "home_cluster")
    list_filter = ("stage", "origin", "home_cluster", "visibility", "pay")
    list_select_related = ("organisation", "home_cluster")
    search_fields = ("title", "organisation__name", "external_id")
    date_hierarchy = None
    ordering = ("-updated_at", "-pk")
    readonly_fields = (
        "slug", "stage", "version", "published_at", "publicity_accepted_at", "closing_reason",
    )  # fmt: skip
    exclude = ("search",)
    inlines = (PlaceInline, ThreadLinkInline)
    actions = ("publish_selected", "export_selected")
    workflow = TOPIC_MOVES
    waiting_stages = frozenset({Stage.IN_REVIEW})
    import_form = TopicImportForm
    import_columns = COLUMNS.known

    def get_form(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        form = super().get_form(request, *args, **kwargs)
        for name in ("levels", "languages"):
            field: Any = Topic._meta.get_field(name)
            form.base_fields[name] = forms.MultipleChoiceField(
                label=capfirst(field.verbose_name),
                choices=field.base_field.choices,
                widget=forms.CheckboxSelectMultiple,
            )
        return form

    def formfield_for_manytomany(
        self, db_field: ManyToManyField, request: HttpRequest, **kwargs: Any
    ) -> Any:
        field: Any = super().formfield_for_manytomany(db_field, request, **kwargs)
        if db_field.name == "education_fields":
            field.queryset = field.queryset.filter(scheme=Scheme.EDUCATION_FIELD)
        return field

    def save_model(
        self, request: HttpRequest, obj: Topic, form: forms.ModelForm, change: bool
    ) -> None:
        obj.slug = obj.slug or topics.free_slug(obj.title)
        if obj.published_at and set(form.changed_data) & set(TEXTS):
            obj.version += 1
        super().save_model(request, obj, form, change)

    def save_related(
        self,
        request: HttpRequest,
        form: forms.ModelForm,
        formsets: list[forms.BaseModelFormSet],
        change: bool,
    ) -> None:
        super().save_related(request, form, formsets, change)
        topics.reopen_if_room(form.instance)
        form.instance.save(update_fields=["stage"])
        search.reindex(form.instance)

    def move(self, obj: Topic, action: str, *, by: User, reason: str) -> None:
        topics.move_topic(obj, action, by=by, reason=reason)

    def take_in(self, data: bytes, options: dict[str, Any], **how: Any) -> Report:
        cluster = Cluster.objects.managed_by(how["by"]).filter(pk=options["cluster"]).first()
        return import_topics(
            data,
            by=how["by"],
            cluster=cluster,
            create_organisations=options["create_organisations"],
            dry_run=how["dry_run"],
            progress=how["progress"],
        )

    def import_notes(self) -> list[str]:
        fields = [(term.code, term.label) for term in terms(Scheme.EDUCATION_FIELD)]
        return [
            takes("levels", Level.choices),
            takes("fields", fields),
            takes("language", Language.choices),
            takes("visibility", OFFERED_VISIBILITIES),
            gettext("remote, paid: yes or no. closes: a day such as 2027-03-31, or empty."),
        ]

    def import_example(self, request: HttpRequest) -> dict[str, Any]:
        offering = Organisation.objects.managed_by(request.user).order_by("name").first()
        return {
            "external_id": "1",
            "organisation": offering.name if offering else "",
            "title": gettext("Title of the topic"),
            "description": gettext("Background and what is to be found out."),
            "keywords": "",
            "levels": f"{Level.BACHELOR_UAS}|{Level.MASTER}",
            "fields": "06|10",
            "language": Language.FINNISH,
            "municipality": offering.municipality if offering else "",
            "remote": "yes",
            "paid": "no",
            "visibility": Visibility.PUBLIC,
            "places": 1,
        }

    def import_form_for(self, request: HttpRequest) -> ImportForm:
        form = super().import_form_for(request)
        cluster: Any = form.fields["cluster"]
        cluster.queryset = Cluster.objects.managed_by(request.user)
        return form

    @admin.action(description=_("Publish the chosen topics"))
    def publish_selected(self, request: HttpRequest, queryset: QuerySet[Topic]) -> None:
        done, user = 0, request.user
        for topic in self.manageable(request, queryset):
            try:
                topics.publish_topic(topic, by=user)
                done += 1
            except Refused as refusal:
                messages.error(request, f"{topic}: {refusal.message}")
        text = ngettext("%(count)d topic published.", "%(count)d topics published.", done)
        messages.success(request, text % {"count": done})

    @admin.action(description=_("Export the chosen topics as CSV"))
    def export_selected(self, request: HttpRequest, queryset: QuerySet[Topic]) -> HttpResponse:
        rows = queryset.select_related("organisation").prefetch_related(
            "education_fields", "places"
        )
        record_export(request.user, "topics", len(rows))
        return exports.csv_response("topics", COLUMNS.known, map(_as_row, rows))


def _as_row(topic: Topic) -> list[Any]:
    """The import's columns, so that an export can be imported again."""
    organisation = topic.organisation
    return [
        topic.external_id or topic.slug,
        (organisation.external_id or organisation.name) if organisation else "",
        topic.title,
        topic.description,
        "|".join(topic.keywords),
        "|".join(topic.levels),
        "|".join(term.code for term in topic.education_fields.all()),
        "|".join(topic.languages),
        topic.municipality,
        "yes" if topic.is_remote else "no",
        {"yes": "yes", "no": "no"}.get(topic.pay, ""),
        topic.closes_on.isoformat() if topic.closes_on else "",
        topic.visibility,
        len(topic.places.all()),
    ]
