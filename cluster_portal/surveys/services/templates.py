"""Questionnaires: copied, changed in a draft, published. A published version never changes."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from cluster_portal.core import audit
from cluster_portal.core.errors import Refused
from cluster_portal.core.text.languages import LANGUAGES
from cluster_portal.surveys.models import Question, Section, Template, Version
from cluster_portal.surveys.services.outlines import Outline
from cluster_portal.surveys.services.template_checks import faults

if TYPE_CHECKING:
    from collections.abc import Collection

    from members.models import Cluster, User

LONGEST_KEY = 40
Part = TypeVar("Part", Section, Question)


def free_key(text: str, taken: Collection[str]) -> str:
    """A key made from the words, unlike those that are taken."""
    stem = slugify(text)[:LONGEST_KEY].strip("-") or "q"
    key, number = stem, 1
    while key in taken:
        number += 1
        key = f"{stem}-{number}"
    return key


def _require_editor(template: Template, by: User) -> None:
    if not Template.objects.editable_by(by).filter(pk=template.pk).exists():
        raise Refused(_("You cannot change this questionnaire. Copy it for your cluster."))


@transaction.atomic
def copy_template(template: Template, *, by: User, cluster: Cluster) -> Template:
    """A draft of the cluster's own, with the questions of the newest published version."""
    newest = template.newest()
    if newest is None:
        raise Refused(_("This questionnaire has not been published yet."))
    copy = Template(
        purpose=template.purpose, home_cluster=cluster, copied_from=template,
        **{f"description_{lang}": getattr(template, f"description_{lang}") for lang in LANGUAGES},
        **{f"name_{lang}": getattr(template, f"name_{lang}") for lang in LANGUAGES},
    )  # fmt: skip
    copy.save()
    _require_editor(copy, by)
    Outline.of(newest).write_to(Version.objects.create(template=copy, number=1))
    audit.record(copy, "created", by=by, details={"copied_from": template.pk})
    return copy


@transaction.atomic
def begin_draft(template: Template, *, by: User) -> Version:
    """The draft that is being edited; the first who asks makes it from the newest version."""
    template = Template.objects.select_for_update().get(pk=template.pk)
    _require_editor(template, by)
    draft = template.versions.filter(published_at=None).first()
    if draft is not None:
        return draft
    newest = template.newest()
    number = newest.number + 1 if newest else 1
    draft = Version.objects.create(template=template, number=number)
    if newest is not None:
        Outline.of(newest).write_to(draft)
    audit.record(template, "new version", by=by, details={"number": number})
    return draft


@transaction.atomic
def publish_version(version: Version, *, by: User) -> Version:
    """From now on new rounds use it; rounds made before keep theirs."""
    version = Version.objects.select_for_update().select_related("template").get(pk=version.pk)
    _require_editor(version.template, by)
    if version.is_published:
        raise Refused(_("This version has been published already."))
    found = faults(Outline.of(version))
    if found:
        raise Refused(" ".join(found))
    version.published_at = timezone.now()
    version.save(update_fields=["published_at"])
    audit.record(version.template, "published", by=by, details={"number": version.number})
    return version


@transaction.atomic
def discard_draft(version: Version, *, by: User) -> None:
    """Throws the draft away; a questionnaire that never was published goes with it."""
    version = Version.objects.select_for_update().select_related("template").get(pk=version.pk)
    template = version.template
    _require_editor(template, by)
    if version.is_published:
        raise Refused(_("A published version cannot be thrown away."))
    audit.record(template, "deleted", by=by, details={"number": version.number})
    version.delete()
    if not template.versions.exists():
        template.delete()


@transaction.atomic
def move_section(section: Section, step: int, *, by: User) -> None:
    """One place up (-1) or down (1); at the end of the list nothing changes."""
    version = _locked_draft(section.version, by)
    rows = list(version.sections.order_by("position", "pk"))
    _swap(rows, rows.index(section), step)
    _number(rows)


@transaction.atomic
def move_question(question: Question, step: int, *, by: User) -> None:
    """One place up or down; from the edge of its section into the next one."""
    version = _locked_draft(question.section.version, by)
    sections = list(version.sections.order_by("position", "pk"))
    rows = list(question.section.questions.order_by("position", "pk"))
    place = rows.index(question)
    if _swap(rows, place, step):
        _number(rows)
        return
    there = sections.index(question.section) + step
    if 0 <= there < len(sections):
        neighbours = list(sections[there].questions.order_by("position", "pk"))
        rows[place].section = sections[there]
        neighbours.insert(0 if step > 0 else len(neighbours), rows[place])
        _number(neighbours, "section")


def _locked_draft(version: Version, by: User) -> Version:
    version = Version.objects.select_for_update().select_related("template").get(pk=version.pk)
    _require_editor(version.template, by)
    if version.is_published:
        raise Refused(_("A published version does not change. Begin a new version to change it."))
    return version


def _swap(rows: list[Part], place: int, step: int) -> bool:
    other = place + step
    if not 0 <= other < len(rows):
        return False
    rows[place], rows[other] = rows[other], rows[place]
    return True


def _number(rows: list[Part], *fields: str) -> None:
    for position, row in enumerate(rows, start=1):
        row.position = position
    type(rows[0])._default_manager.bulk_update(rows, ["position", *fields])
